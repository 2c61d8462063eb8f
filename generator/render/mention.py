"""Claims repeated away from their own place: drawn once for all pages of one depth."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from generator.model.fact import Claim
from generator.model.stage import Verified
from generator.render.address import page_root
from generator.render.environment import Templates
from generator.render.view import PageView

Mention = Callable[..., Markup]


class Mentions:
    """Draws mentions and keeps them.

    Links lead by way of the site's root, so a mention is the same on every page of one depth, and
    a claim that a thousand pages mention is drawn once. It takes no notes: its words stand at its
    own place.
    """

    def __init__(self, verified: Verified, templates: Templates) -> None:
        self.verified = verified
        self.templates = templates
        self.drawn: dict[tuple[str, str, bool, bool], Markup] = {}

    def on(self, path: str) -> Mention:
        """A function that draws the mentions of claims on the page at an address."""
        root = page_root(path)
        # An address of the same depth that no page has, so that no link is taken for one to itself.
        page = PageView(self.verified, "-/" * root.count("/"))

        def mention(
            claims: Iterable[Claim], *, dated: bool = False, with_entity: bool = True
        ) -> Markup:
            drawn = (self.draw(page, claim, root, dated, with_entity) for claim in claims)
            return Markup("").join(drawn)

        return mention

    def draw(
        self, page: PageView, claim: Claim, root: str, dated: bool, with_entity: bool
    ) -> Markup:
        """One mention, from the store where it has been drawn before."""
        key = (claim.ref, root, dated, with_entity)
        html = self.drawn.get(key)
        if html is None:
            html = self.templates.draw("mention", page.claim(claim), dated, with_entity)
            self.drawn[key] = html
        return html
