"""Puts generated pages into shells, and proves each shell before it is trusted."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import zip_longest

from generator.diagnostics import Sink
from generator.model.stage import Page
from generator.publish.shell import MARKERS, Shell, ShellFault, marker_page, page_place

Render = Callable[[Page], str]

_PROBE = "A & B <i>\"c\" 'd'</i> {{ e }}"


class NoShell(Exception):
    """A page of a layout for which there is no proven shell, and no template to make one."""


Layout = tuple[str, str, bool]
"""Pages that may share a shell: one layout, one folder, one form of address."""


class Press:
    """Puts pages into shells; each shell is proven when the first page of its layout comes.

    Args:
        render_whole: Renders one page by the theme's template, slowly and beyond doubt; None where
            no template is at hand and all shells must be known.
        theme: Path of the template that findings show.
        required: Holes without which no page is complete.
        shells: Those known from before; None for a layout that has to be rendered whole.

    Attributes:
        sink: Takes R502 for a layout whose template leaves out a required hole.
        doubts: Why a shell cannot be trusted, by layout: its pages are rendered whole.
    """

    def __init__(
        self,
        render_whole: Render | None,
        *,
        theme: str = "",
        required: tuple[str, ...] = ("title", "description", "body"),
        shells: Mapping[Layout, Shell] | None = None,
    ) -> None:
        self.sink = Sink()
        self.doubts: dict[str, str] = {}
        self.shells: dict[Layout, Shell | None] = dict(shells or {})
        self._render_whole = render_whole
        self._theme = theme
        self._required = required
        self._unfit: set[Layout] = set()

    def press(self, page: Page) -> str | None:
        """The complete HTML of a page; None where its layout cannot hold it.

        Raises:
            NoShell: when there is neither a shell nor a template.
        """
        layout = _layout(page)
        if layout not in self.shells and layout not in self._unfit:
            self._make(layout, page)
        if layout in self._unfit:
            return None
        shell = self.shells[layout]
        if shell is not None:
            return shell.fill(page)
        if self._render_whole is None:
            raise NoShell(page.layout)
        return self._render_whole(page)

    def _make(self, layout: Layout, page: Page) -> None:
        render_whole = self._render_whole
        if render_whole is None:
            raise NoShell(page.layout)
        try:
            shell = Shell.cut(render_whole(marker_page(page)), required=self._required)
        except ShellFault as fault:
            self._unfit.add(layout)
            _report(fault, page, self.sink, self._theme)
            return
        doubt = prove_shell(shell, page, render_whole)
        if doubt:
            self.doubts.setdefault(page.layout, doubt)
        self.shells[layout] = None if doubt else shell


def prove_shell(shell: Shell, page: Page, render_whole: Render) -> str:
    """Why a filled shell is not what the template makes of the same page; empty when it is.

    Two pages are tried: a real one, and an invented one that has all characters that need escaping,
    since a template that escapes twice shows it only on such a page.
    """
    probe = replace(
        page,
        path=page_place(page.path, "a-probe"),
        title=_PROBE,
        description=_PROBE,
        html="<h1>body</h1>",
    )
    for tried, name in ((page, f"`{page.path}`"), (probe, "a page with special characters")):
        doubt = _difference(shell.fill(tried), render_whole(tried))
        if doubt:
            return f"for {name} the shell and the template differ at {doubt}"
    return ""


def doubt_words(layout: str, doubt: str) -> str:
    """What people are told of a layout without a proven shell."""
    return f"the pages of `{layout}` are rendered one by one, which is slow: {doubt}"


def _layout(page: Page) -> Layout:
    return page.layout, posixpath.dirname(page.path.rstrip("/")), page.path.endswith("/")


def _report(fault: ShellFault, page: Page, sink: Sink, theme: str) -> None:
    for name in fault.missing:
        sink.add(
            "R502",
            f"the page template has no place for the {name} of `{page.layout}` pages",
            theme,
            f"let the template print `page.{_FIELDS[name]}`",
        )


_FIELDS = {
    "title": "meta.title",
    "description": "meta.description",
    "address": "canonical_url",
    "body": "content",
}
assert _FIELDS.keys() == MARKERS.keys()  # noqa: S101 - a hole without advice is a slip in this file


def _difference(filled: str, whole: str) -> str:
    if filled == whole:
        return ""
    pairs = zip_longest(filled.splitlines(), whole.splitlines(), fillvalue="")
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            return f"line {number}: `{one.strip()[:80]}`, `{other.strip()[:80]}`"
    return "a line end"
