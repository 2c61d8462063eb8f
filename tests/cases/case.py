"""Cases written in Markdown: input files with the findings they must give, on the lines they hit.

The notation is described in `README.md` beside this module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.pipeline import Checked
from generator.render.address import Addresses
from generator.render.data import claim_record
from generator.report.place import place_of
from tests.conftest import CASES, ProjectBuilder

_HEADING = re.compile(r"## (?P<name>.+)")
_FENCE = re.compile(r"(?P<fence>`{3,})(?P<kind>\S+)(?: (?P<path>\S+))?(?P<flags>(?: \S+)*)")
_FINDING = re.compile(
    r'\s*# (?P<level>error|warning): (?P<column>\d+) \[(?P<code>\w+)\] "(?P<message>.*)"'
)
_PLAIN_FINDING = re.compile(
    r"(?P<level>error|warning): (?P<path>\S+?)(?::(?P<line>\d+):(?P<column>\d+))? "
    r'\[(?P<code>\w+)\] "(?P<message>.*)"'
)
_HINT = re.compile(r'\s*(?:# )?hint: "(?P<hint>.*)"')
FLAGS = frozenset({"crlf", "bom", "unended"})


@dataclass(frozen=True)
class Finding:
    """An expected finding, or one that was made.

    Attributes:
        line: One-based; None where the finding has no place in the file. `column` likewise.
        message: For an expected one, a stretch of the message; `hint` of any of its hints.
    """

    path: str
    line: int | None
    column: int | None
    level: str
    code: str
    message: str
    hint: str | None = None

    @classmethod
    def of(cls, made: Diagnostic) -> Finding:
        """A finding as the notation shows it: with its first hint."""
        place = place_of(made.span) if made.span else None
        return cls(made.path, place.line if place else None, place.column if place else None,
                   made.level, made.code, made.message, made.hints[0] if made.hints else None)  # fmt: skip

    def fits(self, made: Diagnostic) -> bool:
        """Whether a finding that was made is this one."""
        other = Finding.of(made)
        return (
            (self.path, self.line, self.column, self.level, self.code)
            == (other.path, other.line, other.column, other.level, other.code)
            and self.message in made.message
            and (self.hint is None or any(self.hint in hint for hint in made.hints))
        )

    def inline(self, indent: str) -> list[str]:
        """The lines that stand above the line it hits."""
        lines = [f'{indent}# {self.level}: {self.column} [{self.code}] "{self.message}"']
        return lines + ([f'{indent}# hint: "{self.hint}"'] if self.hint else [])

    def plain(self) -> list[str]:
        """The lines of an `expect` block."""
        at = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        lines = [f'{self.level}: {at} [{self.code}] "{self.message}"']
        return lines + ([f'  hint: "{self.hint}"'] if self.hint else [])


@dataclass
class Block:
    """A fenced block."""

    fence: str
    kind: str
    path: str
    flags: tuple[str, ...]
    lines: list[str]

    @property
    def is_text(self) -> bool:
        """Whether it is a text file of the input, which may hold expectations."""
        return bool(self.path) and self.kind not in ("hex", "delete", "link", "archive")

    def split(self) -> tuple[list[str], list[Finding]]:
        """The real lines of the file, and the findings expected on them."""
        real: list[str] = []
        expected: list[Finding] = []
        for line in self.lines:
            found = _FINDING.fullmatch(line) if self.is_text else None
            hint = _HINT.fullmatch(line) if self.is_text else None
            if found:
                expected.append(Finding(self.path, len(real) + 1, int(found["column"]),
                                        found["level"], found["code"], found["message"]))  # fmt: skip
            elif hint and line.lstrip().startswith("#"):
                expected[-1] = _with_hint(expected[-1], hint["hint"])
            else:
                real.append(line)
        return real, expected

    def content(self) -> bytes:
        """The file's bytes."""
        if self.kind == "hex":
            return bytes.fromhex("".join(line.partition("#")[0] for line in self.lines))
        end = "\r\n" if "crlf" in self.flags else "\n"
        text = "".join(line + end for line in self.split()[0])
        if "unended" in self.flags:
            text = text.removesuffix(end)
        return (("\ufeff" if "bom" in self.flags else "") + text).encode()

    def render(self) -> list[str]:
        """The block as it stands in the Markdown file."""
        info = " ".join(filter(None, [self.kind, self.path, *self.flags]))
        return [self.fence + info, *self.lines, self.fence]


def _with_hint(finding: Finding, hint: str) -> Finding:
    return Finding(**{**vars(finding), "hint": hint})


@dataclass
class Case:
    """One heading with its blocks."""

    name: str
    parts: list[str | Block] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The fenced blocks."""
        return [part for part in self.parts if isinstance(part, Block)]

    def expected(self) -> list[Finding]:
        """Every finding the case must give."""
        found = [finding for block in self.blocks for finding in block.split()[1]]
        for block in self.blocks:
            if block.kind == "expect":
                found += _parse_expect(block.lines)
        return found

    def check(self, project: ProjectBuilder) -> Checked:
        """Lay the case's files over a project and check it."""
        for block in self.blocks:
            match block.kind:
                case "expect" | "claims":
                    continue
                case "delete":
                    project.delete(block.path)
                case "link":
                    target = project.root / block.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.symlink_to(block.lines[0])
                case "archive":
                    folder = project.archive()
                    if block.path:
                        (folder / block.path).write_bytes(block.content())
                case _:
                    project.write(block.path, block.content())
        return project.check()

    def faults(self, checked: Checked) -> list[str]:
        """What differs from the expectations, as lines for people."""
        missing, unexpected = compare(self.expected(), checked.findings)
        faults = [f"missing:    {' '.join(finding.plain())}" for finding in missing]
        faults += [f"unexpected: {' '.join(finding.plain())}" for finding in unexpected]
        for block in self.blocks:
            if block.kind == "claims":
                faults += _claim_faults(block.lines, checked)
        return faults

    def update(self, checked: Checked) -> None:
        """Rewrite the expectations to what was found."""
        found = [Finding.of(finding) for finding in checked.findings]
        for block in self.blocks:
            if block.is_text:
                here = [f for f in found if f.path == block.path and f.line is not None]
                block.lines = list(_annotated(block.split()[0], here))
                found = [finding for finding in found if finding not in here]
        lines = [line for finding in found for line in finding.plain()]
        old = next((block for block in self.blocks if block.kind == "expect"), None)
        if old is not None and lines:
            old.lines = lines
        elif old is not None:
            at = self.parts.index(old)
            del self.parts[max(0, at - 1) : at + 1]
        elif lines:
            while self.parts and self.parts[-1] == "":
                self.parts.pop()
            self.parts += ["", Block("```", "expect", "", (), lines), ""]


def _annotated(real: Sequence[str], findings: Sequence[Finding]) -> Iterator[str]:
    for number, line in enumerate([*real, ""], 1):
        indent = line[: len(line) - len(line.lstrip(" "))]
        for finding in findings:
            if finding.line == number:
                yield from finding.inline(indent)
        if number <= len(real):
            yield line


def compare(
    expected: Iterable[Finding], made: Iterable[Diagnostic]
) -> tuple[list[Finding], list[Finding]]:
    """Expected findings that were not made, and findings that nobody expected."""
    missing, unexpected = list(expected), []
    for finding in made:
        fitting = next((one for one in missing if one.fits(finding)), None)
        if fitting is None:
            unexpected.append(Finding.of(finding))
        else:
            missing.remove(fitting)
    return missing, unexpected


def _parse_expect(lines: Sequence[str]) -> list[Finding]:
    expected: list[Finding] = []
    for line in lines:
        found, hint = _PLAIN_FINDING.fullmatch(line), _HINT.fullmatch(line)
        if found:
            line_number, column = found["line"], found["column"]
            expected.append(Finding(
                found["path"], int(line_number) if line_number else None,
                int(column) if column else None, found["level"], found["code"], found["message"],
            ))  # fmt: skip
        elif hint and expected:
            expected[-1] = _with_hint(expected[-1], hint["hint"])
        else:
            raise ValueError(f"not an expectation: {line}")
    return expected


def _claim_faults(lines: Sequence[str], checked: Checked) -> list[str]:
    if checked.verified is None:
        return ["the project does not check, so no claims can be compared"]
    verified, addresses = checked.verified, Addresses()
    records = {
        claim.ref: claim_record(verified, entity, claim, addresses)
        for entity in verified.facts.entities.values()
        for claim in entity.claims
    }
    faults = []
    for line in lines:
        wanted = json.loads(line)
        record = records.get(wanted["id"], {})
        for key, value in wanted.items():
            if record.get(key) != value:
                faults.append(f"{wanted['id']}: `{key}` is {record.get(key)!r}, not {value!r}")
    return faults


@dataclass
class CaseFile:
    """One Markdown file of cases."""

    path: Path
    preface: list[str | Block] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> CaseFile:
        """Read a file.

        Raises:
            ValueError: for a block that is not closed, a block of unknown form, a name that stands
                twice, or a second block of expectations in one case.
        """
        file = cls(path)
        parts: list[str | Block] = file.preface
        lines = iter(path.read_text(encoding="utf-8").split("\n"))
        for line in lines:
            heading, fence = _HEADING.fullmatch(line), _FENCE.fullmatch(line)
            if heading:
                file.cases.append(Case(heading["name"]))
                parts = file.cases[-1].parts
            elif fence:
                parts.append(_read_block(fence, lines, path))
            elif line.startswith("```"):
                raise ValueError(f"{path.name}: not the head of a block: {line}")
            else:
                parts.append(line)
        names = [case.name for case in file.cases]
        if len(set(names)) != len(names):
            raise ValueError(f"{path.name}: a name stands twice")
        return file

    def case(self, name: str) -> Case:
        """The case of a name."""
        return next(case for case in self.cases if case.name == name)

    def write(self) -> None:
        """Write the file back."""
        lines = list(_rendered(self.preface))
        for case in self.cases:
            lines += [f"## {case.name}", *_rendered(case.parts)]
        self.path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _read_block(fence: re.Match[str], lines: Iterator[str], path: Path) -> Block:
    flags = tuple(fence["flags"].split())
    if not FLAGS.issuperset(flags):
        raise ValueError(f"{path.name}: unknown flags: {fence.group()}")
    block = Block(fence["fence"], fence["kind"], fence["path"] or "", flags, [])
    for line in lines:
        if line == block.fence:
            return block
        block.lines.append(line)
    raise ValueError(f"{path.name}: a block is not closed: {fence.group()}")


def _rendered(parts: Iterable[str | Block]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Block):
            yield from part.render()
        else:
            yield part


def all_cases() -> list[tuple[str, str]]:
    """File and name of every case."""
    return [
        (path.name, case.name)
        for path in sorted(CASES.glob("*.md"))
        if path.name != "README.md"
        for case in CaseFile.read(path).cases
    ]
