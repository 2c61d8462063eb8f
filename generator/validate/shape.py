"""From a tree to a form; pydantic's errors become findings at the narrowest span."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.codes import CODES
from generator.diagnostics import Sink
from generator.model.form import Form
from generator.yamlio import Mapping, Node, Plain, find, is_absent, key_span, plain

AnyForm = TypeVar("AnyForm", bound=Form)

_EXPECTED = {
    "string_type": "a text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
}


def without_absent(value: Plain, *, keep: bool = False) -> Any:  # noqa: ANN401 - a plain tree
    """A plain tree less the keys that have nothing behind them.

    An empty key means the same as no key, except under `cite`, where it is a missing quotation.
    """
    if isinstance(value, dict):
        return {
            key: without_absent(inner, keep=keep or key == "cite")
            for key, inner in value.items()
            if inner is not None or keep
        }
    if isinstance(value, list):
        return [without_absent(inner, keep=keep) for inner in value]
    return value


def validate_form(form: type[AnyForm], node: Node, sink: Sink) -> AnyForm | None:
    """The form filled from a node, or None with findings in the sink."""
    try:
        return form.model_validate(without_absent(plain(node)))
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(form, node, details, sink)
        return None


def _report(form: type[Form], node: Node, details: ErrorDetails, sink: Sink) -> None:
    path: Sequence[str | int] = details["loc"]
    kind, context = details["type"], details.get("ctx", {})
    inner, span = find(node, path)
    if kind in CODES:
        hints = [context["hint"]] if context.get("hint") else []
        # A wrong slug may be the key itself.
        if path and path[-1] == "[key]":
            span = key_span(node, path[:-1])
        sink.add(kind, str(context["message"]), span, *hints)
    elif kind == "extra_forbidden":
        key = str(path[-1])
        sink.add(
            "V201", f"unknown key `{key}`", key_span(node, path), *_nearest_key(form, path, key)
        )
    elif kind == "missing":
        key = str(path[-1])
        parent, _ = find(node, path[:-1])
        empty = parent.key(key) if isinstance(parent, Mapping) else None
        at = empty.span if empty else _record_span(node, path[:-1])
        sink.add(
            "V202", f"the key `{key}` is {'empty' if empty else 'missing'}", at, f"add `{key}: …`"
        )
    elif kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        given = str(details["input"])
        near = difflib.get_close_matches(given, allowed, 1, 0.6)
        hint = f"did you mean `{near[0]}`?" if near else f"write one of: {', '.join(allowed)}"
        sink.add("V204", f"`{given[:60]}` is not an allowed value", span, hint)
    elif kind == "too_short" and "cite" in path:
        hint = "copy the words of the article that carry the claim"
        sink.add("V219", "the quotation is missing", span, hint)
    elif kind in ("too_long", "too_short"):
        sink.add(
            "V228",
            f"the list has {context.get('actual_length')} entries",
            span,
            f"it may have {context.get('min_length') or context.get('max_length')}",
        )
    else:
        expected = _EXPECTED.get(kind, "another value")
        sink.add(
            "V203",
            f"{_shape(inner)} stands where {expected} is expected",
            span,
            *_shape_hint(inner),
        )


def _record_span(node: Node, path: Sequence[str | int]) -> Any:  # noqa: ANN401 - a span
    """The key of the record that lacks something, or its first key at the top of a file."""
    if any(isinstance(step, str) for step in path):
        return key_span(node, path)
    return node.items[0][0].span if isinstance(node, Mapping) and node.items else node.span


def _shape(node: Node) -> str:
    if is_absent(node):
        return "nothing"
    return {"Mapping": "a mapping", "Listing": "a list"}.get(type(node).__name__, "a text")


def _shape_hint(node: Node) -> tuple[str, ...]:
    if node.span.text.startswith("[["):
        return ("a text that begins with `[[` must stand in quotation marks",)
    return ()


def _nearest_key(form: type[Form], path: Sequence[str | int], key: str) -> tuple[str, ...]:
    keys = [field.alias or name for name, field in form.model_fields.items()]
    if "cite" in path[:-1]:
        keys = ["exact", "locator", "note", "translation", "via"]
    near = difflib.get_close_matches(key, keys, 1, 0.5)
    if near:
        return (f"did you mean `{near[0]}`?",)
    return (f"the keys here are {', '.join(keys)}",)
