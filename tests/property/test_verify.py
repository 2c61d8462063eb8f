"""Properties of the quotation core, on invented texts in several scripts."""

import json
import unicodedata

import regex
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.verify.nearest import MAXIMUM_HINTS, explain_miss
from generator.verify.normalise import (
    DROPPED,
    TokenText,
    strip_invisible,
    tokenise,
    tokens_of,
    words,
)
from generator.verify.overlap import overlaps, shared_share, window_set
from generator.verify.quotation import Match, Miss, parse_quotation, verify_quotation
from generator.verify.seal import SealFault, dump_seal, parse_seal, seal_text
from generator.verify.witness import MINIMUM_TOKENS, SealWitness, TextWitness

LETTERS = {
    "latin": "abcdeéiñosßzABCDEŽf\ufb01\ufb02e\u0301o\u0308",
    "cyrillic": "абвгдеёийқәғңөұүһіАБВГи\u0306",
    "greek": "αβγδεέζηάΑΒΓΣσς\u03b1\u0301\u1f71",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإ\u0627\u0653\u064e\u0651ی",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת\u05b7\u05b4ם\ufb1d",
    "devanagari": "कखगघचजटडतदनपबमयरलवशसह\u093e\u093f\u0940\u094d\u0902\u093c\u0958",
    "han": "港口灯塔关闭市长说了不是〇々\uf900",
    "japanese": "みなとのトウダイーガ\u3099々灯ｶﾞ",
    "thai": "กขคงจชซดตถทนบปผพมยรลวสหอะาเแ\u0e34\u0e48\u0e31๑๒",
    "hangul": "항구등대\u1112\u1161\u11bc가",
    "digits": "0123456789١٢٣²",
    "figures": "01٢۳๒²a.,.,\u200b\u20e3",
}
MARKS = [
    *".,;:!?…。！？؟।،\"'()[]-–—−‘’“”«»„‹›·$€%_/\u0301\u20e3☺🇰",
    "...",
    "--",
    "---",
    "....",
    "[…]",
]
SPACES = [
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "\u00a0",
    "\u2009",
    "\u3000",
    "\t",
    "\n\n",
    "\r\n \r\n",
    "\u2029",
]
INVISIBLE = ["\u00ad", "\u200b", "\u200d", "\u200f", "\u2067", "\ufe0f", "\ufeff", "\u034f"]


@st.composite
def texts(draw: st.DrawFn, least: int = 0, size: int = 40) -> str:
    """A text in one to three scripts, with marks, spaces and invisible characters of all kinds."""
    scripts = draw(st.lists(st.sampled_from(sorted(LETTERS)), min_size=1, max_size=3))
    word = st.sampled_from(scripts).flatmap(
        lambda script: st.text(alphabet=LETTERS[script], min_size=1, max_size=6)
    )
    piece = st.one_of(
        word, word, st.sampled_from(MARKS), st.sampled_from(SPACES), st.sampled_from(INVISIBLE)
    )
    return "".join(draw(st.lists(piece, min_size=least, max_size=size)))


ANY_TEXT = st.one_of(texts(), st.text(max_size=60))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, TokenText]:
    """A text of at least four tokens."""
    text = draw(texts(least=16, size=80))
    tokens = tokenise(text)
    assume(len(tokens.tokens) >= MINIMUM_TOKENS)
    return text, tokens


@st.composite
def quotations(draw: st.DrawFn) -> tuple[str, str]:
    """An article and something like a quotation of it: true, altered, elided or unlike."""
    text, tokens = draw(articles())
    count = len(tokens.tokens)
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, count - 1))
        last = draw(st.integers(first, min(count - 1, first + 12)))
        pieces.append(text[tokens.starts[first] : tokens.ends[last]])
    exact = draw(st.sampled_from([" … ", " […] ", " [he] ", "...", " "])).join(pieces)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(exact)))
        exact = (
            exact[:at] + draw(st.sampled_from(["x", " y ", ",", "[", "…", "\u0430"])) + exact[at:]
        )
    return text, exact


_WORD = regex.compile(
    r"(?V1)[[\p{L}\p{Nl}]&&[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"ーｰﾞﾟ〆〱-〵〼]]\p{M}*"
    r"|(?:[[\p{L}\p{N}\p{M}]--[[\p{L}\p{Nl}]&&[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}"
    r"\p{Khmer}\p{Myanmar}ーｰﾞﾟ〆〱-〵〼]]]|(?<=\p{Nd})[.,](?=\p{Nd}))+|\.\.\.\p{M}*|-{2,3}\p{M}*|\S\p{M}*"
)


def specified_tokens(text: str) -> list[str]:
    """The rules as they are written: one after the other over the whole text."""
    text = regex.sub(f"[{DROPPED}]", "", text)
    for ligature in "ﬀﬁﬂﬃﬄﬆ":
        text = text.replace(ligature, unicodedata.normalize("NFKC", ligature))
    text = unicodedata.normalize("NFC", text.replace("ﬅ", "ſt"))
    found = []
    for token in _WORD.findall("\n".join(" ".join(text.split()).split(" "))):
        folded = regex.sub(r"^-{2,3}", "-", token).replace("...", "…")
        folded = regex.sub("^[‘’‚‛‹›]", "'", regex.sub("^[“”„‟«»]", '"', folded))
        found.append(regex.sub("^[‐‑‒–—―−]", "-", folded))
    return found


@given(ANY_TEXT)
@example("\u1100\u1161\u200b\u11a8 e\u00ad\u0301 \ufb01\u0301 =\u0338 —\u0301 \u2adc \U0001d15e")
@example("1.1 1,000.5bn ٢.٢ ٢,٢ ۳.۳ 1.\u200b1 1\u200b,\u200b1 1.\u03011 1\u20e3.1 ².1 1..1 a.1")
@example("ᄀ\u1160ᆨ \u0344 \u0f73\u0f75 \u09c7\u09be ¨\u0301")
def test_tokens_are_those_of_the_specification(text: str) -> None:
    assert list(tokenise(text).tokens) == specified_tokens(text)
    assert tokens_of(text) == specified_tokens(text)


@given(ANY_TEXT, ANY_TEXT)
def test_other_scripts_among_plain_words(one: str, other: str) -> None:
    plain = "Plain words of the 1,100 articles; "
    whole = f"{plain * 9}{one} {plain * 9}{other}\n{plain}"
    tokens = tokenise(whole)
    assert list(tokens.tokens) == specified_tokens(whole)
    for number, token in enumerate(tokens.tokens):
        assert tokenise(whole[tokens.starts[number] : tokens.ends[number]]).tokens == (token,)


@given(ANY_TEXT)
def test_offsets_slice_back_to_the_token(text: str) -> None:
    tokens = tokenise(text)
    end = 0
    for number, token in enumerate(tokens.tokens):
        assert end <= tokens.starts[number] < tokens.ends[number]
        assert strip_invisible(text[end : tokens.starts[number]]).strip() == ""
        end = tokens.ends[number]
        assert tokenise(text[tokens.starts[number] : end]).tokens == (token,)
    assert strip_invisible(text[end:]).strip() == ""


@given(ANY_TEXT)
def test_normalisation_is_idempotent(text: str) -> None:
    tokens = tokenise(text).tokens
    assert tokenise(" ".join(tokens)).tokens == tokens


@given(ANY_TEXT)
def test_canonically_equivalent_texts_have_equal_tokens(text: str) -> None:
    tokens = tokenise(text).tokens
    assert tokenise(unicodedata.normalize("NFD", text)).tokens == tokens
    assert tokenise(unicodedata.normalize("NFC", text)).tokens == tokens


@given(texts())
def test_paragraphs_and_sentences_count_up_from_zero(text: str) -> None:
    tokens = tokenise(text)
    before = (0, -1)
    for place in zip(tokens.paragraphs, tokens.sentences, strict=True):
        assert place in (before, (before[0], before[1] + 1), (before[0] + 1, 0))
        before = place
    assert 0 <= words(tokens.tokens) <= len(tokens.tokens)


@given(articles(), st.data())
def test_what_stands_in_an_article_is_found(
    article: tuple[str, TokenText], data: st.DataObject
) -> None:
    text, tokens = article
    first = data.draw(st.integers(0, len(tokens.tokens) - MINIMUM_TOKENS))
    last = data.draw(st.integers(first + MINIMUM_TOKENS, len(tokens.tokens)))
    exact = text[tokens.starts[first] : tokens.ends[last - 1]]
    by_text = verify_quotation(exact, TextWitness(tokens))
    assert isinstance(by_text, Match)
    ((start, end),) = by_text.spans
    assert tokens.tokens[start:end] == tokens.tokens[first:last]
    assert start <= first
    assert (by_text.paragraph, by_text.sentence) == (
        tokens.paragraphs[start],
        tokens.sentences[start],
    )
    assert verify_quotation(exact, SealWitness(seal_text(text))) == by_text


@given(quotations())
def test_text_and_seal_give_the_same_verdict(case: tuple[str, str]) -> None:
    text, exact = case
    by_text = verify_quotation(exact, TextWitness(tokenise(text)))
    by_seal = verify_quotation(exact, SealWitness(parse_seal(dump_seal(seal_text(text)))))
    assert by_text == by_seal


@given(quotations())
def test_a_verdict_is_true(case: tuple[str, str]) -> None:
    text, exact = case
    article, quotation = tokenise(text), parse_quotation(exact)
    verdict = verify_quotation(exact, TextWitness(article))
    if isinstance(verdict, Match):
        quoted = [part.tokens for part in quotation.parts]
        whole = [] if quotation.whole is None else [quotation.whole.tokens]
        assert [article.tokens[slice(*span)] for span in verdict.spans] in (quoted, whole)
        ends = [0, *(end for _, end in verdict.spans)]
        assert all(end <= start for end, (start, _) in zip(ends, verdict.spans, strict=False))
        return
    start, end = verdict.part_span
    assert 0 <= start <= end <= len(exact)
    if verdict.matched:
        part = quotation.parts[verdict.part].tokens
        assert verdict.position is not None
        assert verdict.diverges is not None
        stop = verdict.position + verdict.matched
        assert article.tokens[verdict.position : stop] == part[: verdict.matched]
        assert verdict.token == part[verdict.matched]
        assert tokenise(exact[slice(*verdict.diverges)]).tokens == (verdict.token,)


@given(articles(), st.data())
def test_an_altered_word_is_never_found(
    article: tuple[str, TokenText], data: st.DataObject
) -> None:
    text, tokens = article
    first = data.draw(st.integers(0, len(tokens.tokens) - MINIMUM_TOKENS))
    quoted = [*tokens.tokens[first : first + 8]]
    assume("[" not in quoted)
    at = data.draw(st.integers(0, len(quoted) - 1))
    quoted[at] = "zq" + "z" * max(map(len, tokens.tokens))
    for witness in (TextWitness(tokens), SealWitness(seal_text(text))):
        assert isinstance(verify_quotation(" ".join(quoted), witness), Miss)


@given(quotations())
def test_every_miss_can_be_explained(case: tuple[str, str]) -> None:
    text, exact = case
    tokens = tokenise(text)
    seal = SealWitness(seal_text(text))
    miss = verify_quotation(exact, seal)
    if isinstance(miss, Miss):
        for hints in (
            explain_miss(miss, exact, tokens, text, TextWitness(tokens)),
            explain_miss(miss, exact, None, None, seal),
        ):
            assert len(hints) <= MAXIMUM_HINTS
            assert all(hint.strip() == hint and "\n" not in hint for hint in hints)


@given(ANY_TEXT)
def test_a_seal_survives_its_file(text: str) -> None:
    seal = seal_text(text)
    written = dump_seal(seal)
    assert parse_seal(written) == seal
    assert dump_seal(parse_seal(written)) == written
    assert written.isascii()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
KEYS = ["version", "normalisation", "sha256", "words", "sentences", "windows"]


@given(st.text() | JSON_VALUES.map(json.dumps))
def test_no_text_but_a_seal_is_read(text: str) -> None:
    assert_read_or_refused(text)


@given(texts(), st.data())
def test_a_damaged_seal_is_read_or_refused(text: str, data: st.DataObject) -> None:
    written = dump_seal(seal_text(text))
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(len(written), start + 20)))
    middle = data.draw(st.text(alphabet='0123456789[]{},:"\\-eE. \nA_é', max_size=8))
    assert_read_or_refused(written[:start] + middle + written[end:])


@given(texts(), st.sampled_from(KEYS), JSON_VALUES)
def test_a_seal_with_a_wrong_value_is_read_or_refused(text: str, key: str, value: object) -> None:
    fields = json.loads(dump_seal(seal_text(text)))
    fields[key] = value
    assert_read_or_refused(json.dumps(fields))


def assert_read_or_refused(text: str) -> None:
    fault: SealFault | None = None
    try:
        seal = parse_seal(text)
    except SealFault as caught:
        fault = caught
    if fault is not None:
        assert fault.reason
        assert fault.offset is None or 0 <= fault.offset <= len(text)
        return
    assert len(seal.windows) == 8 * max(0, seal.token_count - 3)
    assert 0 <= seal.word_count <= seal.token_count
    assert parse_seal(dump_seal(seal)) == seal


@given(texts(size=80), texts(size=80))
def test_overlap_is_the_same_from_texts_and_seals(one: str, other: str) -> None:
    from_texts = {"a": window_set(tokenise(one)), "b": window_set(tokenise(one + "\n\n" + other))}
    from_seals = {"a": window_set(seal_text(one)), "b": window_set(seal_text(one + "\n\n" + other))}
    assert from_texts == from_seals
    if from_texts["a"]:
        assert shared_share(from_texts["a"], from_texts["b"]) == 1.0
        assert overlaps(from_texts, 1.0, 1) == [("a", "b", 1.0)]
