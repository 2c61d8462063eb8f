"""From a tree to a form; pydantic's errors become findings at the narrowest span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.codes import CODES
from generator.diagnostics import Sink, nearest, nearest_word
from generator.model.form import Form, QuotationForm
from generator.textfile import Span
from generator.yamlio import Mapping, Node, Plain, Scalar, find, is_absent, key_span, plain

AnyForm = TypeVar("AnyForm", bound=Form)

_EXPECTED = {
    "string_type": "a text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
}
_SHAPE_HINTS = {
    "a text": "write one text; where it begins with a bracket or brace, put it in quotation marks",
    "a mapping": "write `key: value` on indented lines below the key",
    "a list": "write a list, as in `[first, second]`",
}
_EXTRA = "extra_forbidden"


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
        found = error.errors(include_url=False)
    misspelt = {_misspelt(form, details) for details in found if details["type"] == _EXTRA}
    for details in found:
        # A key that is there under a misspelt name is one fault, not two.
        if details["type"] != "missing" or details["loc"] not in misspelt:
            _report(form, node, details, sink)
    return None


def _report(form: type[Form], node: Node, details: ErrorDetails, sink: Sink) -> None:
    path, kind, context = details["loc"], details["type"], details.get("ctx", {})
    inner, span = find(node, path)
    if kind in CODES:
        # A wrong slug may be the key itself.
        if path and path[-1] == "[key]":
            span = key_span(node, path[:-1])
        sink.add(kind, str(context["message"]), span, *filter(None, [context.get("hint")]))
    elif kind == _EXTRA:
        message = f"unknown key `{path[-1]}`"
        sink.add("V201", message, key_span(node, path), _key_hint(form, path))
    elif kind == "missing":
        _report_missing(node, path, sink)
    elif kind == "literal_error" and isinstance(inner, Scalar):
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        hints = nearest(inner.text, allowed) or (f"write one of: {', '.join(allowed)}",)
        sink.add("V204", f"`{inner.text[:60]}` is not an allowed value", span, *hints)
    elif kind == "too_short" and "cite" in path:
        hint = "copy the words of the article that carry the claim"
        sink.add("V219", "the quotation is missing", span, hint)
    elif kind in ("too_long", "too_short"):
        least, most = context.get("min_length"), context.get("max_length")
        hint = f"give at least {least}" if kind == "too_short" else f"give at most {most}"
        sink.add("V228", f"the list has {context.get('actual_length')} entries", span, hint)
    else:
        expected = _EXPECTED.get(kind, "a text")
        message = f"{_shape(inner)} stands where {expected} is expected"
        sink.add("V203", message, span, _shape_hint(inner, expected, path))


def _report_missing(node: Node, path: Sequence[str | int], sink: Sink) -> None:
    key = str(path[-1])
    parent, _ = find(node, path[:-1])
    empty = parent.key(key) if isinstance(parent, Mapping) else None
    state, at = ("empty", empty.span) if empty else ("missing", _record_span(node, path[:-1]))
    sink.add("V202", f"the key `{key}` is {state}", at, f"add `{key}: …`")


def _record_span(node: Node, path: Sequence[str | int]) -> Span:
    """The key of the record that lacks something, or its first key at the top of a file."""
    if any(isinstance(step, str) for step in path):
        return key_span(node, path)
    return node.items[0][0].span if isinstance(node, Mapping) and node.items else node.span


def _shape(node: Node) -> str:
    if is_absent(node):
        return "nothing"
    return {"Mapping": "a mapping", "Listing": "a list"}.get(type(node).__name__, "a text")


def _shape_hint(node: Node, expected: str, path: Sequence[str | int]) -> str:
    if node.span.text.startswith("[["):
        return "a text that begins with `[[` must stand in quotation marks"
    if path and path[-1] == "cite":
        return "write `source-id: words of the source` on an indented line below it"
    return _SHAPE_HINTS[expected]


def _keys(form: type[Form], path: Sequence[str | int]) -> list[str]:
    """The keys that may stand where a path ends."""
    model = QuotationForm if "cite" in path[:-1] else form
    return [field.alias or name for name, field in model.model_fields.items()]


def _misspelt(form: type[Form], details: ErrorDetails) -> tuple[str | int, ...]:
    """The path that an unknown key would have, were it spelt like the nearest known one."""
    path = details["loc"]
    return (*path[:-1], nearest_word(str(path[-1]), _keys(form, path)) or "")


def _key_hint(form: type[Form], path: Sequence[str | int]) -> str:
    keys = _keys(form, path)
    (hint,) = nearest(str(path[-1]), keys) or (f"the keys here are {', '.join(keys)}",)
    return hint
