"""Compares the present facts with stored editions."""

from generator.compare.project import compare_again, compare_editions
from generator.compare.snapshot import snapshot

__all__ = ["compare_again", "compare_editions", "snapshot"]
