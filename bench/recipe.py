"""Claims that any sheet may have: each puts its sentences into an article and quotes them."""

from __future__ import annotations

from bench.corpus import CLAIMS, Claim, Name, Quote
from bench.pen import Pen
from bench.vocabulary import LANGUAGES, NOUNS, VERBS, foreign_words


def trade(pen: Pen, name: Name, id_: str) -> Claim:
    """What two countries did together in a year."""
    other, thing = pen.other("country", name), pen.thing()
    year, past = pen.year(), pen.past()
    return Claim(
        ("claims", id_),
        f"In {year} [[{name.id}]] {past} the {thing} together with [[{other.id}]].",
        pen.quotes(
            f"{name.name} {past} the {thing} with {other.name} in {year}",
            f"with {other.name} in {year} the {thing} was {past}",
        ),
        keys={"topic": "Trade", "date": year},
    )


def dues(pen: Pen, name: Name, id_: str) -> Claim:
    """A percentage."""
    share = f"{2 + pen.random.randrange(40)}.{pen.random.randrange(1, 10)} per cent"
    what, goods = pen.thing(), pen.pair()
    return Claim(
        ("claims", id_),
        f"The {what} takes dues of {share} on {goods}.",
        pen.quotes(
            f"the {what} of {name.name} takes {share} on {goods}",
            f"{goods} dues of the {what} stand at {share}",
            lead=f"{pen.pair().capitalize()} {pen.past()} since ",
        ),
        keys={"topic": "Trade"},
    )


def dated(pen: Pen, name: Name, id_: str) -> Claim:
    """What happened on a day, under an agreement."""
    other = pen.other("agreement", name)
    date, words = pen.day()
    thing, past = pen.thing(), pen.past()
    return Claim(
        ("claims", id_),
        f"The {thing} was {past} on {words}, under [[{other.id}]].",
        pen.quotes(
            f"on {words} the {thing} was {past} under the {other.name}",
            f"the {thing} ({past} on {words}) under the {other.name}",
            lead=f"{name.name} {pen.past()} when ",
        ),
        keys={"topic": "Diplomacy", "date": date},
    )


def statement(pen: Pen, name: Name, id_: str) -> Claim:
    """What somebody said."""
    speaker = pen.other("person", name)
    verb, thing = pen.random.choice(VERBS), pen.thing()
    return Claim(
        ("claims", id_),
        f"[[{speaker.id}]] said that [[{name.id}]] would {verb} the {thing}.",
        (
            pen.say(
                f"“We shall {verb} the {thing},” said {speaker.name}",
                tail=f" of {pen.pair()} near {pen.place()}",
            ),
        ),
        keys={"topic": "Statements", "said_by": speaker.id},
    )


def foreign(pen: Pen, name: Name, id_: str) -> Claim:
    """Words in another script, with their translation."""
    language = pen.random.choice(LANGUAGES)
    words, thing = foreign_words(pen.random, language, 7), pen.thing()
    pen.sentences.append(f"{pen.thing().capitalize()} {pen.past()}: {words}.")
    return Claim(
        ("claims", id_),
        f"A banner of [[{name.id}]] promised the {thing} to everybody.",
        (Quote(pen.own_id, words, f"The {thing} is for everybody."),),
        keys={"topic": "Diplomacy"},
    )


def dispute(pen: Pen, name: Name, id_: str) -> list[Claim]:
    """Two figures that cannot both be true, each with its article."""
    what, first, second = pen.thing(), pen.amount(), pen.amount()
    if first == second:
        second = "99 million"
    text = f"The {what} cost {{}} crowns."
    return [
        Claim(
            ("claims", id_),
            text.format(first),
            (pen.say(f"{name.name} {pen.past()} the {what} for {first} crowns"),),
            keys={
                "topic": "Trade",
                "conflicts_with": [f"{name.id}#{id_}-elsewhere"],
                "note": "The articles give different sums; neither says what is counted.",
            },
        ),
        Claim(
            ("claims", f"{id_}-elsewhere"),
            text.format(second),
            (pen.echo(f"the {what} of {name.name} was {pen.past()} for {second} crowns"),),
            keys={"topic": "Trade"},
        ),
    ]


def correction(pen: Pen, name: Name, id_: str) -> list[Claim]:
    """A figure that was reported, and the one that replaced it."""
    what, goods = pen.thing(), pen.pair()
    first = 20 + pen.random.randrange(400)
    second = first + 1 + pen.random.randrange(90)
    return [
        Claim(
            ("claims", id_),
            f"The {what} holds {second} {goods}.",
            (pen.say(f"the {what} of {name.name} holds {second} {goods}", "Today "),),
            keys={"topic": "Overview", "rank": "preferred"},
        ),
        Claim(
            ("claims", f"{id_}-before"),
            f"The {what} holds {first} {goods}.",
            (pen.say(f"{first} {goods} in the {what} of {name.name}", "It was said: "),),
            keys={
                "topic": "Overview",
                "rank": "deprecated",
                "reason": f"The article corrects it; see [[{name.id}#{id_}|the later count]].",
            },
        ),
    ]


def inference(pen: Pen, name: Name, id_: str) -> list[Claim]:
    """A reported figure, what is worked out from it, and a judgement on both."""
    what, many = pen.thing(), 10 + 2 * pen.random.randrange(200)
    base = Claim(
        ("claims", id_),
        f"The {what} has {many} berths.",
        pen.quotes(
            f"the {what} of {name.name} has {many} berths",
            f"{many} berths in the {what}",
            lead=f"{pen.pair().capitalize()} {pen.past()}; ",
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
            f"It is likely that the {what} will be {pen.past()}. "
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


def fill(pen: Pen, name: Name, claims: list[Claim]) -> list[Claim]:
    """Bring the claims of a sheet to their number with claims of any sort."""
    singles = (trade, dues, dated, statement, foreign)
    several = (dispute, correction, inference)
    while (missing := CLAIMS - len(claims)) > 0:
        id_ = f"{pen.random.choice(NOUNS)}-{len(claims)}"
        if missing >= 3 and pen.random.random() < 0.25:
            claims += pen.random.choice(several)(pen, name, id_)
        else:
            claims.append(pen.random.choices(singles, (4, 3, 4, 3, 1))[0](pen, name, id_))
    return claims
