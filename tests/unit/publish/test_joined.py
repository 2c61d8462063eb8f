"""Style sheets and scripts of the frame, joined."""

from pathlib import Path

import pytest

from generator.publish.joined import JOINED, join
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("sheet", "bare"),
    [
        (b"/* one */\n\na { b: c }\n", b"a { b: c }\n"),
        (b"a/* two */b { }", b"a b { }\n"),
        (b'a { content: "/* no */" } /* yes\n\n */ b { }', b'a { content: "/* no */" }   b { }\n'),
        (b"a { content: '\\'/* no */' }", b"a { content: '\\'/* no */' }\n"),
        (b"a { background: url(x/*.png) } /* open", b"a { background: url(x/*.png) }\n"),
        (b"\xef\xbb\xbfa { }", b"a { }\n"),
    ],
)
def test_style_sheets_lose_comments_and_nothing_else(sheet: bytes, bare: bytes) -> None:
    assert join("site.css", {"a.css": sheet}) == bare


def test_parts_stand_in_their_order() -> None:
    assert join("site.css", {"b.css": b"b { }", "a.css": b"a { }"}) == b"b { }\na { }\n"


def test_scripts_are_tried_one_by_one() -> None:
    joined = join("site.js", {"js/a.js": b"one();\n", "js/b.js": b"two(); // end"}).decode()
    assert joined == (
        "// a.js\ntry {\none();\n} catch (error) {\n  reportError(error);\n}\n"
        "// b.js\ntry {\ntwo(); // end\n} catch (error) {\n  reportError(error);\n}\n"
    )


def test_every_style_sheet_of_the_theme_is_joined() -> None:
    theme = Path(ROOT, "theme")
    named = {path for paths in JOINED.values() for path in paths}
    assert {p.relative_to(theme).as_posix() for p in theme.glob("assets/css/*.css")} <= named
    assert all((theme / path).is_file() for path in named)
