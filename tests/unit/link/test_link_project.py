from generator.link.project import mentions_of
from tests.conftest import ProjectBuilder

CLAIM = "cite: {harbour-gazette-2019-05-03: allows twelve crossings a day}"


def test_aliases(project: ProjectBuilder) -> None:
    linked = project.verified().linked
    assert linked.aliases == {"ardenian-isles": "ardenia", "lighthouse-accord": "sandbank-accord"}


def test_backlinks_come_from_other_sheets_only(project: ProjectBuilder) -> None:
    backlinks = project.verified().linked.backlinks
    assert list(backlinks["ardenia"]) == [
        "grey-harbour-treaty#ardenia-signed",
        "lena-orvik#president",
    ]
    assert list(backlinks["tomas-vey"]) == ["belmora#common-cause"]
    assert set(backlinks["castria"]) == {"harbour-ceremony-2019#participant-castria"}
    assert all(
        not ref.startswith(f"{entity}#") for entity, refs in backlinks.items() for ref in refs
    )


def test_mentions_are_in_order_and_distinct(project: ProjectBuilder) -> None:
    project.write(
        "content/countries/fenland.yml",
        "name: Fenland\nclaims:\n  one:\n"
        "    text: '[[belmora]], [[ardenia]], [[belmora|again]] and [[fenland]].'\n"
        f"    said_by: lena-orvik\n    {CLAIM}\n",
    )
    claim = project.verified().facts.claim("fenland#one")
    assert claim is not None
    assert mentions_of(claim) == ("belmora", "ardenia", "lena-orvik")


def test_the_timeline_is_in_order_of_time(project: ProjectBuilder) -> None:
    timeline = project.verified().linked.timeline
    assert list(timeline.items()) == [
        ("2015-01", ("lena-orvik#president",)),
        (
            "2019-05",
            (
                "grey-harbour-treaty#ardenia-signed",
                "grey-harbour-treaty#belmora-signed",
                "harbour-ceremony-2019#date",
            ),
        ),
        ("2019-07", ("grey-harbour-treaty#in-force",)),
    ]


def test_a_deprecated_claim_is_not_on_the_timeline(project: ProjectBuilder) -> None:
    project.change(
        "content/agreements/grey-harbour-treaty.yml",
        "    date: 2019-07-01\n",
        "    date: 2019-07-01\n    rank: deprecated\n    reason: It was put off.\n",
    )
    months = project.verified().linked.timeline.values()
    assert not any("grey-harbour-treaty#in-force" in refs for refs in months)


def test_a_conflict_declared_on_one_side_holds_on_both(project: ProjectBuilder) -> None:
    twelve, ten = "grey-harbour-treaty#crossings-twelve", "grey-harbour-treaty#crossings-ten"
    assert project.verified().linked.conflicts == {twelve: (ten,), ten: (twelve,)}


def test_dependants(project: ProjectBuilder) -> None:
    assert project.verified().linked.dependants == {
        "castria#stayed-away": ("grey-harbour-treaty#not-all-coasts",),
        "grey-harbour-treaty#not-all-coasts": ("grey-harbour-treaty#will-last",),
        "lena-orvik#patient": ("grey-harbour-treaty#will-last",),
    }


def test_a_long_chain_of_premises_is_no_burden(project: ProjectBuilder) -> None:
    rows = [
        f"  c{n}: {{text: So it is., kind: derived, premises: [fenland#c{n + 1}], reasoning: It follows.}}\n"
        for n in range(2000)
    ]
    last = f"  c2000: {{text: So it is., {CLAIM}}}\n"
    project.write(
        "content/countries/fenland.yml", "name: Fenland\nclaims:\n" + "".join([*rows, last])
    )
    assert project.found() == []


def test_two_circles_are_two_findings(project: ProjectBuilder) -> None:
    def claim(name: str, premise: str) -> str:
        return f"  {name}: {{text: So it is., kind: derived, premises: [fenland#{premise}], reasoning: x}}\n"

    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("e", "a")]
    rows = "".join(claim(*pair) for pair in pairs)
    project.write("content/countries/fenland.yml", f"name: Fenland\nclaims:\n{rows}")
    messages = [finding.message for finding in project.check().findings]
    assert messages == [
        "the premises go round in a circle: fenland#a → fenland#b → fenland#a",
        "the premises go round in a circle: fenland#c → fenland#d → fenland#c",
    ]
