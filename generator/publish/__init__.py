"""Publishing: pages into the theme's shells, and a finished site into place. Knows no MkDocs."""

from __future__ import annotations

from generator.publish.press import NoShell, Press, doubt_words
from generator.publish.shell import Shell, ShellFault
from generator.publish.site import Publication, PublishFault, refuse_site
from generator.publish.sitemap import sitemap_files

__all__ = [
    "NoShell",
    "Press",
    "Publication",
    "PublishFault",
    "Shell",
    "ShellFault",
    "doubt_words",
    "refuse_site",
    "sitemap_files",
]
