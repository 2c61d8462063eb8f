"""Eleventy, of npm, with attributes for markdown-it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.page import Dialect, Pages, behind, write_pages
from bench.peers.layout import CSS, page_layout
from bench.peers.peer import Peer, Tools, write_files

_SETTINGS: Final = """\
import attributes from "markdown-it-attrs";

export default function (config) {
  config.amendLibrary("md", (library) => library.use(attributes));
  config.addPassthroughCopy({ "static/style.css": "style.css" });
  config.setQuietMode(true);
  // The pages hold no template code: one engine less to run over each.
  return { markdownTemplateEngine: false, dir: { input: "content", includes: "../layouts" } };
}
"""


def _write(pages: Pages, folder: Path) -> None:
    dialect = Dialect(heading=False, to_files=False, anchored=behind)
    write_pages(pages, folder / "content", dialect)
    write_files(
        folder,
        {
            "eleventy.config.js": _SETTINGS,
            "package.json": '{"private": true, "type": "module"}\n',
            "content/content.json": '{"layout": "page.liquid"}\n',
            "layouts/page.liquid": page_layout("{{ title | escape }}", "{{ content }}", "/"),
            "static/style.css": CSS,
        },
    )


def _command(tools: Tools, project: Path, output: Path) -> list[str]:
    # Modules are looked up from the settings file upwards.
    modules = project / "node_modules"
    if not modules.is_symlink():
        modules.symlink_to(tools.node / "node_modules")
    return ["node", "node_modules/@11ty/eleventy/cmd.cjs", f"--output={output}"]


def _version(tools: Tools) -> list[str]:
    return ["node", str(tools.node / "node_modules/@11ty/eleventy/cmd.cjs"), "--version"]


PEERS: Final = (
    Peer("eleventy", "Eleventy", "own plain layout (Liquid)", _write, _command, _version),
)
