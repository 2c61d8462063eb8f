from generator.model.stage import Verified
from generator.render.reach import reach
from tests.conftest import ProjectBuilder

ALWAYS = {"home", "site", "sources:1", "changes:1"}


def test_a_claim_is_shown_with_what_it_names(project: ProjectBuilder) -> None:
    state = project.verified()
    found = reach(state, state, claims=["grey-harbour-treaty#ardenia-signed"]).parts
    assert {"entity:grey-harbour-treaty", "entity:ardenia", "timeline", "timeline:2019:1"} <= found
    assert "list:agreements:1" in found
    assert not {"entity:castria", "list:people:1", "method", "codes"} & found


def test_a_name_is_shown_where_a_note_gives_it(project: ProjectBuilder) -> None:
    sheet = "content/countries/fenland.yml"
    cite = "cite: {harbour-gazette-2019-05-03: allows twelve crossings a day}"
    project.write(
        sheet,
        f"name: Fenland\nclaims:\n  one:\n    text: It is so.\n"
        f"    note: As [[harbour-league]] has it.\n    {cite}\n",
    )
    state = project.verified()
    assert state.census.asides["harbour-league"] == ("fenland#one",)
    assert "entity:fenland" in reach(state, state, entities=["harbour-league"]).parts


def test_a_source_is_told_with_every_claim_that_cites_it(project: ProjectBuilder) -> None:
    state = project.verified()
    source = "delta-wire-2019-05-02"
    citing = {ref.partition("#")[0] for ref in state.impact[source].supports}
    found = reach(state, state, sources=[source]).parts
    assert {f"entity:{entity}" for entity in citing} <= found
    assert f"source:{source}" in found


def test_what_is_said_of_a_source_alone_stays_with_it(project: ProjectBuilder) -> None:
    before = project.verified()
    record = "seeds/harbour-gazette-2019-05-03.yml"
    old = before.facts.sources["harbour-gazette-2019-05-03"].descriptor
    assert old is not None
    project.change(record, old[:20], "A daily that since 1871 ")
    after = project.verified()
    found = reach(before, after, sources=["harbour-gazette-2019-05-03"]).parts
    assert found == ALWAYS | {"source:harbour-gazette-2019-05-03"}


def test_nothing_edited(project: ProjectBuilder) -> None:
    state: Verified = project.verified()
    assert reach(state, state) == (ALWAYS, {})


def test_a_name_changes_lines_on_the_pages_of_sources(project: ProjectBuilder) -> None:
    before = project.verified()
    project.change(
        "content/organisations/harbour-league.yml", "name: Harbour League", "name: League"
    )
    after = project.verified()
    found = reach(before, after, entities=["harbour-league"])
    own = {claim.ref for claim in after.facts.entities["harbour-league"].claims}
    assert found.lines["source:harbour-gazette-2019-05-03"] >= own
    assert found.lines.keys() <= found.parts


def test_what_rests_on_a_source_otherwise_changes_its_whole_page(project: ProjectBuilder) -> None:
    state = project.verified()
    source = "harbour-gazette-2019-05-03"
    assert (
        f"source:{source}"
        not in reach(state, state, claims=["ardenia#capital"], sources=[source]).lines
    )
