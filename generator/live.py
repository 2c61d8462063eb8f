"""The development server: shows an edit as soon as its pages are there, and waits for no build.

It is the host's server with another way of watching and building. Requests are answered from the
last good site while a build is under way. A page is told to load again when it has changed, or the
findings have.
"""

from __future__ import annotations

import json
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.simple_server import WSGIRequestHandler

import watchfiles
from mkdocs.livereload import LiveReloadServer, log

from generator.amend import WholeBuild, Work
from generator.serve import Board
from generator.session import Session

STEP, LONGEST = 20, 200
"""Milliseconds: an edit is taken up when nothing has happened for the first, or after the second."""
_BREATH = 100
"""Milliseconds after which a watcher without news looks whether it is to end."""
Watcher = Generator[set[tuple[watchfiles.Change, str]], None, None]
Wanted = Callable[[str], bool]
_POLL = re.compile(r"/livereload/([0-9]+)/[0-9]+")
_STATE = "/livereload/state"


class LiveServer(LiveReloadServer):
    """The host's server around whole builds and a session.

    Args:
        builder: Makes a whole build; notes on the board what goes wrong, and does not raise.
        board: What builds note their findings on.
        open_session: Gives the session of a good build that has just been made.
        host: Where to listen, with `port`.
        root: The served folder.
        mount_path: Path of the site on the server.

    Attributes:
        board: What requests are answered with; that of the builds changes while they go on.
    """

    def __init__(
        self,
        builder: Callable[[], None],
        board: Board,
        open_session: Callable[[], Session],
        *,
        host: str,
        port: int,
        root: str,
        mount_path: str,
    ) -> None:
        super().__init__(builder, host, port, root, mount_path)
        self.RequestHandlerClass = _Handler
        self.board = Board()
        self._noted = board
        self._open_session = open_session
        self._session: Session | None = None
        self._watched: list[Path] = []
        self._changes: queue.SimpleQueue[set[str]] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._building = False
        self._whole = self._visible_epoch  # when the site as a whole, or the findings, changed
        self._pages: dict[str, int] = {}  # when a file changed since

    # Building.

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Take up changes of a file, or of whatever lies in a folder."""
        self._watched.append(Path(path).absolute())
        self._watched_paths[path] = 1  # pages get the reload script where something is watched

    def unwatch(self, path: str) -> None:
        """Take up changes no longer; of no use once the server runs."""
        self._watched.remove(Path(path).absolute())

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until interrupted; the first build has been made."""
        self.server_bind()
        self.server_activate()
        for changes, wanted in list(self._watchers()):
            next(changes)  # from here on nothing is missed
            threading.Thread(target=self._listen, args=(changes, wanted), daemon=True).start()
        self._built()
        log.info(f"Serving on {self.url}")
        self.serve_thread.start()
        if self._session is not None:  # what was edited during the first build
            self.follow(())
        while not self._stopped.is_set():
            found = self._next_changes()
            if found:
                self.follow(found)

    def shutdown(self, wait: bool = False) -> None:
        """End serving, watching and the session."""
        self._stopped.set()
        super().shutdown(wait=False)
        if self._session is not None:
            self._session.close()

    def _watchers(self) -> Iterator[tuple[Watcher, Wanted]]:
        """One for all folders; one for files, whose folders are watched: editors replace files."""
        folders = sorted({path for path in self._watched if path.is_dir()})
        files = {str(path) for path in self._watched if not path.is_dir()}
        near = sorted({Path(path).parent for path in files})
        if folders:
            yield self._watcher(folders, recursive=True), lambda _: True
        if files:
            yield self._watcher(near, recursive=False), files.__contains__

    def _watcher(self, paths: Sequence[Path], *, recursive: bool) -> Watcher:
        return watchfiles.watch(
            *(path for path in paths if path.is_dir()),
            watch_filter=None,
            debounce=LONGEST,
            step=STEP,
            stop_event=self._stopped,
            rust_timeout=_BREATH,
            yield_on_timeout=True,
            recursive=recursive,
            raise_interrupt=False,
        )

    def _listen(self, watcher: Watcher, wanted: Wanted) -> None:
        for changes in watcher:
            found = {path for _, path in changes if wanted(path)}
            if found:
                self._changes.put(found)

    def _next_changes(self) -> set[str]:
        """What has changed since; nothing after a while, so that an interrupt gets through."""
        try:
            found = self._changes.get(timeout=self.shutdown_delay)
            while True:
                try:
                    found |= self._changes.get_nowait()
                except queue.Empty:
                    return found
        except queue.Empty:
            return set()

    def follow(self, paths: Iterable[str]) -> None:
        """Bring the site up to date with changes of some paths."""
        with self._under_way():
            if self._session is not None:
                began = time.perf_counter()
                try:
                    work = self._session.amend(paths, self._exchanged)
                except WholeBuild as reason:
                    log.info(f"A whole build: {reason}")
                except Exception:  # a fault must not end the server
                    log.exception("The edit could not be worked in")
                    self._session.spoil()
                else:
                    self._amended(work, time.perf_counter() - began)
                    return
            self._settle(None)
            self.builder()
        self._built()

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        self._building = True
        try:
            yield
        finally:
            self._building = False

    def _amended(self, work: Work, seconds: float) -> None:
        """An edit has been worked in."""
        if self._noted.text:
            self._noted.text = ""
            self._publish()
            log.info("The content is good again")
        if work.files:
            log.info(f"{work.written} files changed in {seconds * 1000:.0f} ms")

    def _built(self) -> None:
        """A whole build has ended, well or not."""
        session = self._session
        if session is not None and not session.is_current:
            session.close()
            session = None
        if not self._noted.text and self._noted.ready and session is None:
            try:
                session = self._open_session()
            except WholeBuild as reason:
                log.info(f"Every change takes a whole build: {reason}")
        self._session = session
        self._publish()

    # What browsers are told.

    def _publish(self) -> None:
        """Show what builds have noted; every page is another from now on."""
        with self._epoch_cond:
            self.board = self._noted.copy()
            self._whole = self._advance()
            self._pages.clear()
            self._epoch_cond.notify_all()

    def _exchanged(self, names: Sequence[str]) -> None:
        with self._epoch_cond:
            epoch = self._advance()
            self._pages.update(dict.fromkeys(names, epoch))
            self._epoch_cond.notify_all()

    def _advance(self) -> int:
        """A new epoch, later than any other; the host waits where the two are not the same."""
        now = max(self._visible_epoch + 1, round(time.monotonic() * 1000))
        self._wanted_epoch = self._visible_epoch = now
        return now

    def state(self) -> dict[str, object]:
        """What the server has to say of itself."""
        session = self._session
        with self._epoch_cond:
            return {
                "epoch": self._visible_epoch,
                "building": self._building,
                "ready": self.board.ready,
                "findings": bool(self.board.text),
                "deferred": list(session.deferred) if session is not None else [],
            }

    def _epoch_of(self, address: str) -> int:
        """When what a browser shows at an address has changed last."""
        path = unquote(urlsplit(address).path)
        if not path:  # it does not say where it is
            return self._visible_epoch
        return max(self._whole, self._pages.get(self._file_of(path), 0))

    def _file_of(self, path: str) -> str:
        """The file of the site at a path of the server."""
        name = path.removeprefix(self.mount_path)
        return f"{name}index.html" if not name or name.endswith("/") else name

    def _settle(self, names: Sequence[str] | None) -> None:
        if self._session is not None:
            try:
                self._session.settle(names)
            except OSError as error:
                log.info(f"A data file could not be written: {error}")

    # Answering.

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path == _STATE:
            return _answer(start_response, "application/json", json.dumps(self.state()))
        polled = _POLL.fullmatch(path)
        if polled:
            return self._await(int(polled[1]), environ, start_response)
        if path.endswith(".jsonl"):
            self._settle([self._file_of(path.encode("latin-1").decode("utf-8", "ignore"))])
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer

    def _await(
        self, epoch: int, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer when the page that asks is no longer the latest, or after a minute."""
        address = str(environ.get("HTTP_REFERER") or "")
        with self._epoch_cond:
            self._epoch_cond.wait_for(
                lambda: self._epoch_of(address) > epoch, timeout=self.poll_response_timeout
            )
            found = self._epoch_of(address)
        return _answer(start_response, "text/plain", str(found))


class _Handler(WSGIRequestHandler):
    """Notes no request as a warning: a strict build under way would be given up for it."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Note what was not answered with a file."""
        level = logging.DEBUG if str(code) == "200" else logging.INFO
        log.log(level, f'"{self.requestline}" code {code}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Note what the base class has to say."""
        log.debug(format, *args)


def _answer(start_response: Callable[..., Any], kind: str, text: str) -> Iterable[bytes]:
    data = text.encode()
    start_response(
        "200 OK",
        [
            ("Content-Type", kind),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
        ],
    )
    return [data]
