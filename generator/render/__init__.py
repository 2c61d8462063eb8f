"""Stage 5: verified facts to pages and data files, in memory."""

from generator.render.site import render_site

__all__ = ["render_site"]
