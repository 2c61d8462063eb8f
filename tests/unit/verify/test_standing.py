import pytest

from generator.model.kind import STANDINGS
from generator.verify.standing import count_voices
from tests.conftest import ProjectBuilder

TREATY = "grey-harbour-treaty"


@pytest.mark.parametrize(
    ("groups", "voices"),
    [
        ([], 0),
        ([("a",)], 1),
        ([("a",), ("a",)], 1),
        ([("a",), ("b",)], 2),
        ([("a",), ("a", "b")], 1),
        ([("a",), ("b",), ("a", "b")], 1),
        ([("a", "b"), ("c", "d"), ("b", "c"), ("e",)], 2),
    ],
)
def test_voices_are_connected_origins(groups: list[tuple[str, ...]], voices: int) -> None:
    assert count_voices(groups) == voices
    assert count_voices(reversed(groups)) == voices


def test_every_standing_occurs(project: ProjectBuilder) -> None:
    support = project.verified().support
    assert {one.standing for one in support.values()} == set(STANDINGS)


def test_support_of_a_corroborated_claim(project: ProjectBuilder) -> None:
    support = project.verified().support["ardenia#president"]
    assert support.standing == "corroborated"
    assert support.sources == ("harbour-gazette-2019-05-03", "delta-wire-2019-05-02")
    assert (support.origins, support.voices) == (("delta-wire", "harbour-gazette-2019-05-03"), 2)


def test_a_source_that_speaks_for_itself_and_for_another(project: ProjectBuilder) -> None:
    support = project.verified().support
    assert support["castria#stayed-away"].origins == ("harbour-gazette-2019-05-03",)
    assert support["castria#more-time"].origins == ("castrian-envoy",)


def test_two_sources_of_one_origin_are_one_voice(project: ProjectBuilder) -> None:
    project.change(
        "seeds/harbour-gazette-2019-05-03.yml",
        "carries: [harbour-gazette-2019-05-03, castrian-envoy]",
        "carries: [delta-wire, castrian-envoy]",
    )
    support = project.verified().support["ardenia#president"]
    assert (support.standing, support.voices) == ("single-origin", 1)
    assert len(support.sources) == 2


def test_a_retracted_source_is_no_voice(project: ProjectBuilder) -> None:
    project.append(
        "seeds/delta-wire-2019-05-02.yml", "status: retracted\ndate: 2019-05-10\nreason: A hoax.\n"
    )
    project.change(
        "content/agreements/grey-harbour-treaty.yml",
        "    announced:\n      cite:\n        delta-wire-2019-05-02: put their names to a harbour treaty\n",
        "",
    )
    for path, claim in (
        ("content/agreements/grey-harbour-treaty.yml", "  in-force:\n"),
        ("content/people/tomas-vey.yml", "  water-and-land:\n"),
        ("content/people/lena-orvik.yml", "  president:\n"),
    ):  # fmt: skip
        project.change(path, claim, f"{claim}    rank: deprecated\n    reason: A hoax.\n")
    verified = project.verified()
    support = verified.support["ardenia#president"]
    assert (support.standing, support.origins) == ("single-origin", ("harbour-gazette-2019-05-03",))
    assert len(support.citations) == 2
    alone = verified.impact["harbour-gazette-2019-05-03"].alone
    assert "ardenia#president" in alone


def test_disagreements_group_what_conflicts(project: ProjectBuilder) -> None:
    (group,) = project.verified().disagreements
    assert group == (f"{TREATY}#crossings-ten", f"{TREATY}#crossings-twelve")


def test_a_deprecated_claim_disputes_nothing(project: ProjectBuilder) -> None:
    project.change(
        f"content/agreements/{TREATY}.yml",
        "  crossings-ten:\n",
        "  crossings-ten:\n    rank: deprecated\n    reason: A misprint.\n",
    )
    verified = project.verified()
    assert verified.disagreements == ()
    assert verified.support[f"{TREATY}#crossings-twelve"].standing == "single-origin"


def test_states_of_parties(project: ProjectBuilder) -> None:
    states = {state.party: state.state for state in project.verified().parties[TREATY]}
    assert states == {"ardenia": "signed", "belmora": "signed"}


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ({"signed": "2019", "ratified": "2020"}, "ratified"),
        ({"signed": "2020", "ratified": "2019"}, "signed"),
        ({"signed": "2019", "in-force": ""}, "in-force"),
        ({"announced": "", "signed": "2019"}, "signed"),
        ({"signed": "2019", "suspended": "2020", "withdrawn": "2021"}, "withdrawn"),
        ({"in-force": "2021", "suspended": "2020"}, "in-force"),
        ({"signed": "2019-05", "ratified": "2019-05"}, "ratified"),
    ],
)
def test_the_latest_act_is_the_state(
    project: ProjectBuilder, acts: dict[str, str], state: str
) -> None:
    rows = "".join(
        f"    {act}: {{{f'date: {date}, ' if date else ''}cite: {{harbour-gazette-2019-05-03: allows twelve crossings a day}}}}  # briefing: allow Q412 - invented\n"
        for act, date in acts.items()
    ).replace("  # briefing: allow Q412 - invented\n", "\n")
    project.write(
        "content/agreements/fen-pact.yml", f"name: Fen pact\nparties:\n  ardenia:\n{rows}"
    )
    project.change("mkdocs.yml", "      as_of", "      strict: false\n      as_of")
    verified = project.check().verified
    assert verified is not None
    (party,) = verified.parties["fen-pact"]
    assert party.state == party.act.act == state
    assert len(party.acts) == len(acts)


def test_impact_of_sources(project: ProjectBuilder) -> None:
    impact = project.verified().impact
    review = impact["northern-review-2019-06"]
    assert list(review.supports) == [
        f"{TREATY}#crossings-ten", "lena-orvik#patient", "sandbank-accord#unsaid",
    ]  # fmt: skip
    assert review.supports == review.alone
    assert review.quoted_share is not None
    assert 0.05 < review.quoted_share < 0.15
    assert impact["delta-wire-2019-05-02"].quoted_share is None
    assert [passage.spans for passage in review.passages] == sorted(
        p.spans for p in review.passages
    )


def test_words_quoted_twice_count_once(project: ProjectBuilder) -> None:
    before = project.verified().impact["northern-review-2019-06"].quoted_share
    project.write(
        "content/countries/fenland.yml",
        "name: Fenland\nclaims:\n  one:\n    text: Nothing is said of sand.\n"
        "    cite: {northern-review-2019-06: said nothing of the sandbanks}\n",
    )
    assert project.verified().impact["northern-review-2019-06"].quoted_share == before


def test_the_place_of_a_passage(project: ProjectBuilder) -> None:
    citations = project.verified().support["lena-orvik#patient"].citations
    assert [(c.passage.paragraph, c.passage.sentence, c.passage.against) for c in citations] == [
        (5, 1, "seal")
    ]


def test_text_and_seal_give_one_place(project: ProjectBuilder) -> None:
    sealed = project.verified().support["lena-orvik#patient"].citations[0].passage
    text = project.archive() / "northern-review-2019-06.txt"
    project.write("seeds/northern-review-2019-06.txt", text.read_bytes())
    project.delete("seeds/northern-review-2019-06.seal")
    project.change("seeds/northern-review-2019-06.yml", "text: sealed", "text: open")
    opened = project.verified().support["lena-orvik#patient"].citations[0].passage
    assert (opened.spans, opened.paragraph, opened.sentence) == (
        sealed.spans, sealed.paragraph, sealed.sentence,
    )  # fmt: skip
    assert (sealed.against, opened.against) == ("seal", "text")


def test_the_edition_names_the_inputs(project: ProjectBuilder) -> None:
    first = project.verified().edition
    assert len(first.id) == 10
    assert str(first.as_of) == "2019-06-30"
    assert project.verified().edition == first
    project.append("content/index.md", "More.\n")
    assert project.verified().edition.id != first.id


def test_the_date_of_an_edition_is_that_of_the_newest_source(project: ProjectBuilder) -> None:
    project.change("mkdocs.yml", "  - briefing:\n      as_of: 2019-06-30\n", "  - briefing\n")
    assert str(project.verified().edition.as_of) == "2019-06-20"
