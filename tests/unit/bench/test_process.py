"""What processes hold and use."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.process import family, held, used

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").is_file(), reason="there is no /proc to read"
)

MANY = 64 * 2**20
# Fills its memory, shares it with a child, says so, and ends when its input does.
PROGRAM = f"""
import os, sys
filled = bytearray(b"x" * {MANY})
child = os.fork()
if child:
    print(child, flush=True)
sys.stdin.read()
if child:
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def parent_and_child() -> Iterator[tuple[int, int]]:
    """Two processes that hold the same memory."""
    command = [sys.executable, "-I", "-c", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield process.pid, int(process.stdout.readline())
        process.communicate()


def test_a_family_is_a_process_and_its_children(parent_and_child: tuple[int, int]) -> None:
    parent, child = parent_and_child
    assert family(parent) == [parent, child]
    assert family(child) == [child]


def test_memory_that_is_shared_counts_once(parent_and_child: tuple[int, int]) -> None:
    parent, child = parent_and_child
    assert MANY < held(parent) < 2 * MANY
    assert MANY / 2 < held(child) < MANY


def test_work_of_children_counts(parent_and_child: tuple[int, int]) -> None:
    parent, child = parent_and_child
    assert used(parent) >= used(child) >= 0
    assert used(parent) > 0


def test_work_of_ended_children_counts() -> None:
    before = used(os.getpid())
    subprocess.run([sys.executable, "-I", "-c", "sum(range(10**7))"], check=True)
    assert used(os.getpid()) > before


def test_a_process_that_has_ended_holds_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-I", "-c", ""])
    process.wait()
    assert held(process.pid) == 0
    assert used(process.pid) == 0
