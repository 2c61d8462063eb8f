"""Slugs: the ids of sheets, claims and sources."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_ID = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def slugify(text: str) -> str:
    """The nearest slug to a text, without the marks of its letters: `Côte` gives `cote`."""
    parted = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parted if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:MAX_ID].strip("-")


def slug_hint(text: str) -> str:
    """How to mend an id that is not a slug."""
    near, parts = slugify(text), re.split(r"[,;\s]+", text.strip())
    if len(parts) > 1 and all(map(is_slug, parts)) and any("-" in part for part in parts):
        return f"write `{near}`, or `[{', '.join(parts)}]` where several are meant"
    return f"write `{near}`" if near else "use lower-case letters a to z, digits and hyphens"


@lru_cache(maxsize=1 << 16)
def is_slug(text: str) -> bool:
    """Whether a text is a lower-case ASCII slug of at most 80 characters."""
    return len(text) <= MAX_ID and _SLUG.match(text) is not None
