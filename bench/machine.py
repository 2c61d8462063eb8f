"""Describes the machine and the versions in use."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from bench.ours import our_version
from bench.peers.peer import Peer, Tools
from bench.result import Machine


def describe_machine(peers: tuple[Peer, ...], tools: Tools) -> Machine:
    """The machine this runs on, and the versions of the peers as they give them.

    Called before anything is measured, so that the load is that of others.
    """
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        load=os.getloadavg()[0],
        processor=_processor(),
        system=f"{platform.system()} {platform.release().split('-')[0]}",
        python=platform.python_version(),
        versions={"ours": our_version()} | {peer.id: _version(peer, tools) for peer in peers},
    )


def _version(peer: Peer, tools: Tools) -> str:
    command = peer.version(tools)
    said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    number = re.search(r"\d+(?:\.\d+)+", said.stdout)
    return number[0] if number else said.stdout.strip()


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        named = re.search(r"^model name\s*:\s*(.+)$", information.read_text("utf-8"), re.MULTILINE)
        if named:
            return named[1]
    return platform.machine()
