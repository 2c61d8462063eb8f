"""Stage 2: trees to typed facts; every claim well-formed by itself."""

from generator.validate.project import Validated, gather_facts
from generator.validate.vocabulary import parse_vocabulary

__all__ = ["Validated", "gather_facts", "parse_vocabulary"]
