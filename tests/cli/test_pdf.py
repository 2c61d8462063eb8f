from pathlib import Path

from tests.conftest import ProjectBuilder, Runner


def made(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_one_page(briefing: Runner, project: ProjectBuilder, tmp_path: Path) -> None:
    out = tmp_path / "papers" / "a.pdf"
    outcome = briefing("pdf", "ardenia", "-o", out, "-f", project.config_file)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"printed {out}\n")
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in out.parent.iterdir()] == ["a.pdf"]


def test_only_what_changed_is_made_anew(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    pages = ("ardenia", "belmora", "castria", "ardenia,belmora")

    def run() -> str:
        return briefing("pdf", *pages, "-o", tmp_path / "o", "-f", project.config_file).err

    assert run() == "printed 4 PDFs, 4 of them made anew\n"
    before = made(tmp_path / "o")
    assert run() == "printed 4 PDFs, 0 of them made anew\n"
    assert made(tmp_path / "o") == before
    project.change("content/countries/belmora.yml", "a common cause.", "one common cause.")
    assert run() == "printed 4 PDFs, 2 of them made anew\n"
    after = made(tmp_path / "o")
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"belmora.pdf", "ardenia-dossier.pdf"}


def test_a_kept_pdf_that_is_damaged(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    briefing("pdf", "ardenia", "-o", out, "-f", project.config_file)
    before = out.read_bytes()
    (kept,) = (project.root / ".site.pdf").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    briefing("pdf", "ardenia", "-o", out, "-f", project.config_file)
    assert out.read_bytes() == before


def test_dossiers_and_forms(briefing: Runner, project: ProjectBuilder, tmp_path: Path) -> None:
    options = ("-o", tmp_path / "o", "--paper", "letter", "--large", "-f", project.config_file)
    outcome = briefing("pdf", "ardenia,belmora,ardenia", "castria", *options)
    assert outcome.code == 0
    names = ["ardenia-dossier.letter-large.pdf", "castria.letter-large.pdf"]
    assert list(made(tmp_path / "o")) == names


def test_the_state_of_a_build_serves_as_well(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    briefing("pdf", "ardenia", "-o", tmp_path / "a.pdf", "-f", project.config_file)
    (kept,) = (project.root / ".site.pdf").iterdir()
    kept.unlink()
    assert briefing("build", "-f", project.config_file).code == 0
    briefing("pdf", "ardenia", "-o", tmp_path / "b.pdf", "-f", project.config_file)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_unknown_pages(briefing: Runner, project: ProjectBuilder, tmp_path: Path) -> None:
    outcome = briefing("pdf", "ardenai", "-o", tmp_path / "x.pdf", "-f", project.config_file)
    assert outcome.code == 2
    assert "no page is called `ardenai`; did you mean `ardenia`?" in outcome.err
    assert briefing("pdf", "-f", project.config_file).code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_glyph_that_no_font_has(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    project.change("content/countries/belmora.yml", "a common cause.", "a common 漢 cause.")
    outcome = briefing("pdf", "ardenia", "belmora", "-o", tmp_path / "o", "-f", project.config_file)
    text = project.read("content/countries/belmora.yml")
    line = text[: text.index("漢")].count("\n") + 1
    assert outcome.code == 1
    assert f"content/countries/belmora.yml:{line}:" in outcome.out
    assert "error[R504] no font for papers has the character `漢` (U+6F22)" in outcome.out
    assert outcome.err == "no PDF was written\n"
    assert list((tmp_path / "o").iterdir()) == []


def test_a_script_that_no_font_has_is_one_finding_a_text(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    project.change("content/countries/belmora.yml", "a common cause.", "a 漢字 合 cause of 字.")
    outcome = briefing("pdf", "belmora", "-o", tmp_path / "o", "-f", project.config_file)
    assert outcome.out.count("[R504]") == 2
    assert "no font for papers has the characters of `漢字 合`" in outcome.out
    assert "no font for papers has the character `字` (U+5B57)" in outcome.out
    assert "hint: a site without papers has the setting `pdf: none`" in outcome.out


def test_every_page_and_what_it_needs(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    options = ("--all", "-o", tmp_path / "o", "-f", project.config_file)
    outcome = briefing("pdf", *options)
    assert outcome.code == 1
    assert "harbour-ceremony-2019.yml:28:11: error[R504]" in outcome.out
    (tmp_path / "o").mkdir(exist_ok=True)
    assert list((tmp_path / "o").iterdir()) == []


def test_a_template_without_alternative_text(
    briefing: Runner, project: ProjectBuilder, tmp_path: Path
) -> None:
    project.change("mkdocs.yml", "  font: false\n", "  font: false\n  custom_dir: own\n")
    project.write("own/print/paper.typ", '#set document(title: "A", date: auto)\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\' width=\'9\' height=\'9\'/>"))\n')  # fmt: skip
    outcome = briefing("pdf", "ardenia", "-o", tmp_path / "x.pdf", "-f", project.config_file)
    assert outcome.code == 1
    assert outcome.out.startswith("own/print/paper.typ: error[R505] `ardenia.pdf` cannot be set: ")
    assert "alt text" in outcome.out
    assert not (tmp_path / "x.pdf").exists()
