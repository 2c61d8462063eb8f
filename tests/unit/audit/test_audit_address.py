"""P609: every link within the site leads to a file and an anchor."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audit.address import Inventory, Target
from tests.unit.audit.built_site import HOME, MISSING, PLACE, BuiltSite

END = "</article>"


@pytest.mark.parametrize(
    ("path", "addition", "place"),
    [
        (PLACE, '<a href="../nowhere/">x</a>', "../nowhere/"),
        (PLACE, '<a href="../larkhaven">x</a> <a href="../larkhaven.html">x</a>', "../larkhaven.html"),
        (PLACE, '<a href="../../../">x</a>', "../../../"),
        (PLACE, '<a href="#nowhere">x</a>', "#nowhere"),
        (PLACE, '<a href="../../#nowhere">x</a>', "../../#nowhere"),
        (PLACE, "<a href='../../?a=1&amp;b#nowhere'>x</a>", "../../?a=1&amp;b#nowhere"),
        (PLACE, '<img src="../../assets/none.svg" alt="">', "../../assets/none.svg"),
        (PLACE, '<img srcset="../../assets/site.css 1x, none.png 2x" alt="">', "../../assets/site.css 1x, none.png 2x"),
        (HOME, "<script src=none.js></script>", "none.js"),
        (HOME, '<link rel="stylesheet" href="none.css">', "none.css"),
        (HOME, '<svg><use href="assets/none.svg#a"/></svg>', "assets/none.svg#a"),
        (HOME, '<a href="/nowhere/">x</a>', "/nowhere/"),
        (HOME, '<base href="../">', "../"),
        (MISSING, '<a href="/nowhere/">x</a>', "/nowhere/"),
        ("countries/old-haven/index.html", '<meta http-equiv="refresh" content="0; url=../gone/">', "0; url=../gone/"),
    ],
)  # fmt: skip
def test_broken_link(tmp_path: Path, path: str, addition: str, place: str) -> None:
    built = BuiltSite(tmp_path)
    end = END if path in (PLACE, MISSING) else "</body>" if path == HOME else "<p>"
    found = built.edit(path, end, f"{addition}{end}").one()
    assert (found.code, found.path) == ("P609", f"site/{path}")
    assert found.span is not None
    assert found.span.text == place


@pytest.mark.parametrize(
    "addition",
    [
        '<a href="https://example.org/nowhere">x</a><a href="mailto:a@example.org">x</a>',
        '<a href="//example.org/nowhere">x</a><img src="data:image/png;base64,AA==" alt="">',
        '<a href="#">x</a><a href="#top">x</a><a href="">x</a><a href="?q=1">x</a>',
        '<a href="../larkhaven/index.html#cost">x</a><a href="./../../countries/larkhaven/">x</a>',
        '<a href="#c%6Fst">x</a><a href="../../sources/gazette-2031/#q-pier:~:text=pier">x</a>',
        '<a href="/countries/larkhaven/#cost">x</a><a href="../../assets/site.css#L10">x</a>',
        '<a name="old"></a><a href="#old">x</a>',
    ],
)
def test_sound_or_foreign_link(tmp_path: Path, addition: str) -> None:
    assert BuiltSite(tmp_path).edit(PLACE, END, f"{addition}{END}").audit() == []


def test_links_to_the_published_address_are_within_the_site(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).at("https://harbour.example/briefing/")
    built.edit(MISSING, 'href="/"', 'href="/briefing/"')
    text = (
        (built.site / MISSING)
        .read_text(encoding="utf-8")
        .replace('="/c', '="/briefing/c')
        .replace('="/a', '="/briefing/a')
    )
    built.write(MISSING, text)
    outside = '<a href="/other/">x</a><a href="https://harbour.example/other/">x</a>'
    inside = '<a href="https://harbour.example/briefing/countries/larkhaven/#cost">x</a><a href="/briefing">x</a>'
    built.edit(PLACE, END, f"{outside}{inside}{END}")
    assert built.audit() == []
    built.edit(
        PLACE, END, f'<link rel="canonical" href="https://HARBOUR.example/briefing/nowhere/">{END}'
    )
    assert built.one().code == "P609"


def test_flat_addresses(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    (built.site / "flat.html").write_text("", encoding="utf-8")
    (built.site / "sources" / "flat-2031.html").write_text("", encoding="utf-8")
    inventory = Inventory(built.site, built.settings)
    assert inventory.follow("flat.html", "sources/flat-2031.html#a") == Target(
        "sources/flat-2031.html", "a"
    )
    assert inventory.follow("sources/flat-2031.html", "../flat.html") == Target("flat.html", "")
    assert inventory.follow("flat.html", "sources/flat-2031/") == Target(None, "")
    assert inventory.source_page("flat-2031") == "sources/flat-2031.html"


def test_address_with_escapes(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    (built.site / "a file.html").write_text("", encoding="utf-8")
    inventory = Inventory(built.site, built.settings)
    assert inventory.follow("index.html", "a%20file.html#%C3%A9") == Target("a file.html", "é")
