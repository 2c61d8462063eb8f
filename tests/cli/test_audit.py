"""`briefing audit` on the really built site: each way of breaking a page is seen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.host import build_site
from tests.conftest import ROOT

PAGE = "countries/kazakhstan/index.html"
SOURCE = "sources/the-week-2025-11/index.html"

Break = Callable[[str], str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("audited") / "site"
    findings, ok = build_site(ROOT / "mkdocs.yml", site_dir=site)
    assert (ok, list(findings)) == (True, [])
    return site


def audit(site: Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["audit", "-f", str(ROOT / "mkdocs.yml"), str(site)])
    return result.exit_code, result.output


def test_the_built_site_is_clean(built: Path) -> None:
    code, output = audit(built)
    assert (code, "error[" in output) == (0, False)


def without_citations(html: str) -> str:
    """The first claim loses its citations."""
    claim = re.search(r'<li class="claim" id="region".*?</li>\s*</ul>', html, re.DOTALL)
    assert claim
    return html.replace(claim.group(), re.sub(r' data-cite="[^"]*"', "", claim.group()))


def leading_nowhere(html: str) -> str:
    return re.sub(
        r'(data-cite="[^"]*" href="[^"#]*)#q-[0-9a-f]+"', r'\1#q-0000000000"', html, count=1
    )


def without_passage(html: str) -> str:
    return re.sub(r' id="q-[0-9a-f]+" data-passage="[^"]*"', "", html, count=1)


def with_altered_words(html: str) -> str:
    return re.sub(r"(<blockquote data-exact[^>]*>)(\w+)", r"\1Never \2", html, count=1)


def with_a_paragraph(html: str) -> str:
    return html.replace("</h1>", "</h1>\n<p>Its people number 20 million.</p>", 1)


def with_a_fact(html: str) -> str:
    return html.replace("</h1>", "</h1>\n<dl><dt>Capital</dt><dd>Astana</dd></dl>", 1)


def with_another_year(html: str) -> str:
    return re.sub(r"since 1992\.<sup", "since 1993.<sup", html, count=1)


def without_a_claim(html: str) -> str:
    return re.sub(r' id="region" data-claim="kazakhstan#region"', "", html, count=1)


def with_a_dead_link(html: str) -> str:
    return html.replace('israel/"', 'atlantis/"', 1)


def without_a_note(html: str) -> str:
    return re.sub(r'<li id="note-2" .*?</li>', "", html, count=1)


def with_swapped_notes(html: str) -> str:
    """The second and third note change places, and their numbers with them."""
    second, third = (re.search(rf'<li id="note-{n}" .*?</li>', html) for n in (2, 3))
    assert second
    assert third
    swapped = html.replace(
        third.group(), second.group().replace("note-2", "note-3").replace('"2"', '"3"')
    )
    return swapped.replace(
        second.group(), third.group().replace("note-3", "note-2").replace('"3"', '"2"'), 1
    )


def with_a_note_of_another(html: str) -> str:
    """A note has the words of another note."""
    words = re.findall(r'<li id="note-\d+" [^>]*><q[^>]*>(.*?)</q>', html)
    return re.sub(r'(<li id="note-1" [^>]*><q[^>]*>).*?</q>', rf"\1{words[-1]}</q>", html, count=1)


def with_its_sealed_text(html: str) -> str:
    return html.replace("</article>", '<p data-text="the-week-2025-11">All of it.</p></article>', 1)


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        (PAGE, without_citations, "P603"),
        (PAGE, leading_nowhere, "P604"),
        (PAGE, with_a_paragraph, "P606"),
        (PAGE, with_a_fact, "P606"),
        (PAGE, with_another_year, "P606"),
        (PAGE, without_a_claim, "P607"),
        (PAGE, with_a_dead_link, "P609"),
        (PAGE, without_a_note, "P604"),
        (PAGE, with_swapped_notes, "P604"),
        (PAGE, with_a_note_of_another, "P605"),
        (SOURCE, with_its_sealed_text, "P606"),
        (SOURCE, without_passage, "P605"),
        (SOURCE, with_altered_words, "P605"),
    ],
)
def test_a_broken_page_is_seen(
    built: Path, tmp_path: Path, path: str, change: Break, code: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    html = (site / path).read_text(encoding="utf-8")
    broken = change(html)
    assert broken != html
    (site / path).write_text(broken, encoding="utf-8")
    exit_code, output = audit(site)
    assert exit_code == 1
    assert f"error[{code}]" in output


def test_a_claim_left_out_of_the_data_is_seen(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    file = site / "data" / "claims.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[1:]), encoding="utf-8")
    exit_code, output = audit(site)
    assert (exit_code, "error[P607]" in output) == (1, True)


def test_a_folder_without_a_site_is_said_plainly(tmp_path: Path) -> None:
    exit_code, output = audit(tmp_path / "nothing")
    assert (exit_code, "error[P608]" in output) == (1, True)
