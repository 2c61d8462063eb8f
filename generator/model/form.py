"""What the YAML files may hold: pydantic models of records, fact sheets and vocabularies.

A form checks shape and single values. Rules between values are in `generator.validate`, where the
file's spans are at hand. An error raised here carries a diagnostic code as its pydantic type.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from generator.date import Date, DateFault, parse_date
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
from generator.model.slug import MAX_ID, is_slug, slug_hint

MAX_TEXT = 2_000
MAX_LIST = 200
MAX_QUOTES = 20
# BCP 47 in the reach of fact sheets: language, script, region.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?\Z")


def form_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error that `generator.validate` turns into the diagnostic `code`."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def read_slug(text: str) -> str:
    """An id.

    Raises:
        PydanticCustomError: V207, for what is no slug.
    """
    if len(text) > MAX_ID:
        message = f"the id has {len(text):,} characters, more than {MAX_ID}"
        raise form_error("V207", message, "choose a shorter one")
    if not is_slug(text):
        raise form_error("V207", f"`{text}` is not a slug", slug_hint(text))
    return text


def read_language(text: str) -> str:
    """A language tag.

    Raises:
        PydanticCustomError: V223, for what is none.
    """
    if not _LANGUAGE.match(text):
        raise form_error(
            "V223", f"`{text}` is not a language tag", "write for example `kk` or `zh-Hant`"
        )
    return text


def read_text(text: str) -> str:
    """A text, its white space collapsed to single spaces.

    Raises:
        PydanticCustomError: V202 for an empty one, V227 for one that is too long.
    """
    if not text.strip():
        raise form_error("V202", "the text is empty", "fill it in, or remove the key")
    if len(text) > MAX_TEXT:
        raise form_error(
            "V227", f"the text has {len(text):,} characters, more than {MAX_TEXT:,}", "split it"
        )
    return " ".join(text.split())


def _url(text: str) -> str:
    message = f"`{text}` is not a web address"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise form_error("V216", message, "write the whole address, from `https://` on") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"'`\\]", text):
        raise form_error("V216", message, "write the whole address, from `https://` on")
    if "@" in parts.netloc:
        # Readers take what stands before the sign for the host.
        raise form_error("V216", f"`{text}` holds a user name", "leave out all up to the `@`")
    return text


def read_date(value: object) -> Date:
    """A date.

    Raises:
        PydanticCustomError: V203, V205 or V206, for what is none.
    """
    if isinstance(value, Date):
        return value
    if not isinstance(value, str):
        raise form_error("V203", "a date is expected here", "write for example `2025-11-06`")
    try:
        return parse_date(value)
    except DateFault as fault:
        code = "V206" if fault.reversed else "V205"
        raise form_error(code, fault.reason, fault.hint or "") from None


def _listed(value: object) -> object:
    """One value where a list is expected is a list of one."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(read_text)]
Slug = Annotated[str, AfterValidator(read_slug)]
Language = Annotated[str, AfterValidator(read_language)]
Url = Annotated[str, AfterValidator(_url)]
EdtfDate = Annotated[Date, BeforeValidator(read_date)]
Slugs = Annotated[list[Slug], BeforeValidator(_listed), Field(max_length=MAX_LIST)]
Refs = Annotated[list[str], BeforeValidator(_listed), Field(max_length=MAX_LIST)]


class Form(BaseModel):
    """Base of all forms: unknown keys are refused, nothing changes after validation."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )  # most runs have no fault to describe, and building takes a tenth of a second


def is_missing(value: object) -> bool:
    """Whether a quotation has no words."""
    return value is None or (isinstance(value, str) and not value.strip())


def _quotation_text(value: object, handler: ValidatorFunctionWrapHandler) -> str:
    if is_missing(value):
        raise form_error(
            "V219", "the quotation is missing", "copy the words of the article that carry the claim"
        )
    text: str = handler(value)
    return text


Exact = Annotated[str, WrapValidator(_quotation_text)]


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
