"""Source records: plain values and trees give the same source."""

import pickle
from dataclasses import replace

from generator.diagnostics import Sink
from generator.load import load_project
from generator.validate.source import validate_source
from tests.conftest import ProjectBuilder


def test_a_record_without_a_tree_gives_the_same_source(project: ProjectBuilder) -> None:
    raw = load_project(project.settings, Sink())
    assert len(raw.sources) == 3
    for record in raw.sources.values():
        assert record.plain is not None
        swift, careful = Sink(), Sink()
        made = validate_source(raw.settings, record, raw.broken, swift)
        assert made is not None
        assert "tree" not in vars(record.locator)
        bare = replace(record, plain=None)
        assert validate_source(raw.settings, bare, raw.broken, careful) == made
        assert list(swift.findings) == list(careful.findings) == []


def test_a_fault_in_plain_values_has_its_place(project: ProjectBuilder) -> None:
    name = "delta-wire-2019-05-02"
    project.append(f"seeds/{name}.yml", "oddity: none\n")
    raw = load_project(project.settings, Sink())
    record = raw.sources[name]
    assert record.plain is not None
    sink = Sink()
    assert validate_source(raw.settings, record, raw.broken, sink) is None
    assert [(found.code, found.span.text if found.span else "") for found in sink.findings] == [
        ("V201", "oddity")
    ]


def test_the_values_of_a_record_do_not_travel(project: ProjectBuilder) -> None:
    record = next(iter(load_project(project.settings, Sink()).sources.values()))
    came = pickle.loads(pickle.dumps(record))  # noqa: S301 - its own bytes
    assert came == replace(record, plain=None)
