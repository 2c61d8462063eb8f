"""Publishing: pages into the theme's shells, and a finished site into place. Knows no MkDocs."""
