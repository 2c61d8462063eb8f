"""The articles' records under `seeds/`: what quoted words are held against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.audit.page import fold
from generator.config import Settings
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, TextFile
from generator.verify.normalise import tokenise
from generator.verify.quotation import Match, Miss, verify_quotation
from generator.verify.seal import SealFault, parse_seal
from generator.verify.witness import SealWitness, TextWitness, Witness

# An id comes from a page and must not lead out of the folder.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass
class Evidence:
    """Opens each record once, and checks each quotation once."""

    settings: Settings
    sink: Sink
    _witnesses: dict[str, Witness | None] = field(default_factory=dict)
    _verdicts: dict[str, dict[str, Match | Miss | None]] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def has_record(self, source: str) -> bool:
        """Whether `seeds/` holds a record of that id."""
        if source not in self._known:
            is_slug = _SLUG.match(source) is not None
            self._known[source] = is_slug and (self.settings.seeds / f"{source}.yml").is_file()
        return self._known[source]

    def verdict(self, source: str, exact: str) -> Match | Miss | None:
        """Whether a source has these words; None where its text or seal cannot be used."""
        known = self._verdicts.get(source)
        if known is None:
            known = self._verdicts[source] = {}
        elif exact in known:
            return known[exact]
        words = fold(exact)
        if words not in known:
            witness = self._witness(source)
            known[words] = verify_quotation(exact, witness) if witness else None
        return known[words]

    def open_text(self, source: str) -> str | None:
        """The whole text of a source, white space folded; None where it is not open, or not to be read."""
        if not self.has_record(source) or (self.settings.seeds / f"{source}.seal").is_file():
            return None
        path = self.settings.seeds / f"{source}.txt"
        try:
            return fold(TextFile.read(path, self.settings.shown(path)).text)
        except (OSError, DecodeFault):
            return None

    def close(self, source: str) -> None:
        """Let go of a source's text or seal, which is opened anew when it is asked for again."""
        self._witnesses.pop(source, None)
        self._verdicts.pop(source, None)

    def _witness(self, source: str) -> Witness | None:
        if source not in self._witnesses:
            self._witnesses[source] = self._open(source) if self.has_record(source) else None
        return self._witnesses[source]

    def _open(self, source: str) -> Witness | None:
        # Where both lie there, the seal is what the record's quotations were checked against.
        seal, text = (self.settings.seeds / f"{source}.{end}" for end in ("seal", "txt"))
        path = seal if seal.is_file() else text
        shown = self.settings.shown(path)
        try:
            file = TextFile.read(path, shown)
            if path is text:
                return TextWitness(tokenise(file.text))
            return SealWitness(parse_seal(file.text))
        except FileNotFoundError:
            record = self.settings.shown(self.settings.seeds / f"{source}.yml")
            self.sink.add(
                "P605",
                f"`{source}` has neither a text nor a seal",
                record,
                "seal its text, or cite another source",
            )
        except OSError as error:
            self.sink.add("P605", f"the file cannot be read: {error.strerror or error}", shown)
        except DecodeFault as fault:
            self.sink.add("P605", fault.reason, shown)
        except SealFault as fault:
            at = file.span(fault.offset) if fault.offset is not None else shown
            self.sink.add(
                "P605", fault.reason, at, f"run `briefing seal {source}` where the archive is"
            )
        return None
