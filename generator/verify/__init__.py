"""Stage 4: every quotation found in its source; standings, disagreements and impact worked out."""

from generator.verify.project import Bench, Verdict, conclude, verify_project

__all__ = ["Bench", "Verdict", "conclude", "verify_project"]
