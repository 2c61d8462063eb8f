"""Stage 2: trees to typed facts; every claim well-formed by itself."""

from generator.validate.project import Validated

__all__ = ["Validated"]
