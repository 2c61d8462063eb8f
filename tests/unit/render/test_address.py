from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.address import Addresses, output_file, passage_anchor, relative
from tests.conftest import ProjectBuilder

NAMES = st.sampled_from(["countries", "people", "a", "b-c", "sources"])
FOLDERS = st.lists(NAMES, max_size=3).map(lambda parts: "".join(f"{part}/" for part in parts))
PAGES = FOLDERS | st.tuples(FOLDERS, NAMES).map(lambda pair: f"{pair[0]}{pair[1]}.html")
ANCHORS = st.sampled_from(["", "#one", "#q-0123456789"])


@given(
    PAGES, ANCHORS, PAGES, st.sampled_from(["https://x.example/", "https://x.example/deep/site/"])
)
def test_a_relative_link_leads_where_it_should(
    target: str, anchor: str, page: str, root: str
) -> None:
    link = relative(target + anchor, page)
    assert urljoin(f"{root}{page}", link) == f"{root}{target}{anchor}"
    assert not link.startswith("/")


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("countries/ardenia/", "people/lena-orvik/", "../../countries/ardenia/"),
        ("countries/ardenia/#capital", "countries/belmora/", "../../countries/ardenia/#capital"),
        ("countries/ardenia/#capital", "countries/ardenia/", "#capital"),
        ("countries/ardenia/", "countries/ardenia/", "../../countries/ardenia/"),
        ("countries/ardenia.html", "countries/belmora.html", "../countries/ardenia.html"),
        ("countries/ardenia.html", "countries/ardenia.html", "../countries/ardenia.html"),
        ("countries/", "", "countries/"),
        ("", "countries/ardenia/", "../../"),
        ("index.html", "countries/ardenia.html", "../index.html"),
    ],
)
def test_relative(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("countries/ardenia/", "countries/ardenia/index.html"),
        ("countries/ardenia/#capital", "countries/ardenia/index.html"),
        ("countries/ardenia.html", "countries/ardenia.html"),
        ("", "index.html"),
    ],
)
def test_output_file(address: str, file: str) -> None:
    assert output_file(address) == file


@pytest.mark.parametrize(
    ("directory_urls", "page", "section", "home"),
    [(True, "countries/ardenia/", "countries/", ""),
     (False, "countries/ardenia.html", "countries/index.html", "index.html")],
)  # fmt: skip
def test_both_kinds_of_address(
    project: ProjectBuilder, directory_urls: bool, page: str, section: str, home: str
) -> None:
    addresses = Addresses(directory_urls)
    entity = project.verified().facts.entities["ardenia"]
    assert addresses.entity(entity) == page
    assert addresses.claim(entity, entity.claim["capital"]) == f"{page}#capital"
    assert addresses.section("countries") == section
    assert addresses.section("") == home


def test_addresses_of_sources_and_passages(project: ProjectBuilder) -> None:
    source = project.verified().facts.sources["delta-wire-2019-05-02"]
    address = Addresses().passage(source, "some quoted words")
    assert address == f"sources/delta-wire-2019-05-02/#{passage_anchor('some quoted words')}"


def test_a_passage_anchor_depends_on_the_words_alone() -> None:
    assert passage_anchor("some quoted words") == "q-9934b896d5"
    assert passage_anchor("some quoted word") != passage_anchor("some quoted words")
