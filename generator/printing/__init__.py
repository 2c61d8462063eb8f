"""Papers on order: which are asked for, made by several processes, kept until what they show changes."""
