"""Stage 2: trees to typed facts; every claim well-formed by itself."""

from generator.validate.project import validate_project

__all__ = ["validate_project"]
