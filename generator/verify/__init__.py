"""Stage 4: every quotation found in its source; standings, disagreements and impact worked out."""

from generator.verify.project import Bench, Verdict, conclude

__all__ = ["Bench", "Verdict", "conclude"]
