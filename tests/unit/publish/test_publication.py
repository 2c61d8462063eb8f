"""A site is swapped in whole or not at all, and never over something else."""

import errno
import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from generator.config import Settings, settings_from
from generator.publish import site as module
from generator.publish.site import Publication, PublishFault, exchange, refuse_site


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("docs", "seeds", "theme", "archive"):
        (tmp_path / name).mkdir()
    return settings_from(tmp_path / "mkdocs.yml", {"theme": {"custom_dir": "theme"}}, {})


def publish(site: Path, words: str) -> Publication:
    publication = Publication(site)
    publication.begin()
    publication.write("index.html", words.encode())
    publication.write("edition.json", b"{}")
    return publication


def entries(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_first_build_makes_the_folder(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    publish(site, "one").commit()
    assert (site / "index.html").read_text() == "one"
    assert entries(site.parent) == ["site"]


@pytest.mark.parametrize(
    "swap", [exchange, lambda _one, _other: False], ids=["exchange", "renames"]
)
def test_a_build_takes_the_place_of_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: object
) -> None:
    monkeypatch.setattr(module, "exchange", swap)
    site = tmp_path / "site"
    publish(site, "one").commit()
    (site / "stale.html").touch()
    publish(site, "two").commit()
    assert (site / "index.html").read_text() == "two"
    assert entries(site) == ["edition.json", "index.html"]
    assert entries(tmp_path) == ["site"]


def test_a_discarded_build_leaves_the_last_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one").commit()
    publication = publish(site, "two")
    publication.discard()
    publication.discard()
    assert (site / "index.html").read_text() == "one"
    assert entries(tmp_path) == ["site"]


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".site.staging").mkdir()
    (tmp_path / ".site.staging" / "half.html").touch()
    (tmp_path / ".site.lock").touch()
    publish(tmp_path / "site", "one").commit()
    assert entries(tmp_path) == ["site"]
    assert entries(tmp_path / "site") == ["edition.json", "index.html"]


def test_a_build_killed_between_two_renames_is_undone(tmp_path: Path) -> None:
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "index.html").write_text("last good")
    publication = Publication(tmp_path / "site")
    publication.begin()
    assert (tmp_path / "site" / "index.html").read_text() == "last good"
    publication.discard()


def test_a_failed_second_rename_brings_the_last_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    publish(site, "one").commit()
    publication = publish(site, "two")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self == publication.staging:
            raise OSError(errno.EIO, "input/output error")
        return rename(self, target)

    monkeypatch.setattr(module, "exchange", lambda _one, _other: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PublishFault) as caught:
        publication.commit()
    assert caught.value.code == "P602"
    assert (site / "index.html").read_text() == "one"


def test_a_second_build_says_that_it_waits_and_gives_up(tmp_path: Path) -> None:
    first = publish(tmp_path / "site", "one")
    told: list[bool] = []
    second = Publication(tmp_path / "site")
    with pytest.raises(PublishFault, match="another build of this site") as caught:
        second.begin(wait=0, on_wait=lambda: told.append(True))
    assert caught.value.code == "P602"
    assert first.staging.is_dir()
    first.commit()
    second.begin(wait=0)
    second.discard()
    assert entries(tmp_path) == ["site"]


def test_a_second_build_goes_on_when_the_first_has_ended(tmp_path: Path) -> None:
    first = publish(tmp_path / "site", "one")
    second = Publication(tmp_path / "site")
    second.begin(wait=30, on_wait=first.commit)
    assert (tmp_path / "site" / "index.html").read_text() == "one"
    second.discard()


def test_the_lock_is_held_by_the_system_and_not_by_the_file(tmp_path: Path) -> None:
    publication = publish(tmp_path / "site", "one")
    with (tmp_path / ".site.lock").open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    publication.discard()


def test_a_linked_site_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    publish(tmp_path / "site", "one").commit()
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real" / "index.html").read_text() == "one"


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "a/../../out.html"])
def test_no_file_leaves_the_folder(tmp_path: Path, name: str) -> None:
    publication = publish(tmp_path / "site", "one")
    with pytest.raises(ValueError, match="leads out"):
        publication.write(name, b"")
    publication.discard()


def test_an_error_in_writing_is_a_finding(tmp_path: Path) -> None:
    publication = publish(tmp_path / "site", "one")
    with pytest.raises(PublishFault, match="file name too long") as caught:
        publication.write(f"{'x' * 300}/index.html", b"")
    assert caught.value.code == "P602"
    publication.discard()


def test_a_parent_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PublishFault) as caught:
        Publication(tmp_path / "file" / "site").begin()
    assert caught.value.code == "P602"


def test_few_changes_are_put_into_the_site_file_by_file(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one").commit()
    (site / "far").mkdir()
    (site / "far" / "away.html").write_text("gone")
    (site / "same.html").write_text("same")
    changed = Publication(site)
    changed.begin()
    changed.write("new/page.html", b"new")
    kept: list[str] = []
    changed.change(["new/page.html"], ["far/away.html"], lambda: kept.append("kept"))
    assert (site / "new" / "page.html").read_text() == "new"
    assert (site / "same.html").read_text() == "same"
    assert not (site / "far").exists()
    assert kept == ["kept"]
    assert not changed.staging.exists()


def test_changes_that_were_cut_off_are_finished_by_the_next_build(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one").commit()
    (site / "old.html").write_text("old")
    killed = Publication(site)
    killed.begin()
    killed.write("a.html", b"a")
    journal = {"written": ["a.html", "b.html"], "removed": ["old.html"]}
    (killed.staging / ".journal").write_text(json.dumps(journal))
    (site / "b.html").write_text("b, exchanged before the end")
    shutil.copytree(killed.staging, tmp_path / "kept")
    killed.discard()
    (tmp_path / "kept").rename(killed.staging)
    later = Publication(site)
    later.begin()
    later.discard()
    assert (site / "a.html").read_text() == "a"
    assert (site / "b.html").read_text() == "b, exchanged before the end"
    assert not (site / "old.html").exists()


def test_a_journal_that_was_not_finished_changes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "one").commit()
    later = Publication(site)
    later.staging.mkdir()
    (later.staging / ".journal.part").write_text('{"written": [], "removed": ["index.html"]')
    before = sorted(path.name for path in site.iterdir())
    later.begin()
    later.discard()
    assert sorted(path.name for path in site.iterdir()) == before


def test_a_site_folder_of_its_own_is_accepted(settings: Settings) -> None:
    refuse_site(settings.root / "site", settings)
    (settings.root / "site").mkdir()
    refuse_site(settings.root / "site", settings)
    (settings.root / "site" / "edition.json").touch()
    (settings.root / "site" / "anything").touch()
    refuse_site(settings.root / "site", settings)


def test_a_site_that_plain_mkdocs_made_is_accepted(settings: Settings) -> None:
    (settings.root / "site").mkdir()
    for name in ("index.html", "sitemap.xml"):
        (settings.root / "site" / name).touch()
    refuse_site(settings.root / "site", settings)


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (".", "is `.`"),
        ("..", "holds `.`"),
        ("/", "holds `.`"),
        ("docs", "is `docs`"),
        ("seeds/site", "lies in `seeds`"),
        ("theme", "is `theme`"),
        ("archive/site", "lies in `archive`"),
    ],
)
def test_folders_of_inputs_are_refused(settings: Settings, folder: str, words: str) -> None:
    with pytest.raises(PublishFault) as caught:
        refuse_site(settings.root / folder, settings)
    assert caught.value.code == "P601"
    assert caught.value.reason == f"the site folder {words}"


def test_a_link_to_a_folder_of_inputs_is_refused(settings: Settings) -> None:
    (settings.root / "site").symlink_to("docs")
    with pytest.raises(PublishFault, match="the site folder is `docs`"):
        refuse_site(settings.root / "site", settings)


def test_files_that_no_build_wrote_are_kept(settings: Settings) -> None:
    (settings.root / "site").mkdir()
    (settings.root / "site" / "thesis.doc").touch()
    with pytest.raises(PublishFault, match="no build wrote"):
        refuse_site(settings.root / "site", settings)


def test_a_working_copy_is_kept(settings: Settings) -> None:
    (settings.root / "site/.git").mkdir(parents=True)
    (settings.root / "site/edition.json").touch()
    with pytest.raises(PublishFault, match=r"holds `\.git`, the history"):
        refuse_site(settings.root / "site", settings)


def test_a_file_is_no_site(settings: Settings) -> None:
    (settings.root / "site").touch()
    with pytest.raises(PublishFault, match="is a file"):
        refuse_site(settings.root / "site", settings)


def test_exchange_lets_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if exchange(tmp_path / "one", tmp_path / "two"):
        assert entries(tmp_path / "one") == ["two"]
        assert entries(tmp_path / "two") == ["one"]
    else:  # a system without it leaves both alone
        assert entries(tmp_path / "one") == ["one"]


def test_exchange_with_an_absent_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    if os.uname().sysname == "Linux":
        with pytest.raises(FileNotFoundError):
            exchange(tmp_path / "one", tmp_path / "two")
