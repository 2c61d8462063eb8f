"""Characters that hide, move, break or end text, as they stand in a file or behind an escape."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from generator.diagnostics import Sink
from generator.textfile import Span, TextFile

# U+0085, U+2028 and U+2029 end a line for some readers, the YAML parser among them, and not for others.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
# Zero-width joiner and non-joiner are letters' business in Persian and Indic scripts: left alone.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# Escapes of YAML's double-quoted texts (YAML 1.2.2, section 5.7) that name a character.
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^xuU]))", re.DOTALL
)
_SHORT = {"0": 0x00, "a": 0x07, "b": 0x08, "v": 0x0B, "f": 0x0C, "e": 0x1B,
          "N": 0x85, "L": 0x2028, "P": 0x2029}  # fmt: skip

# A number sign behind something on its line, and before a letter, as no comment is commonly written.
_TORN = re.compile(r"^ *[^\s#].* #(?!briefing:)\w", re.MULTILINE)
_SIGN = re.compile(r"#(?!briefing:)\w{1,30}")


def report_control(file: TextFile, sink: Sink) -> bool:
    """Report the first control character of a file (L102); whether there is none."""
    bad = _CONTROL.search(file.text)
    if bad:
        sink.add(
            "L102",
            f"the file holds the control character {_name(bad.group())}",
            file.span(bad.start()),
            "delete it: the file is plain text",
        )
    return bad is None


def report_invisible(
    file: TextFile, sink: Sink, hint: str = "delete it; it can change what a reader sees"
) -> None:
    """Report every character of a file that is not seen but may change what is (L112)."""
    for found in _INVISIBLE.finditer(file.text):
        sink.add(
            "L112",
            f"an invisible character {_name(found.group())} stands here",
            file.span(found.start()),
            hint,
        )


def report_escapes(quoted: Span, sink: Sink) -> bool:
    """Report the escapes in a double-quoted text that stand for such characters.

    Returns:
        Whether none of them is a control character.
    """
    clean = True
    for found in _ESCAPE.finditer(quoted.text):
        digits = found[1] or found[2] or found[3]
        code = int(digits, 16) if digits else _SHORT.get(found[4], 0x20)
        char, at = chr(code), quoted.part(*found.span())
        if _CONTROL.match(char):
            clean = False
            sink.add(
                "L102",
                f"this escape stands for the control character {_name(char)}",
                at,
                "delete it; where a backslash is meant, write `\\\\` or use single quotation marks",
            )
        elif _INVISIBLE.match(char):
            sink.add(
                "L112",
                f"this escape stands for the invisible character {_name(char)}",
                at,
                "delete it; it can change what a reader sees",
            )
    return clean


def report_comments(file: TextFile, scalars: Sequence[Span], sink: Sink) -> None:
    """Report texts that end at ` #` for want of quotation marks: `the #2 of the cabinet` (L129).

    Args:
        file: The file.
        scalars: Where its keys and texts stand, in order.
        sink: Takes the findings.
    """
    starts: list[int] = []
    for line in _TORN.finditer(file.text):
        starts = starts or [span.start for span in scalars]
        at = file.text.find(" #", line.start())
        while (last := bisect_left(starts, at) - 1) >= 0 and scalars[last].end > at:
            at = file.text.find(" #", at + 1)
        sign = _SIGN.match(file.text, at + 1) if 0 <= at < line.end() else None
        if sign:
            margin = line.start() + len(line[0]) - len(line[0].lstrip(" "))
            sink.add(
                "L129",
                f"`{sign[0]}` begins a comment, so the rest of the line is not read",
                file.span(max(margin, starts[last] if last >= 0 else 0), file.line_end(at)),
                "put the whole text in quotation marks; a comment has a space behind its `#`",
            )


def _name(char: str) -> str:
    return f"U+{ord(char):04X}"
