"""Claims that only a kind of sheet has: fact boxes, offices, acts of parties, dates and guests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bench.corpus import Claim, Name, name_of, number_of
from bench.pen import Pen
from bench.vocabulary import OFFICES, REGIONS

UNITED: Final = 6
"""Of so many countries one belongs to the first organisation: a twentieth of all sheets mention it, and
about as many pages of sources."""


def fact(pen: Pen, id_: str, value: str, exact: str, *, link: bool = False) -> Claim:
    """A value of the fact box; a link's value is the id of a page."""
    return Claim(
        ("claims", id_),
        f"[[{value}]]" if link else value,
        (pen.say(exact),),
        written=False,
        keys={"property": id_, "value": value},
    )


def country(pen: Pen, name: Name) -> list[Claim]:
    """Capital, region, inhabitants, president, membership."""
    capital, region, people = pen.place(), pen.random.choice(REGIONS), pen.amount()
    head, member = pen.other("person", name), pen.other("organisation", name)
    if name.stem % UNITED == 0:
        member = name_of(number_of("organisation", 0))
    of = name.name
    return [
        fact(pen, "capital", capital, f"{capital}, the capital of {of}"),
        fact(pen, "region", region, f"{of} lies in {region}"),
        fact(pen, "population", people, f"{of} counts {people} inhabitants"),
        fact(pen, "president", head.id, f"{head.name}, president of {of}", link=True),
        fact(pen, "member-of", member.id, f"{of} belongs to the {member.name}", link=True),
    ]


def person(pen: Pen, name: Name) -> list[Claim]:
    """Birth, and one or two offices."""
    born, place = pen.year(), pen.place()
    claims = [
        fact(pen, "born", born, f"{name.name}, born in {born}"),
        fact(pen, "birthplace", place, f"{name.name} comes from {place}"),
    ]
    for turn in range(1 + pen.random.randrange(2)):
        office, since = pen.random.choice(OFFICES), pen.year()
        of = pen.other("country", name)
        claims.append(
            Claim(
                ("roles", f"office-{turn}"),
                f"{office} of [[{of.id}]].",
                (pen.say(f"{name.name}, {office.lower()} of {of.name} since {since}"),),
                written=False,
                keys={"office": office, "of": of.id, "from": since},
            )
        )
    return claims


def agreement(pen: Pen, name: Name) -> list[Claim]:
    """Pages, and the acts of up to three parties."""
    pages = str(10 + pen.random.randrange(400))
    claims = [fact(pen, "pages", pages, f"the {name.name} has {pages} pages")]
    countries = dict.fromkeys(pen.other("country", name) for _ in range(3))
    for number, party in enumerate(countries):
        acts = (("signed", "signed"), ("ratified", "ratified"))[: 1 + number % 2]
        for act, verb in acts:
            date, words = pen.day()
            claims.append(
                Claim(
                    ("parties", party.id, act),
                    f"[[{party.id}]] {verb} [[{name.id}]] on {words}.",
                    pen.quotes(
                        f"{party.name} {verb} the {name.name} on {words}",
                        f"the {name.name} was {verb} by {party.name} on {words}",
                    ),
                    written=number > 0,
                    keys={"topic": "Diplomacy", "date": date} if number else {"date": date},
                )
            )
    return claims


def organisation(pen: Pen, name: Name) -> list[Claim]:
    """Founding, seat, host."""
    year, seat = pen.year(), pen.place()
    member = pen.other("country", name)
    return [
        fact(pen, "founded", year, f"the {name.name}, founded in {year}"),
        fact(pen, "seat", seat, f"{name.name} offices in {seat}"),
        fact(pen, "host", member.id, f"{member.name} pays the {name.name}", link=True),
    ]


def event(pen: Pen, name: Name) -> list[Claim]:
    """Date, place, and up to three guests."""
    date, words = pen.day()
    place = pen.place()
    claims = [
        Claim(
            ("date",),
            f"[[{name.id}]] took place on {words}.",
            (pen.say(f"the {name.name} on {words}"),),
            written=False,
            keys={"value": date},
        ),
        Claim(
            ("place",),
            f"[[{name.id}]] took place in {place}.",
            (pen.say(f"{place} held the {name.name}"),),
            written=False,
            keys={"value": place},
        ),
    ]
    guests = dict.fromkeys(pen.other(kind, name) for kind in ("country", "person", "country"))
    for guest in guests:
        role = pen.random.choice(("host", "guest", "observer"))
        claims.append(
            Claim(
                ("participants", guest.id),
                f"[[{guest.id}]] took part as {role} in [[{name.id}]].",
                (pen.say(f"{guest.name} came as {role} to the {name.name}"),),
                written=False,
                keys={"as": role},
            )
        )
    return claims


PORTRAITS: Final[dict[str, Callable[[Pen, Name], list[Claim]]]] = {
    "country": country,
    "person": person,
    "agreement": agreement,
    "organisation": organisation,
    "event": event,
}
"""What writes them, by kind."""
