"""Resolves every id of the facts and works out what follows from the links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from generator.diagnostics import Sink
from generator.link.reference import Resolver
from generator.markup import links_of
from generator.model.fact import Claim, Source
from generator.model.stage import Facts, Linked
from generator.textfile import Span


def relate_facts(facts: Facts, sink: Sink) -> Linked:
    """Work out how facts hang together; what is wrong with the whole is a finding."""
    aliases = _aliases(facts, sink)
    _check_identifiers(facts, sink)
    _check_addresses(facts, sink)
    check_cycles(facts, facts.claims(), sink)
    return Linked(
        facts=facts,
        aliases=aliases,
        backlinks=_backlinks(facts),
        timeline=_timeline(facts),
        conflicts=_conflicts(facts),
        dependants=_dependants(facts),
    )


def check_links(
    linked: Linked, claims: Iterable[Claim], sources: Iterable[Source], sink: Sink
) -> None:
    """Check every id that some claims and records name."""
    resolver = Resolver(linked.facts, linked.aliases, sink)
    for claim in claims:
        resolver.check_claim(claim)
    for source in sources:
        resolver.check_source(source)


def mentions_of(claim: Claim) -> tuple[str, ...]:
    """Ids of the entities that a claim mentions or is about besides its own, in order."""
    text, named = claim.text, (claim.value_entity, claim.subject, claim.of, claim.said_by)
    ids = [link.entity for link in links_of(text)] if text and "[[" in text else []
    ids += [i for i in named if i]
    return tuple(dict.fromkeys(i for i in ids if i != claim.entity)) if ids else ()


def _aliases(facts: Facts, sink: Sink) -> dict[str, str]:
    aliases: dict[str, str] = {}
    for entity in facts.entities.values():
        for index, alias in enumerate(entity.aliases):
            at = partial(entity.span, "aliases", index)
            if alias == entity.id:
                sink.add("X305", f"`{alias}` is the page's present id", at(), "remove it")
            elif alias in facts.raw.known:
                hint = "remove it, or rename the other page"
                sink.add("X305", f"`{alias}` is the id of another page", at(), hint)
            elif alias in aliases:
                message = f"`{alias}` is an alias of `{aliases[alias]}`"
                sink.add("X305", message, at(), "remove it from one of the two")
            else:
                aliases[alias] = entity.id
    return aliases


def _check_identifiers(facts: Facts, sink: Sink) -> None:
    first: dict[tuple[str, str], str] = {}
    for entity in facts.entities.values():
        for pair in entity.identifiers:
            other = first.setdefault(pair, entity.id)
            if other != entity.id:
                sink.add(
                    "X312",
                    f"`{other}` has the same {pair[0]} identifier `{pair[1]}`",
                    entity.span("identifiers", pair[0]),
                    "one of the two is wrong, or both are one entity",
                )


def _check_addresses(facts: Facts, sink: Sink) -> None:
    """No generated page may have the address of another, of a list, or of a Markdown page.

    `publish` guards every address, but only a build gets that far; this much a check can tell.
    """
    root = facts.settings.shown(facts.settings.content)
    for folder, name, what, at in _generated(facts):
        if name == "index" and not facts.settings.directory_urls:
            hint = "rename it, or set `use_directory_urls: true`"
            sink.add("X314", f"{what} has the address of the list of {folder}", at(), hint)
        for page in (f"{name}.md", f"{name}/index.md", f"{name}/README.md"):
            taken = f"{root}/{folder}/{page}"
            if taken in facts.raw.digests:
                sink.add("X314", f"this page has the address of {what}", taken, "rename the page")


def _generated(facts: Facts) -> Iterator[tuple[str, str, str, Callable[[], Span | str]]]:
    """Every page that is made of a record: folder, name, what it is, and where it is named."""
    for entity in facts.entities.values():
        folder = entity.kind.folder
        yield folder, entity.id, f"the fact sheet `{entity.id}`", partial(str, entity.path)
        for index, alias in enumerate(entity.aliases):
            yield folder, alias, f"the alias `{alias}`", partial(entity.span, "aliases", index)
    for source in facts.sources.values():
        yield "sources", source.id, f"the source `{source.id}`", partial(str, source.path)


def check_cycles(facts: Facts, claims: Iterable[Claim], sink: Sink) -> None:
    """Premises that lead back to their own claim are reported once, at the premise that closes.

    With a stack of its own, because a chain of premises may be longer than the interpreter's.
    """
    done: set[str] = set()
    for claim in claims:
        if not claim.premises:
            continue
        path: list[str] = []
        stack: list[tuple[str, int]] = [(claim.ref, 0)]
        while stack:
            ref, index = stack.pop()
            current = facts.claim(ref)
            if index == 0:
                if ref in done or current is None:
                    continue
                path.append(ref)
            assert current is not None  # noqa: S101 - pushed again only when it exists
            if index < len(current.premises):
                stack.append((ref, index + 1))
                premise = current.premises[index]
                if premise == ref:
                    continue  # reported as a self-reference
                if premise in path:
                    ring = " → ".join([*path[path.index(premise) :], premise])
                    sink.add(
                        "X306",
                        f"the premises go round in a circle: {ring}",
                        current.span("premises", index),
                        "remove one of them",
                    )
                elif premise not in done:
                    stack.append((premise, 0))
            else:
                done.add(ref)
                path.pop()


def _backlinks(facts: Facts) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for claim in facts.claims():
        for entity in mentions_of(claim):
            if entity in facts.entities:
                found.setdefault(entity, []).append(claim.ref)
    return {entity: tuple(refs) for entity, refs in found.items()}


def month_of(claim: Claim) -> str | None:
    """The month of the timeline that a claim stands in; None when it stands in none."""
    date = claim.first_date
    if date is None or claim.rank == "deprecated":
        return None
    return f"{date.earliest.year:04d}-{date.earliest.month:02d}"


def in_order(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Refs of dated claims in order of time."""
    dated = [(claim.first_date, claim.ref) for claim in claims]
    keys = [(date.earliest, date.latest, ref) for date, ref in dated if date is not None]
    return tuple(ref for _, _, ref in sorted(keys))


def _timeline(facts: Facts) -> dict[str, tuple[str, ...]]:
    months: dict[str, list[Claim]] = {}
    for claim in facts.claims():
        month = month_of(claim)
        if month is not None:
            months.setdefault(month, []).append(claim)
    return {month: in_order(claims) for month, claims in sorted(months.items())}


def _conflicts(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    pairs: dict[str, set[str]] = {}
    for claim in facts.claims():
        for other in claim.conflicts_with:
            if facts.claim(other) is not None and other != claim.ref:
                pairs.setdefault(claim.ref, set()).add(other)
                pairs.setdefault(other, set()).add(claim.ref)
    return {ref: tuple(sorted(others)) for ref, others in sorted(pairs.items())}


def _dependants(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for claim in facts.claims():
        for premise in claim.premises:
            found.setdefault(premise, []).append(claim.ref)
    return {ref: tuple(refs) for ref, refs in sorted(found.items())}
