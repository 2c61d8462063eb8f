"""Single values of the YAML files: what each may be, read without a form.

A fault carries its diagnostic code; where it stands is for the caller to say.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.date import Date, DateFault, parse_date
from generator.model.slug import MAX_ID, is_slug, slug_hint

MAX_TEXT = 2_000
MAX_LIST = 200
MAX_QUOTES = 20
# BCP 47 in the reach of fact sheets: language, script, region.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?\Z")


class ValueFault(Exception):
    """What is wrong with a value: the code of its diagnostic, the message and a hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code, self.message, self.hint = code, message, hint


def read_slug(text: str) -> str:
    """An id.

    Raises:
        ValueFault: V207, for what is no slug.
    """
    if len(text) > MAX_ID:
        message = f"the id has {len(text):,} characters, more than {MAX_ID}"
        raise ValueFault("V207", message, "choose a shorter one")
    if not is_slug(text):
        raise ValueFault("V207", f"`{text}` is not a slug", slug_hint(text))
    return text


def read_language(text: str) -> str:
    """A language tag.

    Raises:
        ValueFault: V223, for what is none.
    """
    if not _LANGUAGE.match(text):
        raise ValueFault(
            "V223", f"`{text}` is not a language tag", "write for example `kk` or `zh-Hant`"
        )
    return text


def read_text(text: str) -> str:
    """A text, its white space collapsed to single spaces.

    Raises:
        ValueFault: V202 for an empty one, V227 for one that is too long.
    """
    if not text.strip():
        raise ValueFault("V202", "the text is empty", "fill it in, or remove the key")
    if len(text) > MAX_TEXT:
        raise ValueFault(
            "V227", f"the text has {len(text):,} characters, more than {MAX_TEXT:,}", "split it"
        )
    return " ".join(text.split())


def read_url(text: str) -> str:
    """A web address.

    Raises:
        ValueFault: V216, for what is none.
    """
    message = f"`{text}` is not a web address"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueFault("V216", message, "write the whole address, from `https://` on") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"'`\\]", text):
        raise ValueFault("V216", message, "write the whole address, from `https://` on")
    if "@" in parts.netloc:
        # Readers take what stands before the sign for the host.
        raise ValueFault("V216", f"`{text}` holds a user name", "leave out all up to the `@`")
    return text


def read_date(value: object) -> Date:
    """A date.

    Raises:
        ValueFault: V203, V205 or V206, for what is none.
    """
    if isinstance(value, Date):
        return value
    if not isinstance(value, str):
        raise ValueFault("V203", "a date is expected here", "write for example `2025-11-06`")
    try:
        return parse_date(value)
    except DateFault as fault:
        code = "V206" if fault.reversed else "V205"
        raise ValueFault(code, fault.reason, fault.hint or "") from None


def read_exact(value: object) -> object:
    """Whatever stands where quoted words are expected; it may be no text.

    Raises:
        ValueFault: V219, where nothing stands there.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueFault(
            "V219", "the quotation is missing", "copy the words of the article that carry the claim"
        )
    return value
