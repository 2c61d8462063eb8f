"""Hugo, of Debian: once plain, once with a dump of all texts for a search in the browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from bench.page import Dialect, Pages, write_pages
from bench.peers.layout import CSS, page_layout
from bench.peers.peer import Peer, Tools, write_files

_SETTINGS: Final = """\
baseURL = "https://briefing.example/"
languageCode = "en"
title = "The invented briefing"
disableKinds = ["taxonomy", "term", "RSS"]
relativeURLs = false
# Quoted words stay as they are, and paragraphs can have anchors.
[markup.goldmark.extensions]
typographer = false
[markup.goldmark.parser.attribute]
block = true
[outputs]
home = [{outputs}]
"""
_ROOT: Final = "{{ .Site.BaseURL }}"
_DUMP: Final = """\
{{- $pages := slice -}}
{{- range .Site.RegularPages -}}
{{- $pages = $pages | append (dict "title" .Title "address" .RelPermalink "text" .Plain) -}}
{{- end -}}
{{- $pages | jsonify -}}
"""


def _write(pages: Pages, folder: Path, *, dump: bool) -> None:
    dialect = Dialect(heading=False, to_files=False, index="_index.md")
    write_pages(pages, folder / "content", dialect)
    files = {
        "config.toml": _SETTINGS.format(outputs='"HTML", "JSON"' if dump else '"HTML"'),
        "layouts/_default/baseof.html": page_layout(
            "{{ .Title }}", '{{ block "main" . }}{{ end }}', _ROOT
        ),
        "layouts/_default/single.html": '{{ define "main" }}{{ .Content }}{{ end }}\n',
        "layouts/_default/list.html": '{{ define "main" }}{{ .Content }}{{ end }}\n',
        "static/style.css": CSS,
    }
    if dump:
        files["layouts/index.json"] = _DUMP
    write_files(folder, files)


def _command(_tools: Tools, _project: Path, output: Path) -> list[str]:
    return ["hugo", "--quiet", "--destination", str(output)]


def _version(_tools: Tools) -> list[str]:
    return ["hugo", "version"]


PEERS: Final = tuple(
    Peer(id_, label, setup, partial(_write, dump=dump), _command, _version, caches=("resources",))
    for id_, label, setup, dump in (
        ("hugo", "Hugo", "own plain layout", False),
        (
            "hugo-search",
            "Hugo with a search dump",
            "own plain layout, one JSON file of all texts",
            True,
        ),
    )
)
