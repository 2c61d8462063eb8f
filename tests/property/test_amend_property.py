"""However a project is edited, the site is byte for byte that of a cold build."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.author import most_mentioned
from bench.corpus import Corpus
from bench.ours import sheet_path
from bench.project import rename_entity
from generator import rework, workers
from generator.amend import WholeBuild, amend_site
from generator.audit import amend
from generator.config import load_settings
from generator.diagnostics import Sink
from generator.host import build_site
from generator.pipeline import check
from generator.release import release_edition
from tests.conftest import write_corpus
from tests.property.edit import edit_files, move_sheets

SHEETS, STEPS = 20, 7


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with a stored edition, and edits since."""
    project = write_corpus(SHEETS, tmp_path, monkeypatch)
    settings = load_settings(project / "mkdocs.yml")
    checked = check(settings)
    assert checked.verified is not None
    assert release_edition(checked.verified, Sink(), note="The first.")
    for path in sorted((project / "content").glob("people/*.yml"))[:3]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(text: .*)\.$", r"\1 then.", text, flags=re.M), encoding="utf-8")
    write_briefing(project)
    return project


def write_briefing(project: Path) -> None:
    """A briefing that cites a claim of some sheets, and links to the pages."""
    lines = []
    for sheet in sorted(project.glob("content/*/*.yml"))[::4]:
        claim = re.search(r"^  ([a-z0-9-]+):\n    text: ", sheet.read_text("utf-8"), re.MULTILINE)
        if claim:
            lines.append(f"So says [[{sheet.stem}]]. [@{sheet.stem}#{claim[1]}]\n")
    assert len(lines) > 2
    front = (
        "---\nnumber: a\ntitle: A paper\nas_of: 2024\nauthors: Desk\nsummary_statement: Few.\n"
        f"bottom_line: |\n  {lines[0]}---\n"
    )
    path = project / "content" / "briefings" / "paper.md"
    path.parent.mkdir()
    path.write_text(front + "\n".join(lines), encoding="utf-8")


def build(project: Path, site: Path) -> str:
    """Build as the command does; gives `amended`, `whole` or `refused`."""
    config = project / "mkdocs.yml"
    try:
        amend_site(replace(load_settings(config), site=site))
    except WholeBuild:
        findings, done = build_site(config, site_dir=site)
        assert done or findings
        return "whole" if done else "refused"
    return "amended"


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def compare(project: Path, site: Path) -> str:
    """Build, and hold the site against that of a cold build; a refused build changes nothing."""
    before = files(site)
    how = build(project, site)
    if how == "refused":
        assert files(site) == before
        return how
    cold = site.with_name("cold")
    assert build(project, cold) == "whole"
    made, whole = files(site), files(cold)
    assert made.keys() == whole.keys()
    assert [name for name in made if made[name] != whole[name]] == []
    shutil.rmtree(cold)
    for kept in cold.parent.glob(".cold.state*"):
        kept.unlink()
    return how


def come_and_go(project: Path, draw: random.Random) -> None:
    move_sheets(project, draw)


def change_theme(project: Path, draw: random.Random) -> None:
    template = project.parent / "theme" / "briefing" / "entity.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("At a glance", "At one glance"), encoding="utf-8")


def change_prose(project: Path, draw: random.Random) -> None:
    page = project / "content" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")


def edit_facts(project: Path, draw: random.Random) -> None:
    edit_files(project, draw)


KINDS: tuple[Callable[[Path, random.Random], None], ...] = (
    edit_facts, edit_facts, edit_facts, come_and_go, come_and_go, come_and_go, change_theme, change_prose,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_give_the_site_of_a_cold_build(corpus: Path, tmp_path: Path, seed: int) -> None:
    draw, site = random.Random(seed), tmp_path / "site"  # noqa: S311 - a test's dice
    assert build(corpus, site) == "whole"
    seen = []
    for _ in range(STEPS):
        kept = {path: path.read_bytes() for path in corpus.rglob("*.*") if path.is_file()}
        draw.choice(KINDS)(corpus, draw)
        seen.append(compare(corpus, site))
        if seen[-1] == "refused":
            for path in [path for path in corpus.rglob("*.yml") if path not in kept]:
                path.unlink()
            for path, data in kept.items():
                path.write_bytes(data)
    assert set(seen) <= {"amended", "whole", "refused"}


def model_of(project: Path) -> tuple[Path, str]:
    """A sheet that contradicts no other, and what it holds below its name."""
    for path in sorted((project / "content" / "countries").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        claims = text[text.index("claims:") :]
        if "conflicts_with" not in claims:
            return path, claims
    raise AssertionError("no sheet serves")


def test_sheets_that_come_and_go_are_amended(corpus: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    model, claims = model_of(corpus)
    new, other = model.with_name("newland.yml"), model.with_name("aland.yml")
    new.write_text(f"name: Newland\nidentifiers: {{wikidata: Q1}}\n{claims}", encoding="utf-8")
    assert compare(corpus, site) == "amended"
    assert (site / "countries" / "newland" / "index.html").is_file()
    # One that others speak of, in the same edit.
    former = model.read_text(encoding="utf-8")
    words = re.sub(r"^( +text: [^\n\"]*)\.$", r"\1, as in [[aland]].", former, count=1, flags=re.M)
    model.write_text(words, encoding="utf-8")
    other.write_text(f"name: Åland\n{claims}", encoding="utf-8")
    assert compare(corpus, site) == "amended"
    # It cannot go while they do.
    other.unlink()
    assert compare(corpus, site) == "refused"
    model.write_text(former, encoding="utf-8")
    assert compare(corpus, site) == "amended"
    assert not (site / "countries" / "aland").exists()
    # It comes again and is another, with the identifier of one that goes.
    new.unlink()
    other.write_text("name: Aland\nidentifiers: {wikidata: Q1}\n", encoding="utf-8")
    assert compare(corpus, site) == "amended"
    new.write_text(f"name: Newland\nidentifiers: {{wikidata: Q1}}\n{claims}", encoding="utf-8")
    assert compare(corpus, site) == "refused"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/countries/newland.yml", "name: Newland\naliases: [oldland]\n"),
        ("content/countries/newland.yml", "# briefing: allow Q410 - why not\nname: Newland\n"),
        ("content/about/more.md", "# More\n"),
        ("content/countries/newland.md", "# Newland\n"),
    ],
)
def test_what_comes_with_more_than_facts_takes_a_whole_build(
    corpus: Path, tmp_path: Path, name: str, text: str
) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    (corpus / name).parent.mkdir(exist_ok=True)
    (corpus / name).write_text(text, encoding="utf-8")
    assert build(corpus, site) in ("whole", "refused")


def test_a_list_of_pages_comes_and_goes_with_a_whole_build(corpus: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.rmtree(corpus / "content" / "events")
    (corpus / "content" / "events").mkdir()
    assert build(corpus, site) == "whole"
    new = corpus / "content" / "events" / "new-event.yml"
    new.write_text("name: New event\n", encoding="utf-8")
    assert compare(corpus, site) == "whole"
    new.with_name("other.yml").write_text("name: Other\n", encoding="utf-8")
    assert compare(corpus, site) == "amended"
    new.with_name("other.yml").unlink()
    new.unlink()
    assert compare(corpus, site) == "whole"


def test_an_edited_fact_is_amended_and_nothing_else_is_touched(
    corpus: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    sheet = sorted((corpus / "content" / "countries").glob("*.yml"))[0]
    text = sheet.read_text(encoding="utf-8")
    at = text.index(".\n", text.index("    text: "))
    sheet.write_text(f"{text[:at]} at last{text[at:]}", encoding="utf-8")
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    work = amend_site(replace(load_settings(corpus / "mkdocs.yml"), site=site))
    assert (work.files, work.quotations) == (1, 2)  # the two of the edited claim
    assert work.parts <= 12
    touched = [path for path, time in times.items() if path.stat().st_mtime_ns != time]
    assert 1 <= len(touched) <= 8
    assert compare(corpus, site) == "amended"
    again = amend_site(replace(load_settings(corpus / "mkdocs.yml"), site=site))
    assert (again.files, again.quotations, again.parts, again.written) == (0, 0, 0, 0)


def test_a_file_written_anew_with_what_it_held_is_no_edit(corpus: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    sheet = sorted((corpus / "content" / "countries").glob("*.yml"))[0]
    sheet.write_bytes(sheet.read_bytes())
    assert amend_site(replace(load_settings(corpus / "mkdocs.yml"), site=site)).files == 0


def test_a_site_that_somebody_has_changed_is_built_anew(corpus: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    (site / "index.html").write_text("gone")
    assert build(corpus, site) == "whole"
    assert (site / "index.html").read_text() != "gone"
    shutil.rmtree(site / "countries")
    assert compare(corpus, site) == "whole"


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 but no more", None])
def test_a_damaged_state_is_no_state(corpus: Path, tmp_path: Path, damage: bytes | None) -> None:
    site, state = tmp_path / "site", tmp_path / ".site.state"
    assert build(corpus, site) == "whole"
    data = state.read_bytes()
    state.write_bytes(data[: len(data) // 2] if damage is None else damage)
    assert build(corpus, site) == "whole"
    assert build(corpus, site) == "amended"


def test_another_setting_is_a_whole_build(corpus: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(corpus, site) == "whole"
    config = corpus / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("The invented briefing", "Another name"), encoding="utf-8")
    assert compare(corpus, site) == "whole"
    assert build(corpus, site) == "amended"


def test_a_name_that_many_pages_mention(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, site = write_corpus(120, tmp_path, monkeypatch), tmp_path / "site"
    name, mentions = most_mentioned(Corpus(120))
    assert mentions > 6
    judged: list[tuple[int, int]] = []
    run = amend.Amender.run

    def noted(self: amend.Amender) -> object:
        revision = run(self)
        judged.append((len(self.patched), len(self.fresh)))
        return revision

    monkeypatch.setattr(amend.Amender, "run", noted)
    monkeypatch.setattr(rework, "_FEWEST", 1)
    monkeypatch.setattr(amend, "_MANY", 1)
    monkeypatch.setattr(workers, "count_jobs", lambda jobs=None: jobs or 2)
    assert build(project, site) == "whole"
    for _ in range(3):  # a record that was brought along is good for the next time
        rename_entity(sheet_path(project, name))
        assert compare(project, site) == "amended"
    assert len(judged) == 3
    # Of most pages only what differs was judged.
    assert all(patched > mentions and patched > fresh for patched, fresh in judged)
