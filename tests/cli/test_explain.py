from generator.codes import CODES
from tests.conftest import Outcome, Runner


def test_a_code_in_full(briefing: Runner) -> None:
    assert briefing("explain", "Q410") == Outcome(
        0,
        "Q410 figure-not-carried (warning, raised by verify)\n"
        "\n"
        "A number, date or amount in a claim occurs in none of its quotations, in digits or in\n"
        "words.\n"
        "Fix: Quote the words that carry it, or correct it.\n"
        "Where it must stand: `# briefing: allow Q410 - reason`, at or above the key it is about.\n",
        "",
    )


def test_small_letters_do(briefing: Runner) -> None:
    assert briefing("explain", "q401") == briefing("explain", "Q401")


def test_an_error_names_no_exception(briefing: Runner) -> None:
    assert "briefing: allow" not in briefing("explain", "Q401").out


def test_the_list_of_all_codes(briefing: Runner) -> None:
    lines = briefing("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)
    assert all(CODES[line.split()[0]].name == line.split()[2] for line in lines)


def test_an_unknown_code(briefing: Runner) -> None:
    outcome = briefing("explain", "Z999")
    assert outcome.code == 2
    assert "no code is called Z999" in outcome.err
