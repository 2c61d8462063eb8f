import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bench.corpus import Corpus
from bench.project import write_project
from generator import pipeline
from generator.config import DEFAULT_THEME, load_settings
from generator.diagnostics import Sink
from generator.model.stage import Edition, Verified
from generator.render import Rendered, Renderer, plan, render_site
from tests.conftest import ProjectBuilder

Value = TypeVar("Value")
SIZES = {"ROWS": 20, "ENTRIES": 12, "MENTIONS": 4, "GROUPS": 4, "SUPPORTED": 40}


def corpus(folder: Path, sheets: int) -> Verified:
    write_project(Corpus(sheets), folder)
    verified = pipeline.check(load_settings(folder / "mkdocs.yml")).verified
    assert verified is not None
    return verified


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in SIZES.items():
        monkeypatch.setattr(plan, name, size)


def bodies(verified: Verified) -> dict[str, str]:
    sink = Sink()
    pages = render_site(verified, sink)
    assert sink.findings == []
    return {**{page.path: page.html for page in pages.pages}, **pages.sections}


def kind_of(body: str) -> str:
    return body.partition('data-page="')[2].partition('"')[0]


def test_a_page_is_no_larger_on_a_larger_site(tmp_path: Path, short_pages: None) -> None:
    largest: list[Counter[str]] = []
    for sheets in (150, 450):
        found: Counter[str] = Counter()
        for body in bodies(corpus(tmp_path / str(sheets), sheets)).values():
            found[kind_of(body)] = max(found[kind_of(body)], len(body.encode()))
        largest.append(found)
    small, large = largest
    assert {"entity", "mentions", "source", "list", "sources", "timeline", "disagreements"} < set(
        small
    )
    assert large.keys() == small.keys()
    grown = {kind: large[kind] / small[kind] for kind in small}
    assert not {kind: share for kind, share in grown.items() if share > 1.15}


def test_every_page_of_a_list_leads_to_the_next(tmp_path: Path, short_pages: None) -> None:
    found = bodies(corpus(tmp_path, 100))
    second = found["countries/page--2/"]
    assert "<h1 data-generated>Countries, page 2</h1>" in second
    assert '<a rel="prev" href="../../countries/">Previous</a> Page 2 of 2' in second
    assert 'rel="next"' not in second
    assert '<a rel="next" href="../countries/page--2/">Next</a>' in found["countries/index.md"]
    assert "1990-01" not in found["timeline/index.md"]
    assert 'href="../timeline/1990/"' in found["timeline/index.md"]


def test_parts_are_the_same_in_any_order(tmp_path: Path, short_pages: None) -> None:
    verified = corpus(tmp_path, 40)
    forward, backward = Renderer(verified, Sink()), Renderer(verified, Sink())
    parts = forward.parts()
    first = {part: forward.render(part) for part in parts}
    assert {part: backward.render(part) for part in reversed(parts)} == first


def test_no_body_names_the_edition(project: ProjectBuilder) -> None:
    verified = project.verified()
    other = replace(verified, edition=Edition("another", None))
    before, after = drawn(verified), drawn(other)
    assert [part for part in before if before[part] != after[part]] == ["site"]
    files = before["site"].files
    assert verified.edition.id in files["assets/edition.css"].decode()
    assert verified.edition.id not in "".join(bodies(verified).values())


def drawn(verified: Verified) -> dict[str, Rendered]:
    renderer = Renderer(verified, Sink())
    return {part: renderer.render(part) for part in renderer.parts()}


class Lazy(Mapping[str, Value]):
    """A mapping that can only be asked for one thing, and counts the things asked for."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values_of = values
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Value:
        self.asked.add(key)
        return self.values_of[key]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a part goes through everything there is")

    def __len__(self) -> int:
        return len(self.values_of)


def test_a_part_asks_for_what_it_shows(tmp_path: Path) -> None:
    verified = corpus(tmp_path, 100)
    support, entities = Lazy(verified.support), Lazy(verified.facts.entities)
    facts = replace(verified.facts, entities=entities)
    linked = replace(verified.linked, facts=facts)
    lazy = replace(verified, linked=linked, support=support)
    renderer, most = Renderer(lazy, Sink()), 0
    for part in renderer.parts():
        support.asked.clear()
        entities.asked.clear()
        renderer.render(part)
        if part.startswith("entity:"):
            most = max(most, len(entities.asked))
            assert part.removeprefix("entity:") in entities.asked
    assert 1 < most < 40


def test_a_part_that_is_not_there(project: ProjectBuilder) -> None:
    renderer = Renderer(project.verified(), Sink())
    for part in ("entity:nobody", "nothing", "source:none"):
        with pytest.raises(KeyError):
            renderer.render(part)


def with_macros(project: ProjectBuilder, old: str, new: str) -> None:
    """A theme of the project's own, whose `macros.html` differs from the tool's in one place."""
    text = (DEFAULT_THEME / "briefing" / "macros.html").read_text(encoding="utf-8")
    assert text.count(old) == 1
    project.change("mkdocs.yml", "  font: false\n", "  font: false\n  custom_dir: theme\n")
    project.write("theme/briefing/macros.html", text.replace(old, new))


@pytest.mark.parametrize(
    ("piece", "printed"), [("<i>{{ name }}</i>", str), ("<i>{{ name | upper }}</i>", str.upper)]
)
def test_a_project_may_draw_a_piece_in_its_own_way(
    project: ProjectBuilder, piece: str, printed: Callable[[str], str]
) -> None:
    link = 'href="{{ href }}">{{ name }}</a>'
    before = bodies(project.verified())
    with_macros(project, link, f'href="{{{{ href }}}}">{piece}</a>')
    place = re.compile('(<a class="mention__place" href="[^"]*">)([^<]*)</a></span>')
    expected = {
        path: place.sub(lambda found: f"{found[1]}<i>{printed(found[2])}</i></a></span>", body)
        for path, body in before.items()
    }
    assert expected != before
    assert bodies(project.verified()) == expected


@pytest.mark.parametrize(
    "other", ["macro former(source, href, publisher", "macro cite(source, href"]
)
def test_a_theme_that_lacks_a_piece_is_a_finding(project: ProjectBuilder, other: str) -> None:
    with_macros(project, 'macro cite(source, href, publisher=""', other)
    project.change("theme/briefing/macros.html", '{{ publisher or "and here" }}', "")
    sink = Sink()
    render_site(project.verified(), sink)
    assert {(one.code, one.path) for one in sink} == {("R501", "theme/briefing/macros.html")}
    assert "there is no macro `cite` of 3 values" in {one.message for one in sink}


def test_the_foot_of_other_pages_is_drawn_as_that_of_generated_ones(
    project: ProjectBuilder,
) -> None:
    verified = project.verified()
    footer = drawn(verified)["site"].footer
    foot = footer.partition("<footer")[2].replace("{root}", "../")
    assert foot.startswith(' class="edition" data-generated>\n<p><a href="../edition.json">')
    assert foot.partition("</footer>")[0] in bodies(verified)["timeline/index.md"]


def test_a_source_says_of_each_claim_whether_it_rests_on_it_alone(
    tmp_path: Path, short_pages: None
) -> None:
    verified = corpus(tmp_path, 60)
    mention = re.compile(
        r'<li class="mention" data-claim-ref="([^"]*)">.*?<a data-cite="([^"]*)" href="[^"]*">(This [^<]*)<',
        re.DOTALL,
    )
    said: dict[str, dict[str, set[str]]] = {}
    for path, body in bodies(verified).items():
        if kind_of(body) == "source":
            for ref, source, words in mention.findall(body):
                assert path.startswith((f"sources/{source}/", f"sources/{source}--"))
                said.setdefault(words, {}).setdefault(source, set()).add(ref)
    alone, others = said["This article alone"], said["This article"]
    assert alone == {id_: {*one.alone} for id_, one in verified.impact.items() if one.alone}
    for id_, one in verified.impact.items():
        assert others.get(id_, set()) == {*one.supports} - {*one.alone}
