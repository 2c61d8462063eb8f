"""One set of findings for all formats: hostile paths, line ends, wide, combining and hidden characters."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.textfile import TextFile

SHEET = TextFile(
    "content/countries/ardenia.yml",
    "name: Ardenia\n"
    "claims:\n"
    "  quarrel:\n"
    "    text: \tTabs and a long line that goes on and on, past the edge of every terminal, and that"
    " holds its fault far to the right: HERE it is, and more words follow, one behind the other, until the line ends at last\n"
    "    note: 港はすべての船に開かれている、と書いてある\n"
    "    reason: नमस्ते cafe\u0301 fin\n"
    "    value: a\u202egnp.exe\u202c\u200b ends\n"
    "    office: last",
)
HOSTILE = TextFile(
    "content/a,b:c%d\r\n::error::\x1b[31m\u202e.yml", "x: \x1b[31mred\x1b[0m\r\ny: z\r\n"
)


def _in(file: TextFile, code: str, words: str, message: str, *hints: str) -> Diagnostic:
    start = file.text.index(words)
    return Diagnostic(code, message, file.path, file.span(start, start + len(words)), hints)


SAMPLE: tuple[Diagnostic, ...] = (
    Diagnostic("L101", "byte 0xfc at offset 7 is not UTF-8", "seeds/gazette.txt", None, ("save it as UTF-8",)),
    _in(SHEET, "V201", "claims", "unknown key `claims`", "did you mean `claim`?", "the keys are name, names"),
    _in(SHEET, "Q401", "HERE", "quotation not found in `gazette`"),
    _in(SHEET, "V222", "Tabs", "HTML `<b>` stands in a text"),
    _in(SHEET, "Q401", "すべての船に", "quotation not found in `gazette`", "the article has `小舟`"),
    _in(SHEET, "X301", "fin", "no fact sheet is called `fin`"),
    _in(SHEET, "L112", "\u202e", "an invisible character U+202E stands here", "delete it"),
    _in(SHEET, "Q410", "last", "no quotation carries `last`"),
    Diagnostic("L104", "not valid YAML", SHEET.path, SHEET.span(len(SHEET.text))),
    Diagnostic(
        "V230",
        "the claim id `quarrel` is taken",
        SHEET.path,
        SHEET.span(SHEET.text.index("  quarrel") + 2, SHEET.text.index("    note")),
        ("rename one",),
        ((SHEET.span(0, 4), "first here"), (HOSTILE.span(0, 1), "and here: `\u202e`")),
    ),
    _in(HOSTILE, "V204", "red", "`100%\r\n::set-output name=x::y,z: \x1b[31m\u2028` is not allowed", "50 %\nof it"),
    Diagnostic("P602", "the site cannot be written", HOSTILE.path),
)  # fmt: skip
