"""The file of a state: small values by kind and id, in one SQLite database.

Nothing in it is the only copy of anything. A file that is missing, damaged, of another version or
made by other code is as good as none, and the build then starts from nothing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

FORMAT = 2
_SCHEMA = """
create table unit (kind text, id text, data blob, primary key (kind, id)) without rowid;
create table whole (name text primary key, data blob) without rowid;
"""


class StateLost(Exception):
    """The file of a state cannot be used."""


Key = tuple[str, str]
"""Kind and id of a unit."""


class Store:
    """An open state file.

    Raises:
        StateLost: when there is none, or it is of no use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise StateLost("there is no state")
        self._inherited: list[sqlite3.Connection] = []
        try:
            self._connect()
        except sqlite3.Error as error:
            raise StateLost(str(error)) from error
        try:
            # It is a cache: what a failing machine loses is made again.
            self._db.execute("pragma synchronous = off")
            (version,) = self._db.execute("pragma user_version").fetchone()
        except sqlite3.Error as error:
            self.close()
            raise StateLost(str(error)) from error
        if version != FORMAT:
            self.close()
            raise StateLost("the state is of another format")

    def _connect(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None)
        self._process = os.getpid()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def unit(self, kind: str, id_: str) -> bytes | None:
        """The data of a unit; None when there is no such unit."""
        return self._one("select data from unit where kind = ? and id = ?", (kind, id_))

    def units(self, kind: str) -> dict[str, bytes]:
        """The data of all units of a kind, by id."""
        try:
            rows = self._db.execute("select id, data from unit where kind = ?", (kind,)).fetchall()
        except sqlite3.Error as error:
            raise StateLost(str(error)) from error
        return {id_: bytes(data) for id_, data in rows}

    def whole(self, name: str) -> bytes:
        """The data of a value that there is one of.

        Raises:
            StateLost: when it is not there.
        """
        data = self.find(name)
        if data is None:
            raise StateLost(f"the state holds no `{name}`")
        return data

    def find(self, name: str) -> bytes | None:
        """The data of a value that there may be one of."""
        return self._one("select data from whole where name = ?", (name,))

    def _one(self, query: str, values: tuple[str, ...]) -> bytes | None:
        try:
            if self._process != os.getpid():
                # A connection must not be used in a forked process, nor be closed there.
                self._inherited.append(self._db)
                self._connect()
            row = self._db.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise StateLost(str(error)) from error
        return None if row is None else bytes(row[0])

    def change(
        self,
        units: Mapping[Key, bytes | None],
        wholes: Mapping[str, bytes],
        cleared: Iterable[str] = (),
    ) -> None:
        """Put values in, in one step.

        Args:
            units: Values by kind and id; None takes a unit out.
            wholes: Values that there is one of.
            cleared: Kinds of which there are only the given units from then on.

        Raises:
            StateLost: when nothing could be put in.
        """
        gone = [key for key, data in units.items() if data is None]
        try:
            self._db.execute("begin immediate")
            self._db.executemany("delete from unit where kind = ?", ((kind,) for kind in cleared))
            self._db.executemany("delete from unit where kind = ? and id = ?", gone)
            self._db.executemany(
                "insert or replace into unit values (?, ?, ?)",
                ((*key, data) for key, data in units.items() if data is not None),
            )
            self._db.executemany("insert or replace into whole values (?, ?)", wholes.items())
            self._db.execute("commit")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise StateLost(str(error)) from error


def write_store(
    path: Path, units: Iterable[tuple[Key, bytes]], wholes: Mapping[str, bytes]
) -> None:
    """Write a new state file; one that is there already is replaced.

    Raises:
        StateLost: when it cannot be written.
    """
    try:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("pragma journal_mode = off")
            db.execute("pragma synchronous = off")
            db.executescript(_SCHEMA)
            db.execute("begin")
            db.executemany(
                "insert into unit values (?, ?, ?)", ((*key, data) for key, data in units)
            )
            db.executemany("insert into whole values (?, ?)", wholes.items())
            db.execute(f"pragma user_version = {FORMAT}")
            db.execute("commit")
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise StateLost(str(error)) from error
