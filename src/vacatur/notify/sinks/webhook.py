"""Notices sent to a web address: one request each, signed, bounded in time, and believed delivered only on a 2xx.

The receiver's status is all that counts. Its body is never read and no redirect is followed: neither may send this
program anywhere or fill its memory. What a receiver says is told in our words, never in its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING

from vacatur.errors import InputError
from vacatur.notify.secret import Secret, signature
from vacatur.notify.sink import TAKEN, Queued, Verdict

if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx

_AGAIN = frozenset({408, 425, 429})
_HOST = re.compile(rb"[a-z0-9._-]{1,253}|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,9}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that one step of a request (to connect, to read something) and a whole one may take."""

    step: float
    whole: float


PATIENCE = Patience(10.0, 30.0)


class Webhook:
    """An address that takes a request a notice.

    Raises `InputError` for one that is not `https`, a loopback address apart, or that carries a password.
    """

    most = 1

    def __init__(self, name: str, address: str, secret: Secret, patience: Patience = PATIENCE) -> None:
        self.name = name
        self._secret, self._patience = secret, patience
        self._url, self._loopback = _checked(address, name)

    def send(self, batch: Sequence[Queued], now: datetime) -> list[Verdict]:
        """Sends notices, one after another."""
        return [self._sent(queued, now) for queued in batch]

    def _sent(self, queued: Queued, now: datetime) -> Verdict:
        try:
            headers = self._headers(queued, str(int(now.timestamp())))
        except InputError as bad:
            return Verdict("later", str(bad))
        # A thread of its own: the caller may be at work in an event loop already, as notebooks are.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(self._posted(queued.body, headers, now))).result()

    def _headers(self, queued: Queued, timestamp: str) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "vacatur",
            "Vacatur-Notice": queued.id,
            "Vacatur-Timestamp": timestamp,
            "Vacatur-Signature": signature(self._secret.read(), timestamp, queued.body),
        }

    async def _posted(self, body: bytes, headers: dict[str, str], now: datetime) -> Verdict:
        """One request. Asynchronous for the one limit that holds however slowly an answer drips in: on the whole."""
        import httpx

        # No proxy stands between this machine and itself.
        client = httpx.AsyncClient(
            timeout=self._patience.step, verify=self._trust, follow_redirects=False, trust_env=not self._loopback
        )
        try:
            async with (
                asyncio.timeout(self._patience.whole),
                client,
                client.stream("POST", self._url, content=body, headers=headers) as answer,
            ):
                return _verdict(answer.status_code, answer.headers.get("retry-after", ""), now)
        except (httpx.RequestError, TimeoutError) as bad:
            return Verdict("later", _why(bad))

    @cached_property
    def _trust(self) -> SSLContext:
        import httpx

        return httpx.create_ssl_context()


def _checked(address: str, name: str) -> tuple[httpx.URL, bool]:
    """The address, and whether it is this machine's own."""
    import httpx

    where, fix = f"sink {name}", "Give an address such as https://desk.example/notices"
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as bad:
        raise InputError("the address cannot be read", where=where, fix=fix) from bad
    if not _HOST.fullmatch(url.raw_host) or not 0 < (url.port or 443) < 65536:
        raise InputError("the address names no host that could be", where=where, fix=fix)
    loopback = _is_loopback(url.host)
    if url.scheme not in ("https", "http") or (url.scheme == "http" and not loopback):
        raise InputError(
            "the address is not https", where=where, why="Others could read who is screened, and answer", fix=fix
        )
    if url.userinfo or url.fragment:
        raise InputError(
            "the address carries a password or a fragment", where=where, why="Notices are signed instead", fix=fix
        )
    return url, loopback


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _verdict(status: int, retry_after: str, now: datetime) -> Verdict:
    if 200 <= status < 300:
        return TAKEN
    if status in _AGAIN or status >= 500:
        return Verdict("later", f"the receiver says {status}", _wait(retry_after, now))
    if 300 <= status < 400:
        return Verdict("refused", f"the receiver says {status}: it is at another address, which is not followed")
    return Verdict("refused", f"the receiver says {status}")


def _wait(retry_after: str, now: datetime) -> timedelta | None:
    """What the header `Retry-After` asks for: seconds or a date; what is neither asks for nothing."""
    if _SECONDS.match(retry_after):
        return timedelta(seconds=int(retry_after))
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(until - now, timedelta(0)) if until.tzinfo is not None else None


def _why(bad: Exception) -> str:
    """A failure in our own words: the library's may quote what the receiver sent."""
    import httpx

    if isinstance(bad, (httpx.TimeoutException, TimeoutError)):
        return "the receiver did not answer in time"
    if isinstance(bad, httpx.ConnectError):
        return f"the receiver cannot be reached: {str(bad)[:200]}"
    if isinstance(bad, httpx.ProtocolError):
        return "the receiver does not answer as a web server does"
    return f"the receiver cannot be reached ({type(bad).__name__})"
