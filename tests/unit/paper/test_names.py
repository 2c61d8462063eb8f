"""Papers of names that are long, and of names from right to left."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from generator.paper import Composer, Order, Typesetter
from tests.conftest import ProjectBuilder

from .test_standard import LARGE, apart

WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
ARABIC = "\u062c\u0645\u0647\u0648\u0631\u064a\u0629 \u0644\u0648\u0646"
SHEET = """\
name: The {word} of the Upper and Lower Banks and of All Their Islands
claims:
  first:
    text: A ferry line runs to [[lun]].
    cite:
      harbour-gazette-2019-05-03: over the ferry line between the two coasts
"""
OTHER = """\
name: {name}
claims:
  first:
    text: A ferry line runs.
    cite:
      harbour-gazette-2019-05-03: over the ferry line between the two coasts
"""


@pytest.fixture(scope="module")
def composer(shared_project: ProjectBuilder) -> Composer:
    shared_project.write("content/countries/banks.yml", SHEET.format(word=WORD))
    shared_project.write("content/countries/lun.yml", OTHER.format(name=ARABIC))
    shared_project.change(
        "seeds/harbour-gazette-2019-05-03.yml",
        "status: current\n",
        "status: corrected\nreason: A sum was wrong.\ndate: 2019-06-01\n",
    )
    return Composer(shared_project.verified())


@pytest.fixture(scope="module")
def large(composer: Composer) -> PdfReader:
    setter = Typesetter(composer.verified.facts.settings)
    return PdfReader(io.BytesIO(apart(setter, composer, Order("banks", ("banks",)), LARGE)))


def test_a_word_wider_than_the_sheet_is_divided(large: PdfReader) -> None:
    first = large.pages[0].extract_text()
    assert WORD not in first
    assert WORD in "".join(first.split()).replace("\u00ad", "")


def test_the_head_of_a_sheet_stays_on_it(large: PdfReader) -> None:
    assert len(large.pages) > 1
    heads = "".join(large.pages[1].extract_text().split()).replace("\u00ad", "")
    assert heads.startswith("The" + WORD)
    assert "…" in heads


def test_the_reason_of_a_correction_ends_once(composer: Composer) -> None:
    rows = composer.compose(Order("lun", ("lun",))).data["sources"]
    (line,) = {line for row in rows for line in row["line"]}
    assert line.endswith("Corrected: A sum was wrong.")


def test_a_full_stop_stands_behind_a_name_from_right_to_left(large: PdfReader) -> None:
    """Runs are written in the order in which they are seen, from the left."""
    text = "".join(sheet.extract_text() for sheet in large.pages)
    behind = re.sub("[\\s\u2066-\u2069]", "", text.partition("A ferry line runs to")[2])
    assert "\u0600" <= behind[0] < "\u0700"
