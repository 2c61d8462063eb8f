"""Drawings are taken whole only where that comes to the same as reading them tag by tag."""

import pytest

from generator.audit.drawing import Drawing, Whole, read_drawing, read_list, read_whole


def test_what_a_drawing_says_and_leads_to() -> None:
    written = (
        '<svg viewBox="0 0 1 1"><path d="M0 0z"/><g><text x="1">4</text></g>'
        '<a href="a/"><rect/><text>A<tspan>b</tspan></text></a><a href="a/"></a></svg>'
    )
    assert read_drawing(written) == Drawing(("4", "A", "b"), ("4",), ("a/",))


@pytest.mark.parametrize(
    "written",
    [
        "<svg><title>A</title></svg>", "<svg><p>A</p></svg>", "<svg><text>A</svg><b>",
        '<svg><a href="a/"><a href="b/"></a></a></svg>', '<svg><text id="a">A</text></svg>',
        '<svg><text ID="a">A</text></svg>', '<svg><text iD="a">A</text></svg>',
        '<svg><a href="a/" href="b/">A</a></svg>', '<svg><text data-cite="a">A</text></svg>',
        "<svg><foreignObject>A</foreignObject></svg>", "<svg><a>A</svg></a>", "<svg/>",
        "<svg><text x=1>A</text></svg>", "<svg><!-- --></svg>", "<svg><image href='a'/></svg>",
        '<svg><script src="a"></script></svg>', "<svg><style>a</style></svg>",
    ],
)  # fmt: skip
def test_anything_else_is_read_tag_by_tag(written: str) -> None:
    assert read_drawing(written) is None


def test_a_long_drawing_takes_no_longer_than_it_is_long() -> None:
    written = "<svg>" + '<a href="a/"><text x="1">A</text>' * 3000 + "</svg>"
    assert read_drawing(written) is None


def test_a_list_is_read_item_by_item() -> None:
    assert read_list('\n<li><a href="a/">A</a>: 2 of <a href="#b">3</a></li>\n<li>4</li>') == [
        Drawing(("A: 2 of 3",), (": 2 of ",), ("a/", "#b")),
        Drawing(("4",), ("4",), ()),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "", "A", "<li>A", "<li><b>A</b></li>", "<li><ul><li>A</li></ul></li>", "<li>A</li>B",
        '<li><a href="a/" id="b">A</a></li>', '<li><a href="a/"><a href="b/">A</a></a></li>',
        "<li class='a'>A</li>", '<li><a href="a/">A</li></a>',
    ],
)  # fmt: skip
def test_any_other_list_is_read_tag_by_tag(written: str) -> None:
    assert read_list(written) is None


def test_a_whole_text_is_read_in_one_piece() -> None:
    written = (
        '\n<li id="paragraph-1">A lake <mark><a href="#q-1">froze &amp; thawed</a></mark>.</li>\n'
        "<li>Nobody <mark>saw</mark> it.</li>\n"
    )
    assert read_whole(written) == Whole(
        "\nA lake froze &amp; thawed.\nNobody saw it.\n", ("paragraph-1",), ("#q-1",)
    )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "words",
        "<li>open",
        '<li title="3 lakes">A lake.</li>',
        "<li>A <b>lake</b>.</li>",
        '<li>A <a href="#q-1">lake</a>.</li>',
        '<li>A <mark><a href="#q-1"><a href="#q-2">lake</a></a></mark>.</li>',
        "<li>A <mark><mark>lake</mark></mark>.</li>",
    ],
)
def test_any_other_text_is_left_to_be_read_tag_by_tag(written: str) -> None:
    assert read_whole(written) is None
