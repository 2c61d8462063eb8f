"""Stage 3: ids resolved; backlinks, timeline and conflicts worked out."""

from generator.link.project import link_project

__all__ = ["link_project"]
