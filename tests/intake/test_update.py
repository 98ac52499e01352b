"""Lists fetched from a server: asked for news only, tried again, and never believed when they are broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.intake.dock import DOCK, edition

from vacatur.app import App
from vacatur.errors import InputError
from vacatur.intake import registry
from vacatur.intake.fetch import FIRST_PAUSE, TRIES, Patience, Seen, fetched

ROPE, SAIL = "1,organisation,Rope Works", "2,person,SAIL Ann,1970"


class Server(ThreadingHTTPServer):
    """A server on this machine that says what it is told to, and remembers what it was asked."""

    content = b""
    etag = ""
    modified = ""
    failures = 0
    short = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        """The address of the one file."""
        return f"http://127.0.0.1:{self.server_address[1]}/dock.csv"


class Handler(BaseHTTPRequestHandler):
    """Answers with the server's file."""

    server: Server

    def do_GET(self) -> None:
        """Not modified, a failure, or the file."""
        server = self.server
        server.asked.append(dict(self.headers))
        if server.failures:
            server.failures -= 1
            self.send_error(503)
        elif server.etag and self.headers.get("If-None-Match") == server.etag:
            self.send_response(304)
            self.end_headers()
        else:
            self.send_response(200)
            for name, value in (("ETag", server.etag), ("Last-Modified", server.modified)):
                if value:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(server.content)))
            self.end_headers()
            self.wfile.write(server.content[: len(server.content) - server.short])
            server.short = 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that serves the dock list, whose source has its address."""
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        monkeypatch.setattr(registry, "SOURCES", {"dock": replace(DOCK, urls=(made.url,))})
        yield made
        made.shutdown()
        thread.join()


class Waited:
    """Pauses that take no time, and a clock that goes on by them."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    @property
    def patience(self) -> Patience:
        """What fetching lives by."""
        return Patience(lambda: sum(self.pauses), self.pauses.append)


def serve(server: Server, tmp_path: Path, day: str, *rows: str) -> None:
    """Puts an edition on the server."""
    server.content = edition(tmp_path, day, *rows, stated=day).read_bytes()


def test_an_update_takes_the_edition_and_asks_next_time_for_news_only(
    quay: App, server: Server, tmp_path: Path
) -> None:
    serve(server, tmp_path, "2021-03-01", ROPE)
    server.etag = '"one"'
    (taken,) = quay.update()
    assert (taken.state, taken.published, taken.entries) == ("taken", "2021-03-01", 1)
    (known,) = quay.update(["dock"])
    assert known.state == "known"
    assert server.asked[-1]["If-None-Match"] == '"one"'
    (fresh,) = quay.sources()
    assert (fresh.editions, fresh.last, fresh.entries, fresh.problem) == (1, "2021-03-01", 1, "")
    assert fresh.age.endswith("days: old")


def test_an_edition_that_says_no_day_is_of_the_day_on_which_it_was_put_there(
    quay: App, server: Server, tmp_path: Path
) -> None:
    server.content = edition(tmp_path, "2021-03-01", ROPE).read_bytes()
    server.modified = "Wed, 03 Mar 2021 10:00:00 GMT"
    (taken,) = quay.update()
    assert taken.published == "2021-03-03"


@pytest.mark.parametrize(("content", "says"), [
    (b"<!DOCTYPE html><html>maintenance</html>", "not the dock list"),
    (b"", "not the dock list"),
    (b"DOCK,LIST,2021-03-05,5\n1,organisation,Rope Works\n", "says that it has 5 entries"),
    (b"DOCK,LIST,2021-02-01,1\n1,organisation,Rope Works\n", "the last one held of 2021-03-01"),
    (b"DOCK,LIST,2021-03-05,0\n", "no entries"),
])  # fmt: skip
def test_a_broken_download_leaves_the_last_good_edition_in_force(
    quay: App, server: Server, tmp_path: Path, content: bytes, says: str
) -> None:
    serve(server, tmp_path, "2021-03-01", ROPE, SAIL)
    list(quay.update())
    server.content = content
    (refused,) = quay.update()
    assert refused.state == "refused"
    assert says in refused.note
    assert len([one for one in quay.roster("quay", as_of="2021-03-10") if one.party.startswith("dock")]) == 2
    assert says in quay.sources()[0].problem


def test_a_mirror_or_a_folder_serves_as_well(quay: App, server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir()
    edition(folder, "2021-03-01", ROPE, stated="2021-03-01").rename(folder / "dock.csv")
    assert [one.state for one in quay.update(place=str(folder))] == ["taken"]
    serve(server, tmp_path, "2021-03-02", ROPE, SAIL)
    assert [one.state for one in quay.update(place=server.url.rpartition("/")[0])] == ["taken"]


def test_a_dry_run_of_an_update_shows_and_keeps_nothing(quay: App, server: Server, tmp_path: Path) -> None:
    serve(server, tmp_path, "2021-03-01", ROPE)
    assert [one.state for one in quay.update(dry_run=True)] == ["dry-run"]
    assert quay.sources()[0].editions == 0


def test_a_server_that_fails_for_a_while_is_asked_again_with_longer_pauses(server: Server, tmp_path: Path) -> None:
    serve(server, tmp_path, "2021-03-01", ROPE)
    server.failures, waited = 2, Waited()
    found = fetched(server.url, Seen(), waited.patience)
    assert found.file is not None
    assert found.file.content == server.content
    assert waited.pauses == [FIRST_PAUSE, 2 * FIRST_PAUSE]


def test_a_server_that_goes_on_failing_is_given_up(server: Server) -> None:
    server.failures, waited = 100, Waited()
    with pytest.raises(InputError, match="the server says 503"):
        fetched(server.url, Seen(), waited.patience)
    assert len(server.asked) == TRIES


def test_a_file_that_came_in_part_is_fetched_again(server: Server, tmp_path: Path) -> None:
    serve(server, tmp_path, "2021-03-01", ROPE)
    server.short, waited = 5, Waited()
    found = fetched(server.url, Seen(), waited.patience)
    assert found.file is not None
    assert found.file.content == server.content
    assert len(waited.pauses) == 1


def test_nobody_at_the_address_is_an_error_that_says_what_holds(server: Server) -> None:
    server.server_close()
    with pytest.raises(InputError, match="cannot be fetched") as caught:
        fetched("http://127.0.0.1:9/dock.csv", Seen(), Waited().patience)
    assert "last good edition stays in force" in str(caught.value)
