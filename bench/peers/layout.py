"""The plain page that generators without a theme of their own are given: head, sections, text, foot."""

from __future__ import annotations

from typing import Final

from bench.page import SECTIONS

CSS: Final = """\
:root { color-scheme: light dark; --quiet: #5a6270; }
body { margin: 0 auto; max-width: 46rem; padding: 0 1rem; font: 1.05rem/1.6 Georgia, serif; }
header, footer { color: var(--quiet); font-size: 0.9rem; padding: 1rem 0; }
nav a { margin-right: 1rem; }
table { border-collapse: collapse; }
td, th { border-bottom: 1px solid var(--quiet); padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; }
.footnotes, .footnote { font-size: 0.9rem; }
@media print { nav { display: none; } }
"""


def page_layout(title: str, content: str, root: str) -> str:
    """A page in the words of some template language.

    Args:
        title: What writes the page's title, escaped.
        content: What writes the page's text.
        root: What writes the way from the page to the site's root, with a stroke at its end.
    """
    links = "".join(
        f'      <a href="{root}{section}/">{section.capitalize()}</a>\n' for section in SECTIONS
    )
    return f"""\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title} - The invented briefing</title>
  <link rel="stylesheet" href="{root}style.css">
</head>
<body>
  <header>
    <a href="{root}">The invented briefing</a>
    <nav aria-label="Sections">
{links}    </nav>
  </header>
  <main>
    <h1>{title}</h1>
{content}
  </main>
  <footer>Nothing here is true.</footer>
</body>
</html>
"""
