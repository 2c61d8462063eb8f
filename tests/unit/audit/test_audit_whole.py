"""P606: of whole texts only an open one is shown, on its source's page, and word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit.quick import Draft, QuickReader
from tests.unit.audit.built_site import (
    COURIER,
    COURIER_PAGE,
    GAZETTE,
    GAZETTE_PAGE,
    SOURCE_ROWS,
    SOURCES,
    BuiltSite,
)
from tests.unit.audit.test_audit_stretch import three_ways

END = "</article>"
QUOTED = "The works cost 40 million crowns"
MARKED = f'<mark><a href="#q-cost">{QUOTED}</a></mark>'
TEXT = '<ol lang="en" data-text="courier-2031">\n<li id="paragraph-1">{}</li>\n</ol>'
SHOWN = TEXT.format(COURIER.replace("\n", " ").replace(QUOTED, MARKED).strip())


class OpenSite(BuiltSite):
    """The sound site, with an open and a sealed source, and the text of the open one shown."""

    def open(self, shown: str = SHOWN) -> OpenSite:
        modes = {"courier-2031": "open", "gazette-2031": "sealed"}
        self.rows(SOURCES, [row | {"text": modes[row["id"]]} for row in SOURCE_ROWS])
        self.edit(COURIER_PAGE, END, shown + END)
        return self


def message(built: BuiltSite) -> str:
    found = built.one()
    assert found.code == "P606"
    return found.message


def test_an_open_text_is_sound_and_read_quickly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = OpenSite(tmp_path).open()
    assert three_ways(built) == []
    slowly: list[str] = []
    read = QuickReader._read_slowly

    def noting(self: QuickReader, path: str, text: str) -> Draft:
        slowly.append(path)
        return read(self, path, text)

    monkeypatch.setattr(QuickReader, "_read_slowly", noting)
    assert built.audit() == []
    assert COURIER_PAGE not in slowly


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rebuilt its harbour", "never rebuilt its harbour"),
        ("rebuilt its harbour", "rebuilt harbour"),
        ("in all.", "in all. It was well spent."),
        ("in all.", "in all. <em data-generated>Well spent</em>"),
        ("in all.", "in all. <b data-record>Well spent</b>"),
        ("in all.", "in <span hidden>no way at</span> all."),
        ("<mark>", "<mark><s>not</s> "),
    ],
)
def test_other_words_are_found(tmp_path: Path, old: str, new: str) -> None:
    built = OpenSite(tmp_path).open()
    built.edit(COURIER_PAGE, old, new)
    assert message(built) == "words shown as the text of `courier-2031` do not stand there in it"


def test_all_ways_see_another_word(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open().edit(COURIER_PAGE, "in all.", "in all, or more.")
    assert [row[3] for row in three_ways(built)] == ["P606"]


def test_a_text_with_less_than_its_words(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open()
    built.edit(COURIER_PAGE, " in all.</li>", "</li>")
    assert message(built) == "the text of `courier-2031` is shown without all of its words"


def test_words_read_out_beside_the_text_are_labels(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open()
    built.edit(COURIER_PAGE, "<mark>", '<mark title="No, 41 million">')
    assert built.codes() == {"P606"}


def test_a_sealed_text_is_never_shown(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open()
    words = "".join(f"<p>{line}</p>" for line in GAZETTE.split("\n\n"))
    built.edit(GAZETTE_PAGE, END, f'<div data-text="gazette-2031">{words}</div>{END}')
    assert message(built) == "the text of `gazette-2031` is shown, but is not open"
    # Neither is it where its text lies beside its record after all.
    (built.settings.seeds / "gazette-2031.txt").write_text(GAZETTE, encoding="utf-8")
    assert message(built) == "the text of `gazette-2031` is shown, but is not open"
    (built.settings.seeds / "gazette-2031.seal").unlink()
    assert message(built) == "the text of `gazette-2031` is shown, but is not open"


@pytest.mark.parametrize("source", ["herald-2031", "../seeds/courier-2031", ""])
def test_the_text_of_no_source(tmp_path: Path, source: str) -> None:
    built = OpenSite(tmp_path).open(SHOWN.replace("courier-2031", source))
    assert message(built) == f"the text of `{source}` is shown, but is not open"


def test_a_text_on_another_page(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open("")
    built.edit(GAZETTE_PAGE, END, SHOWN + END)
    assert message(built) == "the text of `courier-2031` stands on another page than its own"


def test_a_claim_is_none_within_a_text(tmp_path: Path) -> None:
    built = OpenSite(tmp_path).open()
    built.edit(
        COURIER_PAGE, "in all.", 'in all. <i data-claim-ref="larkhaven#cost">40 million crowns</i>'
    )
    assert "P606" in built.codes()
