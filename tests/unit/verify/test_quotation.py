import pytest

from generator.verify.normalise import tokenise
from generator.verify.quotation import (
    Match,
    Miss,
    find_longest_prefix,
    find_longest_suffix,
    match_quotation,
    parse_quotation,
    verify_quotation,
)
from generator.verify.seal import Seal, seal_text
from generator.verify.witness import SealWitness, TextWitness, Witness

TEXT = """The old pier at Wexley closed on Monday. “Nobody was hurt,” said Mayor Aino Tamm.

Repairs [of the roof] will cost $1.1 billion… and perhaps more. The old pier at Wexley is loved."""


def witnesses() -> tuple[Witness, Witness]:
    return TextWitness(tokenise(TEXT)), SealWitness(seal_text(TEXT))


def verify(exact: str) -> Match | Miss:
    """The verdict on a quotation, which must be the same from the text and from its seal."""
    by_text, by_seal = (verify_quotation(exact, witness) for witness in witnesses())
    assert by_text == by_seal
    return by_text


def parts(exact: str) -> list[str]:
    quotation = parse_quotation(exact)
    return [exact[part.span[0] : part.span[1]] for part in quotation.parts]


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        ("one two", ["one two"]),
        ("  one two  ", ["one two"]),
        ("one … two", ["one", "two"]),
        ("one... two", ["one", "two"]),
        ("one.... Two", ["one", "Two"]),
        ("one […] two", ["one", "two"]),
        ("one [...] two", ["one", "two"]),
        ("[He] said two", ["said two"]),
        ("one [the mayor] two", ["one", "two"]),
        ("one [… the mayor …] two", ["one", "two"]),
        ("one [a [b] c] two", ["one", "two"]),
        ("one [a [b] two", ["one [a", "two"]),
        ("one] two [three", ["one] two [three"]),
        ("… one …", ["one"]),
        ("one [a][b]…[c] two", ["one", "two"]),
        ("", []),
        (" \u200b", []),
        ("[…] … [x]", []),
    ],
)
def test_parts(exact: str, expected: list[str]) -> None:
    assert parts(exact) == expected


def test_words_quoted() -> None:
    assert parse_quotation("[He] said “two words” … more").word_count == 4
    assert parse_quotation("").word_count == 0


@pytest.mark.parametrize(
    ("exact", "count"),
    [
        ("Trump's Muslim-majority ally", 3),
        ("Trump’s Muslim‑majority ally", 3),
        ("Trump\u200b’\u200bs ally", 2),
        ("a state-of-the-art rock'n'roll l'été", 4),
        ("a 5-year-old, the engineers' union, the ’90s", 7),
        ("$1.1 billion, or 12,000 tonnes by 7.11.2025", 7),
        ("the 'old' pier, the ‘new’ one and the “last”", 9),
        ("he said 'no'", 3),
        ("self - made, self- made, self -made", 6),
        ("cost—far more, cost–far more, cost--far more", 9),
        ("a‹b›c d«e»f", 6),
        ("Trump [the] 's ally", 3),
        ("Trump['s] Muslim-[…]majority", 3),
        ("港の灯台", 4),
        ("他说‘好’了", 4),
        ("他说'好'了", 4),
        ("中-美 T-恤", 4),
        ("ก'ข", 2),
        ("м'як Кыз-Жибек", 2),
        ("한-미 동맹", 2),
        ("- ' -", 0),
        ("it's", 1),
    ],
)
def test_words_are_counted_as_readers_count_them(exact: str, count: int) -> None:
    assert parse_quotation(exact).word_count == count


def test_words_of_a_part() -> None:
    quotation = parse_quotation("Trump's ally … a well-known [pier-side] man's")
    assert [part.word_count for part in quotation.parts] == [2, 2, 1]
    assert quotation.whole is not None
    assert quotation.whole.word_count == 6


@pytest.mark.parametrize(
    "exact",
    [
        "1 billion and perhaps more",
        ".1 billion and perhaps more",
        "cost more than $1",
        "cost more than $1.",
        "000 tonnes left the port",
        ",000 tonnes left the port",
        "and perhaps more than 12",
        "and perhaps more than 12,",
        "2025 a report on 7",
        "11.2025 a report was published",
        "By 7.11.[…] billion and perhaps more",
        "1\u200b billion and perhaps more",
        "\u0661 ships lay at anchor",
        "1 lamps lit the pier",
    ],
)
def test_a_figure_cannot_be_cut(exact: str) -> None:
    text = (
        "Repairs cost more than $1.1 billion and perhaps more than 12,000 tonnes left the port. "
        "On 7.11.2025 a report was published. \u0661.\u0661 ships lay at anchor. "
        "1.\u200b1 lamps lit the pier."
    )
    by_text = verify_quotation(exact, TextWitness(tokenise(text)))
    by_seal = verify_quotation(exact, SealWitness(seal_text(text)))
    assert by_text == by_seal
    assert isinstance(by_text, Miss)
    assert by_text.reason in ("not-found", "part-too-short")


@pytest.mark.parametrize(
    "exact",
    [
        "1.1 billion and perhaps",
        "1\u200b.1 billion and perhaps",
        "12,000 tonnes left the port.",
        "7.11.2025 a report was",
        "1.1 lamps lit the",
    ],
)
def test_a_whole_figure_is_found(exact: str) -> None:
    text = (
        "Repairs cost $1.1 billion and perhaps 12,000 tonnes left the port. "
        "On 7.11.2025 a report was published. 1.\u200b1 lamps lit the pier."
    )
    by_text = verify_quotation(exact, TextWitness(tokenise(text)))
    assert isinstance(by_text, Match)
    assert verify_quotation(exact, SealWitness(seal_text(text))) == by_text


def test_a_quotation_is_found() -> None:
    assert verify("pier at Wexley closed on Monday") == Match(((2, 8),), 0, 0)
    assert verify('"Nobody was hurt," said') == Match(((9, 16),), 0, 1)
    assert verify("will cost\n $1.1\u00a0billion") == Match(((26, 31),), 1, 0)


def test_the_first_place_counts() -> None:
    assert verify("The old pier at Wexley") == Match(((0, 5),), 0, 0)


def test_a_quotation_may_cross_sentences_and_paragraphs() -> None:
    assert verify("on Monday. “Nobody was") == Match(((6, 12),), 0, 0)
    assert verify("Mayor Aino Tamm. Repairs") == Match(((16, 21),), 0, 1)


def test_parts_are_found_in_order() -> None:
    found = verify("old pier at Wexley […] old pier at Wexley is")
    assert found == Match(((1, 5), (37, 42)), 0, 0)


def test_an_article_may_have_brackets_and_dots_of_its_own() -> None:
    found = verify("[of the roof] will cost $1.1 billion... and")
    assert isinstance(found, Match)
    assert len(found.spans) == 1
    assert found.paragraph == 1


def test_brackets_of_the_article_may_be_left_out() -> None:
    found = verify("will cost $1.1 [billion] and perhaps more.")
    assert found == Match(((26, 30), (32, 36)), 1, 0)


@pytest.mark.parametrize(
    ("exact", "reason", "part", "shown"),
    [
        ("", "empty", 0, ""),
        ("  ", "empty", 0, "  "),
        ("[…]", "empty", 0, "[…]"),
        ("pier at Wexley", "too-short", 0, "pier at Wexley"),
        ("[The] pier at Wexley", "too-short", 0, "pier at Wexley"),
        ("The old pier at … was hurt", "part-too-short", 1, "was hurt"),
        ("the old pier at", "not-found", 0, "the old pier at"),
        ("The old pier at Wexley … cost £1.1 billion", "not-found", 1, "cost £1.1 billion"),
        ("will cost $1.1 billion … on Monday. “Nobody", "out-of-order", 1, "on Monday. “Nobody"),
        ("at Wexley is loved … pier at Wexley is", "out-of-order", 1, "pier at Wexley is"),
        (
            "will cost $1.1 … on Monday. “Nobody … so it never was",
            "not-found",
            2,
            "so it never was",
        ),
    ],
)
def test_misses(exact: str, reason: str, part: int, shown: str) -> None:
    miss = verify(exact)
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.part) == (reason, part)
    assert exact[slice(*miss.part_span)] == shown


@pytest.mark.parametrize(
    "exact",
    [
        "pier at Wexley closed on monday",
        "pier at Wexley Closed on",
        "ier at Wexley closed on",
        "pier at Wexley closed o",
        "pier at Wexley, closed on",
        "pier at W\u0435xley closed",  # a Cyrillic letter
        "cost $1.10 billion",
    ],
)
def test_near_is_not_enough(exact: str) -> None:
    miss = verify(exact)
    assert isinstance(miss, Miss)
    assert miss.reason == "not-found"


def test_where_a_quotation_diverges() -> None:
    exact = "will cost $1.1 […] The old pier at Wexley opened on Monday"
    miss = verify(exact)
    assert isinstance(miss, Miss)
    assert (miss.matched, miss.position, miss.token) == (5, 0, "opened")
    assert miss.diverges is not None
    assert exact[slice(*miss.diverges)] == "opened"


def test_the_longest_beginning_counts() -> None:
    miss = verify("The old pier at Wexley is hated")
    assert isinstance(miss, Miss)
    assert (miss.matched, miss.position, miss.token) == (6, 36, "hated")


def test_without_a_window_nothing_is_said_to_match() -> None:
    miss = verify("The old pier was closed")
    assert miss == Miss("not-found", 0, (0, 23))


def test_offsets_count_in_the_quotation_as_written() -> None:
    exact = "[\ufb01] old pi\u00ader at Wexley […] \u200bold pier at Wexley cafe\u0301 closed"
    miss = verify(exact)
    assert isinstance(miss, Miss)
    assert miss.diverges is not None
    assert miss.token == "caf\u00e9"  # noqa: S105 - a token of text
    assert exact[slice(*miss.diverges)] == "cafe\u0301"
    assert exact[slice(*miss.part_span)] == "old pier at Wexley cafe\u0301 closed"


def test_a_quotation_taken_apart_gives_the_same_verdict() -> None:
    exact = "The old pier at … said Mayor Aino Tamm"
    for witness in witnesses():
        assert match_quotation(parse_quotation(exact), witness) == verify(exact)


def test_longest_prefix_and_suffix() -> None:
    tokens = tokenise("The old pier at Wexley closed on Tuesday").tokens
    for witness in witnesses():
        assert find_longest_prefix(tokens, witness) == (7, 0)
        assert find_longest_suffix(tokens, witness) == (0, None)
        assert find_longest_prefix(tokens[:7], witness) == (7, 0)
        assert find_longest_suffix(tokens[1:7], witness) == (6, 1)
        assert find_longest_suffix(("Well", ",", *tokens[2:7]), witness) == (5, 2)
        assert find_longest_prefix(tokens[:3], witness) == (0, None)
        assert find_longest_prefix((), witness) == (0, None)


def test_find_from_a_position() -> None:
    tokens = ("old", "pier", "at", "Wexley")
    for witness in witnesses():
        assert witness.find(tokens) == 1
        assert witness.find(tokens, 1) == 1
        assert witness.find(tokens, 2) == 37
        assert witness.find(tokens, 38) is None
        assert witness.find(tokens, 10**9) is None
        with pytest.raises(ValueError, match="fewer than 4 tokens"):
            witness.find(tokens[:3])


def test_place() -> None:
    for witness in witnesses():
        assert [witness.place(position) for position in (0, 8, 9, 19, 20, 35, 36)] == [
            (0, 0),
            (0, 0),
            (0, 1),
            (0, 1),
            (1, 0),
            (1, 0),
            (1, 1),
        ]
        for position in (-1, 44, 10**9):
            with pytest.raises(IndexError):
                witness.place(position)


def test_an_article_without_a_window() -> None:
    for text in ("", "one two three"):
        assert verify_quotation("one two three four", TextWitness(tokenise(text))) == (
            verify_quotation("one two three four", SealWitness(seal_text(text)))
        )


def test_hashes_are_found_only_where_one_begins() -> None:
    windows = seal_text("one two three four").windows
    shifted = "A" + windows + "A" * 7
    seal = Seal(1, "briefing-1", "0" * 64, 5, ((5,),), shifted)
    assert SealWitness(seal).find(("one", "two", "three", "four")) is None


def test_hostile_quotations_take_little_time() -> None:
    by_text, by_seal = witnesses()
    for exact in (
        "… " * 20_000,
        "[" * 20_000,
        "[a] " * 20_000,
        "a b c d … " * 5_000,
        "a " * 20_000,
    ):
        assert verify_quotation(exact, by_text) == verify_quotation(exact, by_seal)
