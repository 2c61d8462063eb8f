"""Papers on order: which are asked for, made by several processes, kept until what they show changes."""

from __future__ import annotations

from generator.model.stage import Verified
from generator.render.changes import carries_changes


def has_papers(verified: Verified) -> bool:
    """Whether the site of these facts carries any; what makes them is dear to load."""
    asked = verified.facts.settings.pdf
    return asked == "all" or (
        asked == "briefings" and bool(verified.briefings or carries_changes(verified))
    )
