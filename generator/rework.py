"""The work of an amendment: facts updated, parts drawn, files exchanged, the state brought along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from generator.amend import Edit, Unsettled, WholeBuild, Work
from generator.audit import Changes, audit_changes
from generator.audit.files import Files, FolderFiles, OverlayFiles
from generator.audit.ledger import KINDS, Record
from generator.audit.ledger import Ledger as AuditLedger
from generator.config import Settings
from generator.datafile import splice_file
from generator.diagnostics import Sink
from generator.draw import Drawn, draw_parts, section_marker
from generator.edited import NotPlain
from generator.exchange import Exchange
from generator.index import Contributor, changed_index
from generator.model.fact import Entity
from generator.model.pack import encode
from generator.model.stage import Verified
from generator.printing import has_papers
from generator.profile import stage
from generator.progress import Progress
from generator.publish.press import NoShell, Press
from generator.publish.shell import Shell
from generator.publish.site import Publication, waiting_name
from generator.publish.sitemap import sitemap_files
from generator.render import Renderer
from generator.render.reach import Reach, near, reach
from generator.search.document import entity_unit
from generator.search.update import Update as IndexUpdate
from generator.state.bytecode import KeptBytecode
from generator.state.keep import entity_units, identifier_unit, units_of
from generator.state.ledger import FRAMES, Frames, Ledger, Outputs, Trace
from generator.state.splice import entity_of
from generator.state.store import Store
from generator.state.world import Summary, open_world
from generator.update import Update, update_facts
from generator.workers import count_jobs, cut_shares, each_forked

_FEWEST = 200
"""Parts below which starting processes costs more than it saves."""


class Rework:
    """One amendment; see `amend.amend_site`."""

    def __init__(
        self,
        settings: Settings,
        publication: Publication,
        store: Store,
        ledger: Ledger,
        edit: Edit,
        progress: Progress,
        jobs: int | None,
    ) -> None:
        self.settings = settings
        self.publication = publication
        self.store = store
        self.ledger = ledger
        self.edit = edit
        self.progress = progress
        self.jobs = jobs

    def run(self) -> Work:
        """Do it all.

        Raises:
            WholeBuild: when only a whole build will do.
            PublishFault: when the site cannot be written.
            StateLost: when the state is damaged.
            OSError: when a file cannot be written.
        """
        with stage("update", len(self.edit.changed)):
            update = self.update()
        frames = self.frames()
        with stage("draw"):
            self.drawn = self.draw(update, frames)
        traces = dict(self.drawn.traces)
        traces |= self.fill_sections(frames)
        with stage("splice"):
            traces |= self.splice_lines()
        self.outputs = self.merge_outputs()
        traces |= self.map_site()
        traces |= self.print_papers(update)
        with stage("search"):
            index = self.index()
            for name, data in index.written.items():
                traces |= self.put(name, data)
        removed = [*self.removed(traces), *index.deleted, *dropped_papers(update)]
        written = sorted(traces)
        with stage("audit", len(written)):
            self.audit(update, written, removed)
        self.publication.change(written, removed, partial(self.keep, update, traces, removed))
        files = len(self.edit.changed) + len(self.edit.gone)
        return Work(files, update.verified, len(self.drawn.outputs), len(written))

    def update(self) -> Update:
        """The facts as they are now."""
        before, summary = self.world()
        edited = sorted(self.edit.files.values(), key=lambda file: (file.id, file.shown))
        gone = sorted(self.edit.gone.values())
        try:
            update = update_facts(before, summary, edited, gone, self.owner)
        except NotPlain as reason:
            raise WholeBuild(str(reason)) from reason
        for name, digest in self.edit.changed.items():
            if update.after.facts.raw.digests[name] != digest:
                raise Unsettled(f"`{name}` was changed while it was read")
        return update

    def owner(self, identifier: tuple[str, str]) -> str | None:
        """The entity that has had an identifier."""
        found = self.store.unit(*identifier_unit(identifier))
        return None if found is None else found.decode()

    # What is known from before; a session has it in memory.

    def world(self) -> tuple[Verified, Summary]:
        """The facts of the last good build."""
        return open_world(self.store, self.settings, self.ledger.digests)

    def frames(self) -> Frames:
        """What stands around them."""
        return FRAMES.decode(self.store.whole("frames"))

    def known(self) -> AuditLedger | None:
        """What the last audit left."""
        return AuditLedger.load(self.store, self.settings)

    def renderer(self, verified: Verified, sink: Sink) -> Renderer:
        """What draws the parts."""
        return Renderer(verified, sink, KeptBytecode(self.store.find("bytecode")))

    # What is shown.

    def draw(self, update: Update, frames: Frames) -> Drawn:
        """Draw every part that the edit reaches; files that stay the same are not written."""
        told = Sink()
        renderer = self.renderer(update.after, told)
        self.order = renderer.parts() if update.is_moved else tuple(self.ledger.outputs)
        found = reached(update)
        parts = self.ordered(found.parts)
        shells = {layout: Shell(parts, holes) for layout, parts, holes in frames.shells}
        press = Press(None, shells=shells)
        count = 1 if len(parts) < _FEWEST else count_jobs(self.jobs) * 4
        staging, site = self.publication.staging, self.publication.site
        contributor = Contributor(update.after.facts)
        former = renderer.beside(update.before)
        exchange = Exchange(former, renderer, found.lines, self.ledger.outputs, site)
        work = partial(
            draw_parts, renderer, contributor, told, press, staging, site=site, exchange=exchange
        )
        drawn = Drawn()
        try:
            for _, share in sorted(
                each_forked(work, cut_shares(parts, count), self.jobs, self.progress, "drawing")
            ):
                drawn.add(share)
        except NoShell as reason:
            raise WholeBuild(f"a page of a new layout, `{reason}`") from reason
        if drawn.findings:
            raise WholeBuild("a template is at fault")
        return drawn

    def print_papers(self, update: Update) -> dict[str, Trace]:
        """PDFs of the pages that the edit reaches; a source's record stands on papers in more detail."""
        if not has_papers(update.after):
            return {}
        from generator.printing.site import print_site

        only = {part for part in self.drawn.outputs if part.startswith("briefing:")}
        only |= {
            id_ for kind, _, id_ in (part.partition(":") for part in self.drawn.outputs)
            if kind == "entity"
        }  # fmt: skip
        if update.sources or update.after.changes:
            # Papers also say how much has changed since the last edition of all that they name.
            touched = update.entities | {entity_of(ref) for ref in update.claims}
            only |= near(update.before, touched, update.sources)
            only |= near(update.after, touched, update.sources)
            only |= {f"briefing:{one.id}" for one in update.after.briefings}
        with stage("print", len(only)):
            papers = print_site(update.after, self.publication, self.progress, self.jobs, only)
        if papers.findings:
            raise WholeBuild("a paper cannot be set")
        return papers.traces

    def ordered(self, parts: Collection[str]) -> list[str]:
        """Parts in the order of the data files; new ones last."""
        known = [part for part in self.order if part in parts]
        return known + sorted(set(parts).difference(known))

    def fill_sections(self, frames: Frames) -> dict[str, Trace]:
        """Put bodies into the host's pages."""
        traces: dict[str, Trace] = {}
        for name, body in self.drawn.sections.items():
            file, html = frames.sections[name]
            page = html.replace(section_marker(name), body).encode(errors="xmlcharrefreplace")
            traces |= self.put(file, page)
        return traces

    def put(self, name: str, data: bytes) -> dict[str, Trace]:
        """Write a file to the staging folder, unless the site holds the same."""
        now = self.publication.site / name
        if now.is_file() and now.read_bytes() == data:
            return {}
        self.publication.write(name, data)
        found = self.publication.waiting(name).stat()
        return {name: Trace(found.st_size, found.st_mtime_ns)}

    def splice_lines(self) -> dict[str, Trace]:
        """Data files with the lines of the drawn parts in the place of their former ones."""
        traces: dict[str, Trace] = {}
        for name, becomes in self.spliced().items():
            lengths, fresh = self.ledger.lines[name], self.fresh_lines(name)
            source, target = self.publication.site / name, self.publication.waiting(name)
            with source.open("rb") as old, target.open("wb") as out:
                splice_file(old.fileno(), out.fileno(), lengths, becomes, fresh)
            found = target.stat()
            traces[name] = Trace(found.st_size, found.st_mtime_ns)
        return traces

    def spliced(self) -> dict[str, dict[str, int]]:
        """The data files that change: bytes of each part's lines in them from now on, in their order."""
        found: dict[str, dict[str, int]] = {}
        for name, lengths in self.ledger.lines.items():
            fresh = self.drawn.lines.get(name, {})
            gone = self.drawn.absent & lengths.keys()
            if fresh or gone:
                becomes = {**lengths, **fresh}
                if gone or fresh.keys() - lengths.keys():
                    becomes = {part: becomes[part] for part in self.order if part in becomes}
                found[name] = becomes
        return found

    def fresh_lines(self, name: str) -> dict[str, bytes]:
        """The new lines of a data file, by part."""
        spool = self.drawn.spool.get(name, ())
        lines = b"".join(self.publication.waiting(path).read_bytes() for path in spool)
        fresh, at = {}, 0
        for part, length in self.drawn.lines.get(name, {}).items():
            fresh[part] = lines[at : at + length]
            at += length
        return fresh

    # What becomes of the site.

    def merge_outputs(self) -> dict[str, Outputs]:
        """The outputs of all parts from now on."""
        outputs = {**self.ledger.outputs, **self.drawn.outputs}
        order = dict.fromkeys((*self.order, *outputs))
        return {part: outputs[part] for part in order if part not in self.drawn.absent}

    def map_site(self) -> dict[str, Trace]:
        """The site map, where pages came or went."""
        drawn, before = self.drawn.outputs, self.ledger.outputs
        if all(before.get(part, _NOTHING).pages == made.pages for part, made in drawn.items()):
            return {}
        pages = (page for made in self.outputs.values() for page in made.pages)
        traces: dict[str, Trace] = {}
        files = sitemap_files(self.ledger.host, self.settings.site_url, pages)
        for name, data in files.items():
            traces |= self.put(name, data)
        return traces

    def removed(self, written: Collection[str]) -> list[str]:
        """Files of the site that no part gives any more."""
        before = {
            name
            for part in self.drawn.outputs
            for name in self.ledger.outputs.get(part, _NOTHING).files
        }
        after = {name for made in self.drawn.outputs.values() for name in made.files}
        return sorted(before - after - set(written))

    def index(self) -> IndexUpdate:
        """What changes in the search index."""
        new = dict(self.drawn.contributions)
        for part in self.drawn.absent:
            kind, _, id_ = part.partition(":")
            if kind == "entity":
                new[entity_unit(id_)] = b""
        old = {unit: self.store.unit("search", unit) or b"" for unit in new}
        self.contributions = {unit: data for unit, data in new.items() if data != old[unit]}
        if not self.contributions:
            return IndexUpdate({}, ())
        former = {unit: old[unit] for unit in self.contributions}
        site, everything = self.publication.site, partial(self.store.units, "search")
        return changed_index(site, former, self.contributions, everything)

    def audit(self, update: Update, written: Sequence[str], removed: Sequence[str]) -> None:
        """Look at the site as it will be."""
        sink, site = Sink(), self.publication.site
        before, files = self.files((), ()), self.files(written, removed)
        changes = Changes(before, written, removed, update.sources)
        self.audited = audit_changes(
            site, self.settings, sink, files, changes, self.known(), self.progress, self.jobs
        )
        if len(sink):
            raise WholeBuild("the audit has findings")

    def files(self, written: Collection[str], removed: Collection[str]) -> Files:
        """The site as it will be."""
        upper = FolderFiles(self.publication.staging, waiting_name)
        lower = FolderFiles(self.publication.site)
        return OverlayFiles(upper, lower, written, removed)

    def keep(self, update: Update, traces: Mapping[str, Trace], removed: Iterable[str]) -> None:
        """Bring the state along."""
        units: dict[tuple[str, str], bytes | None] = dict.fromkeys(
            key for id_ in update.gone for key in entity_units(update.before.facts.entities[id_])
        )
        units |= dict(
            units_of(
                update.after,
                entities=update.entities - update.gone,
                support=(update.support | update.entities) - update.gone,
                backlinks=update.backlinks,
                sources=update.sources,
                impact=update.impact,
                months=[month for month in update.months if month in update.after.linked.timeline],
            )
        )
        units |= {("search", unit): data or None for unit, data in self.contributions.items()}
        for month in update.months:
            units.setdefault(("month", month), None)
        left = {**self.ledger.traces, **traces}
        for name in removed:
            left.pop(name, None)
        digests = {**self.ledger.digests, **self.edit.changed}
        ledger = replace(
            self.ledger,
            taken=self.edit.taken,
            stamps=dict(self.edit.stamps),
            digests={name: digests[name] for name in digests if name not in self.edit.gone},
            outputs=self.outputs,
            traces=left,
            lines={**self.ledger.lines, **self.spliced()},
        )
        wholes = {"summary": encode(update.summary), "ledger": encode(ledger)}
        with stage("state"):
            record = self.audited.record or Record({}, is_whole=True)
            cleared = KINDS if record.is_whole else ()
            self.store.change({**units, **record.units}, wholes, cleared)
        self.ledger = ledger


_NOTHING = Outputs((), ())


def reached(update: Update) -> Reach:
    """Every part of the site that an edit may have changed."""
    before, after = update.before.facts.entities, update.after.facts.entities
    entities = [
        id_ for id_ in update.entities if _record(before.get(id_)) != _record(after.get(id_))
    ]
    return reach(
        update.before,
        update.after,
        claims=sorted(update.claims),
        entities=sorted(entities),
        sources=sorted(update.sources | update.impact),
    )


def dropped_papers(update: Update) -> list[str]:
    """Papers of sheets that are no more."""
    if not (update.gone and has_papers(update.before)):
        return []
    from generator.printing.site import paper_files

    before, after = (dict(paper_files(one)) for one in (update.before, update.after))
    return sorted(before.keys() - after.keys())


def _record(entity: Entity | None) -> tuple[object, ...] | None:
    """All of an entity but what its claims say."""
    if entity is None:
        return None
    order = tuple(claim.id for claim in entity.claims)
    return entity.name, entity.names, entity.identifiers, entity.aliases, order
