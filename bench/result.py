"""The results of a run of the benchmark, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass

from bench.measure import Result
from bench.ours import OURS
from bench.peers import PEERS


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures come from.

    Attributes:
        cores: Cores this process may use.
        memory: Bytes of main memory.
        load: Processes that ran or waited to run, on average, in the minute before the first run.
        versions: Versions by the id of a peer, `ours` for our own.
    """

    cores: int
    memory: int
    load: float
    processor: str
    system: str
    python: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a run of the benchmark.

    Attributes:
        date: Day of the run.
        rounds: Runs of each command.
        limit: Seconds after which a run was ended.
        results: All results, sizes in rising order.
    """

    date: str
    rounds: int
    limit: float
    machine: Machine
    results: tuple[Result, ...]

    @property
    def sizes(self) -> list[int]:
        """Sizes that were measured, rising."""
        return sorted({result.size for result in self.results})

    def at(self, size: int, id_: str) -> Result | None:
        """The result of a subject at a size, even one without runs."""
        found = [one for one in self.results if (one.size, one.id) == (size, id_)]
        return found[0] if found else None

    def of(self, size: int, id_: str) -> Result | None:
        """The result of a subject at a size, if it was run there."""
        found = self.at(size, id_)
        return found if found and found.runs else None

    def rivals(self, size: int) -> list[Result]:
        """Our whole build and the peers at a size, the quickest first, those left out last."""
        ids = {OURS, *(peer.id for peer in PEERS)}
        listed = [one for one in self.results if one.size == size and one.id in ids]
        return sorted(listed, key=lambda one: one.median.wall if one.runs else float("inf"))

    def ratios(self, result: Result) -> tuple[float, float] | None:
        """Time and work of a result over those of our whole build at the same size."""
        ours = self.of(result.size, OURS)
        if ours is None or not result.runs:
            return None
        mine, other = ours.median, result.median
        return other.wall / mine.wall, other.cpu / mine.cpu
