"""Notes hold the words of their passages, and belong to the citations with their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit.certify import Certifier, Cite
from generator.audit.sheet import Sheet
from tests.unit.audit.built_site import PLACE, BuiltSite
from tests.unit.audit.test_audit_stretch import three_ways

NOTE = '<li id="note-{0}" value="{0}" data-record data-note><q>{1}</q> <a href="../../sources/{2}/#q-cost">Paragraph 1</a>. <a href="#cost">Back</a></li>'
FIRST = NOTE.format(1, "spent 40 million crowns on the works", "gazette-2031")
SECOND = NOTE.format(2, "The works cost 40 million crowns", "courier-2031")
UNLIKE = "the note `{}` does not lead where the citation with its number does"
OTHER_WORDS = "the note `1` does not hold the words of the passage it leads to"


class NotedSite(BuiltSite):
    """The sound site, with a list of notes for the claim of two sources."""

    def noted(self) -> NotedSite:
        self.edit(PLACE, ">one</a>", ">1</a>").edit(PLACE, ">two</a>", ">2</a>")
        self.edit(PLACE, "</article>", f"<ol>{FIRST}\n{SECOND}</ol></article>")
        return self


def test_sound_notes_take_no_second_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = NotedSite(tmp_path).noted()
    assert three_ways(built) == []
    certified: dict[str, bool] = {}
    finish = Certifier.finish

    def noting(self: Certifier, sheet: Sheet) -> list[Cite] | None:
        later = finish(self, sheet)
        certified[sheet.path] = later is not None
        return later

    monkeypatch.setattr(Certifier, "finish", noting)
    assert built.audit() == []
    assert certified[PLACE]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (FIRST, "", [("P604", "the citation of `gazette-2031` has no note `1`")]),
        (f"{FIRST}\n{SECOND}", "", [("P604", "the citation of `courier-2031` has no note `2`"),
                                    ("P604", "the citation of `gazette-2031` has no note `1`")]),
        (">1</a>", ">2</a>", [("P604", UNLIKE.format(2)), ("P606", "the note `1` belongs to no citation")]),
        (f"{FIRST}\n{SECOND}",
         "\n".join(one.replace(*swap) for one, swap in ((FIRST, ("note-1\" value=\"1", "note-2\" value=\"2")),
                                                      (SECOND, ("note-2\" value=\"2", "note-1\" value=\"1")))),
         [("P604", UNLIKE.format(1)), ("P604", UNLIKE.format(2))]),
        ("<q>spent 40 million crowns on the works</q> <a", "<q>opened a second pier in 2029</q> <a", [("P605", OTHER_WORDS)]),
        ("<q>spent 40 million crowns on the works</q> <a", "<a", [("P605", OTHER_WORDS)]),
        (FIRST, f"{FIRST}{FIRST.replace('note-1', 'note-11')}", [("P606", "no note is `note-11` by this number")]),
        (SECOND, f"{SECOND}{NOTE.format(3, 'The works cost 40 million crowns', 'courier-2031')}",
         [("P606", "the note `3` belongs to no citation")]),
        ('id="note-1" value="1"', 'id="note-1" value="4"',
         [("P604", "the citation of `gazette-2031` has no note `1`"),
          ("P606", "no note is `note-1` by this number"), ("P606", "the note `4` belongs to no citation")]),
    ],
)  # fmt: skip
def test_broken_notes(tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    built = NotedSite(tmp_path).noted().edit(PLACE, old, new)
    assert sorted((one.code, one.message) for one in built.audit()) == sorted(expected)


def test_all_ways_see_a_note_of_other_words(tmp_path: Path) -> None:
    built = NotedSite(tmp_path).noted()
    built.edit(
        PLACE,
        "<q>spent 40 million crowns on the works</q> <a",
        "<q>opened a second pier in 2029</q> <a",
    )
    assert [row[3] for row in three_ways(built)] == ["P605"]
