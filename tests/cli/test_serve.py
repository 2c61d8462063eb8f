"""Both development servers, over HTTP: findings come and go in the page, and nothing ends the server."""

import json
import re
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from generator.serve import Board, FindingsLayer, findings_panel, guard_builder
from tests.cli.lake import BROKEN, FILES, Lakes

SERVERS = ["mkdocs", "briefing"]
PATIENCE = 45.0


def eventually(ready: Callable[[], bool], what: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


class Server:
    """A server of a project on a free port."""

    def __init__(self, lakes: Lakes, command: str) -> None:
        self.lakes = lakes
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command = (command, "serve", "-a", f"127.0.0.1:{self.port}")

    def get(self, path: str = "/countries/blue-land/") -> tuple[int, str]:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=30
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def epoch(self) -> int:
        found = re.search(r"livereload\((\d+), \d+\)", self.get()[1])
        return int(found[1]) if found else -1

    def state(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.get("/livereload/state")[1] or "{}")
        return answer

    def poll(self, epoch: int, page: str | None) -> int:
        """What a browser on a page is told that has loaded it in an epoch."""
        headers = {"Referer": f"http://127.0.0.1:{self.port}{page}"} if page else {}
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/livereload/{epoch}/1", headers=headers
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            return int(answer.read())

    def await_page(self, status: int, *words: str, without: str = "\0") -> str:
        seen = [(0, "")]

        def ready() -> bool:
            seen[0] = self.get()
            got, text = seen[0]
            return got == status and all(word in text for word in words) and without not in text

        eventually(ready, lambda: f"{seen[0]}\n{self.lakes.log()}")
        return seen[0][1]


@contextmanager
def served(lakes: Lakes, command: str, **environment: str) -> Iterator[Server]:
    server = Server(lakes, command)
    with lakes.running(*server.command, **environment) as process:
        yield server
        assert process.poll() is None, lakes.log()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0, lakes.log()


@pytest.mark.parametrize("command", SERVERS)
def test_findings_appear_change_and_vanish_in_the_page(lakes: Lakes, command: str) -> None:
    with served(lakes, command) as server:
        server.await_page(200, "Blue Land borders a lake", without="__findings")
        epochs = [server.epoch()]

        lakes.break_quotation()
        page = server.await_page(200, 'role="alert" id="__findings"', "Q401", BROKEN)
        assert "Blue Land borders a lake" in page  # the last good page is still there
        epochs.append(server.epoch())

        lakes.write("content/countries/red-land.yml", "name: Red\nclaims: <b>\n")
        page = server.await_page(200, "red-land.yml", "claims: &lt;b&gt;")
        assert "claims: <b>" not in page
        epochs.append(server.epoch())

        lakes.write("content/countries/red-land.yml", FILES["content/countries/red-land.yml"])
        lakes.mend()
        server.await_page(200, "Blue Land borders a lake", without="__findings")
        epochs.append(server.epoch())
        assert epochs == sorted(set(epochs))
        assert "Q401" in lakes.log()
        assert "Traceback" not in lakes.log()


@pytest.mark.parametrize("command", SERVERS)
def test_a_server_leaves_nothing_in_the_temporary_folder(lakes: Lakes, command: str) -> None:
    folder = lakes.root.parent / "temporary"
    folder.mkdir()
    with served(lakes, command, TMPDIR=str(folder)) as server:
        server.await_page(200, "Blue Land borders a lake")
        assert list(folder.iterdir())
        lakes.write("seeds/gazette.yml", FILES["seeds/gazette.yml"].replace("The Gaz", "The Jaz"))
        server.await_page(200, "The Jazette")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", SERVERS)
def test_a_server_starts_with_broken_content_and_recovers(lakes: Lakes, command: str) -> None:
    lakes.break_quotation()
    with served(lakes, command) as server:
        page = server.await_page(503, "__findings", "Q401", BROKEN)
        assert "livereload(" in page
        assert server.get("/assets/css/site.css")[0] == 503
        lakes.mend()
        server.await_page(200, "Blue Land borders a lake", without="__findings")


@pytest.mark.parametrize("command", SERVERS)
def test_all_inputs_are_watched(lakes: Lakes, command: str) -> None:
    lakes.write("theme/main.html", '{% extends "base.html" %}')
    text = FILES["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme")
    lakes.write("mkdocs.yml", text)
    with served(lakes, command) as server:
        server.await_page(200, "<title>", "Lakes")
        lakes.write("mkdocs.yml", text.replace("Lakes", "Ponds"))
        server.await_page(200, "- Ponds</title>")
        lakes.write(
            "seeds/gazette.yml", FILES["seeds/gazette.yml"].replace("The Gazette", "The Herald")
        )
        server.await_page(200, "The Herald")
        footer = '{% extends "base.html" %}{% block footer %}<p>a new foot</p>{% endblock %}'
        lakes.write("theme/main.html", footer)
        server.await_page(200, "a new foot")
        lakes.write("theme/assets/css/claims.css", ".claim { color: navy }\n")
        eventually(lambda: "navy" in server.get("/assets/css/site.css")[1], lakes.log)
        lakes.write("content/about/method.md", "# Another method\n")
        eventually(lambda: "Another method" in server.get("/about/method/")[1], lakes.log)


@pytest.mark.parametrize("command", SERVERS)
def test_no_fault_ends_the_server(lakes: Lakes, command: str) -> None:
    lakes.write("theme/main.html", '{% extends "base.html" %}')
    text = FILES["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme")
    lakes.write("mkdocs.yml", text)
    with served(lakes, command) as server:
        server.await_page(200, "Blue Land borders a lake")
        lakes.write("mkdocs.yml", "site_name: [Lakes\n")
        server.await_page(200, "__findings", "Blue Land borders a lake")
        lakes.write("mkdocs.yml", text)
        server.await_page(200, "Blue Land borders a lake", without="__findings")
        lakes.write("theme/main.html", "{% extends 'base.html' %}{% block footer %}")
        server.await_page(200, "__findings", "R501", "theme/main.html:1:")
        lakes.write("theme/main.html", '{% extends "base.html" %}')
        server.await_page(200, "Blue Land borders a lake", without="__findings")


@pytest.fixture
def briefing(lakes: Lakes) -> Iterator[Server]:
    """`briefing serve` of the small project, ready for edits."""
    with served(lakes, "briefing") as server:
        server.await_page(200, "Blue Land borders a lake", without="__findings")
        eventually(lambda: server.state()["ready"] is True, lakes.log)
        yield server


def reword(lakes: Lakes, old: str, new: str) -> None:
    text = lakes.sheet.read_text()
    assert old in text
    lakes.write("content/countries/blue-land.yml", text.replace(old, new, 1))


def test_an_edited_fact_takes_no_whole_build(briefing: Server) -> None:
    lakes, before = briefing.lakes, briefing.lakes.log().count("Cleaning site directory")
    reword(lakes, "text: Blue Land borders a lake", "text: Blue Land lies on a lake")
    briefing.await_page(200, "Blue Land lies on a lake")
    reword(lakes, "text: Blue Land lies on a lake", "text: Blue Land has a lake")
    briefing.await_page(200, "Blue Land has a lake")
    assert lakes.log().count("Cleaning site directory") == before


def test_the_edit_that_mends_findings_takes_no_whole_build(briefing: Server) -> None:
    lakes = briefing.lakes
    lakes.break_quotation()
    briefing.await_page(200, "__findings", BROKEN)
    assert briefing.state()["findings"] is True
    before = lakes.log().count("Cleaning site directory")
    lakes.mend()
    briefing.await_page(200, "Blue Land borders a lake", without="__findings")
    assert briefing.state()["findings"] is False
    assert lakes.log().count("Cleaning site directory") == before


def test_data_files_are_written_when_they_are_asked_for(briefing: Server) -> None:
    reword(briefing.lakes, "text: Blue Land borders a lake", "text: Blue Land lies on a lake")
    briefing.await_page(200, "Blue Land lies on a lake")
    assert "data/claims.jsonl" in briefing.state()["deferred"]
    assert "Blue Land lies on a lake" in briefing.get("/data/claims.jsonl")[1]
    assert "data/claims.jsonl" not in briefing.state()["deferred"]


def test_only_pages_that_have_changed_load_again(briefing: Server) -> None:
    before = briefing.epoch()
    other = briefing.get("/countries/red-land/")[1]
    reword(briefing.lakes, "cite:", "note: Seen from the east.\n    cite:")
    briefing.await_page(200, "Seen from the east")
    changed = briefing.poll(0, "/countries/blue-land/")
    assert changed > before
    assert (
        briefing.get("/countries/red-land/")[1].partition("livereload(")[0]
        == (other.partition("livereload(")[0])
    )
    assert briefing.poll(0, "/countries/red-land/") <= before
    assert briefing.poll(0, None) >= changed  # a browser that does not say where it is


def test_a_waiting_browser_is_told_of_a_change(briefing: Server) -> None:
    epoch, told = briefing.epoch(), []
    waiting = threading.Thread(
        target=lambda: told.append(briefing.poll(epoch, "/countries/blue-land/"))
    )
    waiting.start()
    reword(briefing.lakes, "text: Blue Land borders a lake", "text: Blue Land lies on a lake")
    waiting.join(PATIENCE)
    assert [answer > epoch for answer in told] == [True]
    assert "Blue Land lies on a lake" in briefing.get()[1]


def test_files_that_came_and_went_are_followed(briefing: Server) -> None:
    sheet = FILES["content/countries/red-land.yml"].replace("Red Land", "Grey Land")
    lakes, name = briefing.lakes, "content/countries/grey-land.yml"
    lakes.write(name, sheet.replace("text: Grey Land", "text: Red Land"))
    eventually(lambda: briefing.get("/countries/grey-land/")[0] == 200, lakes.log)
    (lakes.root / name).unlink()
    eventually(lambda: briefing.get("/countries/grey-land/")[0] == 404, lakes.log)


def test_a_taken_address_is_said_plainly(lakes: Lakes) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = lakes.run("briefing", "serve", "-a", f"127.0.0.1:{taken.getsockname()[1]}")
    assert result.returncode != 0
    assert "[L122] the address" in result.stdout
    assert "cannot be used: address already in use" in result.stdout
    assert "I901" not in result.stderr
    assert result.returncode == 1


def test_a_port_that_there_is_not_is_said_plainly(lakes: Lakes) -> None:
    result = lakes.run("briefing", "serve", "--address", "127.0.0.1:99999")
    assert "127.0.0.1:99999 cannot be used" in result.stdout
    assert result.returncode == 1


# The layer by itself.


def request(
    board: Board, body: bytes, kind: str = "text/html", path: str = "/"
) -> tuple[str, dict[str, str], bytes]:
    """Ask a layer before an application that always gives the same answer."""
    answer: list[Any] = []

    def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    layer = FindingsLayer(app, lambda: board, lambda page: page + b"<!-- reload -->")
    chunks = layer({"PATH_INFO": path}, lambda status, headers: answer.extend([status, headers]))
    return answer[0], dict(answer[1]), b"".join(chunks)


PAGE = b"<html><head></head><body class=a><h1>x</h1></body></html>"


def test_a_good_page_passes_unchanged() -> None:
    status, headers, body = request(Board(ready=True), PAGE)
    assert (status, body) == ("200 OK", PAGE)
    assert headers["Content-Length"] == str(len(PAGE))


def test_the_panel_stands_first_in_the_body_and_is_escaped() -> None:
    board = Board("a.yml:1:1: error[L104] `<script>`", ready=True)
    status, headers, body = request(board, PAGE)
    assert status == "200 OK"
    assert body == PAGE.replace(b"<body class=a>", b"<body class=a>" + findings_panel(board))
    assert b"&lt;script&gt;" in body
    assert headers["Content-Length"] == str(len(body))


def test_other_files_are_left_alone() -> None:
    assert request(Board("bad", ready=True), b"a{}", "text/css")[2] == b"a{}"


def test_a_page_without_body_still_gets_the_panel() -> None:
    assert request(Board("bad", ready=True), b"404 Not Found")[2].endswith(
        b"</section>404 Not Found"
    )


def test_without_a_good_build_every_address_answers_503() -> None:
    for kind in ("text/html", "text/css"):
        status, headers, body = request(Board("bad"), PAGE, kind)
        assert status.startswith("503")
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"no good build" in body
        assert b"<!-- reload -->" in body
        assert b"<h1>x" not in body


def test_the_reload_channel_is_never_touched() -> None:
    assert request(Board("bad"), b"1", "text/plain", "/livereload/1/2")[2] == b"1"


def test_a_policy_that_would_stop_the_reload_script_is_dropped() -> None:
    policy = b'<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
    assert request(Board(ready=True), policy + PAGE)[2] == PAGE


def test_a_guarded_builder_notes_what_it_raises(capsys: pytest.CaptureFixture[str]) -> None:
    board = Board("old")

    def fail() -> None:
        raise RuntimeError("out of paper")

    guard_builder(fail, board)()
    assert board.text == "RuntimeError: out of paper"
    assert board.guarded
    assert "out of paper" in capsys.readouterr().err
    guard_builder(lambda: None, board)()
    assert board.text == ""


def test_a_guarded_builder_keeps_the_plugins_findings() -> None:
    board = Board()

    def stop() -> None:
        board.text = "a finding"
        raise SystemExit(1)

    guard_builder(stop, board)()
    assert board.text == "a finding"
