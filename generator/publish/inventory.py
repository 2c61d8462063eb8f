"""What may be published, and at which address: an allow-list, and no address twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from generator.config import Settings
from generator.diagnostics import Sink

# Kinds of file that show something to readers and can run nothing. Fact sheets, editors' backups
# and whatever else lies in the folder stay out.
PUBLISHED = frozenset(
    {".md", ".avif", ".gif", ".ico", ".jpeg", ".jpg", ".pdf", ".png", ".webp", ".woff2"}
)


def is_published(name: str, named: Collection[str] = ()) -> bool:
    """Whether a file of the content folder is copied to the site.

    Args:
        name: Its path inside the folder.
        named: Paths that `mkdocs.yml` names as style sheets or scripts; those are copied too.
    """
    return name in named or PurePosixPath(name).suffix.lower() in PUBLISHED


def report_collisions(
    made: Iterable[tuple[str, str]],
    taken: Iterable[tuple[str, str]],
    settings: Settings,
    sink: Sink,
) -> None:
    """Report X314 for each file of the site that two inputs would be written to.

    Addresses that differ in capitals alone are one: on some systems so are the files.

    Args:
        made: Generated files: path inside the site, and the input to blame, if one is.
        taken: Files that the host writes: path inside the site, path inside the content folder.
        settings: Make paths as findings show them.
        sink: Takes the findings.
    """
    owner: dict[str, str] = {}
    host = ((file, settings.shown(settings.content / name)) for file, name in taken)
    for file, source in [*host, *made]:
        address = file.casefold()
        if address in owner:
            sink.add(
                "X314",
                f"the address `{file}` is that of `{owner[address]}` too",
                source or file,
                "rename one of the two",
            )
        else:
            owner[address] = source or file
