import json
import re
import unicodedata
from collections.abc import Callable

import jsonschema
import pytest

from generator.diagnostics import Diagnostic, sort_findings
from generator.report import FORMATS, report_github, report_jsonl, report_sarif, report_text
from generator.report.place import place_of
from generator.report.text import printable
from generator.textfile import TextFile
from tests.unit.report.sample import HOSTILE, SAMPLE, SHEET

Golden = Callable[[str, str], None]
SORTED = sort_findings(SAMPLE)

# The part of SARIF 2.1.0 (OASIS, section 3) that code-scanning services need.
_POSITION = {"type": "integer", "minimum": 1}
_MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "message": _MESSAGE,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9_.~%/+-]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "additionalProperties": False,
                    "properties": dict.fromkeys(
                        ("startLine", "startColumn", "endLine", "endColumn"), _POSITION
                    ),
                },
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"enum": ["unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"type": "object", "required": ["id"]},
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note", "none"]},
                                "message": _MESSAGE,
                                "locations": {"type": "array", "minItems": 1, "items": _LOCATION},
                                "relatedLocations": {"type": "array", "items": _LOCATION},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings(name: str) -> None:
    text = FORMATS[name]([])
    if name == "sarif":
        log = json.loads(text)
        jsonschema.validate(log, SARIF)
        assert log["runs"][0]["results"] == []
    else:
        assert text == ""


@pytest.mark.parametrize("name", FORMATS)
def test_formats_on_the_sample(name: str, golden: Golden) -> None:
    golden(f"report.{name}", FORMATS[name](SORTED))


def test_text_in_colour(golden: Golden) -> None:
    golden("report.colour", report_text(SORTED, colour=True))


@pytest.mark.parametrize("name", FORMATS)
def test_the_given_order_is_kept(name: str) -> None:
    first, second = Diagnostic("L101", "one", "b.yml"), Diagnostic("L102", "two", "a.yml")
    text = FORMATS[name]([first, second])
    assert text.index("L101") < text.index("L102")
    assert text.rindex("one") < text.rindex("two")


def test_text_colours_are_only_paint() -> None:
    painted = report_text(SORTED, colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == report_text(SORTED)


def test_text_moves_no_cursor_and_hides_nothing() -> None:
    text = report_text(SORTED)
    odd = {char for char in text if unicodedata.category(char)[0] in "CZ"}
    assert odd == {" ", "\n"}


def test_text_shows_hostile_paths_on_one_line() -> None:
    text = report_text([finding for finding in SAMPLE if finding.path == HOSTILE.path])
    assert text.startswith(
        "content/a,b:c%d<U+000D><U+000A>::error::<U+001B>[31m<U+202E>.yml:1:9: error[V204]"
    )


def carets(finding: Diagnostic) -> tuple[str, str]:
    """The excerpt's line, and what stands above the carets, both behind their bars."""
    lines = report_text([finding]).splitlines()
    return lines[1].partition(" | ")[2], lines[2].partition(" | ")[2]


def marking(words: str) -> Diagnostic:
    """The finding of the sample that marks some words."""
    return next(f for f in SAMPLE if f.span is not None and f.span.text == words)


def test_a_caret_stands_under_the_fault() -> None:
    line, caret = carets(next(f for f in SAMPLE if f.code == "V201"))
    assert (line, caret) == ("claims:", "^^^^^^")


def test_a_long_line_is_cut_around_the_fault() -> None:
    line, caret = carets(marking("HERE"))
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[caret.index("^") : caret.rindex("^") + 1] == "HERE"
    assert len(line) <= 122


def test_wide_and_combining_characters_count_as_they_show() -> None:
    wide, combining = (marking(words) for words in ("すべての船に", "fin"))
    line, caret = carets(wide)
    assert line == "    note: 港はすべての船に開かれている、と書いてある"
    assert caret == " " * (10 + 2 * 2) + "^" * (2 * 6)
    line, caret = carets(combining)
    shown = "".join(c for c in line if unicodedata.category(c) != "Mn")
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "fin"


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    line, caret = carets(next(f for f in SAMPLE if f.code == "V230"))
    assert (line, caret) == ("  quarrel:", "  ^^^^^^^^")


def test_a_place_at_the_end_of_the_file() -> None:
    line, caret = carets(next(f for f in SAMPLE if f.code == "L104"))
    assert (line, caret) == ("    office: last", " " * 16 + "^")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "a b"),
        ("a\tb", "a b"),
        ("a\x1b[31m", "a<U+001B>[31m"),
        ("a\nb", "a<U+000A>b"),
        ("a\u00a0b", "a<U+00A0>b"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\U000e0041b", "a<U+E0041>b"),
        ("é ש 字", "é ש 字"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def unescape(text: str, *more: tuple[str, str]) -> str:
    for sign, code in (*more, ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def test_github_commands_read_back() -> None:
    commands = report_github(SORTED).split("\n")
    assert commands.pop() == ""
    assert len(commands) == len(SORTED)
    for command, finding in zip(commands, SORTED, strict=True):
        head, properties, message = re.fullmatch(
            r"::(\w+) ([^\r\n]*?)::([^\r\n]*)", command
        ).groups()  # type: ignore[union-attr]
        read = dict(pair.split("=", 1) for pair in properties.split(","))
        assert head == finding.level
        assert unescape(read["file"], (",", "%2C"), (":", "%3A")) == finding.path
        assert read["title"].startswith(finding.code)
        assert unescape(message).startswith(finding.message)
        assert all(f"hint: {hint}" in unescape(message) for hint in finding.hints)
        assert ("line" in read) == (finding.span is not None)


def test_jsonl_reads_back() -> None:
    text = report_jsonl(SORTED)
    assert len(text.splitlines()) == len(SORTED)
    for line, finding in zip(text.splitlines(), SORTED, strict=True):
        read = json.loads(line)
        assert (read["code"], read["path"], read["message"]) == (
            finding.code,
            finding.path,
            finding.message,
        )
        assert read["hints"] == list(finding.hints)
        assert len(read["related"]) == len(finding.related)
        place = place_of(finding.span) if finding.span else None
        assert read["line"] == (place.line if place else None)
        assert read["end_column"] == (place.end_column if place else None)


def test_sarif_has_its_form_and_reads_back() -> None:
    log = json.loads(report_sarif(SORTED))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({finding.code for finding in SORTED})
    for result, finding in zip(run["results"], SORTED, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.code
        assert result["level"] == finding.level
        assert result["message"]["text"].startswith(finding.message)
        (location,) = result["locations"]
        assert ("region" in location["physicalLocation"]) == (finding.span is not None)


@pytest.mark.parametrize("name", ["jsonl", "sarif"])
def test_json_shows_hidden_characters(name: str) -> None:
    text = FORMATS[name](SORTED)
    assert {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")} == {
        "\n"
    }
    assert "港" in report_jsonl([Diagnostic("V204", "`港`", "a.yml")])


def test_numbers_are_one_based_code_points() -> None:
    file = TextFile("a.yml", "𝒳é\nab𝒳cd\n")
    place = place_of(file.span(file.text.index("cd"), file.text.index("cd") + 2))
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 4, 2, 6)
    assert place_of(SHEET.span(0, 4)).column == 1
