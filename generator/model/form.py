"""What the YAML files may hold: pydantic models of records, fact sheets and vocabularies.

A form checks shape and single values. Rules between values are in `generator.validate`, where the
file's spans are at hand. An error of a single value carries its diagnostic code as its pydantic type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)
from pydantic_core import PydanticCustomError

from generator.date import Date
from generator.model.kind import (
    ClaimKind,
    Confidence,
    KindId,
    Likelihood,
    OriginKind,
    Rank,
    SourceKind,
    SourceStatus,
    TextMode,
    ValueType,
)
from generator.model.value import (
    MAX_LIST,
    MAX_QUOTES,
    ValueFault,
    read_date,
    read_exact,
    read_language,
    read_slug,
    read_text,
    read_url,
)


def _told(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A reader of values as pydantic takes it: `generator.validate` makes a diagnostic of its fault."""

    def checked(value: Any) -> Any:  # noqa: ANN401 - whatever stands there
        try:
            return read(value)
        except ValueFault as fault:
            told = {"message": fault.message, "hint": fault.hint}
            raise PydanticCustomError(fault.code, "{message}", told) from None

    return checked


def _listed(value: object) -> object:
    """One value where a list is expected is a list of one."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(_told(read_text))]
Slug = Annotated[str, AfterValidator(_told(read_slug))]
Language = Annotated[str, AfterValidator(_told(read_language))]
Url = Annotated[str, AfterValidator(_told(read_url))]
EdtfDate = Annotated[Date, BeforeValidator(_told(read_date))]
Slugs = Annotated[list[Slug], BeforeValidator(_listed), Field(max_length=MAX_LIST)]
Refs = Annotated[list[str], BeforeValidator(_listed), Field(max_length=MAX_LIST)]


class Form(BaseModel):
    """Base of all forms: unknown keys are refused, nothing changes after validation."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )  # most runs have no fault to describe, and building takes a tenth of a second


Exact = Annotated[str, BeforeValidator(_told(read_exact))]


class QuotationForm(Form):
    """The long form of a quotation."""

    exact: Exact
    locator: Text | None = None
    note: Text | None = None
    translation: Text | None = None
    via: Slugs = []


def _shape(value: object) -> str:
    return "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"


Quote = Annotated[
    Annotated[Exact, Tag("text")] | Annotated[QuotationForm, Tag("mapping")],
    Discriminator(lambda value: "mapping" if isinstance(value, dict) else "text"),
]
Quotes = Annotated[
    Annotated[Exact, Tag("text")]
    | Annotated[QuotationForm, Tag("mapping")]
    | Annotated[list[Quote], Tag("list"), Field(min_length=1, max_length=MAX_QUOTES)],
    Discriminator(_shape),
]
Cite = dict[Slug, Quotes]


class ClaimForm(Form):
    """A claim, and the part of roles, acts, places and participants that makes them claims."""

    text: Text | None = None
    topic: Text | None = None
    property: Slug | None = None
    value: Text | None = None
    date: EdtfDate | None = None
    from_: EdtfDate | None = Field(default=None, alias="from")
    to: EdtfDate | None = None
    said_by: Slug | None = None
    kind: ClaimKind = "reported"
    rank: Rank = "normal"
    reason: Text | None = None
    conflicts_with: Refs = []
    premises: Refs = []
    reasoning: Text | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    note: Text | None = None
    method: Text | None = None
    reviewed_by: Text | None = None
    cite: Cite | None = None


class RoleForm(ClaimForm):
    """An office that a person holds or held."""

    office: Text
    of: Slug | None = None


class ActForm(ClaimForm):
    """One act of a party to an agreement."""


class EventDateForm(ClaimForm):
    """When an event took place; `value` is the date."""

    value: EdtfDate  # type: ignore[assignment]


class PlaceForm(ClaimForm):
    """Where an event took place: words in `value`, or a page in `entity`."""

    entity: Slug | None = None


class ParticipantForm(ClaimForm):
    """Who took part in an event."""

    as_: Text | None = Field(default=None, alias="as")


# Claims are validated one by one, so that a fault in one leaves the others standing.
Later = dict[str, Any]


class SheetForm(Form):
    """What every fact sheet has."""

    name: Text
    names: dict[Language, Annotated[list[Text], BeforeValidator(_listed)]] = {}
    identifiers: dict[str, str] = {}
    aliases: Slugs = []
    claims: Later = {}


class PersonForm(SheetForm):
    """A person's fact sheet."""

    roles: Later = {}


class AgreementForm(SheetForm):
    """An agreement's fact sheet: acts by party, then by kind of act."""

    parties: dict[Slug, Later] = {}


class EventForm(SheetForm):
    """An event's fact sheet."""

    date: Later | None = None
    place: Later | None = None
    participants: Later = {}


SHEET_FORM: dict[str, type[SheetForm]] = {
    "country": SheetForm,
    "person": PersonForm,
    "agreement": AgreementForm,
    "organisation": SheetForm,
    "event": EventForm,
}


class SourceForm(Form):
    """A source record, `seeds/<id>.yml`."""

    title: Text
    title_note: Text | None = None
    publisher: Text
    publisher_note: Text | None = None
    author: Text | None = None
    kind: SourceKind
    published: EdtfDate | None = None
    published_note: Text | None = None
    retrieved: EdtfDate | None = None
    url: Url | None = None
    archive_url: Url | None = None
    language: Language = "en"
    carries: Slugs = []
    text: TextMode
    status: SourceStatus = "current"
    date: EdtfDate | None = None
    reason: Text | None = None
    descriptor: Text | None = None
    abstract: Text | None = None


class OriginForm(Form):
    """An entry of `seeds/origins.yml`."""

    name: Text
    kind: OriginKind = "other"
    note: Text | None = None


class PropertyForm(Form):
    """A property that the fact box knows."""

    label: Text
    kinds: Annotated[list[KindId], BeforeValidator(_listed), Field(min_length=1)]
    type: ValueType = "text"
    values: Literal["one", "many"] = "one"
    unit: Text | None = None


class VocabularyForm(Form):
    """`content/properties.yml`."""

    topics: Annotated[list[Text], Field(min_length=1)]
    properties: Later = {}


class BriefingForm(Form):
    """The front matter of a briefing; `generator.validate.markdown` reads the words in it."""

    number: Text
    title: Text
    as_of: EdtfDate
    authors: Annotated[
        list[Text], BeforeValidator(_listed), Field(min_length=1, max_length=MAX_LIST)
    ]
    bottom_line: str
    summary_statement: str
    dossier: Slugs = []
