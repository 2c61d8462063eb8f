"""`briefing serve`: the host's development server, with the findings shown in the page.

A rebuild that ends in findings leaves the last good pages up and puts a panel over each of them;
where there is no good page yet, every address answers 503 with the findings. Browsers reload when
findings appear, change or vanish, since every rebuild, good or bad, gives the server a new epoch.
"""

from __future__ import annotations

import gc
import html
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.config import SettingsFault

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_POLICY = re.compile(rb'<meta\s+http-equiv="?Content-Security-Policy"?[^>]*>', re.IGNORECASE)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_STYLE = (
    "all:initial;display:block;position:relative;z-index:9;padding:1rem 1.5rem;"
    "border-bottom:4px solid #b00020;background:#fff;color:#1a1a1a;"
    "font:16px/1.5 sans-serif;max-height:60vh;overflow:auto"
)
_PRE = "white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 monospace;margin:0"
_PAGE = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<title>Findings</title></head><body></body></html>"
)


@dataclass
class Board:
    """What the server knows about the last rebuild.

    Attributes:
        text: The findings as a text report; empty when the content is good.
        ready: Whether a good site has been built since the server started.
        guarded: Whether rebuilds may fail without ending the server.
    """

    text: str = ""
    ready: bool = False
    guarded: bool = False

    def copy(self) -> Board:
        """A board that says the same and stays so."""
        return replace(self)


def findings_panel(board: Board) -> bytes:
    """The findings as a stretch of HTML that stands at the head of a page."""
    state = (
        "The page below is that of the last good build."
        if board.ready
        else "There is no good build to show yet."
    )
    return (
        f'<section role="alert" id="__findings" style="{_STYLE}">'
        f'<strong style="display:block">Findings stand in the way of this build. {state}</strong>'
        f'<pre style="{_PRE}" tabindex="0">{html.escape(board.text)}</pre></section>'
    ).encode()


class FindingsLayer:
    """WSGI layer that shows a board's findings in every HTML page it passes on.

    It also drops a page's Content-Security-Policy: the server's reload script is inline, and the
    policy that the published page carries would stop it.

    Args:
        app: The server's own application.
        board: Gives the board, at every request.
        inject: Adds the server's reload script to a page.
    """

    def __init__(
        self, app: App, board: Callable[[], Board], inject: Callable[[bytes], bytes]
    ) -> None:
        self.app = app
        self.board = board
        self.inject = inject

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("PATH_INFO", "").startswith("/livereload/"):
            return self.app(environ, start_response)
        answer: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *rest: object) -> None:
            answer[:] = [status, headers, *rest]

        # The host's server holds the request back while a rebuild is under way: the board is read after.
        chunks = self.app(environ, note)
        board = self.board()
        status, headers, *rest = answer
        absent = bool(board.text) and not board.ready
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if not absent and not kind.startswith("text/html"):
            start_response(status, headers, *rest)
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        if absent:
            status, body = "503 Service Unavailable", self.inject(_PAGE.encode())
        body = _POLICY.sub(b"", body)
        if board.text:
            body = _with_panel(body, board)
        fixed = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        start_response(status, fixed, *rest)
        return [body]


def _with_panel(page: bytes, board: Board) -> bytes:
    place = _BODY.search(page)
    at = place.end() if place else 0
    return page[:at] + findings_panel(board) + page[at:]


def guard_builder(builder: Callable[[], None], board: Board) -> Callable[[], None]:
    """A builder that notes on the board whatever goes wrong and never raises.

    The plugin itself notes findings; here land the faults that it does not see, such as a broken
    `mkdocs.yml`.
    """
    board.guarded = True

    def build() -> None:
        before, board.text = board.text, ""
        try:
            builder()
        except (Exception, SystemExit) as error:  # a fault must not end the server
            if not board.text:
                board.text = f"{type(error).__name__}: {error}"
                # A host's own abort has said all there is to say; anything else is a surprise.
                if not isinstance(error, SystemExit):
                    traceback.print_exception(error)
        else:
            if before:
                sys.stderr.write("the content is good again\n")

    return build


def install_layer(server: LiveReloadServer, board: Board, folders: Iterable[Path]) -> None:
    """Guard a server's rebuilds, put the layer before it, and let it watch more folders."""
    if isinstance(server.get_app(), FindingsLayer):
        return
    server.builder = guard_builder(server.builder, board)

    def shown() -> Board:  # a server that answers while it builds has a board of its own
        return getattr(server, "board", board)

    def inject(page: bytes) -> bytes:
        changed: bytes = server._inject_js_into_html(  # type: ignore[no-untyped-call]
            page, server._visible_epoch
        )
        return changed

    server.set_app(FindingsLayer(server.serve_request, shown, inject))
    for folder in folders:
        if folder.exists():
            server.watch(str(folder))


def serve(config_file: Path, address: str | None = None) -> None:
    """Serve a project until interrupted, and rebuild it at every change.

    Args:
        config_file: The project's `mkdocs.yml`.
        address: `host:port`; None for the host's own setting, `dev_addr`.

    Raises:
        SettingsFault: when `mkdocs.yml` cannot be used or the address is taken.
    """
    from generator.host import load_host, shown_log

    options = {"dev_addr": address} if address else {}
    folder = tempfile.mkdtemp(prefix="briefing_")
    site = str(Path(folder, "site"))  # what lies beside it goes with it
    former = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with shown_log():
            config = load_host(config_file, site_dir=site, **options)
            _run(config, lambda: load_host(config_file, site_dir=site, **options))
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, former)
        shutil.rmtree(folder, ignore_errors=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(config: MkDocsConfig, reload: Callable[[], MkDocsConfig]) -> None:
    """Our server around our builds; follows `mkdocs.commands.serve.serve`."""
    from mkdocs.commands.build import build
    from mkdocs.livereload import _serve_url

    from generator.amend import WholeBuild
    from generator.collector import uncollected
    from generator.host import briefing_of
    from generator.live import LiveServer
    from generator.session import Session

    config.plugins.on_startup(command="serve", dirty=False)
    host, port = config.dev_addr
    mount = urlsplit(config.site_url or "/").path
    url = _serve_url(host, port, mount)
    root, plugin = Path(config.site_dir), briefing_of(config)
    plugin.goes_on = True

    def builder(first: MkDocsConfig | None = None) -> None:
        present = first or reload()
        present.site_url = url
        with uncollected():
            build(present, serve_url=url)

    def open_session() -> Session:
        if plugin.build is None:
            raise WholeBuild("nothing has been built")
        session = Session(plugin.build.settings)
        plugin.build = None  # with all its facts: the session has what it needs
        gc.collect()
        gc.freeze()  # what stays is not looked through at every edit
        return session

    server = LiveServer(
        builder, plugin.board, open_session, host=host, port=port, root=str(root), mount_path=mount
    )
    server.error_handler = lambda code: _error_page(root, code)
    try:
        guard_builder(lambda: builder(config), plugin.board)()
        server.watch(config.docs_dir)
        server.watch(str(config.config_file_path))
        config.plugins.on_serve(server, config=config, builder=server.builder)
        for item in config.watch:
            server.watch(item)
        try:
            server.serve()
        except (OSError, OverflowError) as error:  # the latter of a port above 65535
            why = getattr(error, "strerror", None) or str(error).removesuffix(".")
            reason = f"the address {host}:{port} cannot be used: {why.lower()}"
            raise SettingsFault(reason, "name another with `--address`", "dev_addr") from error
    finally:
        server.shutdown()
        config.plugins.on_shutdown()


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
