"""What goes over the network and comes back: a request, then a reply or the reason why there is none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from commentary.records.failure import Kind as Kind


class Pool(NamedTuple):
    """A server's limit: so much weight in so many seconds, counted for all that draw on it."""

    most: int
    seconds: float


class Request(NamedTuple):
    """One question to one server. What is secret is never shown, logged or kept."""

    source: str
    """Who is asked, as the registry of sources has it: "binance"."""
    name: str
    """Which of its calls, and for what: "open_interest.BTCUSDT"; unique among the requests of one collection."""
    url: str
    """Absolute, with the query, without secrets."""
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    """JSON, of a POST."""
    secrets: tuple[tuple[str, str], ...] = ()
    """Headers with a key in them."""
    costs: tuple[tuple[str, int], ...] = ()
    """What it takes from which of the source's pools."""

    def __repr__(self) -> str:
        """Return it without its secrets, so that no traceback or log shows them."""
        return f"Request({self.source!r}, {self.name!r}, {self.url!r}, {self.method!r})"


class Reply(NamedTuple):
    """What came back with status 2xx, whole."""

    request: Request
    status: int
    headers: Mapping[str, str]
    """Lower-case names; of all headers only those that say something of time or limits."""
    content: bytes
    sent_at: datetime
    received_at: datetime

    @property
    def clock_skew(self) -> timedelta | None:
        """How far the server's Date header is ahead of our middle of the exchange; None without one."""
        from commentary.net.http_date import http_date

        told = http_date(self.headers.get("date", ""))
        return None if told is None else told - (self.sent_at + (self.received_at - self.sent_at) / 2)


class Failure(NamedTuple):
    """Why there is no reply."""

    request: Request
    kind: Kind
    reason: str
    """The end of a sentence that begins with the source's name: "did not answer within 10 s"."""
    status: int | None = None
    tries: int = 1
    """How often it was asked; 0 where it never was."""
    content: bytes = b""
    """What an error's body said, cut to 2 kB, for the words of the server; no secret is in it."""


Outcome = Reply | Failure
