"""Modules and functions are small and described."""

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.shape.source import modules, path_of, tree_of

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(node: ast.AST, public: bool = True) -> Iterator[tuple[Definition, bool]]:
    """Every class and function below a node, and whether others may use it.

    They may where its own name and those of all outer classes are public, and it stands in no
    function.
    """
    for child in ast.iter_child_nodes(node):
        inner = public
        if isinstance(child, Definition):
            inner = public and not child.name.startswith("_")
            yield child, inner
        in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from definitions(child, inner and not in_function)


@pytest.mark.parametrize("module", modules())
def test_a_module_is_short(module: str) -> None:
    assert len(path_of(module).read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", modules())
def test_functions_are_short(module: str) -> None:
    long = [
        node.name
        for node, _ in definitions(tree_of(module))
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("module", modules())
def test_modules_and_public_functions_are_described(module: str) -> None:
    tree = tree_of(module)
    assert ast.get_docstring(tree)
    overridden = {
        "__init__",
        "__repr__",
        "__str__",
        "__len__",
        "__iter__",
        "__call__",
    }
    silent = [
        node.name
        for node, public in definitions(tree)
        if public and node.name not in overridden and not ast.get_docstring(node)
    ]
    assert silent == []


def test_modules_are_named_after_what_they_hold() -> None:
    names = {
        path.stem for folder in ("generator", "tests") for path in (ROOT / folder).rglob("*.py")
    }
    assert names & BANNED_NAMES == set()
