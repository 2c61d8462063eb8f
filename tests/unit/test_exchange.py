from pathlib import Path

from generator.config import DEFAULT_THEME
from generator.diagnostics import Sink
from generator.exchange import Exchange
from generator.publish.shell import page_file
from generator.render import Renderer
from generator.render.reach import reach
from generator.state.ledger import Outputs
from tests.conftest import ProjectBuilder

GAZETTE = "source:harbour-gazette-2019-05-03"


def renamed(project: ProjectBuilder, site: Path) -> tuple[Exchange, str, bytes]:
    """An exchange after a sheet has another name, the page's file, and what it has to become."""
    before = project.verified()
    (page,) = Renderer(before, Sink()).render(GAZETTE).pages
    file = page_file(page.path)
    (site / file).parent.mkdir(parents=True)
    (site / file).write_bytes(page.html.encode())
    project.change("content/countries/ardenia.yml", "name: Ardenia\n", "name: A & <Αρδένια>\n")
    after = project.verified()
    lines = reach(before, after, entities=["ardenia"]).lines
    renderer = Renderer(after, Sink())
    outputs = {part: Outputs((page.path,), (file,)) for part in lines}
    exchange = Exchange(renderer.beside(before), renderer, lines, outputs, site)
    return exchange, file, renderer.render(GAZETTE).pages[0].html.encode()


def test_lines_are_exchanged_where_they_stand(project: ProjectBuilder, tmp_path: Path) -> None:
    exchange, file, whole = renamed(project, tmp_path)
    assert exchange.page(GAZETTE) == (file, whole)
    assert "A &amp; &lt;Αρδένια&gt;" in whole.decode()


def test_another_part_has_to_be_drawn(project: ProjectBuilder, tmp_path: Path) -> None:
    exchange, _, _ = renamed(project, tmp_path)
    assert exchange.page("entity:ardenia") is None


def test_a_page_without_the_line_has_to_be_drawn(project: ProjectBuilder, tmp_path: Path) -> None:
    exchange, file, _ = renamed(project, tmp_path)
    html = (tmp_path / file).read_text()
    (tmp_path / file).write_text(html.replace('data-claim-ref="ardenia#capital"', "data-claim-ref"))
    assert exchange.page(GAZETTE) is None


def test_a_page_by_a_template_of_the_project_has_to_be_drawn(
    project: ProjectBuilder, tmp_path: Path
) -> None:
    template = (DEFAULT_THEME / "briefing" / "source.html").read_text()
    project.change("mkdocs.yml", "  font: false\n", "  font: false\n  custom_dir: theme\n")
    project.write("theme/briefing/source.html", template)
    exchange, file, whole = renamed(project, tmp_path / "one")
    assert exchange.page(GAZETTE) == (file, whole)
    project.change("content/countries/ardenia.yml", "name: A & <Αρδένια>\n", "name: Ardenia\n")
    project.write("theme/briefing/source.html", f"{template}<!-- our own -->\n")
    exchange, _, _ = renamed(project, tmp_path / "two")
    assert exchange.page(GAZETTE) is None
