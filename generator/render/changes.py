"""Pages of what has changed since the stored editions, and the files that tell the same."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.date import display, parse_date
from generator.model.edition import Change, EntityChange, Head, Since, SourceChange, StoredClaim
from generator.model.stage import Page, Verified
from generator.render import data
from generator.render.desk import Desk
from generator.render.escape import escape_text
from generator.render.listing import draw_numbered, list_view
from generator.render.part import Rendered, numbered, pager
from generator.render.view import ClaimView, PageView, plain_text
from generator.render.wording import KIND_OF_CHANGE

FOLDER = "changes"
PAPER = "changes"
"""Name of the ready PDF of what has changed since the newest edition since which something has."""
_WORD = re.compile(r"\s*(?:\w[\w'’-]*|[^\w\s])")
"""A word with the space before it, or a mark: a comma that is gained is not a word that is lost."""
_SPOKEN = {"del": "taken out:", "ins": "put in:"}


@dataclass(frozen=True, slots=True)
class EditionView:
    """A stored edition in the list of all.

    Attributes:
        head: Its head.
        as_of: Its date for readers; empty without one.
        href: Link to what has changed since.
        count: How many changes.
        counts: Claims by kind of change: label and number.
    """

    head: Head
    as_of: str
    href: str
    count: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What has become of one thing, in finished words.

    Attributes:
        key: Its id in the file of changes: a ref, `entity:<id>` or `source:<id>`.
        kinds: Kind and label.
        claim: The claim as it stands; None for one that was removed, and for other things.
        words: Its present words with what was put in marked; None where they have not changed.
        former: What it was, by part: part, label, words with what was taken out marked.
        href: Link to the thing; empty where it has no page any more.
        name: Its name, of an entity or source.
        reason: Why a source is corrected or retracted.
    """

    key: str
    kinds: tuple[tuple[str, str], ...]
    claim: ClaimView | None = None
    words: Markup | None = None
    former: tuple[tuple[str, str, Markup], ...] = ()
    href: str = ""
    name: str = ""
    reason: str = ""


def draw_changes(desk: Desk, number: int) -> Rendered:
    """A page of the list of stored editions, the newest first."""
    view, paged = list_view(desk, FOLDER, number), desk.plan.editions
    return draw_numbered(
        view, "changes.html", (FOLDER, "Changes"), (number, paged.total),
        editions=[_edition(view, since) for since in paged.page(number)],
        papers=[(f"latest changes, {label}", view.root + address) for label, address in desk.addresses.papers(PAPER)]
        if carries_changes(desk.verified) else [],
    )  # fmt: skip


def carries_changes(verified: Verified) -> bool:
    """Whether the site carries a paper of what has changed; an entity of its name would be in its way."""
    has_papers = verified.facts.settings.pdf != "none"
    return has_papers and bool(verified.changes) and PAPER not in verified.census.rows


def newest_edition(view: PageView) -> EditionView | None:
    """The newest stored edition, for the home page; where nothing has changed since, the one before."""
    editions = view.desk.plan.editions.items
    found = next((since for since in editions if since.count), None)
    return _edition(view, found) if found else None


def _edition(view: PageView, since: Since) -> EditionView:
    counts = tuple((KIND_OF_CHANGE[kind], count) for kind, count in since.counts.items())
    href = view.link(address(view.desk, since.id, 1))
    return EditionView(since.head, as_of_words(since.head), href, since.count, counts)


def as_of_words(head: Head) -> str:
    """The date of an edition for readers."""
    return display(parse_date(head.as_of)) if head.as_of else ""


def draw_since(desk: Desk, edition: str, number: int) -> Rendered:
    """A page of what has changed since an edition; the first brings the file of all of it."""
    since, paged = desk.plan.since[edition], desk.plan.changes(edition)
    view = desk.view(address(desk, edition, number))
    title = numbered(f"Changes since edition {since.head.number}", number)
    html = desk.body(
        "since.html", view, title=title, edition=_edition(view, since), up=view.section(FOLDER),
        groups=list(_groups(view, since, paged.page(number))), total=len(paged.items),
        file=view.link(data_file(edition)),
        pager=pager(number, paged.total, lambda page: view.link(address(desk, edition, page))),
    )  # fmt: skip
    files = {data_file(edition): changes_file(desk, since)} if number == 1 else {}
    description = f"What has been added, changed and withdrawn since edition {since.head.number}"
    return Rendered((Page(view.path, FOLDER, title, description, html),), files=files)


def address(desk: Desk, edition: str, number: int) -> str:
    """Address of a page of what has changed since an edition."""
    name = f"since-{edition}"
    if number == 1:
        return desk.addresses.page(FOLDER, name)
    return desk.addresses.further(FOLDER, name, number)


def data_file(edition: str) -> str:
    """The file of all changes since an edition."""
    return f"data/changes-{edition}.jsonl"


def _groups(
    view: PageView, since: Since, items: tuple[str, ...]
) -> Iterator[tuple[str, str, list[ChangeView]]]:
    """The changes of a page by entity: its name, the link to it, its changes; sources last."""
    entries: dict[str, list[ChangeView]] = {}
    for item in items:
        owner = "" if item.startswith("source:") else item.removeprefix("entity:").partition("#")[0]
        entries.setdefault(owner, []).append(_change(view, since, item))
    for owner, changes in entries.items():
        name, href = _entity(view, since, owner) if owner else ("Sources", "")
        yield name, href, changes


def _entity(view: PageView, since: Since, id_: str) -> tuple[str, str]:
    row = view.desk.rows.get(id_)
    if row is not None:
        return row.name, view.entity_href(id_)
    former = since.entities[id_].former
    return former.name if former else id_, ""


def _change(view: PageView, since: Since, item: str) -> ChangeView:
    kind, _, id_ = item.partition(":")
    if kind == "source" and id_:
        return _source_change(view, since.sources[id_])
    if kind == "entity" and id_:
        return _entity_change(view, since, since.entities[id_])
    change = view.desk.plan.change(since.id, item)
    claim = view.desk.facts.claim(item)
    own = view.claim(claim) if claim else None
    former = former_parts(view.desk, change)
    now = present_words(view.desk, change)
    words = former.get("text")
    shown: list[tuple[str, str, Markup]] = []
    marked = None
    for part, value in former.items():
        if part == "text" and now is not None and words is not None:
            if claim and claim.text:
                old, marked = _compared(words, now)
            else:
                old = Markup(escape_text(words))  # noqa: S704 - escaped
            shown.append((part, _PARTS[part], old))
        else:
            shown.append((part, _PARTS[part], Markup(escape_text(value))))  # noqa: S704 - escaped
    return ChangeView(item, _labels(change.kinds), own, marked, tuple(shown))


def _source_change(view: PageView, change: SourceChange) -> ChangeView:
    source = view.desk.facts.sources.get(change.id)
    name = source.title if source else change.former.title if change.former else change.id
    former = {} if change.kinds == ("added",) or not change.former else _of_source(change)
    shown = tuple(
        (part, _PARTS[part], Markup(escape_text(value)))  # noqa: S704 - escaped
        for part, value in former.items()
    )
    return ChangeView(
        f"source:{change.id}", _labels(change.kinds), former=shown, name=name if source else "",
        href=view.source_href(change.id) if source else "",
        reason=(source.reason or "") if source else "",
    )  # fmt: skip


def _of_source(change: SourceChange) -> dict[str, str]:
    if change.former is None or not {"renamed", "removed"}.intersection(change.kinds):
        return {}
    date = f", {display(parse_date(change.former.published))}" if change.former.published else ""
    return {"title": f"{change.former.title} ({change.former.publisher}{date})"}


def _entity_change(view: PageView, since: Since, change: EntityChange) -> ChangeView:
    former = change.former.name if change.former and change.kinds != ("added",) else ""
    old = Markup(escape_text(former))  # noqa: S704 - escaped
    shown = (("name", _PARTS["name"], old),) if former else ()
    name, href = _entity(view, since, change.id)
    return ChangeView(
        f"entity:{change.id}", _labels(change.kinds), former=shown, href=href,
        name=name if href else "",
    )  # fmt: skip


_PARTS = {
    "text": "Was",
    "date": "Its date was",
    "speaker": "Was said by",
    "assessment": "Was judged",
    "sources": "No longer cited",
    "title": "Was",
    "name": "Was",
}


def _labels(kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((kind, KIND_OF_CHANGE[kind]) for kind in kinds)


def former_parts(desk: Desk, change: Change) -> dict[str, str]:
    """What a claim was, by part, of the parts that have changed; all in plain words."""
    was = change.former
    if was is None:
        return {}
    claim = desk.facts.claim(change.ref)
    parts: dict[str, str] = {}
    if claim is None or ("changed" in change.kinds and present_words(desk, change)):
        parts["text"] = change.words
    if "changed" in change.kinds and claim is not None:
        now = tuple(one.text if one else None for one in (claim.date, claim.start, claim.end))
        if (was.date, was.start, was.end) != now:
            parts["date"] = _dates(was)
        if was.said_by not in (None, claim.said_by):
            parts["speaker"] = change.speaker
        if (was.likelihood, was.confidence) != (claim.likelihood, claim.confidence):
            parts["assessment"] = (
                f"{was.likelihood or 'nothing'}; {was.confidence or 'no'} confidence"
            )
    if change.lost:
        parts["sources"] = "; ".join(change.lost_titles)
    return parts


def _dates(was: StoredClaim) -> str:
    if was.date:
        return display(parse_date(was.date))
    ends = [display(parse_date(one)) for one in (was.start, was.end) if one]
    return " to ".join(ends) or "not given"


def present_words(desk: Desk, change: Change) -> str | None:
    """The present words of a claim, where they are others than they were."""
    claim = desk.facts.claim(change.ref)
    if claim is None:
        return None
    now = words_of(desk, change.ref)
    return now if now != change.words else None


def words_of(desk: Desk, ref: str) -> str:
    """The present words of a claim."""
    claim = desk.facts.claim(ref)
    if claim is None:
        return ""
    if claim.text:
        return plain_text(desk.verified, claim.text)
    view = desk.bare("").claim(claim)
    return f"{view.label}: {view.value.striptags()}"


def _compared(old: str, new: str) -> tuple[Markup, Markup]:
    """Two texts, with the words marked that one has and the other has not."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    one: list[str] = []
    other: list[str] = []
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag == "equal":
            same = escape_text("".join(before[low:high]))
            one.append(same)
            other.append(same)
            continue
        one.append(_marked("del", "".join(before[low:high])))
        other.append(_marked("ins", "".join(after[first:last])))
    return Markup("".join(one)), Markup("".join(other))  # noqa: S704 - escaped above


def _marked(tag: str, words: str) -> str:
    bare = words.lstrip()
    if not bare:
        return escape_text(words)
    lead = words[: len(words) - len(bare)]
    spoken = f'<span class="spoken" data-generated>{_SPOKEN[tag]} </span>'
    return f"{lead}<{tag}>{spoken}{escape_text(bare)}</{tag}>"


def changes_file(desk: Desk, since: Since) -> bytes:
    """All changes since an edition as JSON lines; the head first."""
    lines: list[dict[str, object]] = [_head_record(since)]
    for entity in since.entities.values():
        row = desk.rows.get(entity.id)
        address = desk.entity_address(entity.id) if row else None
        if entity.kinds:
            former = {"name": entity.former.name} if entity.former else {}
            lines.append(
                _record(
                    f"entity:{entity.id}",
                    entity.id,
                    entity.kinds,
                    former,
                    row.name if row else None,
                    address,
                )
            )
        for change in entity.claims:
            claim = desk.facts.claim(change.ref)
            lines.append(
                _record(
                    change.ref, entity.id, change.kinds, former_parts(desk, change),
                    words_of(desk, change.ref) or None,
                    f"{address}#{claim.id}" if address and claim else None,
                )
            )  # fmt: skip
    for source in since.sources.values():
        record = desk.facts.sources.get(source.id)
        lines.append(
            _record(
                f"source:{source.id}", None, source.kinds, _of_source(source),
                record.title if record else None,
                desk.addresses.page("sources", source.id) if record else None,
            )
        )  # fmt: skip
    return data.json_lines(lines)


def _head_record(since: Since) -> dict[str, object]:
    head = since.head
    former = {"note": head.note} if head.note else {}
    return {"id": f"edition:{head.edition}", "number": head.number, "as_of": head.as_of,
            "count": since.count, "former": former}  # fmt: skip


def _record(
    id_: str,
    entity: str | None,
    kinds: tuple[str, ...],
    former: Mapping[str, str],
    now: str | None,
    url: str | None,
) -> dict[str, object]:
    return {"id": id_, "entity": entity, "kinds": list(kinds), "former": dict(former),
            "now": now, "url": url}  # fmt: skip
