"""The benchmark: invented corpora, the same pages for other generators, and their cost side by side."""
