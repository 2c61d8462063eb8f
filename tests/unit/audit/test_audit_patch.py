"""Pages that differ in words alone are judged by these, and whatever is at fault is found all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit.amend import Amender
from generator.audit.files import FolderFiles
from generator.audit.ledger import Ledger
from generator.audit.lines import Unsure
from generator.audit.view import Amendment
from tests.property.test_audit_property import Held, Values, audit_step, left, read_all, whole
from tests.unit.audit.built_site import CLAIM_ROWS, CLAIMS, ENTITIES, GUILD, PLACE
from tests.unit.audit.test_audit_stretch import FLEET, PEOPLE, REPEATING, TIMELINE, RepeatingSite

LISTS = (TIMELINE, FLEET, PEOPLE)
MEMBER = """<li data-claim-ref="larkhaven#guild"><span>Guild: <a href="{up}organisations/pier-7-guild/">Harbour Guild</a></span>
 <a data-cite="gazette-2031" href="{up}sources/gazette-2031/#q-pier">1</a>
 <a href="{up}countries/larkhaven/#guild">Larkhaven</a></li>"""
LINK = (
    '<p data-generated><a href="{up}organisations/pier-7-guild/">Harbour Guild</a>, named here.</p>'
)
AT_HOME = """<p id="guild" data-claim="larkhaven#guild">Harbour Guild
 <a data-cite="gazette-2031" href="../../sources/gazette-2031/#q-pier">one</a></p></article>"""
CITED = ' <a data-cite="gazette-2031" href="../sources/gazette-2031/#q-pier">1</a>\n <a href="../countries/larkhaven/#guild"'
NUMBERS = '"paragraph": 1, "sentence": 1'


class NamingSite(RepeatingSite):
    """A site with a claim that many pages repeat and that names an entity by its value."""

    def name(self) -> NamingSite:
        self.repeat()
        row = CLAIM_ROWS[0] | {"id": "larkhaven#guild", "text": None, "value": "pier-7-guild", "date": None,
                               "url": "countries/larkhaven/#guild"}  # fmt: skip
        self.rows(CLAIMS, [*CLAIM_ROWS, row])
        for path in (ENTITIES, PLACE, GUILD):
            self.replace(path, "Pier 7 Guild", "Harbour Guild")
        self.replace(PLACE, "</article>", AT_HOME)
        for path in LISTS:
            # Some text between two stretches names it, too.
            member, link = self.filled(MEMBER, path), self.filled(LINK, path)
            self.replace(path, '<ul class="mentions">', f'<ul class="mentions">{member}')
            self.replace(path, '<p data-claim-ref="larkhaven#growth">',
                         f'{link}<p data-claim-ref="larkhaven#growth">')  # fmt: skip
        return self

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.site / path).read_text(encoding="utf-8")
        assert old in text, path
        self.write(path, text.replace(old, new))

    def rename(self, *but: str) -> None:
        for path in {ENTITIES, PLACE, GUILD, *LISTS}.difference(but):
            self.replace(path, "Harbour Guild", "Port Guild")


@pytest.fixture
def built(tmp_path: Path) -> NamingSite:
    return NamingSite(tmp_path).name()


def amended(built: NamingSite, before: dict[str, bytes], shelf: Values) -> Amender:
    """The audit of what changed, with which pages it read as a whole and which not."""
    after = read_all(built.root)
    changed = {path.removeprefix("site/") for path in after if before.get(path) != after[path]}
    ledger = Ledger.load(shelf, built.settings)
    assert ledger is not None
    files = FolderFiles(built.site)
    amendment = Amendment(built.site, built.settings, files, Held(before), changed, (), ())
    amender = Amender(ledger, amendment, 1)
    amender.run()
    return amender


def known(built: NamingSite) -> tuple[dict[str, bytes], Values]:
    result, found = whole(built)
    assert found == []
    shelf = left(result)
    assert shelf is not None
    return read_all(built.root), shelf


def test_a_name_is_judged_where_it_stands(built: NamingSite) -> None:
    before, shelf = known(built)
    built.rename()
    amender = amended(built, before, shelf)
    assert set(LISTS) <= amender.patched.keys() - amender.fresh.keys()
    assert GUILD in amender.fresh  # its heading stands before all stretches
    result, found = audit_step(built, before, shelf)
    assert (found, result.counts) == ([], None)


def test_what_was_judged_so_can_be_judged_so_again(built: NamingSite) -> None:
    before, shelf = known(built)
    built.rename()
    after = left(audit_step(built, before, shelf)[0], shelf)
    assert after is not None
    before = read_all(built.root)
    for path in {ENTITIES, PLACE, GUILD, *LISTS}:
        built.replace(path, "Port Guild", "The Guild of the Harbour")
    amender = amended(built, before, after)
    assert set(LISTS) <= amender.patched.keys() - amender.fresh.keys()
    assert audit_step(built, before, after)[1] == whole(built)[1] == []


def test_a_claim_in_other_words_is_judged_where_it_stands(built: NamingSite) -> None:
    before, shelf = known(built)
    pages = [*REPEATING, PLACE, "sources/gazette-2031/index.html", CLAIMS]
    for path in pages:
        if "Larkhaven opened" in (built.site / path).read_text(encoding="utf-8"):
            built.replace(path, "Larkhaven opened", "Larkhaven then opened")
    amender = amended(built, before, shelf)
    assert set(LISTS) <= amender.patched.keys() - amender.fresh.keys()
    assert audit_step(built, before, shelf)[1] == whole(built)[1] == []
    built.replace(FLEET, "<span>Larkhaven then", "<span>Larkhaven never")
    with pytest.raises(Unsure):
        amended(built, before, shelf)
    found = audit_step(built, before, shelf)[1]
    assert found
    assert found == whole(built)[1]


@pytest.mark.parametrize("but", [*LISTS, PLACE, ENTITIES])
def test_one_file_keeps_the_old_name(built: NamingSite, but: str) -> None:
    before, shelf = known(built)
    built.rename(but)
    found = audit_step(built, before, shelf)[1]
    assert found
    assert found == whole(built)[1]


# What is replaced on a page by what, besides the name.
DAMAGES = {
    "words of another": (PEOPLE, ">Port Guild</a></span>", ">Porter</a></span>"),
    "figure of no record": (PEOPLE, "<span>Guild:", "<span>Guild 88:"),
    "citation lost": (PEOPLE, CITED, CITED.replace(' data-cite="gazette-2031"', "")),
    "citation misled": (PEOPLE, CITED, CITED.replace("#q-pier", "#q-cost")),
    "no link to its place": (PEOPLE, "larkhaven/#guild", "larkhaven/#cost"),
    "link to nothing": (PEOPLE, "pier-7-guild/", "pier-8-guild/"),
    "amount between stretches": (PEOPLE, ", named here.", ", named for 40 million crowns."),
    "claim between stretches": (PEOPLE, ">Port Guild</a>, named here.", ">Larkhaven</a> opened a second pier in 2029."),
    "title with a figure": (PEOPLE, "<h1>Page</h1>", "<h1>Page 88</h1>"),
    "element in the words": (PEOPLE, "<span>Guild:", "<span data-record>Guild 88</span><span>Guild:"),
    "citation gone from the data": (CLAIMS, f'"opened a second pier in 2029", {NUMBERS}', f'"opened a second pier", {NUMBERS}'),
    "place gone": (PLACE, ' id="guild"', ' id="guilds"'),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damage_beside_a_new_name_is_found(built: NamingSite, name: str) -> None:
    before, shelf = known(built)
    built.rename()
    built.replace(*DAMAGES[name])
    found = audit_step(built, before, shelf)[1]
    assert found
    assert found == whole(built)[1]


def test_a_name_that_excuses_figures_is_not_let_go_of(built: NamingSite) -> None:
    built.rename()
    for path in {ENTITIES, PLACE, GUILD, *LISTS}:
        built.replace(path, "Port Guild", "Guild of Pier 7")
    built.replace(FLEET, "<h1>Page</h1>", "<h1>Guild of Pier 7</h1>")
    before, shelf = known(built)
    for path in {ENTITIES, PLACE, GUILD, TIMELINE, PEOPLE}:
        built.replace(path, "Guild of Pier 7", "Pier Guild")
    built.replace(FLEET, ">Guild of Pier 7</a>", ">Pier Guild</a>")
    found = audit_step(built, before, shelf)[1]
    assert found
    assert found == whole(built)[1]


def test_an_id_that_may_be_written_otherwise_is_looked_for_on_whole_pages(
    built: NamingSite,
) -> None:
    text = (built.site / CLAIMS).read_text(encoding="utf-8")
    built.write(CLAIMS, text.replace('"value": "pier-7-guild"', '"value": "pier\\u002d7-guild"'))
    before, shelf = known(built)
    built.rename(TIMELINE)
    found = audit_step(built, before, shelf)[1]
    assert found
    assert found == whole(built)[1]
