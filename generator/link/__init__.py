"""Stage 3: ids resolved; backlinks, timeline and conflicts worked out."""

from generator.link.project import check_links, link_project, relate_facts

__all__ = ["check_links", "link_project", "relate_facts"]
