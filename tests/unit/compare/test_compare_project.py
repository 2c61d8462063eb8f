"""What has become of claims, entities and sources since an edition."""

from collections.abc import Callable

import pytest

from generator.compare import compare_again, compare_editions, snapshot
from generator.model.edition import Head, Since, StoredEdition, edition_bytes
from tests.conftest import ProjectBuilder

TREATY = "content/agreements/grey-harbour-treaty.yml"
BELMORA = "content/countries/belmora.yml"
ARDENIA = "content/countries/ardenia.yml"


def stored(project: ProjectBuilder) -> StoredEdition:
    verified = project.verified()
    head, data = edition_bytes(Head(verified.edition.id, 1, ""), snapshot(verified))
    return StoredEdition(head, data.partition(b"\n")[2])


def since(project: ProjectBuilder, edition: StoredEdition) -> Since:
    (found,) = compare_editions(project.verified(), [edition])
    return found


def kinds(found: Since) -> dict[str, tuple[str, ...]]:
    return {c.ref: c.kinds for entity in found.entities.values() for c in entity.claims}


def reword(project: ProjectBuilder) -> None:
    project.change(BELMORA, "a common cause.", "the common cause.")


def add(project: ProjectBuilder) -> None:
    project.append(
        BELMORA,
        "  ferry:\n    text: The ferry line was quarrelled over.\n"
        "    cite:\n      harbour-gazette-2019-05-03: eleven years of quarrel over the ferry line\n",
    )


def withdraw(project: ProjectBuilder) -> None:
    project.change(
        TREATY, "    text: The treaty sets harbour dues",
        "    rank: deprecated\n    reason: Read wrongly.\n    text: The treaty sets harbour dues",
    )  # fmt: skip


def agree(project: ProjectBuilder) -> None:
    project.change(TREATY, "    conflicts_with: [grey-harbour-treaty#crossings-ten]\n", "")
    project.change(TREATY, "    value: 10\n", "    value: 10\n    rank: preferred\n")


def drop_source(project: ProjectBuilder) -> None:
    project.change(
        ARDENIA, "      delta-wire-2019-05-02: who has been president of Ardenia since 2015\n", ""
    )


def remove(project: ProjectBuilder) -> None:
    text = project.read(BELMORA)
    project.write(BELMORA, text[: text.index("claims:")])


@pytest.mark.parametrize(
    ("edit", "ref", "expected"),
    [
        (reword, "belmora#common-cause", ("changed",)),
        (add, "belmora#ferry", ("added",)),
        (withdraw, "grey-harbour-treaty#dues", ("withdrawn",)),
        (agree, "grey-harbour-treaty#crossings-twelve", ("settled",)),
        (drop_source, "ardenia#president", ("single", "sources")),
        (remove, "belmora#common-cause", ("removed",)),
    ],
)
def test_a_change_and_its_reverse(
    project: ProjectBuilder,
    edit: Callable[[ProjectBuilder], None],
    ref: str,
    expected: tuple[str, ...],
) -> None:
    reverse = {"added": "removed", "removed": "added", "withdrawn": "reinstated",
               "settled": "disputed", "single": "corroborated"}  # fmt: skip
    edition = stored(project)
    assert since(project, edition).count == 0
    former = {path: project.read(path) for path in (TREATY, BELMORA, ARDENIA)}
    edit(project)
    assert kinds(since(project, edition))[ref] == expected
    later = stored(project)
    for path, text in former.items():
        project.write(path, text)
    assert kinds(since(project, later))[ref] == tuple(reverse.get(kind, kind) for kind in expected)


def test_former_words_are_those_of_the_edition(project: ProjectBuilder) -> None:
    edition = stored(project)
    reword(project)
    project.change(BELMORA, "name: Belmora", "name: New Belmora")
    found = since(project, edition)
    (change,) = found.entities["belmora"].claims
    assert change.words == "Belmora's foreign minister called the harbour a common cause."
    assert found.entities["belmora"].kinds == ("renamed",)
    # The claims of others that name it have not changed for that.
    assert list(kinds(found)) == ["belmora#common-cause"]


def test_sources(project: ProjectBuilder) -> None:
    edition = stored(project)
    path = "seeds/harbour-gazette-2019-05-03.yml"
    project.change(path, "title: ", "title: On ")
    found = since(project, edition)
    assert {id_: one.kinds for id_, one in found.sources.items()} == {
        "harbour-gazette-2019-05-03": ("renamed",)
    }


def test_comparing_again_gives_the_same(project: ProjectBuilder) -> None:
    edition = stored(project)
    reword(project)
    before = compare_editions(project.verified(), [edition])
    withdraw(project)
    after = project.verified()
    again = compare_again(before, after, [edition], entities=["grey-harbour-treaty"], sources=[])
    assert again == compare_editions(after, [edition])
