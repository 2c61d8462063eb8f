"""The finished PDFs: both standards, their tags, their words, their bytes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import page
import pikepdf
import pytest
from pypdf import PdfReader

from generator.paper import FORMATS, Composer, Order, Typesetter, Variant
from generator.render.data import json_lines
from generator.workers import Aside
from tests.conftest import ProjectBuilder

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
A4, LETTER, LARGE = FORMATS[:3]
SHEET = """\
name: Zwergen
names: {kk: Қазақстан тілі, ar: كازاخستان, he: קזחסטן, ru: Казахстан}
claims:
  first:
    text: 'Zwergen traded with [[ardenia]] & "others", at #1 for $5 or @home_ *now* `so` \\.'
    note: "A note with #panic(1) and [[belmora|a label]]."
    cite:
      zwergen-herald: "traded with others at #1 for $5"
  second:
    text: Zwergen traded with others.
    cite:
      zwergen-herald: "traded with others at #1 for $5"
"""
RECORD = """\
title: 'كل شيء (2019) #let x'
publisher: Zwergen Herald
kind: news-report
published: 2019-05-01
retrieved: 2019-06-01
language: ar
text: open
descriptor: 'A paper of #record.'
"""


@pytest.fixture(scope="module")
def composed(shared_project: ProjectBuilder) -> Composer:
    shared_project.write("content/countries/zwergen.yml", SHEET)
    shared_project.write("seeds/zwergen-herald.yml", RECORD)
    shared_project.write("seeds/zwergen-herald.txt", "Zwergen traded with others at #1 for $5.\n")
    text = shared_project.read("mkdocs.yml")
    shared_project.write("mkdocs.yml", f"site_url: https://papers.orga/base\n{text}")
    return Composer(shared_project.verified())


@pytest.fixture(scope="module")
def setter(composed: Composer) -> Typesetter:
    return Typesetter(composed.verified.facts.settings)


@pytest.fixture(scope="module")
def sheet(composed: Composer, setter: Typesetter) -> bytes:
    return apart(setter, composed, Order("zwergen", ("zwergen",)), A4)


@pytest.fixture(scope="module")
def dossier(composed: Composer, setter: Typesetter) -> bytes:
    ids = ("grey-harbour-treaty", "zwergen", "ardenia")
    return apart(setter, composed, Order("d", ids), LETTER)


def apart(setter: Typesetter, composed: Composer, order: Order, variant: Variant) -> bytes:
    """A PDF made in another process: one that has run Typst must not be forked, and tests do."""
    return Aside(partial(setter.typeset, composed.compose(order), variant), 2).result()


def words(pdf: bytes) -> str:
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub("[\u2060\u2066-\u2069]", "", text)


def tags(element: pikepdf.Object) -> Iterator[tuple[str, Any]]:
    """All structure elements in reading order."""
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid["/S"]), kid
            yield from tags(kid)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


@pytest.mark.parametrize("profile", PROFILES, ids=str)
@pytest.mark.parametrize("name", ["sheet", "dossier", "large"])
def test_standards(
    name: str,
    profile: page.ValidationProfile,
    composed: Composer,
    setter: Typesetter,
    request: pytest.FixtureRequest,
) -> None:
    if name == "large":
        pdf = apart(setter, composed, Order("a", ("grey-harbour-treaty",)), LARGE)
    else:
        pdf = request.getfixturevalue(name)
    report = page.validate_pdf_bytes(pdf, profile=profile)
    # That rule takes a carriage return at the end of compressed data for an end of line. Lengths are
    # checked below.
    failures = [one for one in report.failures if not one.rule_id.endswith("STREAM-LENGTH-001")]
    assert failures == [], str(report)
    file = opened(pdf)
    assert file.check_pdf_syntax() == []


def test_the_tags(sheet: bytes) -> None:
    file = opened(sheet)
    found = [*tags(file.Root.StructTreeRoot)]
    kinds = [kind for kind, _ in found]
    assert kinds[0] == "/Document"
    headings = [int(kind[2:]) for kind in kinds if kind.startswith("/H") and kind[2:].isdigit()]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert {"/Note", "/Link", "/Figure"} <= set(kinds)
    figures = [element for kind, element in found if kind == "/Figure"]
    assert all(str(element["/Alt"]) for element in figures)


def test_languages(sheet: bytes) -> None:
    file = opened(sheet)
    assert str(file.Root.Lang) == "en-GB"
    languages = {str(one["/Lang"]) for _, one in tags(file.Root.StructTreeRoot) if "/Lang" in one}
    for sheet_page in file.pages:  # shorter runs are marked inside of paragraphs
        marked = re.findall(rb"/Lang ?\((.*?)\)", sheet_page.Contents.read_bytes())
        languages |= {one.decode() for one in marked}
    assert {"kk", "ar", "he", "ru"} <= languages


def test_bookmarks_and_contents(dossier: bytes) -> None:
    reader = PdfReader(io.BytesIO(dossier))
    titles = []

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            walk(entry) if isinstance(entry, list) else titles.append(entry.title)

    walk(reader.outline)
    assert titles[0].startswith("Dossier: ")
    assert [one for one in titles if one in ("Zwergen", "Ardenia")] == ["Zwergen", "Ardenia"]
    contents = reader.pages[0].extract_text()
    assert all(name in contents for name in ("Contents", "Zwergen", "Ardenia"))
    names = [str(name) for name in reader.named_destinations]
    assert len(names) == len(set(names))
    width, height = reader.pages[0].mediabox[2:]
    assert (float(width), float(height)) == (612, 792)
    assert f"Page 1 of {len(reader.pages)}" in contents


def test_scripts_copy_out(sheet: bytes) -> None:
    text = words(sheet)
    assert "Қазақстан тілі" in text
    # Readers put letters of scripts from right to left in order each in their own way.
    arabic = sorted(letter for letter in text if "\u0600" <= letter <= "\u06ff")
    assert arabic == sorted("كازاخستان" + 2 * "كلشيء")
    hebrew = sorted(letter for letter in text if "\u0590" <= letter <= "\u05ff")
    assert hebrew == sorted("קזחסטן")


def test_nothing_is_read_as_markup(sheet: bytes) -> None:
    text = " ".join(words(sheet).split())
    assert 'Ardenia & "others", at #1 for $5 or @home_ *now* `so` \\.' in text
    assert "A note with #panic(1) and a label." in text
    assert "A paper of #record." in text
    assert "let x" in text


def test_notes(sheet: bytes) -> None:
    text = " ".join(words(sheet).split())
    assert "Zwergen Herald, “" in text
    assert "para. 1: “traded with others at #1 for $5”." in text
    assert "As n. 1." in text


def test_the_way_to_the_live_page(composed: Composer, sheet: bytes) -> None:
    paper = composed.compose(Order("zwergen", ("zwergen",)))
    facts = {name: "".join(r if isinstance(r, str) else r["s"] for r in runs)
             for name, runs in paper.data["facts"]}  # fmt: skip
    live = "https://papers.orga/base/countries/zwergen/?edition="
    assert facts["Live page"].startswith(live)
    assert facts["Edition"] == f"content {facts['Live page'].removeprefix(live)}"
    assert "qr.svg" in paper.figures
    assert "papers.orga/base/countries/zwergen" in words(sheet).replace("\n", "")


def test_the_claims_are_attached(composed: Composer, sheet: bytes) -> None:
    file = opened(sheet)
    attached = file.attachments["claims.json"].get_file().read_bytes()
    rows = json.loads(attached)
    assert [row["id"] for row in rows] == ["zwergen#first", "zwergen#second"]
    assert json_lines(rows)
    assert str(file.Root.AF[0].AFRelationship) == "/Data"


def test_same_inputs_same_bytes(composed: Composer, sheet: bytes) -> None:
    fresh = Composer(composed.verified)
    again = Typesetter(composed.verified.facts.settings)
    assert apart(again, fresh, Order("zwergen", ("zwergen",)), A4) == sheet


def test_large_print(composed: Composer, setter: Typesetter) -> None:
    pdf = apart(setter, composed, Order("ardenia", ("ardenia",)), LARGE)
    sizes: list[float] = []

    def visit(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if len(text.strip()) > 20:
            sizes.append(abs(size * tm[3]))

    for one in PdfReader(io.BytesIO(pdf)).pages:
        one.extract_text(visitor_text=visit)
    assert sorted(sizes)[len(sizes) // 2] >= 13
    assert max(sizes) >= 16
