"""Stage 3: ids resolved; backlinks, timeline and conflicts worked out."""

from generator.link.project import link_project, mentions_of

__all__ = ["link_project", "mentions_of"]
