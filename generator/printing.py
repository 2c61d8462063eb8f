"""Papers on order: which are asked for, made by several processes, and kept until what they show changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator import pipeline
from generator.amend import WholeBuild, look
from generator.config import Settings, SettingsFault
from generator.diagnostics import Diagnostic, Sink, nearest_word
from generator.model.stage import Verified
from generator.paper import (
    FORMATS,
    Composer,
    Order,
    Paper,
    TypesetFault,
    Typesetter,
    Variant,
    report_glyphs,
)
from generator.paper.changes import changes_order
from generator.paper.glyph import covered
from generator.paper.typeset import font_files
from generator.progress import Progress, silent
from generator.publish.site import Publication, PublishFault
from generator.state.ledger import LEDGER
from generator.state.store import StateLost, Store
from generator.state.world import open_world
from generator.workers import Aside, count_jobs, cut_shares, each_forked

FOLDER = "pdf"
"""Folder of the papers in a site."""
_MOST_KEPT = 4000
_SUM = 32  # bytes of the checksum before a kept PDF


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


class Job(NamedTuple):
    """One PDF to be made."""

    order: Order
    variant: Variant
    target: str


Share = tuple[list[tuple[str, str]], int, list[Diagnostic]]
"""What comes of a share of jobs: pairs of a name of passage and a path, how many were typeset, findings."""


@dataclass
class Printed:
    """What has come of some jobs.

    Attributes:
        files: Paths of the finished PDFs, in order.
        compiled: How many of them had to be typeset; the others were known from before.
        findings: What stands in the way; then there are no files.
    """

    files: list[str] = field(default_factory=list)
    compiled: int = 0
    findings: Sequence[Diagnostic] = ()

    @property
    def words(self) -> str:
        """What people are told at the end."""
        if self.findings:
            return "no PDF was written"
        if len(self.files) == 1:
            return f"printed {self.files[0]}"
        return f"printed {len(self.files):,} PDFs, {self.compiled:,} of them made anew"


class Shelf:
    """Keeps PDFs by their content address, in a folder beside the site; it may be deleted.

    Each lies behind its checksum, so a damaged one is made anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """A PDF that is known; None when it is not."""
        path = self.folder / key
        try:
            data = path.read_bytes()
            if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
                return None
            os.utime(path)  # what is used is kept
        except OSError:
            return None
        return data[_SUM:]

    def put(self, key: str, data: bytes) -> None:
        """Keep a PDF; where that fails it is made anew next time."""
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            write_whole(self.folder / key, blake2b(data, digest_size=_SUM).digest() + data)

    def tidy(self) -> None:
        """Let go of what was not used for longest, when there is much."""
        with suppress(OSError):
            kept = [(entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(self.folder)]
            for _, name in sorted(kept)[: max(0, len(kept) - _MOST_KEPT)]:
                (self.folder / name).unlink(missing_ok=True)


def shelf_of(site: Path) -> Shelf:
    """The shelf of a site."""
    return Shelf(site.with_name(f".{site.name}.pdf"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: it is there whole or as it was.

    Raises:
        OSError: when it cannot be written.
    """
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        made.write_bytes(data)
        made.replace(path)
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)


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
    return [order_of(word.split(","), verified) for word in dict.fromkeys(words)]


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
            raise UnknownPage(id_, nearest_word(id_, rows))
        found[present] = None
    entities = tuple(found)
    dossier = f"{entities[0]}-dossier" if len(entities) > 1 else entities[0]
    return Order(name or dossier, entities)


def site_orders(verified: Verified) -> list[Order]:
    """The papers that the site of these facts carries, by its setting `pdf`."""
    if verified.facts.settings.pdf != "all":
        return []
    return [Order(id_, (id_,)) for id_ in verified.census.rows]


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
            orders = [Order(id_, (id_,)) for id_ in verified.census.rows]
        elif one_file:
            ids = [id_ for word in asked.pages for id_ in word.split(",")]
            orders = [order_of(ids, verified)]
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


def print_papers(
    verified: Verified,
    wanted: Sequence[Job],
    shelf: Shelf,
    progress: Progress = silent,
    jobs: int | None = None,
) -> Printed:
    """Make PDFs. With any finding none is put in its place.

    Args:
        verified: The facts.
        wanted: What to make, and under which paths.
        shelf: Where known PDFs lie.
        progress: Told how far it is.
        jobs: How many processes share the work; None for one each processor.

    Raises:
        OSError: when a file cannot be written.
    """
    settings = verified.facts.settings
    work = partial(_print_share, Composer(verified), Typesetter(settings), shelf)
    count = 1 if len(wanted) < 4 or count_jobs(jobs) == 1 else count_jobs(jobs) * 8
    covered(font_files(settings))  # known to all processes before they part
    printed, sink = Printed(), Sink()
    made: list[tuple[str, str]] = []
    try:
        shares = cut_shares(wanted, count)
        for _, (pairs, compiled, findings) in sorted(_each_apart(work, shares, jobs, progress)):
            made += pairs
            printed.compiled += compiled
            sink.extend(findings)
        printed.findings = sink.sorted()
        if not printed.findings:
            for temporary, target in made:
                Path(temporary).replace(target)
                printed.files.append(target)
    finally:
        for temporary, _ in made:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    return printed


def _each_apart(
    work: Callable[[Sequence[Job]], Share],
    shares: Sequence[Sequence[Job]],
    jobs: int | None,
    progress: Progress,
) -> Iterator[tuple[int, Share]]:
    """As `each_forked`, but never in this process.

    Typst has threads of its own: a process in which it has run must not be forked any more, and a
    server forks at every build.
    """
    if len(shares) > 1 and count_jobs(jobs) > 1:
        yield from each_forked(work, shares, jobs, progress, "printing")
        return
    done, total = 0, sum(map(len, shares))
    for number, share in enumerate(shares):
        yield number, Aside(partial(work, share), 2).result()
        done += len(share)
        progress("printing", done, total)


def _print_share(
    composer: Composer, typesetter: Typesetter, shelf: Shelf, jobs: Sequence[Job]
) -> Share:
    """Make some PDFs under names of passage."""
    sink, made, compiled = Sink(), [], 0
    composed: tuple[Order, Paper] | None = None
    for order, variant, target in jobs:
        if composed is None or composed[0] != order:
            composed = order, composer.compose(order)
            if report_glyphs(composed[1], composer.verified, order.entities, sink):
                composed = None
                continue
        data, is_new = _pdf(composed[1], variant, order, typesetter, shelf, composer, sink)
        compiled += is_new
        if data is not None:
            path = Path(target)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            temporary.write_bytes(data)
            made.append((str(temporary), target))
    return made, compiled, sink.findings


def _pdf(
    paper: Paper,
    variant: Variant,
    order: Order,
    typesetter: Typesetter,
    shelf: Shelf,
    composer: Composer,
    sink: Sink,
) -> tuple[bytes | None, bool]:
    """A paper as PDF, and whether it had to be made; None, with a finding, where that fails."""
    key = typesetter.key(paper, variant)
    data = shelf.get(key)
    if data is not None:
        return data, False
    try:
        data = typesetter.typeset(paper, variant)
    except TypesetFault as fault:
        template = composer.verified.facts.settings.shown(typesetter.path("paper.typ"))
        hint = "mend the template; compare it with the one that comes with the tool"
        sink.add("R505", f"`{order.file(variant)}` cannot be set: {fault.reason}", template, hint)
        return None, True
    shelf.put(key, data)
    return data, True
