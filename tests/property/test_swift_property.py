"""Whatever is changed in a sheet: where it is recognised, the careful way makes the same of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.fact import Property, Vocabulary
from tests.unit.validate.test_swift import KINDS, SHEETS, VOCABULARY, agrees

KEYS = st.sampled_from(
    [
        "text", "topic", "property", "value", "date", "from", "to", "said_by", "kind", "rank",
        "reason", "conflicts_with", "premises", "reasoning", "likelihood", "confidence", "note",
        "method", "reviewed_by", "cite", "office", "of", "as", "entity", "exact", "locator",
        "translation", "via", "name", "names", "identifiers", "aliases", "claims", "roles",
        "parties", "place", "participants", "signed", "ratified", "quay-post", "ru", "zh-Hant",
        "wikidata", "iso3166-1", "null", "Text", "cité",
    ]
)  # fmt: skip
VALUES = st.sampled_from(
    [
        "", "''", '" "', "word", "two words", "Trade", "Outlook", "ferries", "founded", "seat",
        "motto", "crest", "1999", "2,000", "20 million", "2011-04", "2011-04-31", "1990/2001",
        "2001/1990", "../2001", "199X", "lowmark", "Lowmark", "[[lowmark]]", '"[[lowmark]]"',
        '"[[lowmark|Low]] said"', "a [[lowmark", "a ]] b", "a [[Low]] b", "a <b>bold</b> word",
        "a < b", "<!-- a", "reported", "derived", "judgement", "preferred", "normal", "deprecated",
        "likely", "almost certain", "low", "high", "[]", "{}", "[lowmark#ferries]", "[a, b]",
        "[a, '']", "{quay-post: words}", "{quay-post: [words, more]}", "{quay-post: []}",
        "{Quay: words}", "{quay-post: ' '}", "It is unlikely. Our confidence is high.",
        "It is likely, and our confidence is low.", "'a  b'", '" a\u00a0 b "', "\u00a0", "KZ", "Q1",
        "a" * 81, "a" * 80, "long " * 401, "~", "null", "- a", "LM", "host", "zh",
    ]
)  # fmt: skip
VOCABULARIES = st.sampled_from(
    [
        VOCABULARY,
        None,
        Vocabulary(
            ("Trade", "Outlook", "two words"),
            {
                "ferries": Property("ferries", "Ferries", KINDS, "text", many=True),
                "founded": Property("founded", "Founded", ("person",), "entity", many=False),
                "seat": Property("seat", "Seat", KINDS, "text", many=False),
            },
        ),
    ]
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str, str]:
    """A sheet with its kind and id, of which a few lines were exchanged, added or taken out."""
    entity = draw(st.sampled_from(sorted(SHEETS)))
    kind, text = SHEETS[entity]
    if draw(st.integers(0, 9)) == 0:
        kind = draw(st.sampled_from(KINDS))
    lines = text.rstrip("\n").split("\n")
    for _ in range(draw(st.integers(1, 3))):
        row = draw(st.integers(0, len(lines) - 1))
        line = lines[row]
        head, _, value = line.partition(":")
        indent = " " * (len(line) - len(line.lstrip(" ")))
        match draw(st.integers(0, 5)):
            case 0 | 1:
                lines[row] = f"{head}: {draw(VALUES)}"
            case 2:
                lines[row] = f"{indent}{draw(KEYS)}:{value}"
            case 3 | 4:
                lines.insert(row, f"{indent}{draw(KEYS)}: {draw(VALUES)}")
            case _:
                if len(lines) > 1:
                    del lines[row]
    return "\n".join(lines) + "\n", kind, entity


@settings(deadline=None, max_examples=500)
@given(changed(), VOCABULARIES)
def test_a_changed_sheet(sheet: tuple[str, str, str], vocabulary: Vocabulary | None) -> None:
    text, kind, entity = sheet
    agrees(text, kind, entity, vocabulary)
