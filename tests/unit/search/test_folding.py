import pytest

from generator.search.folding import LONGEST, STOPWORDS, name_words, words_of

from .sample import WORDS


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert words_of(text) == WORDS[text]


@pytest.mark.parametrize("text", [text for text in WORDS if len(text) < LONGEST])
def test_folding_a_word_again_changes_nothing(text: str) -> None:
    words = [word for word in words_of(text) if len(word) != 2]  # pairs run into one another
    assert words_of(" ".join(words)) == words


def test_a_name_is_found_without_its_stop_words() -> None:
    assert name_words("The League of the Harbour") == ("league", "harbour")


def test_a_name_of_stop_words_only_keeps_them() -> None:
    assert name_words("The The") == ("the",)


def test_stop_words_are_folded() -> None:
    assert all(words_of(word) == [word] for word in STOPWORDS)
