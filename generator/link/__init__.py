"""Stage 3: ids resolved; backlinks, timeline and conflicts worked out."""

from generator.link.briefing import check_briefings
from generator.link.project import check_links, relate_facts

__all__ = ["check_briefings", "check_links", "relate_facts"]
