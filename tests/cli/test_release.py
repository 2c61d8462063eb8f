import json
from pathlib import Path

from tests.conftest import ProjectBuilder, Runner


def editions(project: ProjectBuilder) -> list[Path]:
    return sorted((project.root / "content/editions").glob("*"))


def reworded(project: ProjectBuilder) -> None:
    project.change("content/countries/belmora.yml", "a common cause.", "one common cause.")


def test_releasing(briefing: Runner, project: ProjectBuilder) -> None:
    before = project.verified().edition
    outcome = briefing("release", "--note", "The  first", "-f", project.config_file)
    (path,) = editions(project)
    assert outcome.err == f"stored content/editions/{before.id}.jsonl: edition 1\n"
    assert (outcome.code, outcome.out) == (0, "")
    lines = path.read_text(encoding="utf-8").splitlines()
    head = json.loads(lines[0])
    assert (head["edition"], head["number"], head["note"]) == (before.id, 1, "The first")
    assert lines[1:] == sorted(lines[1:], key=str.encode)
    # Storing an edition leaves its name as it is.
    verified = project.verified()
    assert verified.edition == before
    assert [(since.id, since.count) for since in verified.changes] == [(before.id, 0)]


def test_no_quoted_word_is_stored(briefing: Runner, project: ProjectBuilder) -> None:
    briefing("release", "-f", project.config_file)
    stored = editions(project)[0].read_text(encoding="utf-8")
    quoted = {q.exact for claim in project.verified().facts.claims() for q in claim.quotations}
    assert quoted
    assert not [words for words in quoted if f'"{words}"' in stored]


def test_nothing_to_release(briefing: Runner, project: ProjectBuilder) -> None:
    briefing("release", "-f", project.config_file)
    data = editions(project)[0].read_bytes()
    outcome = briefing("release", "--note", "Again", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[P611] nothing has changed since edition 1" in outcome.out
    assert [path.read_bytes() for path in editions(project)] == [data]


def test_a_second_edition(briefing: Runner, project: ProjectBuilder) -> None:
    briefing("release", "-f", project.config_file)
    first = editions(project)[0].read_bytes()
    reworded(project)
    outcome = briefing("release", "--number", "7", "-f", project.config_file)
    assert outcome.code == 0
    assert outcome.err.endswith(": edition 7, 1 change\n")
    assert first in [path.read_bytes() for path in editions(project)]
    assert [since.head.number for since in project.verified().changes] == [1, 7]


def test_a_number_that_is_taken(briefing: Runner, project: ProjectBuilder) -> None:
    briefing("release", "-f", project.config_file)
    reworded(project)
    outcome = briefing("release", "--number", "1", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[P612] number 1 is not above that of the last edition, 1" in outcome.out
    assert len(editions(project)) == 1


def test_an_edition_is_never_written_over(briefing: Runner, project: ProjectBuilder) -> None:
    from generator.diagnostics import Sink
    from generator.release import release_edition

    verified, sink = project.verified(), Sink()
    assert release_edition(verified, sink)
    data = editions(project)[0].read_bytes()
    # The facts as they were before the edition was stored, as in a second run at the same time.
    assert release_edition(verified, sink, note="Other") is None
    assert [finding.code for finding in sink] == ["P612"]
    assert [path.read_bytes() for path in editions(project)] == [data]


def test_findings_stand_in_the_way(briefing: Runner, project: ProjectBuilder) -> None:
    sheet = sorted((project.root / "content/countries").glob("*.yml"))[0]
    sheet.write_text(f"{sheet.read_text(encoding='utf-8')}topik: x\n", encoding="utf-8")
    outcome = briefing("release", "-f", project.config_file)
    assert outcome.code == 1
    assert "V201" in outcome.out
    assert not (project.root / "content/editions").exists()
