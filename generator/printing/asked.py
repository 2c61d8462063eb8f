"""What somebody asks for on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator import pipeline
from generator.amend import WholeBuild, look
from generator.config import Settings, SettingsFault
from generator.diagnostics import Sink, nearest_word
from generator.model.stage import Verified
from generator.paper import (
    FORMATS,
    Order,
    Variant,
)
from generator.paper.changes import changes_order
from generator.printing.shelf import shelf_of
from generator.printing.site import briefing_orders
from generator.printing.work import Job, Printed, print_papers
from generator.progress import Progress, silent
from generator.publish.site import Publication, PublishFault
from generator.state.ledger import LEDGER
from generator.state.store import StateLost, Store
from generator.state.world import open_world


class UnknownPage(LookupError):
    """Somebody asks for a page that there is not; the words say which, and what is near."""

    def __init__(self, id_: str, near: str | None) -> None:
        super().__init__(
            f"no page is called `{id_}`" + (f"; did you mean `{near}`?" if near else "")
        )


@dataclass(frozen=True)
class Asked:
    """What somebody asks for on the command line.

    Attributes:
        pages: Ids; with commas between them, those of one dossier.
        everything: Whether a paper of every page is asked for instead.
        sheet: `a4` or `letter`.
        large: Whether it is to be in large print.
        output: A file for one paper of all pages, or a folder; None for the present folder.
    """

    pages: tuple[str, ...]
    everything: bool = False
    sheet: str = "a4"
    large: bool = False
    output: Path | None = None

    @property
    def variant(self) -> Variant:
        """The form that is asked for."""
        name = "us-letter" if self.sheet == "letter" else "a4"
        return next(one for one in FORMATS if (one.sheet, one.large) == (name, self.large))


@contextmanager
def opened_facts(
    settings: Settings, sink: Sink, progress: Progress = silent, jobs: int | None = None
) -> Iterator[Verified | None]:
    """The verified facts: those of the last build where nothing has changed since, else checked anew.

    Args:
        settings: Of the project.
        sink: Takes the findings of a check.
        progress: Told how far it is.
        jobs: How many processes share the work.
    """
    store: Store | None = None
    verified: Verified | None
    try:
        store, verified = _kept(settings)
    except (WholeBuild, StateLost, PublishFault, SettingsFault, msgspec.MsgspecError, OSError):
        checked = pipeline.check(settings, progress, jobs)
        sink.extend(checked.findings)
        verified = checked.verified
    try:
        yield verified
    finally:
        if store is not None:
            store.close()


def _kept(settings: Settings) -> tuple[Store, Verified]:
    path = Publication(settings.site).state
    if not path.is_file():
        raise StateLost("there is none")
    store = Store(path)
    try:
        ledger = LEDGER.decode(store.whole("ledger"))
        if look(settings, ledger).changed:
            raise WholeBuild("facts have changed")
        verified, _ = open_world(store, settings, ledger.digests)
    except BaseException:
        store.close()
        raise
    return store, verified


def parse_orders(words: Iterable[str], verified: Verified) -> list[Order]:
    """Orders as people write them: an id, or several with commas between them for a dossier.

    Former ids lead to the present ones; a page that is named twice comes once.

    Raises:
        UnknownPage: for an id that no page has.
    """
    briefings = {order.name: order for order in briefing_orders(verified)}
    return [
        briefings.get(word) or order_of(word.split(","), verified) for word in dict.fromkeys(words)
    ]


def order_of(ids: Iterable[str], verified: Verified, name: str = "") -> Order:
    """One paper of some pages.

    Raises:
        UnknownPage: for an id that no page has.
    """
    rows, aliases = verified.census.rows, verified.linked.aliases
    found: dict[str, None] = {}
    if changes := changes_order(ids := tuple(ids), verified):
        return changes
    for id_ in (word.strip() for word in ids):
        present = id_ if id_ in rows else aliases.get(id_, "")
        if present not in rows:
            raise UnknownPage(
                id_, nearest_word(id_, [*rows, *(one.id for one in verified.briefings)])
            )
        found[present] = None
    entities = tuple(found)
    dossier = f"{entities[0]}-dossier" if len(entities) > 1 else entities[0]
    return Order(name or dossier, entities)


def print_asked(
    settings: Settings, asked: Asked, progress: Progress = silent, jobs: int | None = None
) -> Printed:
    """Make what somebody asks for on the command line.

    Raises:
        UnknownPage: for an id that no page has.
    """
    sink = Sink()
    with opened_facts(settings, sink, progress, jobs) as verified:
        if verified is None:
            return Printed(findings=sink.sorted())
        output, variant = asked.output, asked.variant
        one_file = output is not None and output.suffix.lower() == ".pdf" and not output.is_dir()
        if asked.everything:
            orders = briefing_orders(verified)
            orders += [Order(id_, (id_,)) for id_ in verified.census.rows]
        elif one_file:
            ids = [id_ for word in asked.pages for id_ in word.split(",")]
            orders = parse_orders([",".join(ids)], verified)
        else:
            orders = parse_orders(asked.pages, verified)
        folder = (output.parent if one_file else output) if output else Path()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            wanted = [
                Job(one, variant, str(output if one_file else folder / one.file(variant)))
                for one in orders
            ]
            shelf = shelf_of(settings.site)
            printed = print_papers(verified, wanted, shelf, progress, jobs)
            shelf.tidy()
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            sink.add("P602", f"the PDF cannot be written: {reason}", str(output or "."),
                     "check space and permissions")  # fmt: skip
            return Printed(findings=sink.sorted())
        return printed
