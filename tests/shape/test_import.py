"""Dependencies point one way (docs/architecture.md)."""

import ast
import sys

import pytest

from tests.shape.source import imports_of, modules, names_from, tree_of

BASE = {
    "config", "textfile", "codes", "diagnostics", "date", "markup", "sentence", "progress", "profile", "collector", "workers",
}  # fmt: skip
DATA = {"character", "plainyaml", "syntax", "yamlio", "model", "survey"}
STAGES = {"load", "validate", "link", "verify", "render", "publish", "search", "compare"}
TOP = {
    "pipeline", "share", "build", "draw", "exchange", "datafile", "edited", "index", "state", "amend", "rework", "update", "session",
    "sealing", "release", "printing",
}  # fmt: skip
EDGES = {"cli", "bar", "plugin", "host", "hosttheme", "serve", "live"}
OWN = {"report", "audit", "paper"}
# What besides its room a room may import, as module or as names of a module.
QUOTATION_CORE = {
    f"generator.verify.{name}" for name in ("normalise", "quotation", "seal", "witness")
}
PUBLISHED = {"NORMALISATION", "RULES"}


def room(module: str) -> str:
    """The room of a module: its first name below the package."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def allowed(importer: str) -> set[str]:
    """Rooms that a room may import from."""
    if importer in BASE:
        return BASE
    if importer in DATA:
        return BASE | DATA
    if importer in STAGES | {"audit"}:
        return BASE | DATA | {importer}
    if importer == "paper":  # what pages say in words and figures, papers say in the same
        return BASE | DATA | {"render", "paper"}
    if importer == "report":
        return BASE | {"report"}
    if importer in TOP:
        return BASE | DATA | STAGES | OWN | TOP
    return BASE | DATA | STAGES | OWN | TOP | EDGES


def own_imports(module: str) -> set[str]:
    return {name for name in imports_of(module) if name.split(".")[0] == "generator"}


def test_every_module_has_a_room() -> None:
    rooms = {room(module) for module in modules()} - {""}
    assert rooms == BASE | DATA | STAGES | TOP | EDGES | OWN


@pytest.mark.parametrize("module", modules())
def test_imports_point_one_way(module: str) -> None:
    if module == "generator":
        assert own_imports(module) == set()
        return
    foreign = {name for name in own_imports(module) if room(name) not in allowed(room(module))}
    foreign -= {"generator"}
    if room(module) == "audit":
        foreign -= QUOTATION_CORE
    if room(module) == "render" and names_from(module, "generator.verify.normalise") <= PUBLISHED:
        foreign -= {"generator.verify.normalise"}
    assert foreign == set()


@pytest.mark.parametrize("module", [m for m in modules() if room(m) not in EDGES])
def test_only_the_edges_know_click_rich_and_the_host(module: str) -> None:
    outer = {name.split(".")[0] for name in imports_of(module)}
    assert outer & {"click", "rich", "mkdocs", "material", "properdocs"} == set()


@pytest.mark.parametrize("module", [m for m in modules() if room(m) not in EDGES])
def test_only_the_edges_print_and_exit(module: str) -> None:
    calls = {
        ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)
    }
    names = {
        ast.unparse(node) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute)
    }
    assert calls & {"print", "exit", "quit", "input", "breakpoint", "os._exit"} == set()
    assert names & {"sys.exit", "sys.stdout", "sys.stderr", "sys.argv"} == set()


def test_the_pipeline_imports_without_the_host() -> None:
    """What guards the facts must run where MkDocs and the theme are not installed."""
    import subprocess

    code = "import sys, generator.pipeline; print(sorted({'mkdocs', 'material', 'click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
