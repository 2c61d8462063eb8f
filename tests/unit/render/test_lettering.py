"""Words fit where they are drawn, in any script."""

import pytest

from generator.render.figure.lettering import width, wrap

NAMES = [
    "Kazakhstan",
    "Government of the Republic of Kazakhstan in its provisional composition",
    "Соглашения Авраама о нормализации отношений",
    "الاتفاقيات الإبراهيمية لتطبيع العلاقات",
    "הסכמי אברהם",
    "哈萨克斯坦共和国与以色列国关于关系正常化的协议",
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselloch",
    "m" * 400,
    "a",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_line_is_wider_than_the_room(name: str, most: int) -> None:
    lines = wrap(name, 13, 150, most)
    assert 1 <= len(lines) <= most
    assert all(width(line, 13) <= 150 for line in lines)
    assert all(lines)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_where_there_is_room(name: str) -> None:
    assert "".join(wrap(name, 13, 150, 99)).replace(" ", "") == name.replace(" ", "")


def test_what_is_cut_says_so() -> None:
    assert wrap("one two three four five six seven", 13, 60, 1) == ("one tw…",)


def test_marks_take_no_room() -> None:
    assert width("e\u0301", 10) == width("e", 10)
    assert width("漢", 10) > width("m", 10) > width("a", 10) > width("i", 10)
