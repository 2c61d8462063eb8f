import random

import pytest

from generator.diagnostics import Diagnostic, Sink, nearest, sort_findings
from generator.textfile import TextFile

A = TextFile("a.yml", "one\ntwo\nthree\n")
B = TextFile("b.yml", "one\n")


def test_a_finding_at_a_span_or_at_a_path() -> None:
    sink = Sink()
    sink.add("V201", "unknown key `x`", A.span(4, 7), "first hint", "second hint")
    sink.add("L101", "not UTF-8", "c.yml")
    placed, bare = sink.sorted()
    assert (placed.path, placed.span, placed.level) == ("a.yml", A.span(4, 7), "error")
    assert placed.hints == ("first hint", "second hint")
    assert (bare.path, bare.span, bare.definition.name) == ("c.yml", None, "not-utf-8")
    assert len(sink) == 2


def test_an_unknown_code_is_a_fault_of_the_tool() -> None:
    with pytest.raises(KeyError):
        Sink().add("Z999", "x", "a.yml")


def test_the_order_is_file_place_code_words() -> None:
    ordered = [
        Diagnostic("V201", "b", "a.yml"),
        Diagnostic("L112", "b", "a.yml", A.span(0, 1)),
        Diagnostic("V201", "a", "a.yml", A.span(0, 1)),
        Diagnostic("V201", "a", "a.yml", A.span(0, 3)),
        Diagnostic("V201", "a", "a.yml", A.span(0, 3), ("hint",)),
        Diagnostic("V201", "a", "a.yml", A.span(0, 3), ("hint",), ((B.span(0), "here"),)),
        Diagnostic("V201", "b", "a.yml", A.span(0, 3)),
        Diagnostic("L101", "a", "a.yml", A.span(4, 7)),
        Diagnostic("L101", "a", "b.yml"),
    ]
    for seed in range(20):
        shuffled = ordered * 2
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
        assert sort_findings(shuffled) == ordered


def test_a_number_of_two_digits_sorts_behind_one_of_one() -> None:
    file = TextFile("a.yml", "x\n" * 20)
    late, early = (Diagnostic("V201", "x", "a.yml", file.span(at)) for at in (24, 4))
    assert sort_findings([late, early]) == [early, late]


def test_exact_repetitions_are_dropped() -> None:
    sink = Sink()
    for _ in range(3):
        sink.add("V201", "x", A.span(0, 3))
    assert len(sink.sorted()) == 1


def test_nearest() -> None:
    assert nearest("ardenja", {"belmora", "ardenia"}) == ("did you mean `ardenia`?",)
    assert nearest("zzz", {"belmora", "ardenia"}) == ()
    assert nearest("x", ()) == ()
