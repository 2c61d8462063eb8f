"""`briefing serve`, as an editor of the real content meets it: an open page follows the file."""

from __future__ import annotations

import itertools
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT

PATIENCE = 45_000  # milliseconds, for a rebuild on a busy machine


@dataclass(frozen=True)
class Served:
    """A copy of the project under `briefing serve`."""

    root: Path
    address: str

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    for name in ("content", "seeds", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [str(Path(sys.executable).with_name("briefing")), "serve", "-a", address]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        seen = list(itertools.takewhile(lambda line: "Serving on" not in line, process.stderr))
        assert process.poll() is None, "".join(seen)
        yield Served(tmp_path, f"http://{address}/")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0


def test_an_open_page_follows_the_file(served: Served, page: Page) -> None:
    sheet = "content/countries/kazakhstan.yml"
    page.goto(served.address + "countries/kazakhstan/")
    claim = page.locator("#muslim-majority .claim__text")
    expect(claim).to_contain_text("Kazakhstan is a Muslim-majority country.")

    served.replace(sheet, "is a Muslim-majority country", "has a Muslim majority")
    expect(claim).to_contain_text("Kazakhstan has a Muslim majority.", timeout=PATIENCE)

    served.replace(sheet, "Muslim-majority nation", "Muslim-majority realm")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Q401", timeout=PATIENCE)
    expect(alert).to_contain_text("content/countries/kazakhstan.yml:")
    expect(claim).to_contain_text("Kazakhstan has a Muslim majority.")

    served.replace(sheet, "Muslim-majority realm", "Muslim-majority nation")
    expect(alert).to_have_count(0, timeout=PATIENCE)
    expect(claim).to_contain_text("Kazakhstan has a Muslim majority.")
