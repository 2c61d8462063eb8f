"""The theme that comes with the tool, among the folders of the host's theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from generator.config import DEFAULT_THEME

EDITION_SHEET = "assets/edition.css"


def add_theme(config: MkDocsConfig) -> None:
    """Let the host find the theme that comes with the tool, behind the project's own."""
    ours, folders = str(DEFAULT_THEME), config.theme.dirs
    if not any(Path(folder).resolve() == DEFAULT_THEME for folder in folders):
        folders.insert(1 if config.theme.custom_dir else 0, ours)
    config.theme.__class__ = FramedTheme  # it is all there, with settings of its own
    if EDITION_SHEET not in config.extra_css:  # it names the edition in the foot of every page
        config.extra_css.append(EDITION_SHEET)


class FramedTheme(Theme):
    """The host's theme under a frame of our own: its templates are there, its styles and scripts not."""

    def get_env(self) -> jinja2.Environment:
        """The host's environment; it names no file of the folders that are idle.

        The host asks for all names to find what to copy, and Material has fourteen thousand: 40 ms.
        """
        env = super().get_env()
        idle = idle_folders(self.dirs)
        env.loader = _PartlyListed(self.dirs, [one for one in self.dirs if one not in idle])
        return env


class _PartlyListed(jinja2.FileSystemLoader):
    def __init__(self, folders: Sequence[str], listed: Sequence[str]) -> None:
        super().__init__(folders)
        self.listed = jinja2.FileSystemLoader(listed)

    def list_templates(self) -> list[str]:
        return self.listed.list_templates()


def idle_folders(folders: Sequence[str]) -> frozenset[str]:
    """Folders of the host's theme whose styles and scripts no page loads: its frame is not used.

    Args:
        folders: In which templates are looked for, in order; the last two are the named theme's,
            where one is named, and the host's own.
    """
    frames = (Path(folder, "main.html") for folder in folders)
    frame = next((path for path in frames if path.is_file()), None)
    if frame is None or "base.html" in frame.read_text(encoding="utf-8", errors="replace"):
        return frozenset()
    return frozenset(folders[-2:]) - {str(DEFAULT_THEME)}
