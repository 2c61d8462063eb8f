from collections.abc import Callable

import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from generator.render.mould import Mould

CASTS = (
    "<a href='{{ a }}'>{{ b }}</a>",
    "{{ b }}{{ a }}{{ b }} { {0} } %s",
    "{{ a or 'none' }}{% if b %}<i>{{ b }}</i>{% endif %}",
    "nothing of it",
    "{{ a }}",
    "{{ [a, b] | join('; ') }}",
)
USES = (
    "{{ a | upper }}",
    "{% if a == 'x' %}equal{% endif %}",
    "{% if a in ['x', 'y'] %}one of them{% endif %}",
    "{% if a is string %}text{% endif %}",
    "{% if a is lower %}small{% endif %}",
    "{{ a | length }}",
    "{{ a | int }}, {{ a | float }}",
    "{{ a | forceescape }}",
    "{{ a.strip() }}{{ a[0] }}",
    "{% for letter in a %}{{ letter }};{% endfor %}",
    "{{ {'x': 'an x'}[a] }}",
    "{{ '%s' | format(a) }}",
)
VALUES = (("x", "<b>y</b>"), ("x", ""), ("x",), ("x", "z"), ("x", "<hr>"))


def counted(body: str) -> tuple[Mould, Callable[..., str], list[None]]:
    """A mould, the macro it is of, and how often that has been drawn."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(f"{{% macro piece(a, b='') %}}{body}{{% endmacro %}}")
    macro: Callable[..., str] = template.module.piece  # type: ignore[attr-defined]
    drawn: list[None] = []

    def draw(*values: str) -> str:
        drawn.append(None)
        return str(macro(*values))

    return Mould(draw, draw), macro, drawn


@pytest.mark.parametrize("body", [*CASTS, *USES])
def test_a_filled_mould_is_what_the_macro_draws(body: str) -> None:
    mould, macro, _ = counted(body)
    for values in (*VALUES, *VALUES):
        assert mould.fill(*values) == str(macro(*map(Markup, values)))


@pytest.mark.parametrize("body", CASTS)
def test_a_macro_that_prints_is_drawn_once_for_each_set_of_empty_values(body: str) -> None:
    mould, _, drawn = counted(body)
    mould.fill("x", "y")
    mould.fill("x", "")
    mould.fill("x")
    first = len(drawn)
    for values in VALUES:
        mould.fill(*values)
    assert len(drawn) == first


@pytest.mark.parametrize("body", USES)
def test_a_macro_that_does_more_is_drawn_each_time(body: str) -> None:
    mould, _, drawn = counted(body)
    mould.fill("x", "y")
    before = len(drawn)
    for _ in range(3):
        mould.fill("x", "y")
    assert len(drawn) == before + 3
