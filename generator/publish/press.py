"""Puts generated pages into shells, and proves each shell before it is trusted."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from generator.diagnostics import Sink
from generator.model.stage import Page
from generator.publish.shell import MARKERS, Shell, ShellFault, marker_page, page_file, page_place

Render = Callable[[Page], str]

_PROBE = "A & B <i>\"c\" 'd'</i> {{ e }}"


def press_pages(
    pages: Sequence[Page],
    render_whole: Render,
    sink: Sink,
    *,
    theme: str,
    required: tuple[str, ...] = ("title", "description", "body"),
    warn: Callable[[str], None],
) -> Iterator[tuple[str, str]]:
    """Yield every page as its file inside the site and its complete HTML.

    Args:
        pages: In any order; they are yielded in this order, layout by layout.
        render_whole: Renders one page by the theme's template, slowly and beyond doubt.
        sink: Takes R502 for a layout whose template leaves out a required hole; its pages are
            not yielded.
        theme: Path of the template that findings show.
        required: Holes without which no page is complete.
        warn: Is told, once a layout, why a shell cannot be trusted; its pages are then rendered
            whole.
    """
    layouts: dict[tuple[str, str, bool], list[Page]] = {}
    for page in pages:
        layouts.setdefault(_layout(page), []).append(page)
    for group in layouts.values():
        try:
            shell = Shell.cut(render_whole(marker_page(group[0])), required=required)
        except ShellFault as fault:
            _report(fault, group[0], sink, theme)
            continue
        doubt = prove_shell(shell, group, render_whole)
        if doubt:
            warn(
                f"the pages of `{group[0].layout}` are rendered one by one, which is slow: {doubt}"
            )
        render = render_whole if doubt else shell.fill
        for page in group:
            yield page_file(page.path), render(page)


def prove_shell(shell: Shell, group: Sequence[Page], render_whole: Render) -> str:
    """Why a filled shell is not what the template makes of the same page; empty when it is.

    Two pages are tried: the one with the most characters that need escaping, and an invented one
    that has them all, since a template that escapes twice shows it only on such a page.
    """
    hard = max(group, key=lambda page: sum(map((page.title + page.description).count, "&<>\"'")))
    probe = replace(
        hard,
        path=page_place(hard.path, "a-probe"),
        title=_PROBE,
        description=_PROBE,
        html="<h1>body</h1>",
    )
    for page, name in ((hard, f"`{hard.path}`"), (probe, "a page with special characters")):
        doubt = _difference(shell.fill(page), render_whole(page))
        if doubt:
            return f"for {name} the shell and the template differ at {doubt}"
    return ""


def _layout(page: Page) -> tuple[str, str, bool]:
    """Pages that may share a shell: one layout, one folder, one form of address."""
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
