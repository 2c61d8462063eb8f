"""Stage 5: verified facts to pages and data files, in memory."""

from generator.render.part import SECTIONS, Rendered
from generator.render.site import Renderer, render_site

__all__ = ["SECTIONS", "Rendered", "Renderer", "render_site"]
