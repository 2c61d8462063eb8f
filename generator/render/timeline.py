"""The timeline: its years, the months of a full year, the pages of a full month."""

from __future__ import annotations

from generator.date import display, parse_date
from generator.model.stage import Page
from generator.render.desk import Desk
from generator.render.figure.strip import draw_strip
from generator.render.part import Rendered, numbered, pager
from generator.render.view import PageView

FOLDER = "timeline"
NEWEST = 60  # entries on the first page


def newest(desk: Desk, count: int) -> list[str]:
    """Refs of the latest dated claims, the latest first."""
    found: list[str] = []
    timeline = desk.verified.linked.timeline
    for months in reversed(desk.plan.years.values()):
        for month in reversed(months):
            found += reversed(timeline[month])
            if len(found) >= count:
                return found[:count]
    return found


def draw_timeline(desk: Desk) -> Rendered:
    """The first page: all years with their counts, and what is newest."""
    view = desk.view(desk.addresses.section(FOLDER))
    periods = [
        (period_words(year), _link(view, year), desk.plan.count(year)) for year in desk.plan.years
    ]
    html = desk.body(
        "timeline.html", view, title="Timeline", is_part=False, periods=periods, pager=None,
        strip=draw_strip([(year, _link(view, year), desk.plan.count(year)) for year in desk.plan.years]),
        claims=desk.facts.claims_of(newest(desk, NEWEST)),
    )  # fmt: skip
    return Rendered(sections={f"{FOLDER}/index.md": html})


def draw_period(desk: Desk, period: str, number: int) -> Rendered:
    """A page of a year or of a month; of a full year, its months with their counts."""
    plan, timeline = desk.plan, desk.verified.linked.timeline
    is_year = len(period) == 4
    view = desk.view(_address(desk, period, number))
    months = plan.years[period] if is_year else ()
    periods: list[tuple[str, str, int]] = []
    bars = [(one, _link(view, one), len(timeline[one])) for one in months]
    if is_year and plan.is_split(period):
        periods = [(period_words(one), _link(view, one), len(timeline[one])) for one in months]
        refs: tuple[str, ...] = ()
    elif is_year:
        refs = tuple(ref for month in months for ref in timeline[month])
    else:
        refs = plan.month(period).page(number)
    total = 1 if is_year else plan.month(period).total
    title = numbered(f"Timeline, {period_words(period)}", number)
    html = desk.body(
        "timeline.html", view, title=title, is_part=True, up=view.section(FOLDER),
        periods=periods, strip=draw_strip(bars) if periods else "", claims=desk.facts.claims_of(refs),
        pager=pager(number, total, lambda page: view.link(_address(desk, period, page))),
    )  # fmt: skip
    return Rendered((Page(view.path, FOLDER, title, "", html),))


def period_words(period: str) -> str:
    """A year or month for readers: `1996`, `April 1996`."""
    return display(parse_date(period))


def _link(view: PageView, period: str) -> str:
    return view.link(_address(view.desk, period, 1))


def _address(desk: Desk, period: str, number: int) -> str:
    if number == 1:
        return desk.addresses.page(FOLDER, period)
    return desk.addresses.further(FOLDER, period, number)
