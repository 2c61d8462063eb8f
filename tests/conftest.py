"""The invented project that all tests build on, with a fixed clock and no archive unless asked for."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.corpus import Corpus
from bench.project import write_project
from generator import cli, pipeline
from generator.config import Settings, load_settings
from generator.diagnostics import Sink
from generator.model.stage import Pages, Verified
from generator.pipeline import Checked
from generator.render import render_site
from generator.verify.seal import dump_seal, seal_text

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
ARCHIVED = CASES / "archive-texts"
GOLDEN = Path(__file__).parent / "golden"
# The real archive, before the fixtures hide it: `tests/unit/test_content.py` compares with it.
REAL_ARCHIVE = os.environ.get("BRIEFING_ARCHIVE")
EPOCH = "1561852800"  # 2019-06-30

# What runs in the background of a script inherits that SIGINT is ignored, and so would the servers
# that tests interrupt: none of them would end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def write_corpus(sheets: int, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Write an invented corpus with a theme of its own, at a fixed time; gives its folder."""
    patch.setenv("SOURCE_DATE_EPOCH", "1719705600")
    patch.delenv("BRIEFING_ARCHIVE", raising=False)
    project, theme = folder / "project", folder / "theme"
    project.mkdir()
    shutil.copytree(ROOT / "theme", theme)
    write_project(Corpus(sheets), project, theme)
    return project


class ProjectBuilder:
    """A project on disk that tests change at will.

    It begins as a copy of `tests/cases/base`: a clean project about an invented treaty, with two
    open sources and a sealed one.

    Args:
        root: An existing folder, empty; the project lies in `project` below it.
        patch: Sets the environment.
    """

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root / "project"
        self.patch = patch
        shutil.copytree(BASE, self.root)
        for text in sorted(ARCHIVED.glob("*.txt")):
            seal = dump_seal(seal_text(text.read_text(encoding="utf-8")))
            self.write(f"seeds/{text.stem}.seal", seal)

    @property
    def config_file(self) -> Path:
        """The project's `mkdocs.yml`."""
        return self.root / "mkdocs.yml"

    @property
    def settings(self) -> Settings:
        """The settings, read anew."""
        return load_settings(self.config_file)

    def read(self, path: str) -> str:
        """Text of a file, line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, making its folders; a text goes out as UTF-8 with its line ends kept."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def change(self, path: str, old: str, new: str) -> None:
        """Exchange a stretch of a file that stands there exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def append(self, path: str, text: str) -> None:
        """Add to the end of a file."""
        self.write(path, self.read(path) + text)

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all it holds."""
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def archive(self, **changes: str | bytes) -> Path:
        """Open the private archive: the sealed texts, or others by source id (`_` for `-`)."""
        folder = self.root.parent / "archive"
        shutil.copytree(ARCHIVED, folder, dirs_exist_ok=True)
        for name, text in changes.items():
            data = text.encode() if isinstance(text, str) else text
            (folder / f"{name.replace('_', '-')}.txt").write_bytes(data)
        self.patch.setenv("BRIEFING_ARCHIVE", str(folder))
        return folder

    def check(self) -> Checked:
        """Load, validate, link and verify."""
        return pipeline.check(self.settings)

    def found(self) -> list[str]:
        """Codes of all findings of a check, in order."""
        return [finding.code for finding in self.check().findings]

    def verified(self) -> Verified:
        """The verified facts of a project that must be clean."""
        checked = self.check()
        assert checked.findings == ()
        assert checked.verified is not None
        return checked.verified

    def render(self) -> Pages:
        """All pages of a project that must be clean."""
        sink = Sink()
        pages = render_site(self.verified(), sink)
        assert sink.findings == []
        return pages


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Runner = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the caller's environment."""
    for name in ("BRIEFING_ARCHIVE", "SITE_URL", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProjectBuilder:
    """A clean invented project."""
    return ProjectBuilder(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectBuilder]:
    """A clean project for a whole module, for properties: whoever changes a file restores it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BRIEFING_ARCHIVE", raising=False)
        yield ProjectBuilder(tmp_path_factory.mktemp("shared"), patch)


@pytest.fixture
def briefing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    """The command line as a function, its exit code and both its outputs."""

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["briefing", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Outcome(stop.value.code, out, err)

    return run


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Compares a text with a file of `tests/golden`; `--update-golden` rewrites the file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if pytestconfig.getoption("--update-golden"):
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()
        assert len(text.encode()) <= 20 * 1024, "a golden file is small enough to be read"

    return compare


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the switches that rewrite expectations."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the files of tests/golden"
    )
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expected findings in tests/cases/*.md to what is found",
    )
