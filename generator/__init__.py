"""The briefing-site generator: checked claims in, a cross-linked static site out."""
