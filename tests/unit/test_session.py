"""A session follows edits in memory; what it leaves is byte for byte what a whole build makes."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.amend import WholeBuild, Work
from generator.config import load_settings
from generator.datafile import Stretch
from generator.host import build_site
from generator.session import Session
from tests.conftest import write_corpus
from tests.property.edit import edit_files

SHEETS = 10


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_corpus(SHEETS, tmp_path, monkeypatch)


def built(project: Path, name: str = "site") -> Path:
    site = project.with_name(name)
    findings, done = build_site(project / "mkdocs.yml", site_dir=site)
    assert done, findings
    return site


def opened(project: Path) -> Session:
    return Session(replace(load_settings(project / "mkdocs.yml"), site=built(project)))


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def amend(session: Session, *paths: Path) -> tuple[Work, list[str]]:
    told: list[str] = []

    def note(names: Sequence[str]) -> None:
        told.extend(names)

    return session.amend([str(path) for path in paths], note), told


def sheet_of(project: Path) -> tuple[Path, str]:
    """A sheet, and words that stand once in a claim of it and in no quotation."""
    for path in sorted(project.glob("content/*/*.yml")):
        for line in path.read_text().splitlines():
            text = line.strip()
            if text.startswith("text:") and " said that " in text:
                return path, text
    raise AssertionError("no sheet has such a claim")


def reword(project: Path, old: str = " said that ", new: str = " has said that ") -> Path:
    path, line = sheet_of(project)
    path.write_text(path.read_text().replace(line, line.replace(old, new), 1))
    return path


def test_edits_leave_what_a_whole_build_makes(project: Path) -> None:
    session = opened(project)
    site = session.settings.site
    for step in range(4):
        before = {path: path.read_bytes() for path in project.rglob("*.yml")}
        edited = edit_files(project, random.Random(step))  # noqa: S311 - a test's dice
        try:
            _, told = amend(session, *edited)
        except WholeBuild:
            for path, data in before.items():
                path.write_bytes(data)
            assert amend(session, *edited)[0] == Work()
            continue
        assert all((site / name).is_file() for name in told)
    edited = [reword(project)]
    assert amend(session, *edited)[0].files == 1
    session.settle()
    assert session.deferred == ()
    session.close()
    assert contents(site) == contents(built(project, "cold"))


def test_data_files_wait_until_they_are_asked_for(project: Path) -> None:
    session = opened(project)
    site = session.settings.site
    before = contents(site)
    work, told = amend(session, reword(project))
    assert (work.files, "data/claims.jsonl" in told) == (1, True)
    assert (site / "data/claims.jsonl").read_bytes() == before["data/claims.jsonl"]
    assert "data/claims.jsonl" in session.deferred
    session.settle(["data/claims.jsonl"])
    assert b" has said that " in (site / "data/claims.jsonl").read_bytes()
    assert "data/claims.jsonl" not in session.deferred
    session.close()


def test_a_browser_is_told_before_the_state_is_written(project: Path) -> None:
    session = opened(project)
    digests = dict(session.ledger.digests)
    seen: list[bool] = []
    session.amend([str(reword(project))], lambda _: seen.append(session.ledger.digests == digests))
    assert seen == [True]
    assert session.ledger.digests != digests
    session.close()


def test_an_edit_with_findings_is_refused_and_the_one_that_mends_it_is_worked_in(
    project: Path,
) -> None:
    session = opened(project)
    before = contents(session.settings.site)
    path, line = sheet_of(project)
    good = path.read_text()
    path.write_text(good.replace(line, "text: It rests on [[nothing-of-this-name]].", 1))
    with pytest.raises(WholeBuild):
        amend(session, path)
    assert contents(session.settings.site) == before
    path.write_text(good)
    assert amend(session, path) == (Work(), [])
    assert amend(session, reword(project))[0].files == 1
    session.close()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/countries/new-land.yml", "name: New Land\naliases: [old-land]\n"),
        ("content/about/method.md", "# Method\n"),
        ("seeds/new.txt", "Words.\n"),
    ],
)
def test_all_else_takes_a_whole_build_until_it_is_gone(project: Path, name: str, text: str) -> None:
    session = opened(project)
    new = project / name
    new.parent.mkdir(exist_ok=True)
    new.write_text(text)
    with pytest.raises(WholeBuild):
        amend(session, new)
    with pytest.raises(WholeBuild):
        amend(session, reword(project))
    new.unlink()
    assert amend(session, new)[0].files == 1
    session.close()


def test_the_settings_take_a_whole_build(project: Path) -> None:
    session = opened(project)
    config = project / "mkdocs.yml"
    config.write_text(config.read_text() + "# a note\n")
    with pytest.raises(WholeBuild, match=r"mkdocs\.yml"):
        amend(session, config)
    session.close()


def test_what_editors_leave_for_a_moment_is_no_edit(project: Path) -> None:
    session = opened(project)
    path, _ = sheet_of(project)
    swap = path.with_name(f".{path.name}.swp")
    swap.write_text("half a sheet")
    assert amend(session, swap, path.with_name("4913"), path) == (Work(), [])
    session.close()


def test_a_removed_sheet_of_which_others_speak_takes_a_whole_build(project: Path) -> None:
    session = opened(project)
    named = re.search(
        r"\[\[([a-z-]+)", "".join(p.read_text() for p in project.glob("content/*/*.yml"))
    )
    assert named is not None
    (path,) = project.glob(f"content/*/{named[1]}.yml")
    path.unlink()
    with pytest.raises(WholeBuild):
        amend(session, path)
    session.close()


def test_sheets_that_come_and_go_leave_what_a_whole_build_makes(project: Path) -> None:
    session = opened(project)
    site = session.settings.site
    folder = project / "content" / "countries"
    model = next(
        path for path in sorted(folder.glob("*.yml")) if "conflicts" not in path.read_text()
    )
    claims = model.read_text().partition("claims:")[2]
    new = folder / "newland.yml"
    new.write_text(f"name: Newland\nclaims:{claims}")
    assert amend(session, folder)[0].files == 1  # told of the folder alone
    assert (site / "countries" / "newland" / "index.html").is_file()
    new.write_text(f"name: Newland again\nclaims:{claims}")
    assert amend(session, new)[0].files == 1
    session.settle(["data/entities.jsonl"])
    new.unlink()
    work, told = amend(session, new)
    assert work.files == 1
    assert "countries/newland/index.html" in told
    assert not (site / "countries" / "newland").exists()
    new.write_text(f"name: Aland\nclaims:{claims}")
    assert amend(session, new)[0].files == 1
    assert amend(session, reword(project))[0].files == 1
    session.settle()
    assert session.deferred == ()
    session.close()
    assert contents(site) == contents(built(project, "cold"))


def test_a_site_that_was_replaced_is_not_amended(project: Path) -> None:
    session = opened(project)
    path = reword(project)
    built(project)
    assert not session.is_current
    with pytest.raises(WholeBuild, match="not as this session has left it"):
        amend(session, path)
    session.close()


def test_without_a_state_there_is_no_session(project: Path, tmp_path: Path) -> None:
    settings = replace(load_settings(project / "mkdocs.yml"), site=tmp_path / "none")
    with pytest.raises(WholeBuild):
        Session(settings)


def test_inputs_that_are_links_are_not_followed(project: Path) -> None:
    path, _ = sheet_of(project)
    aside = path.with_suffix(".txt")
    path.rename(aside)
    os.utime(aside, (1, 1))  # not while the stamps are taken
    path.symlink_to(aside.name)
    with pytest.raises(WholeBuild, match="is a link"):
        opened(project)


def test_stretches_stand_where_their_parts_stood(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"aabbbcccc")
    lengths = {"a": 2, "b": 3, "c": 4}
    stretch = Stretch(lengths, lengths).added({"a": 2, "b": 3, "c": 1}, {"c": b"C"})
    stretch = stretch.added({"a": 4, "b": 3, "c": 1}, {"a": b"AAAA"})
    stretch.write(old, new)
    assert new.read_bytes() == b"AAAAbbbC" == stretch.spliced(b"aabbbcccc")[:]
    assert stretch.size == 8
    assert Stretch({"a": 0}, {"a": 1}, {"a": b"A"}).spliced(b"")[:] == b"A"


def test_stretches_come_and_go(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"aabbbccccd")
    lengths = {"a": 2, "b": 3, "c": 4, "d": 1}
    stretch = Stretch(lengths, lengths).added({"a": 2, "c": 4, "d": 1}, {})
    assert stretch.spliced(b"aabbbccccd")[:] == b"aaccccd"
    assert not stretch.is_settled
    stretch = stretch.added(
        {"0": 2, "c": 4, "cc": 1, "d": 2, "e": 1}, {"0": b"00", "cc": b"x", "d": b"DD", "e": b"e"}
    )
    stretch.write(old, new)
    assert new.read_bytes() == b"00ccccxDDe" == stretch.spliced(b"aabbbccccd")[:]
    assert stretch.size == 10
    back = stretch.added({"a": 2, "b": 3}, {"a": b"aa", "b": b"BBB"})
    assert back.spliced(b"aabbbccccd")[:] == b"aaBBB"
