"""The search: an index of every claim, entity and source, in small files that a browser asks for one by one."""
