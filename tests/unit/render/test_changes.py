"""Pages of what has changed since the stored editions."""

import json
import re

import pytest

from generator.diagnostics import Sink
from generator.model.stage import Pages
from generator.release import release_edition
from generator.render import plan
from tests.conftest import ProjectBuilder

BELMORA = "content/countries/belmora.yml"


def release(project: ProjectBuilder, note: str = "") -> str:
    released = release_edition(project.verified(), Sink(), note=note)
    assert released
    return released.head.edition


def since(pages: Pages, edition: str) -> str:
    return next(page.html for page in pages.pages if page.path == f"changes/since-{edition}/")


def test_a_site_without_editions(project: ProjectBuilder) -> None:
    pages = project.render()
    assert "No edition has been stored yet" in pages.sections["changes/index.md"]
    assert not [page for page in pages.pages if page.path.startswith("changes/")]
    assert json.loads(pages.files["edition.json"])["editions"] == []


def test_an_edition_that_is_the_present_state(project: ProjectBuilder) -> None:
    edition = release(project, "The <first> one")
    pages = project.render()
    index = pages.sections["changes/index.md"]
    assert "Since edition 1: 0 changes" in index
    assert "The &lt;first&gt; one" in index
    assert "Nothing has changed since this edition" in since(pages, edition)


def test_old_and_new_words(project: ProjectBuilder) -> None:
    edition = release(project)
    project.change(BELMORA, "a common cause.", "the <> cause of all.")
    pages = project.render()
    html = since(pages, edition)
    former = re.search(r'<span data-former="belmora#common-cause"[^>]*>(.*?)</span></p>', html)
    assert former
    spoken = '<span class="spoken" data-generated>taken out: </span>'
    assert former[1] == (
        f"Belmora&#39;s foreign minister called the harbour <del>{spoken}a common</del> cause."
    )
    put_in = spoken.replace("taken out", "put in")
    assert f"<ins>{put_in}the &lt;&gt;</ins> cause <ins>{put_in}of all</ins>." in html
    assert 'data-claim-ref="belmora#common-cause"' in html
    assert 'data-cite="harbour-gazette-2019-05-03"' in html
    rows = [json.loads(line) for line in pages.files[f"data/changes-{edition}.jsonl"].splitlines()]
    assert rows[0]["count"] == 1
    assert rows[1]["kinds"] == ["changed"]
    assert rows[1]["former"]["text"].endswith("called the harbour a common cause.")
    assert rows[1]["url"] == "countries/belmora/#common-cause"
    (listed,) = json.loads(pages.files["edition.json"])["editions"]
    assert (listed["edition"], listed["number"], listed["changes"]) == (edition, 1, 1)


def test_a_removed_claim_keeps_its_words_and_sources(project: ProjectBuilder) -> None:
    edition = release(project)
    text = project.read(BELMORA)
    project.write(BELMORA, text[: text.index("claims:")])
    html = since(project.render(), edition)
    assert 'data-former="belmora#common-cause" data-part="text"' in html
    assert 'data-former="belmora#common-cause" data-part="sources"' in html
    assert "data-claim-ref" not in html


def test_no_page_holds_everything(project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "CHANGES", 2)
    edition = release(project)
    sheet = project.read("content/countries/ardenia.yml")
    project.write("content/countries/ardenia.yml", sheet[: sheet.index("  quarrel:")])
    for name in ("ardenia", "belmora", "castria"):
        path = f"content/countries/{name}.yml"
        project.write(path, project.read(path).replace("name: ", "name: New ", 1))
    pages = project.render()
    found = [page for page in pages.pages if page.path.startswith("changes/since-")]
    assert [page.path for page in found] == [
        f"changes/since-{edition}/", f"changes/since-{edition}--2/",
    ]  # fmt: skip
    assert all(page.html.count('<div class="change">') == 2 for page in found)
