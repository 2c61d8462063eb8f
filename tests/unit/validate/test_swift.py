"""Sheets recognised without a tree: the same facts as from one, and every doubt left to it."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import Corpus
from bench.project import write_project
from generator.diagnostics import Sink
from generator.model.fact import Entity, Property, Vocabulary
from generator.model.form import SHEET_FORM, Form, QuotationForm
from generator.model.kind import KIND, KIND_OF_FOLDER
from generator.model.locator import Locator
from generator.model.stage import RawSheet
from generator.plainyaml import read_plain
from generator.textfile import TextFile
from generator.validate.claim import FORM
from generator.validate.gather import parse_vocabulary
from generator.validate.key import PART_KEYS, QUOTATION_KEYS, SHEET_KEYS, Keys
from generator.validate.project import Validated
from generator.validate.swift import recognise_sheet
from generator.yamlio import parse_yaml

CONTENT = Path(__file__).parents[3] / "content"
KINDS = tuple(KIND)
VOCABULARY = Vocabulary(
    ("Trade", "Outlook"),
    {
        "ferries": Property("ferries", "Ferries", KINDS, "number", many=False),
        "founded": Property("founded", "Founded", KINDS, "date", many=False),
        "seat": Property("seat", "Seat", KINDS, "entity", many=True),
        "motto": Property("motto", "Motto", ("country",), "text", many=False),
    },
    frozenset({"crest"}),
)

COUNTRY = """\
name: Lowmark
names: {ru: Лоумарк, kk: [Лоумарк, "Төменбелгі"]}
identifiers:
  iso3166-1: LM
  wikidata: Q4711
aliases: [lower-mark]
claims:
  ferries:
    property: ferries
    value: 2 thousand
    topic: Trade
    date: 2011-04
    cite: {quay-post: two thousand ferries}
  ferries-more:
    property: ferries
    value: 2,500
    conflicts_with: [lowmark#ferries]
    cite:
      quay-post: two and a half thousand
  ferries-old:
    property: ferries
    value: 90
    rank: deprecated
    reason: An early count; see [[lowmark#ferries|the later one]].
    cite:
      dock-echo: ninety ferries
  seat:
    text: "[[lowmark]] is governed from [[saltby|Saltby]]."
    property: seat
    value: "[[saltby]]"
    said_by: mira-holt
    note: The post says so twice.
    method: Read in full.
    reviewed_by: A. Reader
    from: 2001
    to: 2005-06
    cite:
      quay-post:
        exact: governed from Saltby
        locator: p. 3
        note: In the second column.
        translation: governed from there
        via: [mark-wire]
      dock-echo:
        - the Saltby government
        - exact: Saltby decides
          via: mark-wire
  sum:
    text: There are more ferries than before.
    kind: derived
    premises: [lowmark#ferries, lowmark#ferries-old]
    reasoning: The one is more than the other.
  outlook:
    text: It is likely that there will be more. Our confidence is low.
    topic: Outlook
    kind: judgement
    premises: lowmark#sum
    likelihood: likely
    confidence: low
"""
PERSON = """\
name: Mira Holt
roles:
  minister:
    office: Minister of Ferries
    of: lowmark
    from: 2009
    cite: {quay-post: Minister Holt}
  writer:
    office: Writer
    text: "[[mira-holt]] writes."
    cite: {quay-post: the writer Holt}
claims:
  founded:
    property: founded
    value: 1970~
    cite: {quay-post: born about 1970}
"""
AGREEMENT = """\
name: Saltby Compact
parties:
  lowmark:
    signed:
      date: 2014-02-03
      cite: {quay-post: Lowmark signed}
    in-force:
      text: "[[saltby-compact]] bound [[lowmark]] from May."
      topic: Trade
      cite: {quay-post: since May}
"""
EVENT = """\
name: Saltby Meeting
date:
  value: 2014-02-03/2014-02-05
  cite: {quay-post: from the third to the fifth}
place:
  entity: lowmark
  cite: {quay-post: held in Lowmark}
participants:
  mira-holt:
    as: host
    cite: {quay-post: Holt was the host}
  saltby:
    text: "[[saltby]] sent its mayor."
    cite: {dock-echo: the mayor came}
"""
SHEETS = {"lowmark": ("country", COUNTRY), "mira-holt": ("person", PERSON),
          "saltby-compact": ("agreement", AGREEMENT), "saltby-meeting": ("event", EVENT)}  # fmt: skip


def swift(
    text: str, kind: str, entity: str, vocabulary: Vocabulary | None = VOCABULARY
) -> Entity | None:
    tree = read_plain(text)
    locator = Locator(Path(entity), f"{entity}.yml")
    return recognise_sheet(RawSheet(entity, KIND[kind], locator, tree), vocabulary)


def careful(
    text: str, kind: str, entity: str, vocabulary: Vocabulary | None = VOCABULARY
) -> tuple[Entity | None, list[str]]:
    """What the tree of a sheet gives, and the codes of the findings."""
    sink = Sink()
    locator = Locator(Path(entity), f"{entity}.yml")
    node = parse_yaml(TextFile(locator.shown, text), sink)
    if node is None:
        return None, [finding.code for finding in sink]
    locator.hold(node)
    found = Validated()
    found.add_sheet(RawSheet(entity, KIND[kind], locator), vocabulary, sink)
    return next(iter(found.entities), None), [finding.code for finding in sink]


def agrees(text: str, kind: str, entity: str, vocabulary: Vocabulary | None = VOCABULARY) -> bool:
    """Compare both ways; whether the swift one recognised the sheet."""
    quick = swift(text, kind, entity, vocabulary)
    if quick is None:
        return False
    slow, codes = careful(text, kind, entity, vocabulary)
    assert codes == []
    assert slow == quick
    return True


@pytest.mark.parametrize("entity", SHEETS)
def test_a_sheet_of_every_kind_is_recognised(entity: str) -> None:
    kind, text = SHEETS[entity]
    assert agrees(text, kind, entity)


def test_the_parts_of_a_claim() -> None:
    entity = swift(COUNTRY, "country", "lowmark")
    assert entity is not None
    assert entity.path == "lowmark.yml"
    assert entity.names == (("ru", "Лоумарк"), ("kk", "Лоумарк"), ("kk", "Төменбелгі"))
    seat = entity.claim["seat"]
    assert (seat.value, seat.value_entity, seat.property_id) == ("[[saltby]]", "saltby", "seat")
    assert [(q.source, q.index, q.via) for q in seat.quotations] == [
        ("quay-post", 0, ("mark-wire",)),
        ("dock-echo", 0, ()),
        ("dock-echo", 1, ("mark-wire",)),
    ]
    assert seat.locator == entity.locator


def test_words_of_the_tool() -> None:
    agreement = swift(AGREEMENT, "agreement", "saltby-compact")
    event = swift(EVENT, "event", "saltby-meeting")
    assert agreement is not None
    assert event is not None
    signed = agreement.claim["lowmark-signed"]
    assert (signed.text, signed.is_composed) == ("[[lowmark]] signed [[saltby-compact]].", True)
    guest = event.claim["participant-mira-holt"]
    assert guest.text == "[[mira-holt]] took part as host in [[saltby-meeting]]."
    assert event.claim["date"].value == "2014-02-03/2014-02-05"
    assert event.claim["place"].value_entity == "lowmark"


def test_without_a_vocabulary_nothing_is_held_to_it() -> None:
    assert agrees(COUNTRY.replace("topic: Trade", "topic: Else"), "country", "lowmark", None)


# A stretch of a sheet, and what to put in its place; each makes a finding.
FAULTS = [
    ("name: Lowmark", "name: ''", "V202"),
    ("name: Lowmark", "nam: Lowmark", "V201"),
    ("ru: Лоумарк", "RU: Лоумарк", "V223"),
    ("iso3166-1: LM", "iso3166-1: lm", "V226"),
    ("iso3166-1: LM", "iso: LM", "V226"),
    ("iso3166-1: LM", "iso3166-1: [LM]", "V203"),
    ("[lower-mark]", "[Lower-Mark]", "V207"),
    ("  ferries-more:", "  ferries_more:", "V207"),
    ("    topic: Trade", "    topic: Trades", "V217"),
    ("    topic: Trade", "    topics: Trade", "V201"),
    ("    topic: Trade", "    topic: [Trade]", "V203"),
    ("    topic: Trade", "    topic: Trade\n    likelihood: likely", "V224"),
    ("    topic: Trade", "    topic: Trade\n    reason: Because.", "V232"),
    ("    date: 2011-04", "    date: 2011-13", "V205"),
    ("    date: 2011-04", "    date: 2011/2010", "V206"),
    ("    date: 2011-04", "    date: 2011\n    from: 2010", "V229"),
    ("    value: 2,500\n", "", "V212"),
    ("    value: 2,500", "    value: many", "V210"),
    ("    conflicts_with: [lowmark#ferries]\n", "", "V214"),
    ("    reason: An early count; see [[lowmark#ferries|the later one]].\n", "", "V213"),
    ("see [[lowmark#ferries|the later one]]", "see [[lowmark#ferries|", "V218"),
    ("An early count", "An <b>early</b> count", "V222"),
    ("    property: seat", "    property: sea", "V208"),
    ('    value: "[[saltby]]"', '    value: "[[Saltby]]"', "V210"),
    ("    said_by: mira-holt", "    said_by: Mira Holt", "V207"),
    ("    to: 2005-06", "    to: 2000", "V206"),
    ("        locator: p. 3", "        place: p. 3", "V201"),
    ("        exact: governed from Saltby\n", "", "V202"),
    ("exact: governed from Saltby", "exact: ' '", "V219"),
    ("exact: governed from Saltby", "exact:", "V219"),
    ("        via: [mark-wire]", "        via: [Mark Wire]", "V207"),
    ("        - the Saltby government", "        - ''", "V219"),
    ("    kind: derived", "    kind: derive", "V204"),
    ("    reasoning: The one is more than the other.\n", "", "V215"),
    ("be more. Our confidence", "be more, and our confidence", "V221"),
    ("    likelihood: likely", "    likelihood: very likely", "V233"),
    ("    confidence: low\n", "", "V215"),
    ("    cite: {quay-post: two thousand ferries}\n", "", "V211"),
    ("    cite: {quay-post: two thousand ferries}", "    cite: [quay-post]", "V203"),
    ("cite: {quay-post: two thousand ferries}", "cite: {Quay: two thousand ferries}", "V207"),
    ("claims:\n", "parties: {saltby: x}\nclaims:\n", "V201"),
    ("claims:\n", "claims:\n  nothing:\n", "V203"),
    ("claims:\n", "claims:\n  words: only words\n", "V203"),
    ("    note: The post says so twice.", f"    note: {'long ' * 500}", "V227"),
    (" [lowmark#ferries, lowmark#ferries-old]", f" [{'a#b, ' * 200}a#b]", "V228"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), FAULTS)
def test_a_fault_is_left_to_the_careful_way(old: str, new: str, code: str) -> None:
    assert old in COUNTRY
    text = COUNTRY.replace(old, new, 1)
    assert read_plain(text) is not None
    assert swift(text, "country", "lowmark") is None
    assert code in careful(text, "country", "lowmark")[1]


OTHER_FAULTS = [
    ("mira-holt", "    office: Writer\n", "", "V202"),
    ("mira-holt", "office: Writer", "office: '[[writer]]'", "V218"),
    ("mira-holt", "  founded:\n    property", "  writer:\n    property", "V230"),
    ("mira-holt", "property: founded", "property: motto", "V209"),
    ("saltby-compact", "    signed:", "    sign:", "V204"),
    ("saltby-compact", "  lowmark:", "  Lowmark:", "V207"),
    ("saltby-compact", "parties:\n", "parties:\n  saltby: {}\n", "V202"),
    ("saltby-meeting", "  value: 2014-02-03/2014-02-05\n", "", "V202"),
    ("saltby-meeting", "  value: 2014-02-03/2014-02-05", "  value: 2014\n  from: 2013", "V229"),
    ("saltby-meeting", "  entity: lowmark", "  entity: lowmark\n  value: Lowmark", "V212"),
    ("saltby-meeting", "  entity: lowmark\n", "", "V212"),
    ("saltby-meeting", "    as: host", "    as: host <!-- no", "V222"),
]


@pytest.mark.parametrize(("entity", "old", "new", "code"), OTHER_FAULTS)
def test_faults_of_the_other_parts(entity: str, old: str, new: str, code: str) -> None:
    kind, sheet = SHEETS[entity]
    assert old in sheet
    text = sheet.replace(old, new, 1)
    assert swift(text, kind, entity) is None
    assert code in careful(text, kind, entity)[1]


@pytest.mark.parametrize(
    "form", [*FORM.values(), *SHEET_FORM.values(), QuotationForm], ids=lambda form: form.__name__
)
def test_forms_hold_no_rule_that_would_go_unseen(form: type[Form]) -> None:
    """Keys and types are taken from the forms; a validator of a whole form would be passed over."""
    rules = form.__pydantic_decorators__
    assert not rules.validators
    assert not rules.field_validators
    assert not rules.root_validators
    assert not rules.model_validators


def test_the_keys_of_a_sheet_are_those_of_its_form() -> None:
    assert {kind: set(form.model_fields) for kind, form in SHEET_FORM.items()} == SHEET_KEYS
    keys = {key for form in SHEET_FORM.values() for key in form.model_fields}
    assert keys == {"name", "names", "identifiers", "aliases", *PART_KEYS}


def read_off(form: type[Form]) -> Keys:
    """The keys of a form."""
    declared: dict[str, str] = {}
    for base in reversed(form.__mro__):
        declared |= inspect.get_annotations(base)
    fields = {field.alias or name: (name, field) for name, field in form.model_fields.items()}
    return Keys(
        {key: declared[name].removesuffix(" | None") for key, (name, _) in fields.items()},
        frozenset(key for key, (_, field) in fields.items() if field.is_required()),
    )


def test_the_keys_of_a_claim_are_those_of_its_form() -> None:
    assert {part: read_off(form) for part, form in FORM.items()} == PART_KEYS
    assert read_off(QuotationForm) == QUOTATION_KEYS


def test_a_sheet_is_recognised_without_the_forms() -> None:
    code = (
        "import sys, generator.validate; "
        "sys.exit(any(name.startswith('pydantic') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_plain_values_there_is_nothing_to_recognise() -> None:
    assert recognise_sheet(RawSheet("a", KIND["country"], Locator(Path("a"), "a")), None) is None


def recognised(content: Path) -> list[bool]:
    written = TextFile("p", (content / "properties.yml").read_text("utf-8"))
    vocabulary = parse_vocabulary(parse_yaml(written, Sink()), Sink())
    return [
        agrees(path.read_text("utf-8"), KIND_OF_FOLDER[path.parent.name].id, path.stem, vocabulary)
        for path in sorted(content.glob("*/*.yml"))
    ]


def test_every_sheet_of_the_project_is_recognised() -> None:
    found = recognised(CONTENT)
    assert len(found) > 40
    assert all(found)


def test_every_sheet_of_a_bench_is_recognised(tmp_path: Path) -> None:
    write_project(Corpus(60), tmp_path)
    found = recognised(tmp_path / "content")
    assert len(found) == 60
    assert all(found)
