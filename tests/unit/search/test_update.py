import pytest

from generator.search.build import build
from generator.search.shard import MANIFEST, SOURCES, leaf_path
from generator.search.update import Outgrown, Update, update

from .sample import (
    CLAIMS,
    ENTITIES,
    claim,
    contributions,
    many,
    source,
    units,
)
from .sample import (
    SOURCES as SOURCE_RECORDS,
)

BEFORE = contributions()
FILES = build(BEFORE.values())


def applied(files: dict[str, bytes], change: Update) -> dict[str, bytes]:
    kept = {path: data for path, data in files.items() if path not in change.deleted}
    return kept | change.written


def updated(
    before: dict[str, bytes], after: dict[str, bytes], files: dict[str, bytes] | None = None
) -> Update:
    old = [data for unit, data in before.items() if after.get(unit) != data]
    new = [data for unit, data in after.items() if before.get(unit) != data]
    return update((build(before.values()) if files is None else files).get, old, new)


def test_nothing_new_changes_nothing() -> None:
    assert update(FILES.get, BEFORE.values(), BEFORE.values()) == Update({}, ())


def test_a_changed_claim() -> None:
    rows = [claim(ENTITIES[1], "host", "Ardenia received nobody."), *CLAIMS[:2], *CLAIMS[3:]]
    after = contributions(units(claims=rows))
    change = updated(BEFORE, after)
    assert applied(FILES, change) == build(after.values())
    assert change.written[MANIFEST] != FILES[MANIFEST]


def test_a_new_and_a_lost_source() -> None:
    sources = [SOURCE_RECORDS[0], source("herald", "The storm")]
    after = contributions(units(sources=sources))
    change = updated(BEFORE, after)
    assert applied(FILES, change) == build(after.values())
    assert b"herald\t0\tThe storm\n" in change.written[SOURCES]
    assert b"gazette\t1\t\n" in change.written[SOURCES]


def test_the_last_unit_goes() -> None:
    before = {"entity/ardenia": BEFORE["entity/ardenia"]}
    change = updated(before, {})
    assert applied(build(before.values()), change) == build([])
    assert leaf_path("") in change.deleted


def test_the_first_unit_comes() -> None:
    after = {"entity/ardenia": BEFORE["entity/ardenia"]}
    assert applied(build([]), updated({}, after)) == build(after.values())


def test_an_edit_writes_few_files() -> None:
    documents = many(1500)
    before = contributions(documents)
    head, row, *rows = documents["entity/person-00077"]
    edited = [head, row._replace(words=f"{row.words} At last."), *rows]
    after = contributions(documents | {"entity/person-00077": edited})
    change = updated(before, after)
    assert applied(build(before.values()), change) == build(after.values())
    assert len(change.written) == 3  # the manifest, a file of records, a shard for the new word
    assert change.deleted == ()


def test_a_unit_that_goes_takes_its_words_out_of_segments() -> None:
    before = contributions(many(1500))
    after = {unit: data for unit, data in before.items() if unit != "entity/person-00077"}
    files = build(before.values())
    assert any("-" in path for path in files)
    assert applied(files, updated(before, after, files)) == build(after.values())


def test_too_many_documents_for_the_files_of_records() -> None:
    before, after = contributions(many(5)), contributions(many(6))
    with pytest.raises(Outgrown):
        updated(before, after)


def test_equal_keys_ask_for_a_new_index() -> None:
    known = contributions(many(5))
    files = build(known.values(), 1)
    gone = {unit: data for unit, data in known.items() if unit != "entity/person-00003"}
    assert applied(files, updated(known, known, files)) == files
    with pytest.raises(Outgrown):
        updated(known, gone, files)


@pytest.mark.parametrize("path", sorted(FILES))
@pytest.mark.parametrize("damage", [None, b"", b"x", b"\xff\n"])
def test_a_damaged_index_is_not_touched(path: str, damage: bytes | None) -> None:
    files = {other: data for other, data in FILES.items() if other != path}
    if damage is not None:
        files[path] = damage
    with pytest.raises(Outgrown):
        update(files.get, BEFORE.values(), [])


def test_other_contributions_than_the_index_was_made_of_are_noticed() -> None:
    rows = [claim(ENTITIES[1], "host", "Ardenia received nobody."), *CLAIMS[:2], *CLAIMS[3:]]
    other = contributions(units(claims=rows))
    with pytest.raises(Outgrown):
        updated(other, BEFORE, FILES)
