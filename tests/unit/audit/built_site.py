"""A small built site, written by hand, that the audit finds sound; tests break it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.audit import AuditCounts, audit_site
from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink
from generator.verify.seal import dump_seal, seal_text

GAZETTE = """The port of Larkhaven opened a second pier in 2029. Its council spent 40 million crowns on the works.

Officials said the pier doubled the trade of the harbour.
"""
COURIER = """Larkhaven rebuilt its harbour. The works cost 40 million crowns in all.
"""

HOME, PLACE, GUILD = (
    "index.html",
    "countries/larkhaven/index.html",
    "organisations/pier-7-guild/index.html",
)
GAZETTE_PAGE, COURIER_PAGE = "sources/gazette-2031/index.html", "sources/courier-2031/index.html"
ABOUT, MISSING, REDIRECT = "about/method/index.html", "404.html", "countries/old-haven/index.html"
CLAIMS, ENTITIES, SOURCES = "data/claims.jsonl", "data/entities.jsonl", "data/sources.jsonl"


def _page(body: str, up: str) -> str:
    return f"""<!doctype html>
<html lang="en"><head><title>Site</title><link rel="stylesheet" href="{up}assets/site.css"></head>
<body><a href="#content">Skip</a>
<header><nav><a href="{up or "./"}">Home</a><a href="{up}countries/larkhaven/">Larkhaven</a></nav></header>
<main id="content">
{body}
</main><footer>Edition 1a2b of 21 November 2031</footer><script src="{up}assets/site.js"></script></body></html>
"""


def _claim(name: str, text: str | None, value: str | None, **more: object) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"larkhaven#{name}", "entity": "larkhaven", "kind": "reported", "text": text, "links": [],
        "property": None, "value": value, "date": None, "premises": [], "conflicts_with": [],
        "url": f"countries/larkhaven/#{name}", "citations": [],
    }  # fmt: skip
    return row | more


def _cited(source: str, exact: str, paragraph: int, sentence: int) -> dict[str, Any]:
    return {"source": source, "exact": exact, "paragraph": paragraph, "sentence": sentence}


CLAIM_ROWS = [
    _claim("second-pier", "Larkhaven opened a second pier in 2029.", None, date="2029",
           citations=[_cited("gazette-2031", "opened a second pier in 2029", 1, 1)]),
    _claim("cost", None, "40 million crowns", property="cost",
           citations=[_cited("gazette-2031", "spent 40 million crowns on the works", 1, 2),
                      _cited("courier-2031", "The works cost 40 million crowns", 1, 2)]),
    _claim("growth", "The harbour grew after the works & the pier.", None, kind="derived",
           premises=["larkhaven#second-pier", "larkhaven#cost"]),
]  # fmt: skip
ENTITY_ROWS = [
    {"id": "larkhaven", "name": "Larkhaven", "names": {"fr": ["Port-aux-Alouettes"]}, "url": "countries/larkhaven/"},
    {"id": "pier-7-guild", "name": "Pier 7 Guild", "names": {}, "identifiers": {"wikidata": "Q77"},
     "url": "organisations/pier-7-guild/"},
]  # fmt: skip
SOURCE_ROWS = [
    {
        "id": "gazette-2031",
        "title": "A second pier for 2029",
        "publisher": "The Gazette",
        "published": "2031-03-04",
    },
    {
        "id": "courier-2031",
        "title": "Harbour rebuilt",
        "publisher": "The Courier",
        "published": "2031",
    },
]

_PLACE = """<article class="briefing" data-page="entity">
<h1>Larkhaven</h1>
<p data-identity>Port-aux-Alouettes</p>
<p data-generated>3 claims from 2 articles. <a href="../../organisations/pier-7-guild/">Pier 7 Guild</a></p>
<h2 id="works">Works</h2>
<div id="second-pier" data-claim="larkhaven#second-pier"><p>Larkhaven opened a
 second pier in <time datetime="2029">2029</time>.</p> <button>1 source</button>
 <ol><li><q>opened a second pier in 2029</q> The Gazette, 4 March 2031, paragraph 1
 <a data-cite="gazette-2031" href="../../sources/gazette-2031/#q-pier">passage</a></li></ol></div>
<dl><div id="cost" data-claim="larkhaven#cost"><dt>Cost</dt><dd>40 million crowns
 <a data-cite="gazette-2031" href="../../sources/gazette-2031/#q-cost">one</a>
 <a data-cite="courier-2031" href="../../sources/courier-2031/#q-cost">two</a></dd></div></dl>
<p id="growth" data-claim="larkhaven#growth">The harbour grew after the works &amp; the pier.
 <a data-premise="larkhaven#second-pier" href="#second-pier">Larkhaven opened a second pier in 2029.</a>
 <a data-premise="larkhaven#cost" href="#cost">Cost: 40 million crowns</a></p>
</article>"""
_HOME = """<article class="prose"><h1>Harbours</h1><p>What is known of one harbour.</p>
<div class="briefing" data-page="home"><h2>Latest</h2>
<p data-claim-ref="larkhaven#second-pier"><a href="countries/larkhaven/#second-pier">Larkhaven opened a second pier in 2029.</a>
 <a data-cite="gazette-2031" href="sources/gazette-2031/#q-pier">1</a></p></div></article>"""
_GUILD = """<article class="briefing" data-page="entity"><h1>Pier 7 Guild</h1>
<p data-identity>Wikidata Q77</p><p data-generated>No claims yet.</p></article>"""
_GAZETTE = """<article class="briefing" data-page="source"><h1>A second pier for 2029</h1>
<dl data-record><dt>Publisher</dt><dd>The Gazette</dd><dt>Published</dt><dd>4 March 2031</dd></dl>
<section id="q-pier" data-passage="gazette-2031"><q data-exact>opened a second pier in 2029</q> paragraph 1
 <p data-claim-ref="larkhaven#second-pier"><a href="../../countries/larkhaven/#second-pier">Larkhaven opened a second pier in 2029.</a></p></section>
<section id="q-cost" data-passage="gazette-2031"><blockquote data-exact>spent 40 million crowns on
 the works</blockquote></section>
</article>"""
_COURIER = """<article class="briefing" data-page="source"><h1>Harbour rebuilt</h1>
<p data-record>The Courier, 2031</p>
<section id="q-cost" data-passage="courier-2031"><q data-exact>The works cost 40 million crowns</q></section>
</article>"""


@dataclass
class BuiltSite:
    """The site in a folder; `edit` breaks a file of it."""

    root: Path
    settings: Settings = field(init=False)
    counts: AuditCounts = field(default_factory=AuditCounts)

    def __post_init__(self) -> None:
        root = self.root
        self.settings = Settings(
            root=root, config_file=root / "mkdocs.yml", content=root / "content",
            seeds=root / "seeds", theme=root / "theme", site=root / "site",
        )  # fmt: skip
        pages = {HOME: (_HOME, ""), PLACE: (_PLACE, "../../"), GUILD: (_GUILD, "../../"),
                 GAZETTE_PAGE: (_GAZETTE, "../../"), COURIER_PAGE: (_COURIER, "../../")}  # fmt: skip
        for path, (body, up) in pages.items():
            self.write(path, _page(body, up))
        about = '<article class="prose"><p>Quotations have four words at least, in 2031 as ever.</p></article>'
        self.write(ABOUT, _page(about, "../../"))
        self.write(MISSING, _page('<article class="prose"><h1>404</h1></article>', "/"))
        self.write(
            REDIRECT,
            '<meta http-equiv="refresh" content="0; url=../larkhaven/"><p>Moved in 2030.</p>',
        )
        self.write("assets/site.css", "")
        self.write("assets/site.js", "")
        self.rows(CLAIMS, CLAIM_ROWS)
        self.rows(ENTITIES, ENTITY_ROWS)
        self.rows(SOURCES, SOURCE_ROWS)
        seeds = root / "seeds"
        seeds.mkdir()
        for source in SOURCE_ROWS:
            (seeds / f"{source['id']}.yml").write_text(
                f"title: {source['title']}\n", encoding="utf-8"
            )
        (seeds / "gazette-2031.seal").write_text(dump_seal(seal_text(GAZETTE)), encoding="utf-8")
        (seeds / "courier-2031.txt").write_text(COURIER, encoding="utf-8")

    @property
    def site(self) -> Path:
        return self.settings.site

    def write(self, path: str, text: str) -> None:
        target = self.site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def rows(self, path: str, rows: list[dict[str, Any]]) -> None:
        self.write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    def edit(self, path: str, old: str, new: str) -> BuiltSite:
        """Replace the one occurrence of a text in a file of the site."""
        text = (self.site / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))
        return self

    def at(self, url: str) -> BuiltSite:
        """Publish the site under an address."""
        self.settings = replace(self.settings, site_url=url)
        return self

    def audit(self) -> list[Diagnostic]:
        sink = Sink()
        self.counts = audit_site(self.site, self.settings, sink)
        return list(sink.sorted())

    def codes(self) -> set[str]:
        return {finding.code for finding in self.audit()}

    def one(self) -> Diagnostic:
        """The only finding."""
        findings = self.audit()
        assert len(findings) == 1, [
            (finding.code, finding.message, finding.path) for finding in findings
        ]
        return findings[0]
