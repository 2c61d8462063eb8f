"""Writes the blocks of a corpus: claims of every sort, and articles that carry them word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from bench.corpus import (
    AGENCIES,
    BLOCK,
    CLAIMS,
    Block,
    Claim,
    Corpus,
    Name,
    Quote,
    Sheet,
    Source,
    count_of,
    name_of,
    number_of,
    other_names,
)
from bench.vocabulary import (
    ADJECTIVES,
    LANGUAGES,
    MONTHS,
    NOUNS,
    OFFICES,
    REGIONS,
    STEMS,
    VERBS,
    foreign_words,
    stem,
)

SEED: Final = "briefing"
ECHOES: Final = 0.3
"""Share of plain claims that a second source carries too."""

SENTENCES: Final = 60
"""Sentences of an article at least: about eight hundred words."""

_SOURCE_KINDS: Final = ("news-report", "analysis", "opinion", "interview", "official-statement")


def write_blocks(corpus: Corpus) -> Iterator[Block]:
    """All sheets and sources of a corpus, block by block."""
    before = _Draft(corpus, corpus.sources - 1)
    for number in range(corpus.sources):
        draft = _Draft(corpus, number)
        yield Block(draft.sheets, draft.source(before.echoes))
        before = draft


def _source_id(number: int) -> str:
    year, month, day = _source_date(number)
    return f"{stem(number).lower()}-post-{year}-{month:02d}-{day:02d}"


def _source_date(number: int) -> tuple[int, int, int]:
    return 2020 + number % 4, number * 5 % 12 + 1, number * 11 % 28 + 1


class _Draft:
    """One block: its sheets, the sentences of its article, and those for the next article."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        self.corpus = corpus
        self.number = number
        self.random = Random(f"{SEED}/{number}")  # noqa: S311 - the same words each time
        self.own_id = _source_id(number)
        self.next_id = _source_id((number + 1) % corpus.sources)
        self.sentences: list[str] = []
        self.echoes: list[str] = []
        self.recipes: dict[str, Callable[[Name], list[Claim]]] = {
            "country": self.country,
            "person": self.person,
            "agreement": self.agreement,
            "organisation": self.organisation,
            "event": self.event,
        }
        self.sheets = tuple(self.sheet(number * BLOCK + place) for place in range(BLOCK))

    # --- words ---

    def thing(self) -> str:
        choice = self.random.choice
        return f"{choice(ADJECTIVES)} {choice(NOUNS)} {choice(NOUNS)}"

    def pair(self) -> str:
        return f"{self.random.choice(NOUNS)} {self.random.choice(NOUNS)}"

    def past(self) -> str:
        return f"{self.random.choice(VERBS)}ed"

    def place(self) -> str:
        return f"Port {stem(self.random.randrange(STEMS))}"

    def year(self) -> str:
        return str(1990 + self.random.randrange(30))

    def day(self) -> tuple[str, str]:
        """A day as a sheet and as an article writes it."""
        year, month = self.year(), self.random.randrange(12)
        day = 1 + self.random.randrange(28)
        return f"{year}-{month + 1:02d}-{day:02d}", f"{day} {MONTHS[month]} {year}"

    def amount(self) -> str:
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

    # --- claims of any sheet ---

    def trade(self, name: Name, id_: str) -> Claim:
        other, thing, year, past = (
            self.other("country", name),
            self.thing(),
            self.year(),
            self.past(),
        )
        return Claim(
            ("claims", id_),
            f"In {year} [[{name.id}]] {past} the {thing} together with [[{other.id}]].",
            self.quotes(
                f"{name.name} {past} the {thing} with {other.name} in {year}",
                f"with {other.name} in {year} the {thing} was {past}",
            ),
            keys={"topic": "Trade", "date": year},
        )

    def dues(self, name: Name, id_: str) -> Claim:
        share = f"{2 + self.random.randrange(40)}.{self.random.randrange(1, 10)} per cent"
        what, goods = self.thing(), self.pair()
        return Claim(
            ("claims", id_),
            f"The {what} takes dues of {share} on {goods}.",
            self.quotes(
                f"the {what} of {name.name} takes {share} on {goods}",
                f"{goods} dues of the {what} stand at {share}",
                lead=f"{self.pair().capitalize()} {self.past()} since ",
            ),
            keys={"topic": "Trade"},
        )

    def dated(self, name: Name, id_: str) -> Claim:
        other = self.other("agreement", name)
        date, words = self.day()
        thing, past = self.thing(), self.past()
        return Claim(
            ("claims", id_),
            f"The {thing} was {past} on {words}, under [[{other.id}]].",
            self.quotes(
                f"on {words} the {thing} was {past} under the {other.name}",
                f"the {thing} ({past} on {words}) under the {other.name}",
                lead=f"{name.name} {self.past()} when ",
            ),
            keys={"topic": "Diplomacy", "date": date},
        )

    def statement(self, name: Name, id_: str) -> Claim:
        speaker = self.other("person", name)
        verb, thing = self.random.choice(VERBS), self.thing()
        return Claim(
            ("claims", id_),
            f"[[{speaker.id}]] said that [[{name.id}]] would {verb} the {thing}.",
            (
                self.say(
                    f"“We shall {verb} the {thing},” said {speaker.name}",
                    tail=f" of {self.pair()} near {self.place()}",
                ),
            ),
            keys={"topic": "Statements", "said_by": speaker.id},
        )

    def foreign(self, name: Name, id_: str) -> Claim:
        language = self.random.choice(LANGUAGES)
        words, thing = foreign_words(self.random, language, 7), self.thing()
        self.sentences.append(f"{self.thing().capitalize()} {self.past()}: {words}.")
        return Claim(
            ("claims", id_),
            f"A banner of [[{name.id}]] promised the {thing} to everybody.",
            (Quote(self.own_id, words, f"The {thing} is for everybody."),),
            keys={"topic": "Diplomacy"},
        )

    def dispute(self, name: Name, id_: str) -> list[Claim]:
        """Two figures that cannot both be true, each with its article."""
        what, first, second = self.thing(), self.amount(), self.amount()
        if first == second:
            second = "99 million"
        text = f"The {what} cost {{}} crowns."
        return [
            Claim(
                ("claims", id_),
                text.format(first),
                (self.say(f"{name.name} {self.past()} the {what} for {first} crowns"),),
                keys={
                    "topic": "Trade",
                    "conflicts_with": [f"{name.id}#{id_}-elsewhere"],
                    "note": "The articles give different sums; neither says what is counted.",
                },
            ),
            Claim(
                ("claims", f"{id_}-elsewhere"),
                text.format(second),
                (self.echo(f"the {what} of {name.name} was {self.past()} for {second} crowns"),),
                keys={"topic": "Trade"},
            ),
        ]

    def correction(self, name: Name, id_: str) -> list[Claim]:
        """A figure that was reported, and the one that replaced it."""
        what, goods = self.thing(), self.pair()
        first = 20 + self.random.randrange(400)
        second = first + 1 + self.random.randrange(90)
        return [
            Claim(
                ("claims", id_),
                f"The {what} holds {second} {goods}.",
                (self.say(f"the {what} of {name.name} holds {second} {goods}", "Today "),),
                keys={"topic": "Overview", "rank": "preferred"},
            ),
            Claim(
                ("claims", f"{id_}-before"),
                f"The {what} holds {first} {goods}.",
                (self.say(f"{first} {goods} in the {what} of {name.name}", "It was said: "),),
                keys={
                    "topic": "Overview",
                    "rank": "deprecated",
                    "reason": f"The article corrects it; see [[{name.id}#{id_}|the later count]].",
                },
            ),
        ]

    def inference(self, name: Name, id_: str) -> list[Claim]:
        """A reported figure, what is worked out from it, and a judgement on both."""
        what, many = self.thing(), 10 + 2 * self.random.randrange(200)
        base = Claim(
            ("claims", id_),
            f"The {what} has {many} berths.",
            self.quotes(
                f"the {what} of {name.name} has {many} berths",
                f"{many} berths in the {what}",
                lead=f"{self.pair().capitalize()} {self.past()}; ",
            ),
            keys={"topic": "Overview"},
        )
        return [
            base,
            Claim(
                ("claims", f"{id_}-each"),
                f"That makes {many // 2} berths on each side of the {what}.",
                (),
                keys={
                    "topic": "Assessment",
                    "kind": "derived",
                    "premises": [f"{name.id}#{id_}"],
                    "reasoning": f"{many} divided by two sides.",
                },
            ),
            Claim(
                ("claims", f"{id_}-outlook"),
                f"It is likely that the {what} will be {self.past()}. "
                "Confidence is low, because few voices speak of it.",
                (),
                keys={
                    "topic": "Assessment",
                    "kind": "judgement",
                    "premises": [f"{name.id}#{id_}", f"{name.id}#{id_}-each"],
                    "likelihood": "likely",
                    "confidence": "low",
                },
            ),
        ]

    def fill(self, name: Name, claims: list[Claim]) -> list[Claim]:
        """Bring the claims of a sheet to their number with claims of any sort."""
        singles = (self.trade, self.dues, self.dated, self.statement, self.foreign)
        several = (self.dispute, self.correction, self.inference)
        while (missing := CLAIMS - len(claims)) > 0:
            id_ = f"{self.random.choice(NOUNS)}-{len(claims)}"
            if missing >= 3 and self.random.random() < 0.25:
                claims += self.random.choice(several)(name, id_)
            else:
                claims.append(self.random.choices(singles, (4, 3, 4, 3, 1))[0](name, id_))
        return claims

    # --- claims of a kind of sheet ---

    def fact(
        self, name: Name, id_: str, value: str, text: str, exact: str, link: bool = False
    ) -> Claim:
        """A value of the fact box."""
        return Claim(
            ("claims", id_),
            text.format(f"[[{value}]]" if link else value),
            (self.say(exact),),
            written=False,
            keys={"property": id_, "value": value},
        )

    def country(self, name: Name) -> list[Claim]:
        capital, region, people = self.place(), self.random.choice(REGIONS), self.amount()
        head, member = self.other("person", name), self.other("organisation", name)
        of = name.name
        return [
            self.fact(name, "capital", capital, "{}", f"{capital}, the capital of {of}"),
            self.fact(name, "region", region, "{}", f"{of} lies in {region}"),
            self.fact(name, "population", people, "{}", f"{of} counts {people} inhabitants"),
            self.fact(
                name, "president", head.id, "{}", f"{head.name}, president of {of}", link=True
            ),
            self.fact(
                name, "member-of", member.id, "{}", f"{of} belongs to the {member.name}", link=True
            ),
        ]

    def person(self, name: Name) -> list[Claim]:
        claims = [
            self.fact(name, "born", born := self.year(), "{}", f"{name.name}, born in {born}"),
            self.fact(
                name, "birthplace", place := self.place(), "{}", f"{name.name} comes from {place}"
            ),
        ]
        for turn in range(1 + self.random.randrange(2)):
            office, since = self.random.choice(OFFICES), self.year()
            of = self.other("country", name)
            claims.append(
                Claim(
                    ("roles", f"office-{turn}"),
                    f"{office} of [[{of.id}]].",
                    (self.say(f"{name.name}, {office.lower()} of {of.name} since {since}"),),
                    written=False,
                    keys={"office": office, "of": of.id, "from": since},
                )
            )
        return claims

    def agreement(self, name: Name) -> list[Claim]:
        pages = str(10 + self.random.randrange(400))
        claims = [self.fact(name, "pages", pages, "{}", f"the {name.name} has {pages} pages")]
        countries = dict.fromkeys(self.other("country", name) for _ in range(3))
        for number, party in enumerate(countries):
            acts = (("signed", "signed"), ("ratified", "ratified"))[: 1 + number % 2]
            for act, verb in acts:
                date, words = self.day()
                claims.append(
                    Claim(
                        ("parties", party.id, act),
                        f"[[{party.id}]] {verb} [[{name.id}]] on {words}.",
                        self.quotes(
                            f"{party.name} {verb} the {name.name} on {words}",
                            f"the {name.name} was {verb} by {party.name} on {words}",
                        ),
                        written=number > 0,
                        keys={"topic": "Diplomacy", "date": date} if number else {"date": date},
                    )
                )
        return claims

    def organisation(self, name: Name) -> list[Claim]:
        year, seat = self.year(), self.place()
        member = self.other("country", name)
        return [
            self.fact(name, "founded", year, "{}", f"the {name.name}, founded in {year}"),
            self.fact(name, "seat", seat, "{}", f"{name.name} offices in {seat}"),
            self.fact(
                name, "host", member.id, "{}", f"{member.name} pays the {name.name}", link=True
            ),
        ]

    def event(self, name: Name) -> list[Claim]:
        date, words = self.day()
        place = self.place()
        claims = [
            Claim(
                ("date",),
                f"[[{name.id}]] took place on {words}.",
                (self.say(f"the {name.name} on {words}"),),
                written=False,
                keys={"value": date},
            ),
            Claim(
                ("place",),
                f"[[{name.id}]] took place in {place}.",
                (self.say(f"{place} held the {name.name}"),),
                written=False,
                keys={"value": place},
            ),
        ]
        guests = dict.fromkeys(self.other(kind, name) for kind in ("country", "person", "country"))
        for guest in guests:
            role = self.random.choice(("host", "guest", "observer"))
            claims.append(
                Claim(
                    ("participants", guest.id),
                    f"[[{guest.id}]] took part as {role} in [[{name.id}]].",
                    (self.say(f"{guest.name} came as {role} to the {name.name}"),),
                    written=False,
                    keys={"as": role},
                )
            )
        return claims

    # --- sheets and sources ---

    def sheet(self, number: int) -> Sheet:
        name = name_of(number)
        claims = self.fill(name, self.recipes[name.kind](name))
        return Sheet(
            name, other_names(number), {"wikidata": f"Q{9_000_000 + number}"}, tuple(claims)
        )

    def source(self, echoes: list[str]) -> Source:
        """The article: its own sentences and the echoes of the block before, in mixed order."""
        year, month, day = _source_date(self.number)
        place = stem(self.number)
        keys: dict[str, str | list[str]] = {
            "title": f"{self.thing().capitalize()} {self.past()} at {place}",
            "publisher": f"The {place} Post",
            "author": f"Editor of {self.place()}" if self.number % 3 else "",
            "kind": _SOURCE_KINDS[self.number % len(_SOURCE_KINDS)],
            "published": f"{year}-{month:02d}-{day:02d}",
            "retrieved": "2024-06-30",
            "url": f"https://{place.lower()}.example/{year}/{month:02d}/{self.number}",
            "text": "open",
            "descriptor": f"A paper of {place} that was near. It is friendly to the "
            f"{self.pair()} trade and says so.",
            "abstract": f"Reports on the {self.thing()}, its history and its cost.",
        }
        if self.number % 4 == 0:
            keys["carries"] = [self.own_id, AGENCIES[self.number // 4 % len(AGENCIES)]]
        sentences = [*self.sentences, *echoes]
        while len(sentences) < SENTENCES:
            sentences.append(
                f"{self.thing().capitalize()} {self.past()} {self.thing()} near {self.place()}."
            )
        self.random.shuffle(sentences)
        paragraphs = tuple(
            " ".join(_capital(one) for one in sentences[at : at + 5])
            for at in range(0, len(sentences), 5)
        )
        return Source(self.own_id, keys, paragraphs)


def _capital(sentence: str) -> str:
    """A sentence, which must not change where it is quoted: only its lead may begin it."""
    return sentence if sentence[0].isupper() else f"So {sentence}"
