"""What is copied to the site, and that no address is given twice."""

from pathlib import Path

import pytest

from generator.config import settings_from
from generator.diagnostics import Sink
from generator.publish.inventory import is_published, report_collisions


@pytest.mark.parametrize("name", ["index.md", "about/a.md", "img/a.PNG", "a.pdf"])
def test_pages_and_pictures_are_published(name: str) -> None:
    assert is_published(name)


@pytest.mark.parametrize(
    "name",
    [
        "lakes/blue.yml",
        "lakes/blue.yaml",
        "properties.yml~",
        "a.svg",
        "a.html",
        "a.js",
        "notes",
        "a.txt",
    ],
)
def test_everything_else_stays_out(name: str) -> None:
    assert not is_published(name)


def test_files_that_the_configuration_names_are_published() -> None:
    assert is_published("extra/a.js", {"extra/a.js"})


BLUE = ("lakes/blue/index.html", "docs/lakes/blue.yml")


def collisions(made: list[tuple[str, str]], taken: dict[str, str]) -> list[tuple[str, str]]:
    sink = Sink()
    report_collisions(made, taken.items(), settings_from(Path("/p/mkdocs.yml"), {}, {}), sink)
    return [(finding.path, finding.message) for finding in sink.sorted() if finding.code == "X314"]


def test_two_inputs_for_one_address_are_reported_with_both() -> None:
    assert collisions([BLUE], {"lakes/blue/index.html": "lakes/blue.md"}) == [
        (
            "docs/lakes/blue.yml",
            "the address `lakes/blue/index.html` is that of `docs/lakes/blue.md` too",
        )
    ]
    assert len(collisions([BLUE, BLUE], {})) == 1
    assert len(collisions([BLUE, ("lakes/blue/index.html", "")], {})) == 1


def test_addresses_that_differ_in_capitals_alone_are_one() -> None:
    assert len(collisions([BLUE], {"lakes/Blue/index.html": "lakes/Blue.md"})) == 1


def test_two_pages_of_the_host_are_reported() -> None:
    sink = Sink()
    taken = [("a/index.html", "a.md"), ("a/index.html", "a/index.md")]
    report_collisions([], taken, settings_from(Path("/p/mkdocs.yml"), {}, {}), sink)
    assert [(one.path, one.message) for one in sink] == [
        ("docs/a/index.md", "the address `a/index.html` is that of `docs/a.md` too")
    ]


def test_different_addresses_are_fine() -> None:
    assert not collisions([BLUE, ("data/a.jsonl", "")], {"index.html": "index.md"})
