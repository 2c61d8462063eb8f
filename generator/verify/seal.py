"""Seals: what is kept of a text so that its quotations can be checked without it.

A seal holds a hash of every four consecutive tokens in their order. A quotation of at least four
tokens stands in the text when the hashes of its own windows stand side by side in the seal. The
seal serves verification, not secrecy: a determined reader could rebuild text from it.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NoReturn

from generator.verify.normalise import NORMALISATION, TokenText, tokenise, words

VERSION: Final = 1
FORMAT: Final = "briefing-seal"
WINDOW: Final = 4
"""Tokens in one window."""
HASH_LENGTH: Final = 8
"""Characters of one window's hash: 48 bits in base64url (RFC 4648, section 5)."""

_HASH_BYTES = 6
_LINE_HASHES = 12
_KEYS = ("format", "version", "normalisation", "sha256", "words", "sentences", "windows")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Seal:
    """What is kept of a text.

    Attributes:
        version: Version of the format, 1.
        normalisation: Name of the normalisation the tokens were made with.
        sha256: SHA-256, in hexadecimal, of the normalised text in UTF-8: tokens joined by single
            spaces, paragraphs by line feeds.
        word_count: Number of tokens that are words.
        sentences: Per paragraph, the number of tokens in each of its sentences.
        windows: For every position but the last three, `HASH_LENGTH` characters that stand for
            the token there and the three that follow, over all sentences and paragraphs.
    """

    version: int
    normalisation: str
    sha256: str
    word_count: int
    sentences: tuple[tuple[int, ...], ...]
    windows: str

    @property
    def token_count(self) -> int:
        """Number of tokens in the text."""
        return sum(map(sum, self.sentences))


class SealFault(ValueError):
    """Raised for a file that is not a sound seal.

    Attributes:
        reason: What is wrong, in lower case and without a full stop.
        offset: Code-point offset of the fault in the file; None where there is no single place.
    """

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def hash_windows(tokens: Sequence[str]) -> str:
    """Hash every four consecutive tokens.

    A hash is the first 48 bits of BLAKE2b (RFC 7693, digest size 6) over the UTF-8 of the four
    tokens joined by U+001F, which no token contains.

    Args:
        tokens: Normalised tokens.

    Returns:
        `HASH_LENGTH` characters for each position but the last three.
    """
    blake2b = hashlib.blake2b
    # A lone surrogate cannot be encoded otherwise; text files never hold one, strings may.
    encoded = [token.encode("utf-8", "surrogatepass") for token in tokens]
    digests = [
        blake2b(b"\x1f".join(window), digest_size=_HASH_BYTES).digest()
        for window in zip(encoded, encoded[1:], encoded[2:], encoded[3:], strict=False)
    ]
    # Six bytes are eight characters exactly, so the whole may be encoded at once.
    return base64.urlsafe_b64encode(b"".join(digests)).decode("ascii")


def seal_text(text: str) -> Seal:
    """Seal a text.

    Args:
        text: The text as received.

    Returns:
        Its seal, under the present version and normalisation.
    """
    return seal_tokens(tokenise(text))


def seal_tokens(text: TokenText) -> Seal:
    """Seal a text that has been tokenised already."""
    sentences: list[tuple[int, ...]] = []
    lines: list[str] = []
    start = 0
    for _, paragraph in groupby(
        zip(text.paragraphs, text.sentences, strict=True), lambda at: at[0]
    ):
        counts = tuple(sum(1 for _ in group) for _, group in groupby(paragraph))
        end = start + sum(counts)
        lines.append(" ".join(text.tokens[start:end]))
        sentences.append(counts)
        start = end
    normalised = "\n".join(lines).encode("utf-8", "surrogatepass")
    return Seal(
        version=VERSION,
        normalisation=NORMALISATION,
        sha256=hashlib.sha256(normalised).hexdigest(),
        word_count=words(text.tokens),
        sentences=tuple(sentences),
        windows=hash_windows(text.tokens),
    )


def dump_seal(seal: Seal) -> str:
    """Write a seal as text: JSON with one paragraph, or twelve windows, a line.

    Args:
        seal: A sound seal.

    Returns:
        The text of the seal file, ending in a line feed; equal seals give equal texts.
    """
    width = HASH_LENGTH * _LINE_HASHES
    windows = [seal.windows[start : start + width] for start in range(0, len(seal.windows), width)]
    lines = [
        "{",
        f'"format": {json.dumps(FORMAT)},',
        f'"version": {seal.version},',
        f'"normalisation": {json.dumps(seal.normalisation)},',
        f'"sha256": {json.dumps(seal.sha256)},',
        f'"words": {seal.word_count},',
        '"sentences": [',
        ",\n".join(json.dumps(counts) for counts in seal.sentences),
        "],",
        '"windows": [',
        ",\n".join(json.dumps(line) for line in windows),
        "]",
        "}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def parse_seal(text: str) -> Seal:
    """Read a seal file.

    Args:
        text: The text of the file.

    Returns:
        The seal; its counts and its windows agree.

    Raises:
        SealFault: The text is not a sound seal of this version and normalisation.
    """
    fields = _parse_fields(text)

    def refuse(key: str, reason: str) -> NoReturn:
        raise SealFault(reason, _offset_of(text, key))

    for key in fields:
        if key not in _KEYS:
            raise SealFault("a key of the seal is unknown", _offset_of(text, key))
    if fields.get("format") != FORMAT:
        refuse("format", f"this is not a seal: its `format` is not `{FORMAT}`")
    for key in _KEYS:
        if key not in fields:
            raise SealFault(f"the seal has no `{key}`")
    if not _is_count(fields["version"]) or fields["version"] != VERSION:
        refuse("version", f"the version of the seal is not {VERSION}")
    if fields["normalisation"] != NORMALISATION:
        refuse("normalisation", f"the normalisation of the seal is not `{NORMALISATION}`")
    sha256 = fields["sha256"]
    if not isinstance(sha256, str) or not _SHA256.match(sha256):
        refuse("sha256", "`sha256` is not 64 hexadecimal digits")
    sentences = fields["sentences"]
    if not isinstance(sentences, list) or not all(map(_is_paragraph, sentences)):
        refuse("sentences", "`sentences` is not a list of lists of token counts")
    windows = fields["windows"]
    if not isinstance(windows, list) or not all(map(_is_hashes, windows)):
        refuse("windows", "`windows` is not a list of base64url texts")
    joined = "".join(windows)
    token_count = sum(map(sum, sentences))
    expected = max(0, token_count - WINDOW + 1)
    if len(joined) != expected * HASH_LENGTH:
        # A hostile count may be too long to print, so the message gives none.
        refuse("windows", "the number of windows does not agree with the token counts")
    word_count = fields["words"]
    if not _is_count(word_count) or word_count > token_count:
        refuse("words", "`words` is not a number between zero and the number of tokens")
    return Seal(VERSION, NORMALISATION, sha256, word_count, tuple(map(tuple, sentences)), joined)


def _parse_fields(text: str) -> dict[str, Any]:
    """Read the one mapping of a seal file."""
    mappings = 0

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal mappings
        mappings += 1
        fields = dict(items)
        if len(fields) != len(items):
            raise SealFault("the seal has a key twice")
        return fields

    def constant(_: str) -> NoReturn:
        raise SealFault("the seal holds a number that is not finite")

    try:
        fields = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except SealFault:
        raise
    except json.JSONDecodeError as error:
        raise SealFault("the seal is not sound JSON", min(error.pos, len(text))) from None
    except RecursionError:
        raise SealFault("the seal is nested too deeply") from None
    except ValueError:  # a number longer than the interpreter converts
        raise SealFault("the seal holds a number that is too long") from None
    if not isinstance(fields, dict):
        raise SealFault("the seal is not a mapping", 0)
    if mappings != 1:
        raise SealFault("the seal holds a mapping within a mapping")
    return fields


def _offset_of(text: str, key: str) -> int | None:
    """Find a key of the mapping; None when it was written with other escapes."""
    # A quotation mark within a text is escaped, and mappings within mappings are refused before,
    # so what stands before a colon is the key itself.
    found = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)
    return found.start() if found else None


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_paragraph(value: object) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(map(_is_count, value)) and all(value)


def _is_hashes(value: object) -> bool:
    return isinstance(value, str) and _BASE64URL.match(value) is not None


def decode_windows(windows: str) -> list[int]:
    """Turn concatenated window hashes into numbers below 2**48.

    Args:
        windows: The `windows` of a seal.

    Returns:
        One number per window, in order.

    Raises:
        SealFault: The text is not a whole number of base64url hashes.
    """
    try:
        raw = base64.b64decode(windows, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealFault("`windows` is not a base64url text") from None
    if len(raw) % _HASH_BYTES:
        raise SealFault("`windows` is not a whole number of hashes")
    from_bytes = int.from_bytes
    return [
        from_bytes(raw[start : start + _HASH_BYTES], "big")
        for start in range(0, len(raw), _HASH_BYTES)
    ]
