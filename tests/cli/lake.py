"""A small invented project on a temporary folder."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

BIN = Path(sys.executable).parent

FILES = {
    "mkdocs.yml": """\
site_name: Lakes
site_url: !ENV [SITE_URL, ""]
docs_dir: content
strict: true
theme: {name: material, font: false}
plugins: [briefing]
extra: {generator: false}
""",
    "content/index.md": "# Lakes of the valley\n\nWhat is known of them.\n",
    "content/about/method.md": "# Method\n\nWe read [the lakes](../countries/blue-land.yml).\n",
    "content/properties.yml": """\
topics: [Water]
properties:
  depth: {label: Depth, kinds: [country], type: number, values: one, unit: metres}
""",
    "content/countries/blue-land.yml": """\
name: Blue & "Green" Land
claims:
  a-lake:
    text: Blue Land borders a lake with [[red-land]].
    topic: Water
    cite:
      gazette: Blue Land borders a lake
""",
    "content/countries/red-land.yml": """\
name: Red Land
claims:
  a-river:
    text: Red Land has a river.
    topic: Water
    cite:
      gazette: has a river that freezes
""",
    "seeds/origins.yml": "gazette-office: {name: Gazette, kind: newspaper}\n",
    "seeds/gazette.yml": """\
title: Waters of the valley
publisher: The Gazette
kind: news-report
published: 2021-03-04
retrieved: 2021-04-05
language: en
carries: [gazette-office]
text: open
status: current
descriptor: A local paper that has printed the levels of the valley's waters for a century.
abstract: Describes the waters of the valley.
""",
    "seeds/gazette.txt": """\
Blue Land borders a lake, and the neighbours share its fish.

Red Land has a river that freezes in most winters.
""",
}

BROKEN = "Blue Land owns a lake"


@dataclass
class Lakes:
    """A project's folder, and the commands run in it."""

    root: Path

    @property
    def sheet(self) -> Path:
        return self.root / "content" / "countries" / "blue-land.yml"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def break_quotation(self) -> None:
        self.write(
            "content/countries/blue-land.yml",
            FILES["content/countries/blue-land.yml"].replace(
                "gazette: Blue Land borders a lake", f"gazette: {BROKEN}"
            ),
        )

    def mend(self) -> None:
        self.write("content/countries/blue-land.yml", FILES["content/countries/blue-land.yml"])

    def run(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=self.root,
            env=clean_environment(**environment),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextlib.contextmanager
    def running(self, *command: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
        log = (self.root.parent / "log").open("w")
        process = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=self.root,
            env=clean_environment(**environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            log.close()

    def log(self) -> str:
        return (self.root.parent / "log").read_text()


def clean_environment(**more: str) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("BRIEFING_", "SOURCE_DATE", "SITE_URL"))
    }
    return {**kept, "NO_MKDOCS_2_WARNING": "true", "PYTHONUNBUFFERED": "1", **more}


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
