"""A small invented site as records, and texts with the words they are cut into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model.fact import Property
from generator.search.contribution import contribute
from generator.search.document import (
    Document,
    entity_documents,
    entity_unit,
    names_of,
    source_documents,
    source_unit,
)

WORDS: dict[str, list[str]] = {
    "": [],
    "Grey Harbour, 1887": ["grey", "harbour", "1887"],
    "Tokayev's, O’Neill's and pilots' boats": ["tokayev", "oneill", "and", "pilots", "boats"],
    "33.6 per cent of 1,300,000; 12,34 on 06.11.2025.": [
        *("33.6", "per", "cent", "of", "1300000", "12", "34", "on", "06.11.2025"),
    ],
    "c5+1 covid-19 3rd": ["c5", "1", "covid", "19", "3rd"],
    "Élan naïf, Łódź, Straße, Åse Ægir, İzmir, Işık": [
        *("elan", "naif", "lodz", "strasse", "ase", "aegir", "izmir", "isik"),
    ],
    "Тоқаев Токаев ҚАСЫМ-ЖОМАРТ Ёлка Йод": ["токаев", "токаев", "касым", "жомарт", "елка", "иод"],
    "Ὀδυσσεύς ΟΔΥΣΣΕΥΣ": ["οδυσσευσ", "οδυσσευσ"],
    "كَازَاخِسْتَان أحمد آل ٢٠٢٥ کیهان": ["كازاخستان", "احمد", "ال", "2025", "كيهان"],
    "קָזַחְסְטָן שלום": ["קזחסטנ", "שלומ"],
    "哈萨克斯坦 2025年": ["哈萨", "萨克", "克斯", "斯坦", "2025", "年"],
    "東京タワー": ["東京", "京タ", "タワ", "ワー"],
    "カザフ": ["カザ", "ザフ"],
    "कज़ाख़स्तान": ["कज़ाख़स्तान"],
    "카자흐스탄": ["카자흐스탄"],
    "ﬁne ＡＢＣ １２ ²": ["fine", "abc", "12", "2"],
    "soft\u00adhyphen zero\u200bwidth": ["softhyphen", "zerowidth"],
    "a" * 50: ["a" * 40],
    "𐐀𐐁 under_score": ["𐐨𐐩", "under", "score"],
}
"""Texts and their words; the browser must cut them in the same way."""

PROPERTIES = {
    "president": Property("president", "President", ("country",), "entity", False),
    "founded": Property("founded", "Founded", ("organisation",), "date", False),
    "worth": Property("worth", "Worth", ("agreement",), "number", False, "crowns"),
}


def entity(id_: str, name: str, kind: str = "person", **more: object) -> dict[str, Any]:
    """Record of an entity."""
    return {
        "id": id_,
        "kind": kind,
        "name": name,
        "names": [],
        "identifiers": {},
        "aliases": [],
        "url": f"{kind}/{id_}/",
    } | more


def claim(owner: dict[str, Any], id_: str, text: str | None, **more: object) -> dict[str, Any]:
    """Record of a claim."""
    empty = ("property", "value", "date", "from", "to", "said_by", "topic", "note", "reason")
    return {
        **dict.fromkeys((*empty, "reasoning", "party", "act")),
        "id": f"{owner['id']}#{id_}",
        "entity": owner["id"],
        "kind_of_entity": owner["kind"],
        "standing": "single-origin",
        "text": text,
        "links": [],
        "url": f"{owner['url']}#{id_}",
        "citations": [{"source": "delta-wire"}],
    } | more


def source(id_: str, title: str, published: str | None = None) -> dict[str, Any]:
    """Record of a source."""
    return {
        "id": id_,
        "title": title,
        "publisher": "The Delta Wire",
        "author": None,
        "published": published,
        "descriptor": "An invented paper.",
        "abstract": None,
        "url": f"sources/{id_}/",
    }


TOKAYEV = entity(
    "kassym-jomart-tokayev",
    "Kassym-Jomart Tokayev",
    names=[{"language": "kk", "name": "Қасым-Жомарт Тоқаев"}],
    aliases=["Toqaev"],
    identifiers={"wikidata": "Q9000501"},
)
ARDENIA = entity("ardenia", "Ardenia", "country")
LEAGUE = entity("harbour-league", "Harbour League", "organisation")
SOURCES = [
    source("delta-wire", "Pilots strike at Sandbank", "2019-05-02"),
    source("gazette", "The harbour reopens", "2021"),
]
CLAIMS = [
    claim(TOKAYEV, "visit", "He visited the lighthouse.", date="2019-05", standing="corroborated"),
    claim(TOKAYEV, "letter", "He wrote to the pilots.", citations=[{"source": "gazette"}]),
    claim(
        ARDENIA,
        "host",
        "Ardenia received its guest in the lighthouse.",
        links=["kassym-jomart-tokayev"],
        date="2021-03-04",
    ),
    claim(ARDENIA, "president", None, property="president", value="kassym-jomart-tokayev"),
    claim(LEAGUE, "founded", None, property="founded", value="1990-02", citations=[]),
]
ENTITIES = [TOKAYEV, ARDENIA, LEAGUE]


def units(
    entities: Iterable[dict[str, Any]] = ENTITIES,
    claims: Iterable[dict[str, Any]] = CLAIMS,
    sources: Iterable[dict[str, Any]] = SOURCES,
) -> dict[str, list[Document]]:
    """Documents of each unit."""
    entities, claims, sources = list(entities), list(claims), list(sources)
    names = {one["id"]: names_of(one) for one in entities}
    published = {one["id"]: one["published"] for one in sources}
    found = {
        entity_unit(one["id"]): entity_documents(
            one,
            [row for row in claims if row["entity"] == one["id"]],
            names,
            PROPERTIES,
            published,
        )
        for one in entities
    }
    return found | {source_unit(one["id"]): source_documents(one) for one in sources}


def contributions(documents: dict[str, list[Document]] | None = None) -> dict[str, bytes]:
    """Contribution of each unit."""
    known = units() if documents is None else documents
    return {unit: contribute(unit, known[unit]) for unit in known}


def many(count: int) -> dict[str, list[Document]]:
    """Units of invented people with ten claims each, and words that are rare, common and in all."""
    found = {}
    for number in range(count):
        id_, url = f"person-{number:05}", f"people/person-{number:05}/"
        name = f"{('Ada', 'Bela', 'Cora')[number % 3]} {_syllables(number)}"
        head = Document(id_, url, "", "person", name, (name,))
        rows = [
            Document(
                f"{id_}#claim-{place}",
                f"{url}#claim-{place}",
                f"{_syllables(number * 10 + place)} said that the {_syllables(place * 37 % 400)}"
                f" of {_syllables(number % 50)} cost {number * 7 % 1000} crowns.",
                "person",
                name,
                standing=("single-origin", "corroborated", "disputed")[(number + place) % 3],
                sources=(f"source-{number % 20:02}",),
                years=(2000 + place,),
            )
            for place in range(10)
        ]
        found[entity_unit(id_)] = [head, *rows]
    return found


def _syllables(number: int) -> str:
    parts = ("ka", "lo", "mi", "ru", "te", "vo", "se", "na", "du", "pi")
    return "".join(parts[int(digit)] for digit in f"{number:04}").capitalize()
