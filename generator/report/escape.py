"""JSON that stays one line whatever reads it, and shows every character that hides or moves text."""

from __future__ import annotations

import json
import re

# Line ends to some readers (C1, U+2028, U+2029), and marks that reorder what people see. They can
# only stand inside JSON texts, where an escape means the same character.
_HIDDEN = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def json_text(value: object, *, indent: int | None = None) -> str:
    """A value as JSON in Unicode, with characters that do not show written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
