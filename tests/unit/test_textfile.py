import pytest

from generator.textfile import DecodeFault, Span, TextFile


def test_a_byte_order_mark_is_dropped() -> None:
    assert TextFile.decode("a.yml", b"\xef\xbb\xbfname: x").text == "name: x"


@pytest.mark.parametrize(
    ("data", "code", "offset", "reason"),
    [
        (b"abc\xfcdef", "L101", 3, "byte 0xfc at offset 3 is not UTF-8"),
        (b"\xed\xa0\x80", "L101", 0, "byte 0xed at offset 0 is not UTF-8"),
        (b"ab\xe2\x82", "L101", 2, "byte 0xe2 at offset 2 is not UTF-8"),
        (b"PNG\0", "L102", 3, "the file holds a NUL byte, so it is binary and not text"),
        (b"\xff\xfen\0", "L102", 3, "the file holds a NUL byte, so it is binary and not text"),
    ],
)
def test_bytes_that_are_not_text(data: bytes, code: str, offset: int, reason: str) -> None:
    with pytest.raises(DecodeFault) as caught:
        TextFile.decode("a.yml", data)
    fault = caught.value
    assert (fault.code, fault.offset, fault.reason) == (code, offset, reason)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_with_any_line_end(end: str) -> None:
    file = TextFile("a.yml", end.join(["ab", "", "cde", ""]))
    assert [file.line(number) for number in range(5)] == ["ab", "", "cde", "", ""]
    assert file.position(file.text.index("d")) == (2, 1)
    assert file.offset(2, 1) == file.text.index("d")


def test_mixed_line_ends() -> None:
    file = TextFile("a.yml", "a\nb\r\nc\rd")
    assert file.line_starts == [0, 2, 5, 7]


def test_columns_count_code_points() -> None:
    file = TextFile("a.yml", "𝒳é: ש\nx")
    assert file.position(file.text.index("ש")) == (0, 4)


def test_places_outside_are_kept_inside() -> None:
    file = TextFile("a.yml", "ab\ncd")
    assert file.position(-5) == (0, 0)
    assert file.position(99) == (1, 2)
    assert file.offset(99, 0) == 5
    assert file.offset(1, 99) == 5
    assert file.span(99) == Span(file, 5, 5)
    assert file.span(3, 1) == Span(file, 3, 3)


def test_line_end_leaves_the_line_end_out() -> None:
    file = TextFile("a.yml", "ab\r\ncd")
    assert file.line_end(0) == 2
    assert file.line_end(5) == 6


def test_an_empty_file_has_one_line() -> None:
    file = TextFile("a.yml", "")
    assert file.line_starts == [0]
    assert file.line(0) == ""
    assert file.position(0) == (0, 0)


def test_spans_slice() -> None:
    file = TextFile("a.yml", "one two")
    span = file.span(4, 7)
    assert span.text == "two"
    assert span.part(1, 2).text == "w"
    assert span.part(1, 99).text == "wo"
