"""Patterns of the standard library keep to what every supported Python gets right."""

import importlib
import re
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest

from tests.shape.source import modules

FLAWED = {_constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP}
"""Python 3.11.2, which Debian 12 has, does not always come to an end with these."""


def operators(parsed: object) -> set[object]:
    """All operators in what the parser of `re` gives, at whatever depth."""
    found: set[object] = set()
    if isinstance(parsed, tuple | list | _parser.SubPattern):
        for part in parsed:
            found |= operators(part)
    elif isinstance(parsed, type(_constants.LITERAL)):
        found.add(parsed)
    return found


@pytest.mark.parametrize("pattern", ["a*+", "(?:a|b)?+", "(?>a|b)", "(x(?:y++))"])
def test_flawed_operators_are_seen(pattern: str) -> None:
    assert operators(_parser.parse(pattern)) & FLAWED


@pytest.mark.parametrize("name", modules())
def test_no_pattern_has_flawed_operators(name: str) -> None:
    held = vars(importlib.import_module(name)).values()
    texts = [one.pattern for one in held if isinstance(one, re.Pattern)]
    assert [text for text in texts if operators(_parser.parse(text)) & FLAWED] == []
