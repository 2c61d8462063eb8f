"""Whether the links within the site lead to a file, and to an anchor of that page (P609)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.audit.address import Inventory
from generator.audit.atlas import Atlas
from generator.audit.finding import Findings
from generator.audit.page import Mark, PageReading

_TOP = "top"  # HTML Living Standard, "Scrolling to a fragment"


@dataclass
class LinkCheck:
    """Checks the addresses of pages."""

    inventory: Inventory
    atlas: Atlas
    findings: Findings

    def check_base(self, page: PageReading) -> None:
        """No element changes what the links of a page mean."""
        if page.base is not None:
            message = "a `base` element gives every link of the page another meaning"
            self.findings.add("P609", message, page.path, page.base, "remove it from the template")

    def check(self, page: PageReading, links: dict[str, Mark]) -> set[str]:
        """Addresses with their places; gives those that lie within the site."""
        inside = set()
        follow, anchors = self.inventory.follow, self.atlas.anchors
        for href, mark in links.items():
            target = follow(page.path, href)
            if target is None:
                continue
            inside.add(href)
            if target.file is None:
                message = f"the link `{href}` leads to no file of the site"
                hint = "correct the link, or add the page"
                self.findings.add("P609", message, page.path, mark, hint)
            elif target.fragment and target.fragment.lower() != _TOP:
                known = anchors.get(target.file)
                if known is not None and target.fragment not in known:
                    message = f"the page that `{href}` leads to has no such anchor"
                    self.findings.add("P609", message, page.path, mark, "correct the anchor")
        return inside
