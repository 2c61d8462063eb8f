"""Fixture of the tests that run builds and servers."""

from pathlib import Path

import pytest

from tests.cli.lake import FILES, Lakes


@pytest.fixture
def lakes(tmp_path: Path) -> Lakes:
    """A small invented project of two countries and one source, on a temporary folder."""
    made = Lakes(tmp_path / "project")
    for name, text in FILES.items():
        made.write(name, text)
    return made
