"""Style sheets and scripts of the frame, each kind joined into one file.

They are kept as small files, so that each can be read, and a project's theme can put its own in the
place of one. A page asks for one of each kind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Final

# In this order: later rules win, and `frame.js` makes what the other scripts use. The joined file
# stands in the folder of its parts, so that addresses in them still hold.
JOINED: Final[Mapping[str, tuple[str, ...]]] = {
    "assets/css/site.css": tuple(
        f"assets/css/{name}.css"
        for name in (
            "tokens",
            "frame",
            "claims",
            "briefing",
            "figures",
            "changes",
            "reading",
            "print",
        )
    ),
    "assets/js/site.js": tuple(
        f"assets/js/{name}.js"
        for name in ("frame", "notes", "preview", "cite", "basket", "edition")
    ),
}
"""Parts of each joined file, by its path in the site."""

_BOM = b"\xef\xbb\xbf"
_CSS = re.compile(
    rb"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\(\s*[^"'\s)][^)]*\))|/\*.*?(?:\*/|\Z)""",
    re.DOTALL,
)


def join(name: str, parts: Mapping[str, bytes]) -> bytes:
    """One file made of several.

    Of style sheets, comments and empty lines are left out. Scripts stay as they are; each is tried by
    itself, so that one that fails takes no other with it.

    Args:
        name: Path of the joined file; its ending says of what kind it is.
        parts: What the parts hold, by path, in order.
    """
    bodies = {path: data.removeprefix(_BOM) for path, data in parts.items()}
    if name.endswith(".css"):
        return b"".join(map(_bare, bodies.values()))
    return b"".join(_tried(posixpath.basename(path), data) for path, data in bodies.items())


def _bare(sheet: bytes) -> bytes:
    text = _CSS.sub(lambda found: found[1] or b" ", sheet)
    return b"".join(line.rstrip() + b"\n" for line in text.splitlines() if line.strip())


def _tried(name: str, script: bytes) -> bytes:
    lead = f"// {name}\ntry {{\n".encode()
    return lead + script.rstrip() + b"\n} catch (error) {\n  reportError(error);\n}\n"
