"""Pages of sources of which an edit changes but some lines: these are exchanged in the page as it is.

Such a page shows as many claims as the source supports, and an edit elsewhere changes the words of
one or two. That nothing else of it may differ says `render/reach.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from generator.publish.shell import page_file
from generator.render import Renderer
from generator.state.ledger import Outputs


class Exchange:
    """Exchanges lines of claims in pages of a site.

    Args:
        before: Draws them as they are.
        after: Draws them as they will be.
        lines: Refs of the claims, by the part of a source; see `Reach`.
        outputs: Of all parts of the site.
        site: The site as it is.
    """

    def __init__(
        self,
        before: Renderer,
        after: Renderer,
        lines: Mapping[str, Collection[str]],
        outputs: Mapping[str, Outputs],
        site: Path,
    ) -> None:
        self._before, self._after = before, after
        self._lines, self._outputs, self._site = lines, outputs, site

    def page(self, part: str) -> tuple[str, bytes] | None:
        """The file of a part and what it will hold; None where the part has to be drawn.

        Raises:
            OSError: when the page cannot be read.
        """
        made = self._outputs.get(part)
        if part not in self._lines or made is None or len(made.pages) != 1:
            return None
        file = page_file(made.pages[0])
        html = self.exchange(part, (self._site / file).read_bytes())
        return None if html is None else (file, html)

    def exchange(self, part: str, html: bytes) -> bytes | None:
        """A source's only page with the lines as they will be; None where one does not stand in it as drawn."""
        _, _, source_id = part.partition(":")
        refs = sorted(self._lines[part])
        old, new = self._before.lines(source_id, refs), self._after.lines(source_id, refs)
        if old is None or new is None or list(old.values()) != list(new.values()):
            return None
        for (line, count), other in zip(old.items(), new, strict=True):
            former = line.encode(errors="xmlcharrefreplace")
            if html.count(former) != count:
                return None
            html = html.replace(former, other.encode(errors="xmlcharrefreplace"))
        return html
