"""Stage 3: ids resolved; backlinks, timeline and conflicts worked out."""

from generator.link.project import check_links, relate_facts

__all__ = ["check_links", "relate_facts"]
