"""One page of what has changed since a stored edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from generator import date as dates
from generator.model.edition import Since
from generator.model.fact import Claim
from generator.model.stage import Verified
from generator.paper.compose import Composer
from generator.paper.drawing import qr_figure
from generator.paper.order import Order, Paper
from generator.render.data import claim_record
from generator.render.leaflet import Leaflet, LeafletLine, leaflet
from generator.render.wording import plural

TEMPLATE: Final = "changes.typ"
ROOM: Final = 3400
"""Characters that a page has room for, besides its title block."""
_EACH = 110  # what a change takes besides its words
_LABELS = {
    "was": "Was",
    "now": "Now",
    "reason": "Why it no longer stands",
    "attached": "The present claims of this page with their citations, as JSON",
}


def compose_changes(composer: Composer, since: Since) -> Paper:
    """The page of what has changed since an edition, with its claims attached."""
    verified, desk = composer.verified, composer.desk
    sheet = leaflet(desk, since, _most(leaflet(desk, since)))
    settings = verified.facts.settings
    title = f"What has changed since edition {sheet.edition}"
    claims = _claims(composer, sheet, since)
    records = [
        claim_record(verified, verified.facts.entities[c.entity], c, composer.addresses)
        for c in claims
    ]
    figures: dict[str, bytes] = {}
    data: dict[str, Any] = {
        "lang": "en", "region": "GB", "title": title, "authors": [settings.site_name],
        "kicker": f"{settings.site_name} · Changes", "keywords": [], "labels": _LABELS,
        "description": f"{title}: {plural(since.count, 'change')}", "foot": settings.site_name,
        "page_words": ["Page ", " of "], "facts": _facts(composer, sheet),
        "summary": ["; ".join(f"{label}: {count}" for label, count in sheet.counts) or "No claim has changed."],
        "groups": _groups(sheet), "qr": None,
        "left": f"{plural(sheet.left, 'further change')}: see the page of changes." if sheet.left else "",
    }  # fmt: skip
    if composer.live:
        address = f"{composer.live}{sheet.address}"
        data["facts"].append(["All changes", [{"s": address, "url": address}]])
        data["qr"] = {"alt": f"QR code: the address of the page of changes, {address}"}
        figures["qr.svg"] = qr_figure(address)
    attached = msgspec.json.format(msgspec.json.encode(records), indent=1) + b"\n"
    return Paper(data, attached, figures, composer.time, TEMPLATE)


def changes_order(ids: Sequence[str], verified: Verified) -> Order | None:
    """The order that asks for what has changed: `changes`, or `changes-since-<edition>`.

    Args:
        ids: What somebody asks for; None comes of anything else, and of an edition that is not stored.
        verified: The facts. The newest edition since which something has changed is that of `changes`.
    """
    asked = ids[0] if len(ids) == 1 else ""
    if asked in verified.census.rows or not asked.startswith("changes"):
        return None
    editions = list(reversed(verified.changes))
    if asked == "changes":
        editions = [since for since in editions if since.count] or editions
    else:
        editions = [since for since in editions if asked == f"changes-since-{since.id}"]
    return Order(f"changes-since-{editions[0].id}", since=editions[0].id) if editions else None


def _most(sheet: Leaflet) -> int:
    """How many of its changes fit on the page."""
    used = 0
    for at, line in enumerate(sheet.lines):
        used += _EACH + sum(map(len, (line.was, line.now, line.reason, *line.sources)))
        if used > ROOM:
            return at
    return len(sheet.lines)


def _claims(composer: Composer, sheet: Leaflet, since: Since) -> list[Claim]:
    shown = {line.address for line in sheet.lines if line.address}
    facts, desk = composer.verified.facts, composer.desk
    refs = [change.ref for entity in since.entities.values() for change in entity.claims]
    claims = facts.claims_of(refs)
    return [c for c in claims if f"{desk.entity_address(c.entity)}#{c.id}" in shown]


def _facts(composer: Composer, sheet: Leaflet) -> list[list[Any]]:
    edition = composer.verified.edition
    now = f", as of {dates.display(edition.as_of)}" if edition.as_of else ""
    then = f", as of {sheet.as_of}" if sheet.as_of else ""
    found: list[list[Any]] = [
        ["Before", [f"edition {sheet.edition} ({sheet.id}){then}"]],
        ["Now", [f"{edition.id}{now}"]],
    ]
    return [*found, ["Editors' note", [sheet.note]]] if sheet.note else found


def _groups(sheet: Leaflet) -> list[dict[str, Any]]:
    """The changes under their most telling kind, in the order of the lines."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in sheet.lines:
        found.setdefault(line.kinds[0], []).append(_change(line))
    return [{"title": title, "changes": changes} for title, changes in found.items()]


def _change(line: LeafletLine) -> dict[str, str]:
    others = ", ".join(line.kinds[1:])
    beside = [line.standing, ", ".join(dict.fromkeys(line.sources))]
    return {
        "kinds": f"{line.entity} ({others.lower()})" if others else line.entity,
        "beside": "; ".join(filter(None, beside)), "was": line.was, "now": line.now,
        "reason": line.reason,
    }  # fmt: skip
