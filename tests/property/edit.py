"""Random edits of a project, right or wrong, as people make them."""

from __future__ import annotations

import random
import re
from pathlib import Path


def _reword(text: str, draw: random.Random) -> str:
    lines = list(re.finditer(r"^ +text: .*\.$", text, re.MULTILINE))
    if not lines:
        return text
    at = draw.choice(lines).end() - 1
    return f"{text[:at]} at last{text[at:]}"


def _drop_line(text: str, draw: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[draw.randrange(len(lines))]
    return "".join(lines)


def _drop_claim(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^  [a-z0-9-]+:\n(?:    .*\n)+", text, re.MULTILINE))
    if not claims:
        return text
    claim = draw.choice(claims)
    return text[: claim.start()] + text[claim.end() :]


def _move_claim(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^  [a-z0-9-]+:\n(?:    .*\n)+", text, re.MULTILINE))
    if not claims:
        return text
    claim = draw.choice(claims)
    rest = text[: claim.start()] + text[claim.end() :]
    first = rest.find("claims:\n")
    if first < 0:
        return text
    at = first + len("claims:\n")
    return rest[:at] + claim.group() + rest[at:]


def _deprecate(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^(  [a-z0-9-]+:\n)(    (?:text|property))", text, re.MULTILINE))
    if not claims:
        return text
    at = draw.choice(claims).end(1)
    return f"{text[:at]}    rank: deprecated\n    reason: It was put off.\n{text[at:]}"


def _contradict(text: str, draw: random.Random) -> str:
    refs = list(re.finditer(r"^(  )([a-z0-9-]+)(:\n)(?=    text)", text, re.MULTILINE))
    if len(refs) < 2:
        return text
    one, other = draw.sample(refs, 2)
    name = draw.choice(["ENTITY", "vorbelia"])
    return f"{text[: one.end()]}    conflicts_with: [{name}#{other[2]}]\n{text[one.end() :]}"


def _undate(text: str, draw: random.Random) -> str:
    return re.sub(r"^    date: .*\n", "", text, count=1, flags=re.MULTILINE)


def _rename(text: str, draw: random.Random) -> str:
    return re.sub(r"^name: (.*)$", r"name: New \1", text, count=1, flags=re.MULTILINE)


def _retract(text: str, draw: random.Random) -> str:
    return f"{text}status: retracted\ndate: 2024-05-01\nreason: It was made up.\n"


def _retitle(text: str, draw: random.Random) -> str:
    return re.sub(r"^title: .*$", "title: Another title", text, flags=re.MULTILINE)


SHEET_EDITS = (
    _reword, _drop_line, _drop_claim, _move_claim, _deprecate, _contradict, _undate, _rename,
)  # fmt: skip
RECORD_EDITS = (_retract, _retitle)


def edit_files(project: Path, draw: random.Random) -> list[Path]:
    """Edit one to three files; gives those that have changed."""
    changed = []
    for _ in range(draw.randint(1, 3)):
        if draw.random() < 0.15:
            path = draw.choice(sorted((project / "seeds").glob("*post*.yml")))
            edit = draw.choice(RECORD_EDITS)
        else:
            path = draw.choice(sorted((project / "content").glob("*/*.yml")))
            edit = draw.choice(SHEET_EDITS)
        text = path.read_text(encoding="utf-8")
        new = edit(text, draw).replace("ENTITY", path.stem)
        if new != text:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed


def move_sheets(project: Path, draw: random.Random) -> list[Path]:
    """Let sheets come and go, and others speak of those that came; gives the paths concerned."""
    moved = []
    sheets = sorted((project / "content").glob("*/*.yml"))
    added = [path for path in sheets if path.stem.startswith("newland-")]
    for path in draw.sample(added, len(added) // 2):
        path.unlink()
        moved.append(path)
    if draw.random() < 0.3:  # most are named by others, so this is mostly wrong
        path = draw.choice([path for path in sheets if path not in added])
        path.unlink()
        moved.append(path)
    for _ in range(draw.randint(0, 2)):
        model = draw.choice(sorted((project / "content").glob("*/*.yml")))
        text = re.sub(
            r"^(?:names|identifiers|aliases):\n(?:  .*\n)+",
            "",
            model.read_text("utf-8"),
            flags=re.M,
        )
        text = re.sub(r"^    conflicts_with: .*\n", "", text, flags=re.MULTILINE)
        if draw.random() < 0.5:
            text = text.replace(
                "claims:\n", f"identifiers: {{wikidata: Q{draw.randrange(9)}}}\nclaims:\n", 1
            )
        path = model.with_name(f"newland-{draw.randrange(5)}.yml")
        path.write_text(
            re.sub(r"^name: .*", f"name: Land {draw.randrange(99)}", text), encoding="utf-8"
        )
        moved.append(path)
        if draw.random() < 0.5:
            other = draw.choice([one for one in sheets if one.exists()])
            words = re.sub(
                r"^( +text: [^\n\"]*)\.$",
                rf"\1, as in [[{path.stem}]].",
                other.read_text("utf-8"),
                count=1,
                flags=re.M,
            )
            other.write_text(words, encoding="utf-8")
            moved.append(other)
    return moved
