"""Publishing: pages into the theme's shells, and a finished site into place. Knows no MkDocs."""

from __future__ import annotations

from generator.publish.press import press_pages
from generator.publish.shell import Shell, ShellFault
from generator.publish.site import Publication, PublishFault, refuse_site

__all__ = ["Publication", "PublishFault", "Shell", "ShellFault", "press_pages", "refuse_site"]
