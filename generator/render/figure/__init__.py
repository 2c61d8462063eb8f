"""Figures: maps, graphs of connections, tables of parties, a strip of years; static SVG and HTML.

Each says in words and links what it draws. docs/figures.md has the rules they keep to.
"""
