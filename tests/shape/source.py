"""The project's own Python files, parsed, for tests of its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "generator"


def modules() -> list[str]:
    """Dotted names of all modules of the package, `__init__` files under their folder's name."""
    return sorted(name_of(path) for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def path_of(module: str) -> Path:
    """File of a module."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree_of(module: str) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


def imports_of(module: str) -> set[str]:
    """Dotted names a module imports, wherever in its code; imports for the type checker left out.

    `from generator.x import y` gives `generator.x.y` where that is a module, else `generator.x`.
    """
    found: set[str] = set()
    for node in _walk_at_run_time(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in modules() else str(node.module))
    return found


def names_from(module: str, source: str) -> set[str]:
    """Names that a module imports from another."""
    return {
        alias.name
        for node in _walk_at_run_time(tree_of(module))
        if isinstance(node, ast.ImportFrom) and node.module == source
        for alias in node.names
    }


def _walk_at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield from _walk_at_run_time(child)
