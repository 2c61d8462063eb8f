"""The generators that the benchmark compares with."""

from __future__ import annotations

from bench.peers import eleventy, hugo, mkdocs, pelican, sphinx
from bench.peers.peer import Peer

PEERS: tuple[Peer, ...] = (
    *hugo.PEERS,
    *eleventy.PEERS,
    *pelican.PEERS,
    *sphinx.PEERS,
    *mkdocs.PEERS,
)
"""All of them, in the order of the report."""
