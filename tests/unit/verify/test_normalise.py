import unicodedata

import pytest

from generator.verify import normalise
from generator.verify.normalise import RULES, is_unspaced, is_word, strip_invisible, tokenise, words


def sentences(text: str) -> list[str]:
    """The sentences of a text, as written."""
    tokens = tokenise(text)
    places = list(zip(tokens.paragraphs, tokens.sentences, strict=True))
    found = []
    for place in dict.fromkeys(places):
        first = places.index(place)
        last = len(places) - 1 - places[::-1].index(place)
        found.append(text[tokens.starts[first] : tokens.ends[last]])
    return found


def paragraphs(text: str) -> list[int]:
    return list(tokenise(text).paragraphs)


def test_the_docstring_is_the_specification() -> None:
    flat = " ".join((normalise.__doc__ or "").split())
    for number, rule in enumerate(RULES, start=1):
        assert f"{number}. {rule}" in flat


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ""),
        ("  \n ", ""),
        ("The pier, rebuilt.", "The pier , rebuilt ."),
        ("caf\u00e9", "caf\u00e9"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u1100\u1161\u11a8", "\uac01"),
        ("\u2126 \u212a", "\u03a9 K"),
        ("=\u0338", "\u2260"),
        ("‘a’ ‚b‛ ‹c›", "' a ' ' b ' ' c '"),
        ("“a” „b‟ «c»", '" a " " b " " c "'),
        ("a‐b‑c‒d–e—f―g−h", "a - b - c - d - e - f - g - h"),
        ("a--b---c - d", "a - b - c - d"),
        ("a----b", "a - - b"),
        ("a...b…c....", "a … b … c … ."),
        ("a..", "a . ."),
        (". . .", ". . ."),
        ("of\ufb01ce \ufb00 \ufb02 \ufb03 \ufb04 \ufb05 \ufb06", "office ff fl ffi ffl ſt st"),
        ("\ufb01\u0301", "f\u00ed"),
        ("light\u00adhouse", "lighthouse"),
        ("light\u200bhouse \u2067x\u2069 \ufeffy\ufe0f", "lighthouse x y"),
        ("e\u200d\u0301", "\u00e9"),
        (".\u200b..", "…"),
        ("-\u200b-", "-"),
        ("\u200b", ""),
        ("a\u00a0b\u202fc\u3000d\u0085e\u001fg\th", "a b c d e g h"),
        ("Ab aB AB", "Ab aB AB"),
        ("\u0661\u0662 12 \u00b2", "\u0661\u0662 12 \u00b2"),
        ("C5+1 $1.1bn", "C5 + 1 $ 1.1bn"),
        ("1.1, 12,000. 1,234,567.89", "1.1 , 12,000 . 1,234,567.89"),
        ("on 7.11.2025.", "on 7.11.2025 ."),
        ("1. 1 1 .1 1 , 000", "1 . 1 1 . 1 1 , 000"),
        ("1..1 1.,1 1...1 .5 5.", "1 . . 1 1 . , 1 1 … 1 . 5 5 ."),
        ("U.S. end.5 5.end a,b G7,C5", "U . S . end . 5 5 . end a , b G7 , C5"),
        ("v2.0 2.5a.1 3D.5", "v2.0 2.5a . 1 3D . 5"),
        ("1:30 1/2 1-2 1'000 1;2", "1 : 30 1 / 2 1 - 2 1 ' 000 1 ; 2"),
        (
            "\u0661.\u0661 \u0661\u0662,\u0660 \u06f1.\u06f2",
            "\u0661.\u0661 \u0661\u0662,\u0660 \u06f1.\u06f2",
        ),
        ("\u0967.\u0968 \u0e51,\u0e52 1.\u0661", "\u0967.\u0968 \u0e51,\u0e52 1.\u0661"),
        ("\u0661\u060c\u0662 \u00b2.1 1.\u00bd", "\u0661 \u060c \u0662 \u00b2 . 1 1 . \u00bd"),
        ("1.\u200b1 1\u200b.1 1\u2060,\u00ad000\u200b", "1.1 1.1 1,000"),
        ("1\u200b1.\u200b\ufeff1\u200b1", "11.11"),
        ("1.\u200b x.\u200b1", "1 . x . 1"),
        ("1.\u03011 1\u20e3.1", "1 .\u0301 1 1\u20e3 . 1"),
        ("港1.1万，1,000人", "港 1.1 万 ， 1,000 人"),
        ("it's a_b", "it ' s a _ b"),
        ("1\ufe0f\u20e3 #\u20e3", "1\u20e3 #\u20e3"),
        ("—\u0301 ...\u0301", "-\u0301 …\u0301"),
        ("港の灯台。", "港 の 灯 台 。"),
        ("コーヒー ｶﾞ か\u3099", "コ ー ヒ ー ｶ ﾞ が"),
        ("ประภาคาร 25", "ป ร ะ ภ า ค า ร 25"),
        ("abcที่", "abc ที ่".replace(" ่", "่")),
        ("ປະ ខ្ញុំ မြန်", "ປ ະ ខ្ ញុំ မြ န်"),
        ("बन्दरगाह", "बन्दरगाह"),
        ("м'як сүт", "м ' як сүт"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert " ".join(tokenise(text).tokens) == tokens


def test_thai_and_latin_side_by_side() -> None:
    assert tokenise("abcก่def").tokens == ("abc", "ก่", "def")


def test_offsets_point_into_the_original() -> None:
    text = "\u200bOf\ufb01ce\u00ad — cafe\u0301..."
    tokens = tokenise(text)
    spans = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert tokens.tokens == ("Office", "-", "caf\u00e9", "…")
    assert spans == ["Of\ufb01ce", "—", "cafe\u0301", "..."]


def test_decomposed_text_gives_the_same_tokens() -> None:
    text = "Қазақстан – “élan”, Ελλάδα, ﷺ, 각, विद्यालय, か゛ が"
    decomposed = unicodedata.normalize("NFD", text)
    assert tokenise(decomposed).tokens == tokenise(text).tokens


def test_a_lone_surrogate_is_a_token() -> None:
    assert tokenise("a \ud800 b").tokens == ("a", "\ud800", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", [0, 0]),
        ("a\nb", [0, 0]),
        ("a\n\nb", [0, 1]),
        ("a\r\nb", [0, 0]),
        ("a\r\n\r\nb", [0, 1]),
        ("a\r\rb", [0, 1]),
        ("a\n\rb", [0, 1]),
        ("a\u2029\u2028b", [0, 1]),
        ("a\n \u00a0\u200b\t\nb", [0, 1]),
        ("\n\n\na\n\n\n\nb\n\n", [0, 1]),
        ("a\n\nb\n\nc d", [0, 1, 2, 2]),
    ],
)
def test_paragraphs(text: str, expected: list[int]) -> None:
    assert paragraphs(text) == expected


def test_each_line_is_a_paragraph_when_lines_are_long() -> None:
    line = "x" * 201
    assert paragraphs(f"a\n{line}\r\nb") == [0, 1, 2]
    assert paragraphs(f"a\n{line[1:]}\nb") == [0, 0, 0]
    assert paragraphs(f"\n\na\n{line}\n\n") == [0, 1]


def test_long_lines_do_not_count_where_blank_lines_do() -> None:
    line = "x" * 201
    assert paragraphs(f"a\n{line}\n\nb") == [0, 0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "The pier closed. | The mayor resigned.",
        "Who paid? | Nobody! | Well… | So it goes.",
        "“It is done.” | He left.",
        "(It rained.) | “Again,” she said.",
        "It rose by 5. | 20 ships left.",
        "“Stop!” he cried. | Then “Go!” — she said.",
        "“Why?!” | They did not know.",
        "It cost 1.5 million. | Nobody paid.",
        "It rose by 1.5. | Nobody paid 1,000. | Why?",
        "It is No. 1.5 of them. | The last.",
        "See example.org for more. | Thanks.",
        "The U.S. Navy and J. Smith agreed.",
        "J. Smith agreed.",
        "No. | Yes.",
        "It is Wexley's. | They can't. | It won’t. | Good.",
        "Mr. Smith met Dr. Jones on Jan. 5 at St. Mary's. | They talked.",
        "He said No. | Then he left.",
        "It is No. 5 of them. | The last.",
        "Fish, crabs etc. are sold. | Daily.",
        "Гавань закрыта. | Мэр ушёл. | “Да.” | Нет.",
        "„Der Hafen ist zu.“ | Alle gingen.",
        "هل أغلق الميناء؟ | نعم. | لا",
        "בנמל. | שקט",
        "बन्दरगाह बंद है। | महापौर गए।",
        "¿Quién? | ¡Nadie! | ¿y tú?".replace(" | ¿y", " ¿y"),
        "He left...and came back. | Then... | He sat.",
        "One.Two three",
        "The end.",
    ],
)
def test_sentences(text: str) -> None:
    assert sentences(text.replace(" | ", " ")) == text.split(" | ")


def test_sentences_without_white_space() -> None:
    assert sentences("港关闭了。市长走了！真的？“是”。") == [
        "港关闭了。",
        "市长走了！",
        "真的？",
        "“是”。",
    ]
    assert sentences("他说：「好。」然后走了。") == ["他说：「好。」", "然后走了。"]


def test_a_sentence_does_not_outlast_its_paragraph() -> None:
    tokens = tokenise("A headline\n\nThe text. More.")
    assert tokens.paragraphs == (0, 0, 1, 1, 1, 1, 1)
    assert tokens.sentences == (0, 0, 0, 0, 0, 1, 1)


def test_an_invisible_character_is_no_space() -> None:
    assert len(sentences("One.\u200bTwo.")) == 1
    assert len(sentences("One.\u200b Two.")) == 2


def test_words() -> None:
    assert words(tokenise("The pier's 2 lamps — “lit” at 6.").tokens) == 8
    assert words(()) == 0
    assert words(tokenise("$1.1 billion, or 12,000 a day, by 7.11.2025.").tokens) == 8
    assert is_word("1.1")
    assert is_word("\u0661.\u0661")
    assert not is_word(".")
    assert not is_word("")
    assert is_word("ё")
    assert is_word("\u0301")
    assert not is_word("€")
    assert not is_word("_")


def test_letters_of_scripts_without_spaces() -> None:
    for token in ("港", "の", "ー", "ก่", "〇"):
        assert is_unspaced(token)
    for token in ("a", "각", "1.1", "๑", ".", "。", ""):
        assert not is_unspaced(token)


def test_a_figure_is_one_word_where_it_stands() -> None:
    text = "It cost 1.\u200b1 million."
    tokens = tokenise(text)
    assert tokens.tokens == ("It", "cost", "1.1", "million", ".")
    assert text[tokens.starts[2] : tokens.ends[2]] == "1.\u200b1"


def test_strip_invisible() -> None:
    assert strip_invisible("a\u200b\u00adb c") == "ab c"


def test_hostile_text_takes_linear_time() -> None:
    for piece in (
        "1.",
        "1\u200b",
        "1,\u200b",
        "\u00b21.",
        "\u200b",
        ".",
        '"',
        "-",
        "\n",
        "\r",
        ". \u200b",
        "\u0301",
        "x. ",
        "[",
        "…“ ",
    ):
        assert len(tokenise(piece * 20_000).tokens) <= 40_000
