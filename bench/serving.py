"""Measures `briefing serve`: how long after an edit is saved the new page is served."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.corpus import Corpus
from bench.measure import Cost, LimitReached, Result, RunFault, tail_of, told
from bench.ours import ENVIRONMENT, PHASES, PROGRAM, edited, sheet_path
from bench.process import family, held, used
from bench.project import EDIT, edit_fact

ID: Final = "serve"
EDITS: Final = 5
"""Edits at least; the first of a server may take longer than those after it."""

_POLL: Final = 0.005  # seconds between two requests
_REST: Final = 1.0  # seconds before each edit: people do not save at once what they see


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and the page that is looked at.

    Attributes:
        address: Host and port.
        path: Of the page, from the server's root.
        log: What it prints.
        limit: Seconds to wait for anything.
    """

    process: subprocess.Popen[bytes]
    address: str
    path: str
    log: Path
    limit: float

    def page(self) -> bytes:
        """The page as it is served now; nothing while it cannot be had.

        Raises:
            RunFault: when the server has ended.
        """
        if self.process.poll() is not None:
            raise RunFault(f"briefing serve has ended:\n{tail_of(self.log)}")
        # An answer may be held back until a build is done.
        connection = http.client.HTTPConnection(self.address, timeout=self.limit)
        try:
            with suppress(OSError, http.client.HTTPException):
                connection.request("GET", self.path)
                answer = connection.getresponse()
                body = answer.read()
                return body if answer.status == http.HTTPStatus.OK else b""
        finally:
            connection.close()
        return b""

    def wait(self, holds: Callable[[bytes], bool]) -> bytes:
        """Ask for the page until it is as it should be.

        Raises:
            LimitReached: when it takes too long.
            RunFault: when the server has ended.
        """
        end = time.perf_counter() + self.limit
        while time.perf_counter() < end:
            page = self.page()
            if page and holds(page):
                return page
            time.sleep(_POLL)
        raise LimitReached(f"over {self.limit:g} s")


def measure_serving(
    corpus: Corpus,
    project: Path,
    rounds: int,
    limit: float,
    log: Path,
    tell: Callable[[str], None],
) -> Result:
    """Start the server, edit a fact some times, and note how long each takes to be seen.

    Time is that from the saved file to the end of the answer that has the new words, to about
    5 ms. Work is what the server uses meanwhile. Memory is that after the edit, not a peak.

    Args:
        corpus: What the project was made of.
        project: Its folder.
        rounds: How many edits at least.
        limit: Seconds to wait for the first page and for each edit.
        log: File that takes what the server prints.
        tell: Told of each edit.

    Raises:
        RunFault: when the server ends by itself.
    """
    result = Result(ID, PHASES[ID], corpus.sheets)
    name = edited(corpus)
    sheet = sheet_path(project, name)
    count = max(rounds, EDITS)
    with log.open("wb") as out:
        server = _start(project, f"/{name.folder}/{name.id}/", out.fileno(), log, limit)
        try:
            before = server.wait(bool)
            for number in range(1, count + 1):
                time.sleep(_REST)
                before, cost = _edit(server, sheet, before)
                result.runs.append(cost)
                tell(f"{corpus.sheets:>6} {ID} {number}/{count}: {told(cost)}")
        except LimitReached as reason:
            result.runs.clear()
            result.left_out = str(reason)
            tell(f"{corpus.sheets:>6} {ID}: {reason}, left out")
        finally:
            _stop(server.process)
    return result


def _edit(server: Server, sheet: Path, before: bytes) -> tuple[bytes, Cost]:
    """Edit once; the page afterwards, and what it cost."""
    # The server may put other things of its own into a page: the words are what counts.
    words = EDIT.encode()
    pid, work = server.process.pid, used(server.process.pid)
    edit_fact(sheet)
    start = time.perf_counter()
    page = server.wait(lambda page: page.count(words) != before.count(words))
    wall = time.perf_counter() - start
    cpu = max(used(pid) - work, 0.0)
    return page, Cost(wall, cpu, max(map(_resident, family(pid))), held(pid))


def _start(project: Path, path: str, out: int, log: Path, limit: float) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    settings = str(project / "mkdocs.yml")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [PROGRAM, "serve", "--config-file", settings, "--address", address],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        # The site goes to a temporary folder: on the disk where everything else lies.
        env={**os.environ, **ENVIRONMENT, "TMPDIR": str(project.parent)},
        start_new_session=True,
    )
    return Server(process, address, path, log, limit)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _resident(pid: int) -> int:
    """Bytes that a process holds, what it shares with others included; 0 where it cannot be seen."""
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
