"""What a build keeps for the next one: a cache beside the site, thrown away at the first doubt."""
