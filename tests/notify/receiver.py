"""A receiver of notices on this machine that does what it is told to, and remembers what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_OF_TESTS = 5.0


@dataclass
class Got:
    """One request: its headers, and its body."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """What to answer with: a status with headers, bytes instead of HTTP, or nothing until the receiver goes away."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    drip: bool = False
    hang: bool = False


class Receiver(ThreadingHTTPServer):
    """Answers each request with the next of `replies`, and with 200 when there are none left."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[Got] = []
        self.replies: list[Reply] = []
        self.gone = threading.Event()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}/notices"

    @property
    def ids(self) -> list[str]:
        """The ids of the notices that it was sent, in order."""
        return [got.headers["Vacatur-Notice"] for got in self.got]

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that hangs up is no failure of the receiver's."""


class Handler(BaseHTTPRequestHandler):
    """Takes notices."""

    server: Receiver

    def do_POST(self) -> None:
        """Remembers the notice and answers as told."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(Got(dict(self.headers), body))
        reply = self.server.replies.pop(0) if self.server.replies else Reply()
        if reply.hang:
            self.server.gone.wait(PATIENCE_OF_TESTS)
        elif reply.drip:
            self._drip()
        elif reply.raw is not None:
            self.wfile.write(reply.raw)
        else:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
        self.close_connection = True

    def _drip(self) -> None:
        """An answer that goes on and never ends, a letter at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.gone.wait(0.02):
            self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver at work."""
    with Receiver() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.gone.set()
            made.shutdown()
            thread.join()
