"""Stage 4: every quotation found in its source, every claim given its standing."""

from generator.verify.project import verify_project

__all__ = ["verify_project"]
