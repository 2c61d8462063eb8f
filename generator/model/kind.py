"""The kinds of entity, each with its folder, and the fixed vocabularies of claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

KindId = Literal["country", "person", "agreement", "organisation", "event"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity.

    Attributes:
        id: Name in data files, singular.
        folder: Folder under `content/` and section of the site.
        label: Singular for readers.
        plural: Plural for readers.
    """

    id: KindId
    folder: str
    label: str
    plural: str


KINDS = (
    Kind("country", "countries", "Country", "Countries"),
    Kind("person", "people", "Person", "People"),
    Kind("agreement", "agreements", "Agreement", "Agreements"),
    Kind("organisation", "organisations", "Organisation", "Organisations"),
    Kind("event", "events", "Event", "Events"),
)
KIND: dict[str, Kind] = {kind.id: kind for kind in KINDS}
KIND_OF_FOLDER = {kind.folder: kind for kind in KINDS}

Part = Literal["claims", "roles", "parties", "date", "place", "participants"]
"""Part of a sheet in which a claim may stand."""
KEYED_PARTS: tuple[Part, ...] = ("claims", "roles")
EVENT_PARTS: tuple[Part, ...] = ("date", "place")
ClaimKind = Literal["reported", "derived", "judgement"]
Rank = Literal["preferred", "normal", "deprecated"]
Confidence = Literal["low", "moderate", "high"]
Likelihood = Literal[
    "almost certain",
    "very likely",
    "likely",
    "roughly even chance",
    "unlikely",
    "very unlikely",
    "remote chance",
]
# In the order of a treaty's life: an undated act counts as later than those before it in this list.
Act = Literal[
    "announced",
    "signed",
    "ratified",
    "in-force",
    "implemented",
    "stalled",
    "suspended",
    "withdrawn",
]
ACTS: tuple[Act, ...] = get_args(Act)
LIKELIHOODS: tuple[str, ...] = get_args(Likelihood)

SourceKind = Literal[
    "news-report",
    "analysis",
    "opinion",
    "interview",
    "official-statement",
    "dataset",
    "rewrite",
]
TextMode = Literal["open", "sealed", "none"]
SourceStatus = Literal["current", "corrected", "retracted"]
OriginKind = Literal[
    "news-agency", "newspaper", "broadcaster", "website", "government", "statement", "other"
]
ValueType = Literal["text", "number", "date", "entity"]
Standing = Literal[
    "corroborated", "single-origin", "disputed", "derived", "judgement", "deprecated"
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
