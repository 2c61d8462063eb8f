"""One page of what has changed since an edition, as PDF."""

from __future__ import annotations

import io
import re
from functools import partial

import page
import pytest
from pypdf import PdfReader

from generator.diagnostics import Sink
from generator.paper import FORMATS, Composer, Typesetter
from generator.paper.changes import changes_order
from generator.release import release_edition
from generator.workers import Aside
from tests.conftest import ProjectBuilder

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def edited(project: ProjectBuilder) -> str:
    """A project with an edition and a change since; gives the edition's id."""
    released = release_edition(project.verified(), Sink(), note="Before the *summer* #1")
    assert released
    project.change("content/countries/belmora.yml", "a common cause.", "the common cause.")
    return released.head.edition


@pytest.mark.parametrize("variant", FORMATS[:3], ids=lambda variant: variant.id)
def test_the_page(project: ProjectBuilder, variant: object) -> None:
    edition = edited(project)
    verified = project.verified()
    order = changes_order(["changes"], verified)
    assert order is not None
    assert order == changes_order([f"changes-since-{edition}"], verified)
    paper = Composer(verified).compose(order)
    work = partial(Typesetter(verified.facts.settings).typeset, paper, variant)  # type: ignore[arg-type]
    pdf = Aside(work, 2).result()  # Typst has threads, and tests fork
    assert pdf == Aside(work, 2).result()
    for profile in PROFILES:
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, str(report)
    (only,) = PdfReader(io.BytesIO(pdf)).pages
    words = re.sub(r"\s+", " ", only.extract_text())
    assert "What has changed since edition 1" in words
    assert "Before the *summer* #1" in words
    assert "Was: Belmora's foreign minister called the harbour a common cause." in words
    assert "Now: Belmora's foreign minister called the harbour the common cause." in words
    assert "The Harbour Gazette, 3 May 2019" in words


def test_what_is_no_paper_of_changes(project: ProjectBuilder) -> None:
    assert changes_order(["changes"], project.verified()) is None
    edited(project)
    verified = project.verified()
    for ids in (["ardenia"], ["changes-since-0"], ["changes", "ardenia"]):
        assert changes_order(ids, verified) is None
