"""The design tokens keep what docs/design.md promises."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.conftest import ROOT

CSS = (ROOT / "theme/assets/css/tokens.css").read_text(encoding="utf-8")
TEXTS = ("ink", "soft", "accent", "good", "warn", "stop")
GROUNDS = ("paper", "panel")
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def tokens(scheme: str) -> Mapping[str, str]:
    """The colours of a scheme: those of `:root`, and what dark colours change."""
    light = dict(_TOKEN.findall(CSS.partition("@media (prefers-color-scheme")[0]))
    if scheme == "light":
        return light
    return light | dict(_TOKEN.findall(CSS.partition(':root[data-scheme="dark"]')[2]))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, by the formula of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_at_seven_to_one_or_more(scheme: str) -> None:
    colours = tokens(scheme)
    weak = [
        (text, ground, round(contrast(colours[text], colours[ground]), 2))
        for text in TEXTS
        for ground in GROUNDS
        if contrast(colours[text], colours[ground]) < 7
    ]
    assert weak == []
    assert contrast(colours["ink"], colours["mark"]) >= 7


def test_both_ways_to_dark_colours_are_the_same() -> None:
    system = CSS.partition("@media (prefers-color-scheme: dark)")[2].partition(":root[data-scheme")[
        0
    ]
    chosen = CSS.partition(':root[data-scheme="dark"]')[2]
    assert _TOKEN.findall(system) == _TOKEN.findall(chosen) != []


def test_colours_are_tokens_everywhere() -> None:
    """Other style sheets name no colour but black and white on paper, and shadows."""
    found = []
    for sheet in sorted((ROOT / "theme/assets/css").glob("*.css")):
        if sheet.name == "tokens.css":
            continue
        screen = re.sub(
            r"@media print \{.*?\n\}\n", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        colours = re.findall(r"#[0-9a-fA-F]{3,8}\b", screen)
        found += [(sheet.name, one) for one in colours if one not in ("#000", "#fff")]
    assert found == []
