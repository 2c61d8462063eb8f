"""Writes the blocks of a corpus: fact sheets, and articles that carry them word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bench.corpus import AGENCIES, BLOCK, Block, Corpus, Name, Sheet, Source, name_of, other_names
from bench.pen import Pen
from bench.portrait import PORTRAITS
from bench.recipe import fill
from bench.vocabulary import stem

SENTENCES: Final = 60
"""Sentences of an article at least: about nine hundred words."""

_SOURCE_KINDS: Final = ("news-report", "analysis", "opinion", "interview", "official-statement")

_LINK: Final = re.compile(r"\[\[([a-z0-9-]+)")


def write_blocks(corpus: Corpus) -> Iterator[Block]:
    """All sheets and sources of a corpus, block by block."""
    before = _Draft(corpus, corpus.sources - 1)
    for number in range(corpus.sources):
        draft = _Draft(corpus, number)
        yield Block(draft.sheets, draft.source(before.pen.echoes))
        before = draft


def most_mentioned(corpus: Corpus) -> tuple[Name, int]:
    """The entity that most sheets besides its own link to, and how many do."""
    counts: Counter[str] = Counter()
    for block in write_blocks(corpus):
        for sheet in block.sheets:
            texts = (claim.text for claim in sheet.claims)
            counts.update({id_ for text in texts for id_ in _LINK.findall(text)} - {sheet.name.id})
    # Of several the first, so that it is the same each time.
    name = max(corpus.names(), key=lambda name: counts[name.id])
    return name, counts[name.id]


def _source_id(number: int) -> str:
    year, month, day = _source_date(number)
    return f"{stem(number).lower()}-post-{year}-{month:02d}-{day:02d}"


def _source_date(number: int) -> tuple[int, int, int]:
    return 2020 + number % 4, number * 5 % 12 + 1, number * 11 % 28 + 1


class _Draft:
    """One block: its sheets, and a pen full of sentences for its article and the next."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        self.number = number
        self.pen = Pen(
            corpus, number, _source_id(number), _source_id((number + 1) % corpus.sources)
        )
        self.sheets = tuple(self.sheet(number * BLOCK + place) for place in range(BLOCK))

    def sheet(self, number: int) -> Sheet:
        name = name_of(number)
        claims = fill(self.pen, name, PORTRAITS[name.kind](self.pen, name))
        return Sheet(
            name, other_names(number), {"wikidata": f"Q{9_000_000 + number}"}, tuple(claims)
        )

    def source(self, echoes: list[str]) -> Source:
        """The article: its own sentences and the echoes of the block before, in mixed order."""
        pen = self.pen
        year, month, day = _source_date(self.number)
        place = stem(self.number)
        keys: dict[str, str | list[str]] = {
            "title": f"{pen.thing().capitalize()} {pen.past()} at {place}",
            "publisher": f"The {place} Post",
            "author": f"Editor of {pen.place()}" if self.number % 3 else "",
            "kind": _SOURCE_KINDS[self.number % len(_SOURCE_KINDS)],
            "published": f"{year}-{month:02d}-{day:02d}",
            "retrieved": "2024-06-30",
            "url": f"https://{place.lower()}.example/{year}/{month:02d}/{self.number}",
            "text": "open",
            "descriptor": f"A paper of {place} that was near. It is friendly to the "
            f"{pen.pair()} trade and says so.",
            "abstract": f"Reports on the {pen.thing()}, its history and its cost.",
        }
        if self.number % 4 == 0:
            keys["carries"] = [pen.own_id, AGENCIES[self.number // 4 % len(AGENCIES)]]
        sentences = [*pen.sentences, *echoes]
        while len(sentences) < SENTENCES:
            sentences.append(
                f"{pen.thing().capitalize()} {pen.past()} {pen.thing()} near {pen.place()}."
            )
        pen.random.shuffle(sentences)
        paragraphs = tuple(
            " ".join(_capital(one) for one in sentences[at : at + 5])
            for at in range(0, len(sentences), 5)
        )
        return Source(pen.own_id, keys, paragraphs)


def _capital(sentence: str) -> str:
    """A sentence, which must not change where it is quoted: only its lead may begin it."""
    return sentence if sentence[0].isupper() else f"So {sentence}"
