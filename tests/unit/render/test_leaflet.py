"""One page of what has changed."""

from generator.diagnostics import Sink
from generator.release import release_edition
from generator.render.desk import Desk
from generator.render.leaflet import leaflet
from tests.conftest import ProjectBuilder


def test_what_no_longer_holds_comes_first(project: ProjectBuilder) -> None:
    assert release_edition(project.verified(), Sink(), note="Spring")
    project.change("content/countries/belmora.yml", "a common cause.", "the common cause.")
    project.change(
        "content/agreements/grey-harbour-treaty.yml", "    text: The treaty sets harbour dues",
        "    rank: deprecated\n    reason: See [[ardenia]].\n    text: The treaty sets harbour dues",
    )  # fmt: skip
    verified = project.verified()
    desk = Desk(verified, Sink())
    found = leaflet(desk, verified.changes[0])
    assert (found.edition, found.note, found.left) == (1, "Spring", 0)
    assert [line.kinds for line in found.lines] == [("Withdrawn",), ("Changed",)]
    first, second = found.lines
    assert (first.reason, first.was) == ("See Ardenia.", "")
    assert first.now.startswith("The treaty sets harbour dues")
    assert second.was == "Belmora's foreign minister called the harbour a common cause."
    assert second.now == "Belmora's foreign minister called the harbour the common cause."
    assert second.sources == ("The Harbour Gazette, 3 May 2019",)
    assert second.address == "countries/belmora/#common-cause"
    short = leaflet(desk, verified.changes[0], most=1)
    assert (len(short.lines), short.left) == (1, 1)
