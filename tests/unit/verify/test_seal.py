import base64
import hashlib
import json

import pytest

from generator.verify.normalise import tokenise
from generator.verify.seal import (
    Seal,
    SealFault,
    decode_windows,
    dump_seal,
    hash_windows,
    parse_seal,
    seal_text,
    seal_tokens,
)

TEXT = "The pier closed. The mayor, “tired”, left.\n\nNobody knew why!"


def fields(**changes: object) -> str:
    """The text of a sound seal with some keys changed; a key of None is left out."""
    sound = json.loads(dump_seal(seal_text(TEXT)))
    return json.dumps({key: value for key, value in (sound | changes).items() if value is not None})


def test_seal_of_a_text() -> None:
    seal = seal_text(TEXT)
    normalised = 'The pier closed . The mayor , " tired " , left .\nNobody knew why !'
    assert seal.version == 1
    assert seal.normalisation == "briefing-1"
    assert seal.sha256 == hashlib.sha256(normalised.encode()).hexdigest()
    assert seal.sentences == ((4, 9), (4,))
    assert seal.token_count == 17
    assert seal.word_count == 10
    assert len(seal.windows) == 8 * 14


def test_a_window_is_the_hash_of_four_tokens() -> None:
    digest = hashlib.blake2b(b"The\x1fpier\x1fclosed\x1f.", digest_size=6).digest()
    assert seal_text(TEXT).windows.startswith(base64.urlsafe_b64encode(digest).decode())
    assert hash_windows(("a", "b", "c")) == ""


def test_a_figure_is_one_token_and_one_word() -> None:
    seal = seal_text("Repairs cost $1.1 billion by 7.11.2025.")
    assert seal.sentences == ((8,),)
    assert seal.word_count == 6
    assert seal == seal_text("Repairs cost $1\u200b.1 billion by 7.\u206011.2025.")
    # Of the windows of a cut figure not one is in the seal.
    kept = set(decode_windows(seal.windows))
    for cut in ("1 billion by 7.11.2025", "cost $1 billion", ".1 billion by 7.11.2025"):
        assert kept.isdisjoint(decode_windows(seal_text(cut).windows))


def test_seal_of_tokens_is_the_seal_of_their_text() -> None:
    assert seal_tokens(tokenise(TEXT)) == seal_text(TEXT)


@pytest.mark.parametrize("text", ["", "one", "one two three", "one two three four", TEXT, "\ud800"])
def test_round_trip(text: str) -> None:
    seal = seal_text(text)
    assert parse_seal(dump_seal(seal)) == seal


def test_the_file_is_kind_to_version_control() -> None:
    lines = dump_seal(seal_text("\n\n".join([TEXT] * 40))).splitlines(keepends=True)
    assert lines[1] == '"format": "briefing-seal",\n'
    assert max(map(len, lines)) <= 100
    assert all(line.endswith("\n") for line in lines)


def test_windows_style_line_ends_are_read() -> None:
    seal = seal_text(TEXT)
    assert parse_seal(dump_seal(seal).replace("\n", "\r\n")) == seal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the seal is not sound JSON"),
        ("{", "the seal is not sound JSON"),
        ("[]", "the seal is not a mapping"),
        ("null", "the seal is not a mapping"),
        ("{}", "this is not a seal: its `format` is not `briefing-seal`"),
        ("[" * 200_000, "the seal is nested too deeply"),
        ('{"version": ' + "9" * 10_000 + "}", "the seal holds a number that is too long"),
        ('{"version": NaN}', "the seal holds a number that is not finite"),
        ('{"version": 1, "version": 1}', "the seal has a key twice"),
        ('{"version": {}}', "the seal holds a mapping within a mapping"),
        (fields(colour="red"), "a key of the seal is unknown"),
        (fields(format="seal"), "this is not a seal: its `format` is not `briefing-seal`"),
        (fields(sha256=None), "the seal has no `sha256`"),
        (fields(version=2), "the version of the seal is not 1"),
        (fields(version=True), "the version of the seal is not 1"),
        (fields(version=1.0), "the version of the seal is not 1"),
        (fields(normalisation="x"), "the normalisation of the seal is not `briefing-1`"),
        (fields(normalisation=[]), "the normalisation of the seal is not `briefing-1`"),
        (fields(sha256="0" * 63), "`sha256` is not 64 hexadecimal digits"),
        (fields(sha256=7), "`sha256` is not 64 hexadecimal digits"),
        (fields(sentences=17), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[17]), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[[]]), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[[17, 0]]), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[[18, -1]]), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[[True, 16]]), "`sentences` is not a list of lists of token counts"),
        (fields(sentences=[[18]]), "the number of windows does not agree with the token counts"),
        (
            fields(sentences=[[10**4000]]),
            "the number of windows does not agree with the token counts",
        ),
        (fields(windows="x"), "`windows` is not a list of base64url texts"),
        (fields(windows=["a+b/"]), "`windows` is not a list of base64url texts"),
        (fields(windows=["abcd\n"]), "`windows` is not a list of base64url texts"),
        (fields(windows=["A" * 15]), "the number of windows does not agree with the token counts"),
        (fields(words=18), "`words` is not a number between zero and the number of tokens"),
        (fields(words="9"), "`words` is not a number between zero and the number of tokens"),
    ],
)
def test_faults(text: str, reason: str) -> None:
    with pytest.raises(SealFault) as caught:
        parse_seal(text)
    assert caught.value.reason == reason


def test_a_fault_has_its_place() -> None:
    text = dump_seal(seal_text(TEXT)).replace('"version": 1', '"version": 3')
    with pytest.raises(SealFault) as caught:
        parse_seal(text)
    assert caught.value.offset == text.index('"version"')
    with pytest.raises(SealFault) as caught:
        parse_seal(text[:20])
    assert caught.value.offset is not None
    assert 0 <= caught.value.offset <= 20
    with pytest.raises(SealFault) as caught:
        parse_seal(fields(windows=None))
    assert caught.value.offset is None


def test_decode_windows() -> None:
    seal = seal_text(TEXT)
    numbers = decode_windows(seal.windows)
    assert len(numbers) == 14
    assert numbers[0].to_bytes(6, "big") == base64.urlsafe_b64decode(seal.windows[:8])
    assert decode_windows("") == []
    for windows in ("abc", "abcd", "!!!!!!!!", "é" * 8):
        with pytest.raises(SealFault):
            decode_windows(windows)


def test_a_seal_cannot_be_changed() -> None:
    seal = seal_text(TEXT)
    with pytest.raises(AttributeError):
        seal.version = 2  # type: ignore[misc]
    assert isinstance(seal, Seal)
