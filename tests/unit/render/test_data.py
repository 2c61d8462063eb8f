import json
from typing import Any

import jsonschema
import pytest

from generator.model.stage import Pages
from generator.render.schema import SCHEMAS
from tests.conftest import ProjectBuilder


@pytest.fixture
def pages(project: ProjectBuilder) -> Pages:
    return project.render()


def records(pages: Pages, name: str) -> list[dict[str, Any]]:
    text = pages.files[f"data/{name}.jsonl"].decode()
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("name", ["claims", "entities", "sources"])
def test_records_have_their_published_form(pages: Pages, name: str) -> None:
    schema = json.loads(pages.files[f"data/{name}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert records(pages, name)
    for record in records(pages, name):
        assert not [error.message for error in validator.iter_errors(record)]


def test_the_edition_has_its_published_form(pages: Pages) -> None:
    edition = json.loads(pages.files["edition.json"])
    jsonschema.validate(edition, json.loads(pages.files["edition.schema.json"]))
    assert (edition["as_of"], edition["entities"], edition["claims"]) == ("2019-06-30", 11, 29)


def test_schemas_are_published(pages: Pages) -> None:
    assert SCHEMAS.keys() <= pages.files.keys()


def test_a_claim(pages: Pages) -> None:
    claims = {record["id"]: record for record in records(pages, "claims")}
    assert claims["belmora#common-cause"] == {
        "id": "belmora#common-cause",
        "entity": "belmora",
        "kind_of_entity": "country",
        "kind": "reported",
        "rank": "normal",
        "standing": "single-origin",
        "origins": ["harbour-gazette-2019-05-03"],
        "text": "Belmora's foreign minister called the harbour a common cause.",
        "links": ["belmora"],
        "property": None,
        "value": None,
        "unit": None,
        "date": None,
        "from": None,
        "to": None,
        "said_by": "tomas-vey",
        "topic": "Diplomacy",
        "note": None,
        "reason": None,
        "conflicts_with": [],
        "premises": [],
        "reasoning": None,
        "likelihood": None,
        "confidence": None,
        "party": None,
        "act": None,
        "url": "countries/belmora/#common-cause",
        "citations": [
            {
                "source": "harbour-gazette-2019-05-03",
                "exact": "Тихая гавань — общее дело двух народов",
                "verified": True,
                "against": "text",
                "paragraph": 3,
                "sentence": 2,
                "origins": ["harbour-gazette-2019-05-03"],
                "locator": None,
                "note": None,
                "translation": "A quiet harbour is the common cause of two peoples.",
            }
        ],
    }


def test_claims_of_other_parts(pages: Pages) -> None:
    claims = {record["id"]: record for record in records(pages, "claims")}
    signed = claims["grey-harbour-treaty#ardenia-signed"]
    assert (signed["party"], signed["act"], signed["date"]) == ("ardenia", "signed", "2019-05-02")
    assert signed["text"] == "Ardenia signed Grey Harbour Treaty."
    role = claims["lena-orvik#president"]
    assert (role["text"], role["from"], role["party"]) == ("President of Ardenia.", "2015", None)
    assert claims["ardenia#president"]["value"] == "lena-orvik"
    assert claims["harbour-ceremony-2019#place"]["value"] == "Port Selwyn"
    judged = claims["grey-harbour-treaty#will-last"]
    assert (judged["likelihood"], judged["confidence"]) == ("likely", "low")
    assert judged["premises"] == ["grey-harbour-treaty#not-all-coasts", "lena-orvik#patient"]
    assert (
        claims["grey-harbour-treaty#dues-free"]["reason"]
        == "A misreading; the text sets them at 4.5 per cent."
    )


def test_an_entity(pages: Pages) -> None:
    entities = {record["id"]: record for record in records(pages, "entities")}
    ardenia = entities["ardenia"]
    assert ardenia["names"] == [
        {"language": "el", "name": "Αρδένια"},
        {"language": "ar", "name": "أردينيا"},
        {"language": "ru", "name": "Ардения"},
        {"language": "ru", "name": "Арденья"},
    ]
    assert (ardenia["identifiers"], ardenia["aliases"]) == ({"iso3166-1": "XA"}, ["ardenian-isles"])
    assert ardenia["mentioned_by"] == ["grey-harbour-treaty#ardenia-signed", "lena-orvik#president"]
    assert entities["grey-harbour-treaty"]["parties"] == {"ardenia": "signed", "belmora": "signed"}


def test_a_source(pages: Pages) -> None:
    sources = {record["id"]: record for record in records(pages, "sources")}
    review = sources["northern-review-2019-06"]
    assert (review["text"], review["origins"]) == ("sealed", ["northern-review-2019-06"])
    assert review["supports"] == review["supports_alone"]
    assert 0 < review["quoted_share"] < 0.35
    assert sources["delta-wire-2019-05-02"]["origins"] == ["delta-wire"]


def test_no_file_holds_the_sealed_text(project: ProjectBuilder) -> None:
    folder = project.archive()
    sealed = (folder / "northern-review-2019-06.txt").read_text(encoding="utf-8")
    sentences = [part for part in sealed.replace("\n", " ").split(". ") if len(part.split()) > 12]
    pages = project.render()
    texts = [page.html for page in pages.pages] + [data.decode() for data in pages.files.values()]
    assert len(sentences) > 5
    assert not [
        s for s in sentences if any(s in text for text in [*texts, *pages.sections.values()])
    ]


def test_the_same_inputs_give_the_same_bytes(project: ProjectBuilder) -> None:
    first, second = project.render(), project.render()
    assert first == second


def test_the_archive_changes_nothing_that_is_published(project: ProjectBuilder) -> None:
    without = project.render()
    project.archive()
    assert project.render() == without


def test_a_redirect_for_every_alias(pages: Pages) -> None:
    page = pages.files["countries/ardenian-isles/index.html"].decode()
    assert 'content="0; url=../../countries/ardenia/"' in page
    assert '<script src="../../assets/js/moved.js"></script>' in page
    assert "agreements/lighthouse-accord/index.html" in pages.files


def test_addresses_without_folders(project: ProjectBuilder) -> None:
    project.change("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    pages = project.render()
    assert "countries/ardenian-isles.html" in pages.files
    assert {page.path for page in pages.pages} >= {
        "countries/ardenia.html",
        "sources/delta-wire-2019-05-02.html",
    }


def test_contributors_text_is_escaped(project: ProjectBuilder) -> None:
    cite = "cite: {harbour-gazette-2019-05-03: allows twelve crossings a day}"
    project.write(
        "content/countries/fenland.yml",
        "name: 'Fen & <land> \"x\"'\nnames: {en: '<i>Fen</i>'}\nclaims:\n  one:\n"
        "    text: 'It is a < b & [[ardenia|\"< Ardenia >\"]].'\n    said_by: lena-orvik\n"
        f"    note: 'On {{{{ 7 * 7 }}}} & <'\n    {cite}\n"
        f"  two: {{property: code, value: '<script>', {cite}}}\n",
    )
    pages = project.render()
    texts = [page.html for page in pages.pages] + list(pages.sections.values())
    assert not [
        raw
        for raw in ("<land>", "<i>Fen", "< Ardenia", "<script>")
        for text in texts
        if raw in text
    ]
    fenland = next(page for page in pages.pages if page.path == "countries/fenland/")
    assert "{{ 7 * 7 }} &amp; &lt;" in fenland.html
    assert "It is a &lt; b &amp; <a" in fenland.html
    assert "&lt;script&gt;" in fenland.html
