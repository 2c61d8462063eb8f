"""Values of the model as bytes, for other processes and for later builds."""

from __future__ import annotations

import msgspec

from generator.model.locator import Locator


def _without_place(value: object) -> None:
    """Locators stay behind: whoever reads the facts knows their files."""
    if not isinstance(value, Locator):
        raise NotImplementedError(type(value).__name__)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_without_place)


def encode(value: object) -> bytes:
    """A value of the model as `msgspec` packs it, without the places of claims and records."""
    return _ENCODER.encode(value)
