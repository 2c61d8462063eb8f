"""Sources in one line."""

import msgspec
import pytest

from generator.render.citing import source_line
from tests.conftest import ProjectBuilder


@pytest.mark.parametrize(
    ("publisher", "line"),
    [
        ("The Harbour Gazette", "The Harbour Gazette, 3 May 2019"),
        ("\u05e2\u05d9\u05ea\u05d5\u05df", "\u05e2\u05d9\u05ea\u05d5\u05df\u200e, 3 May 2019"),
        (
            "\u0627\u0644\u0646\u0647\u0631 (2)",
            "\u0627\u0644\u0646\u0647\u0631 (2)\u200e, 3 May 2019",
        ),
    ],
)
def test_the_day_does_not_join_a_name_from_right_to_left(
    project: ProjectBuilder, publisher: str, line: str
) -> None:
    source = project.verified().facts.sources["harbour-gazette-2019-05-03"]
    assert source_line(msgspec.structs.replace(source, publisher=publisher)) == line
    undated = msgspec.structs.replace(source, publisher=publisher, published=None)
    assert source_line(undated) == publisher
