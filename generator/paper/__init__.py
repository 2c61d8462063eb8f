"""Papers: facts as Typst input, and Typst input as PDF. docs/paper.md says what a paper shows."""

from generator.paper.compose import Composer
from generator.paper.glyph import report_glyphs
from generator.paper.order import FORMATS, Order, Paper, Variant
from generator.paper.typeset import TypesetFault, Typesetter

__all__ = [
    "FORMATS",
    "Composer",
    "Order",
    "Paper",
    "TypesetFault",
    "Typesetter",
    "Variant",
    "report_glyphs",
]
