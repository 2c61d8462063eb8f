"""The pen: invented words, and the sentences that go into a block's article and the one after it."""

from __future__ import annotations

from random import Random
from typing import Final

from bench.corpus import Corpus, Name, Quote, count_of, name_of, number_of
from bench.vocabulary import ADJECTIVES, MONTHS, NOUNS, STEMS, VERBS, stem

SEED: Final = "briefing"
ECHOES: Final = 0.3
"""Share of plain claims that a second source carries too."""


class Pen:
    """Writes for one block; the same words each time.

    Attributes:
        sentences: What its own article is to say.
        echoes: What the next block's article is to say.
    """

    def __init__(self, corpus: Corpus, number: int, own_id: str, next_id: str) -> None:
        self.corpus = corpus
        self.random = Random(f"{SEED}/{number}")  # noqa: S311 - nothing is to be kept secret
        self.own_id = own_id
        self.next_id = next_id
        self.sentences: list[str] = []
        self.echoes: list[str] = []

    def thing(self) -> str:
        """A thing, without article."""
        choice = self.random.choice
        return f"{choice(ADJECTIVES)} {choice(NOUNS)} {choice(NOUNS)}"

    def pair(self) -> str:
        """Two nouns, for goods and trades."""
        return f"{self.random.choice(NOUNS)} {self.random.choice(NOUNS)}"

    def past(self) -> str:
        """A verb in the past."""
        return f"{self.random.choice(VERBS)}ed"

    def place(self) -> str:
        """A port."""
        return f"Port {stem(self.random.randrange(STEMS))}"

    def year(self) -> str:
        """A year."""
        return str(1990 + self.random.randrange(30))

    def day(self) -> tuple[str, str]:
        """A day as a sheet and as an article writes it."""
        year, month = self.year(), self.random.randrange(12)
        day = 1 + self.random.randrange(28)
        return f"{year}-{month + 1:02d}-{day:02d}", f"{day} {MONTHS[month]} {year}"

    def amount(self) -> str:
        """So many millions."""
        return f"{2 + self.random.randrange(97)} million"

    def other(self, kind: str, name: Name) -> Name:
        """Another entity of a kind."""
        count = count_of(kind, self.corpus.sheets)
        rank = self.random.randrange(count)
        found = name_of(number_of(kind, rank))
        return name_of(number_of(kind, (rank + 1) % count)) if found == name else found

    def say(self, exact: str, lead: str = "", tail: str | None = None) -> Quote:
        """Put a sentence into the block's article and quote its heart."""
        ending = f" {self.past()} by {self.thing()}" if tail is None else tail
        self.sentences.append(f"{lead}{exact}{ending}.")
        return Quote(self.own_id, exact)

    def echo(self, exact: str) -> Quote:
        """The same for the next article."""
        self.echoes.append(f"{self.thing().capitalize()} {self.past()}: {exact}.")
        return Quote(self.next_id, exact)

    def quotes(self, exact: str, echo: str, **words: str) -> tuple[Quote, ...]:
        """A quotation, and now and then a second one from the next article."""
        quote = self.say(exact, **words)
        return (quote, self.echo(echo)) if self.random.random() < ECHOES else (quote,)
