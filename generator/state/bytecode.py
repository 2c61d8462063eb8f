"""Compiled templates, kept so that a short build need not compile them: that takes 0.1 s."""

from __future__ import annotations

import hashlib

import msgspec
from jinja2.bccache import Bucket, BytecodeCache


class KeptBytecode(BytecodeCache):
    """Compiled templates in memory, which can be taken out and put in as bytes.

    Jinja2 itself drops what was compiled from another text or by another version. What has been
    damaged since it was taken out is dropped here, before anything of it is run.

    Args:
        packed: What `pack` gave, or None.
    """

    def __init__(self, packed: bytes | None = None) -> None:
        self._held: dict[str, bytes] = {}
        if packed is not None and _digest(packed[_DIGEST:]) == packed[:_DIGEST]:
            self._held = msgspec.msgpack.decode(packed[_DIGEST:], type=dict[str, bytes])

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        held = self._held.get(bucket.key)
        if held is not None:
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._held[bucket.key] = bucket.bytecode_to_string()

    def pack(self) -> bytes:
        """All that is kept."""
        data = msgspec.msgpack.encode(self._held)
        return _digest(data) + data


_DIGEST = 32


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
