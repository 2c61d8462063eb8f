import pytest

from generator.verify.nearest import MAXIMUM_HINTS, explain_miss
from generator.verify.normalise import tokenise
from generator.verify.quotation import Miss, verify_quotation
from generator.verify.seal import seal_text
from generator.verify.witness import SealWitness, TextWitness

TEXT = """The harbour council of Wexley announced on Monday that it would “rebuild the old \
lighthouse” before winter, said Mayor Tokaev. Critics were not convinced.

A second report, published in 2024, put the cost at $1.1 billion — far more than the World Bank \
had planned. The engineers' union said nothing further about it."""


def by_text(exact: str, text: str = TEXT) -> tuple[str, ...]:
    """The hints where the article is at hand."""
    tokens = tokenise(text)
    witness = TextWitness(tokens)
    miss = verify_quotation(exact, witness)
    assert isinstance(miss, Miss)
    return explain_miss(miss, exact, tokens, text, witness)


def by_seal(exact: str, text: str = TEXT) -> tuple[str, ...]:
    """The hints where only the seal is."""
    witness = SealWitness(seal_text(text))
    miss = verify_quotation(exact, witness)
    assert isinstance(miss, Miss)
    return explain_miss(miss, exact, None, None, witness)


@pytest.mark.parametrize(
    ("exact", "hint"),
    [
        (
            "winter, said Mayor Tokayev. Critics",
            "the article has `Tokaev` where the quotation has `Tokayev`",
        ),
        (
            "more than the world Bank had",
            "the article has `World` where the quotation has `world`: "
            "capitals and small letters differ",
        ),
        (
            "Harbour council of Wexley announced",
            "the article has `harbour` where the quotation has `Harbour`: "
            "capitals and small letters differ",
        ),
        (
            "than the World Bank dramatically had planned",
            "the quotation has `dramatically` after `Bank`, the article does not",
        ),
        (
            "report, published 2024, put the cost",
            "the article has `in` after `published`, the quotation does not",
        ),
        (
            "that it would rebuild the old lighthouse",
            "the article has `“` after `would`, the quotation does not",
        ),
        (
            "A second report put the cost at",
            "the article has `, published in 2024,` after `report`, the quotation does not",
        ),
        (
            "harbour council announced on Monday that it",
            "the article has `of Wexley` after `council`, the quotation does not",
        ),
        (
            "on Monday that it would before winter, said Mayor Tokaev",
            "the article has `“rebuild the old lighthouse …` after `would`, the quotation does not",
        ),
        (
            "put the cost at $1.2 billion",
            "the article has `1.1` where the quotation has `1.2`",
        ),
        (
            "the cost at $1 billion",
            "the article has `1.1` where the quotation has `1`",
        ),
        (
            "union said something else about it",
            "the article has `nothing further` where the quotation has `something else`",
        ),
    ],
)
def test_a_difference_is_shown(exact: str, hint: str) -> None:
    assert by_text(exact)[0] == hint


def test_the_passage_is_named_counting_from_one() -> None:
    assert by_text("union said something else about it")[-1] == (
        "the nearest passage is in paragraph 2, sentence 2"
    )


def test_letters_that_look_alike_are_named() -> None:
    exact = "far more th\u0430n the World Bank had planned"
    hints = by_text(exact)
    assert hints[:2] == (
        "the article has `than` where the quotation has `th\u0430n`",
        "the quotation has U+0430 CYRILLIC SMALL LETTER A "
        "where the article has U+0061 LATIN SMALL LETTER A",
    )
    assert by_seal(exact)[:2] == hints[:2]


def test_an_accent_is_named() -> None:
    assert by_text("said M\u00e1yor Tokaev. Critics were")[1] == (
        "the quotation has U+00E1 LATIN SMALL LETTER A WITH ACUTE "
        "where the article has U+0061 LATIN SMALL LETTER A"
    )


def test_characters_are_named_as_they_are_written() -> None:
    text = "Mayor Tokaev’s men – all of them... said they’ll go to the Straße."
    assert by_text("Mayor Tokaev′s men", text)[1] == (
        "the quotation has U+2032 PRIME where the article has U+2019 RIGHT SINGLE QUOTATION MARK"
    )
    assert by_text("said they\u02bcll go to the", text)[:2] == (
        "the article has `they’ll` where the quotation has `they\u02bcll`",
        "the quotation has U+02BC MODIFIER LETTER APOSTROPHE "
        "where the article has U+2019 RIGHT SINGLE QUOTATION MARK",
    )
    assert by_text("they\u02bcll go to the", text)[0] == (
        "the article has `they’ll` where the quotation has `they\u02bcll`"
    )
    assert by_text("go to the men, said they\u02bcll", "Then go to the men, said they’ll.")[0] == (
        "the article has `they’ll` where the quotation has `they\u02bcll`"
    )
    assert by_text("all of them; said they", text) == (
        "the article has `...` where the quotation has `;`",
        "the nearest passage is in paragraph 1, sentence 1",
    )


@pytest.mark.parametrize(
    ("exact", "hint"),
    [
        ("they go to the Strasse.", "the article has `Straße` where the quotation has `Strasse`"),
        ("they go to the STRASSE.", "the article has `Straße` where the quotation has `STRASSE`"),
        (
            "Today theygo to the Straße",
            "the article has `they go` where the quotation has `theygo`",
        ),
    ],
)
def test_what_is_no_difference_of_capitals(exact: str, hint: str) -> None:
    assert by_text(exact, "Today they go to the Straße.")[0] == hint


def test_words_that_agree_do_not_differ() -> None:
    text = (
        "Harbour deal signed, ministers say\n\nThe U.S. and Velmark signed an accord on Thursday."
    )
    exact = "The U.S. and Velmark signed .. accord on Thursday."
    assert by_text(exact, text) == (
        "the article has `an` where the quotation has `..`",
        "the nearest passage is in paragraph 2, sentence 1",
    )


def test_marks_around_a_quotation() -> None:
    assert by_text("“The harbour council of Wexley announced on”") == (
        "the quotation has `“` before `The`, the article does not",
        "the quotation has `”` after `on`, the article does not",
        "the nearest passage is in paragraph 1, sentence 1",
    )
    assert by_seal("“A second report, published in”")[0] == (
        "without the marks at its ends it stands in paragraph 2, sentence 1"
    )


@pytest.mark.parametrize("elision", [". . .", ". . . .", "(…)", "(...)", "<...>"])
def test_another_way_to_elide(elision: str) -> None:
    for hints in (
        by_text(f"The harbour council of {elision} announced on Monday that"),
        by_seal(f"The harbour council of {elision} announced on Monday that"),
    ):
        assert hints[0] == (
            f"`{elision}` is read as marks of the article; words are left out with `…`"
        )


@pytest.mark.parametrize(
    ("exact", "hint"),
    [
        (
            "[t]he harbour council of Wexley announced",
            "only whole words are found: insert `[the]` where you have `[t]he`",
        ),
        (
            "harbour council of Wexley announce[s] on Monday that it",
            "only whole words are found: insert `[announces]` where you have `announce[s]`",
        ),
    ],
)
def test_an_insertion_within_a_word(exact: str, hint: str) -> None:
    text = TEXT.replace("The harbour", "THE harbour")
    assert by_text(exact, text)[0] == by_seal(exact, text)[0] == hint


@pytest.mark.parametrize(
    ("exact", "printed", "hint"),
    [
        (
            "\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0625\u0646",
            "\ufed7\ufe8e\ufedd \ufe8d\ufedf\ufeee\ufeaf\ufef3\ufeae \ufe87\ufee5",
            "the article has U+FED7 ARABIC LETTER QAF INITIAL FORM in them",
        ),
        (
            "\u05d1\u05e8\u05d0 \u05d0\u05ea \u05d4\u05d9\u05dd",
            "\u05d1\u05bc\u05b8\u05e8\u05b8\u05d0 \u05d0\u05b5\u05ea \u05d4\u05b7\u05d9\u05b8\u05bc\u05dd",
            "the article has U+05B8 HEBREW POINT QAMATS in them",
        ),
        (
            "\u0639\u0640\u0640\u062f\u062f",
            "\u0639\u062f\u062f",
            "the quotation has U+0640 ARABIC TATWEEL in them",
        ),
    ],
)
def test_forms_that_look_alike(exact: str, printed: str, hint: str) -> None:
    text = f"The pier.\n\nThe mayor said that {printed} were lost."
    hints = by_text(f"{exact} were lost. x", text)
    assert hints[:2] == (
        f"the article has `{printed}` where the quotation has `{exact}`",
        f"these look alike, but {hint}",
    )
    assert hints[-1] == "the nearest passage is in paragraph 2, sentence 1"


def test_words_that_look_alike_throughout() -> None:
    assert by_text("CAFÉ ÉLAN NAÏVE ÉTÉ", "Once more: cafe elan naive ete, then.")[0] == (
        "the article has `cafe elan naive ete` where the quotation has `CAFÉ ÉLAN NAÏVE ÉTÉ`"
    )


def test_mixed_scripts_are_named_without_a_near_passage() -> None:
    for hints in (
        by_text("w\u043ends blew softly there then"),
        by_seal("w\u043ends blew softly there then"),
    ):
        assert hints[-1] == (
            "`w\u043ends` in the quotation mixes scripts: "
            "it has U+043E CYRILLIC SMALL LETTER O among Latin letters"
        )


def test_nothing_near() -> None:
    assert by_text("a strange fish swims in deep water") == (
        "no passage of the article comes near these words",
    )
    assert by_seal("a strange fish swims in deep water") == (
        "no four words of the quotation stand together in the article",
    )


def test_further_differences_are_counted() -> None:
    hints = by_text(
        "the harbour council in Wexley announced on Friday that she would “rebuild the new tower"
    )
    assert hints[-1] == "the nearest passage is in paragraph 1, sentence 1, with 3 more differences"
    assert len(hints) <= MAXIMUM_HINTS


@pytest.mark.parametrize(
    ("exact", "hints"),
    [
        (
            "winter, said Mayor Tokayev. Critics",
            ("the first 3 words match paragraph 1; then the quotation has `Tokayev`",),
        ),
        (
            "Wexley announced on Monday that he would",
            ("the first 5 words match paragraph 1; then the quotation has `he`",),
        ),
        (
            "published 2024, put the cost at",
            ("the last 5 words match paragraph 2; before them the quotation has `published`",),
        ),
        (
            "far more than the World Bank dramatically had planned. The engineers",
            (
                "the first 6 words match paragraph 2; then the quotation has `dramatically`",
                "the last 4 words match paragraph 2; before them the quotation has `dramatically`",
                "the article goes straight on, without `dramatically`",
            ),
        ),
        (
            "The harbour council of announced on Monday that",
            (
                "the first 4 words match paragraph 1; then the quotation has `announced`",
                "the last 4 words match paragraph 1; before them the quotation has `of`",
                "after `of` the article has 1 more word or mark",
            ),
        ),
        (
            "The harbour council of Wexford announced on Monday that",
            (
                "the first 4 words match paragraph 1; then the quotation has `Wexford`",
                "the last 4 words match paragraph 1; before them the quotation has `Wexford`",
                "only `Wexford` differs: the article has one other word or mark in its place",
            ),
        ),
        (
            "that it would rebuild the old lighthouse",
            (
                'the article has `"` after `would`',
                "the last 4 words match paragraph 1; before them the quotation has `would`",
            ),
        ),
        (
            "announced on Monday that it would rebuild the old lighthouse",
            (
                'the article has `"` after `would`',
                "the first 6 words match paragraph 1; then the quotation has `rebuild`",
                "the last 4 words match paragraph 1; before them the quotation has `would`",
            ),
        ),
        (
            "Harbour council of Wexley announced",
            (
                "the article has `harbour` where the quotation has `Harbour`",
                "the last 4 words match paragraph 1; before them the quotation has `Harbour`",
            ),
        ),
        (
            "the big council of Wexley announced on a good day",
            (
                "of the quotation only `council of Wexley announced on` "
                "stands in paragraph 1, sentence 1",
            ),
        ),
    ],
)
def test_what_a_seal_tells(exact: str, hints: tuple[str, ...]) -> None:
    assert by_seal(exact) == hints


@pytest.mark.parametrize(
    ("exact", "hints"),
    [
        ("", ()),
        ("[He] …", ("no words are left beside elisions and insertions",)),
        ("Mayor", ("`Mayor` is 1 word or mark, and at least 4 are needed",)),
        (
            "The harbour council of […] “rebuild the",
            ("`“rebuild the` is 3 words and marks, and at least 4 are needed",),
        ),
        (
            "put the cost at … The harbour council of",
            (
                "this part stands in paragraph 1, sentence 1, "
                "not after the part that comes before it",
            ),
        ),
    ],
)
def test_other_reasons(exact: str, hints: tuple[str, ...]) -> None:
    assert by_text(exact) == by_seal(exact) == hints


def test_a_hint_is_one_line_without_invisible_characters() -> None:
    text = "The harbour council\n  of\u200b Wex\u00adley met."
    assert by_text("The harbour board of Oxley met.", text)[0] == (
        "the article has `council` where the quotation has `board`"
    )
    assert by_text("harbour council zof Wexly met.", text)[0] == (
        "the article has `of Wexley` where the quotation has `zof Wexly`"
    )


def test_little_of_the_article_is_shown() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    quoted = [f"word{number}" for number in range(50, 110)]
    quoted[10:20] = ["something"] * 10
    quoted[30:40] = ["otherwise"] * 10
    hints = " ".join(by_text(" ".join(quoted), text))
    assert "word60" in hints
    assert sum(f"word{number}" in hints.replace("`", " ").split() for number in range(200)) <= 12


def test_hints_are_lower_case_facts() -> None:
    for exact in (
        "said Mayor Tokayev. Critics were",
        "zzz yyy xxx www",
        "th\u0430n the World Bank had",
    ):
        for hint in (*by_text(exact), *by_seal(exact)):
            assert not hint[0].isupper()
            assert not hint.endswith(".")
            assert "\n" not in hint


def test_a_difference_far_into_a_long_quotation_is_found() -> None:
    words = [f"{chr(97 + number % 26)}{number}" for number in range(400)]
    changed = [*words[:300], "surprise", *words[301:]]
    assert by_text(" ".join(changed), " ".join(words))[0] == (
        "the article has `o300` where the quotation has `surprise`"
    )


def test_a_passage_far_into_a_long_article_is_found() -> None:
    text = " ".join(f"{chr(97 + number % 26)}{number}" for number in range(20_000)) + " " + TEXT
    assert "`Tokaev`" in by_text("before winter, said Mayor Tokayev. Critics were", text)[0]


def test_hostile_input_takes_little_time() -> None:
    for exact, text in (
        ("a " * 20_000 + "b", "a " * 20_000),
        ("a b " * 10_000, "b a a " * 10_000),
        ("x" * 200_000 + " b c d", "x" * 199_999 + " b c e"),
        ("\u0430x " * 20_000, "y z " * 20_000),
        ("a b c d … " * 3_000 + "e f g h", "a b c d " * 3_000),
    ):
        assert len(by_text(exact, text)) <= MAXIMUM_HINTS
        assert len(by_seal(exact, text)) <= MAXIMUM_HINTS
        assert all(len(hint) < 500 for hint in (*by_text(exact, text), *by_seal(exact, text)))
