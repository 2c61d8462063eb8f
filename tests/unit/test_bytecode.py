"""Compiled templates are kept, and nothing that was damaged is run."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from generator.state.bytecode import KeptBytecode

TEMPLATES = {"a.html": "<p>{{ word }}</p>"}


def render(kept: KeptBytecode, templates: dict[str, str] = TEMPLATES) -> str:
    environment = Environment(loader=DictLoader(templates), bytecode_cache=kept, autoescape=True)
    return environment.get_template("a.html").render(word="blue")


def test_what_was_compiled_is_used_again() -> None:
    first = KeptBytecode()
    assert render(first) == "<p>blue</p>"
    second = KeptBytecode(first.pack())
    assert render(second) == "<p>blue</p>"
    assert second.pack() == first.pack()


def test_another_text_is_compiled_anew() -> None:
    first = KeptBytecode()
    render(first)
    assert render(KeptBytecode(first.pack()), {"a.html": "<b>{{ word }}</b>"}) == "<b>blue</b>"


def test_damaged_bytes_are_dropped() -> None:
    kept = KeptBytecode()
    render(kept)
    packed = bytearray(kept.pack())
    packed[-1] ^= 1
    assert KeptBytecode(bytes(packed)).pack() == KeptBytecode().pack()
    assert KeptBytecode(b"short").pack() == KeptBytecode().pack()
