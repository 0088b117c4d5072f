"""The fake market as a server: in this process for a test, or as a program of its own.

with FakeMarket(seed=1, start=..., speed=0) as market:          # a thread of its own
collect("BTC", base_urls=market.base_urls)

async with FakeMarket(seed=1) as market: ...                    # in the loop that runs
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from urllib.parse import urlsplit

from commentary.errors import BadInputError
from commentary.runs.fake_market.answers import Answers, Seen, page
from commentary.runs.fake_market.clock import MarketTime
from commentary.runs.fake_market.control import Control
from commentary.runs.fake_market.faults import Faults, fault_of
from commentary.runs.fake_market.limits import Limits, Pool
from commentary.runs.fake_market.script import Script
from commentary.runs.fake_market.series import Market
from commentary.runs.fake_market.venues.base import venues
from commentary.runs.fake_market.wire import MOST_HEAD, BadRequestError, HttpReply, HttpRequest, read_request, send

HOST = "127.0.0.1"
_READY_SECONDS = 30.0
_WAITING = 512
"""Connections that may wait to be accepted."""


class FakeMarket:
    """A generated market on a loopback port.

    Args:
        seed: another seed is another market.
        assets: how many coins; the first thirty are well-known names.
        start: its time at the beginning, aware or seconds since 1970; default: now.
        speed: seconds of the market for one of ours; 0 stands still until `advance` or `go_to`.
        script: what happens in it.
        port: 0 takes a free one.
        enforce_limits: whether requests beyond a venue's documented limit are refused.
        skews: seconds by which a venue's clock is ahead, by its prefix.
        plan: of CoinGlass: hobbyist, startup, standard or professional.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        assets: int = 30,
        start: datetime | float | None = None,
        speed: float = 1.0,
        script: Script | None = None,
        port: int = 0,
        enforce_limits: bool = False,
        skews: Mapping[str, float] | None = None,
        plan: str = "professional",
    ) -> None:
        begun = start.timestamp() if isinstance(start, datetime) else time.time() if start is None else start
        self.market = Market(seed, assets, script)
        self.clock = MarketTime(begun, speed)
        self.faults = Faults(self.market.script.faults)
        self.limits = Limits(enforce_limits)
        self.answers = Answers(self.market, self.clock, self.faults, self.limits, skews or {}, plan)
        self.port = port
        self._control = Control(self.answers)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._failed: BaseException | None = None

    # What a test does with it.

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.port}"

    @property
    def base_urls(self) -> dict[str, str]:
        """What stands in place of each source's base URL, by the source's name."""
        return {name: f"{self.url}/{name}" for name in venues}

    def now(self) -> float:
        """Return its time, seconds since 1970."""
        return self.clock.now()

    def advance(self, seconds: float) -> float:
        """Go on by so many seconds at once."""
        return self.clock.advance(seconds)

    def go_to(self, moment: datetime | float) -> float:
        """Go on to a time; ValueError where that has passed."""
        return self.clock.go_to(moment.timestamp() if isinstance(moment, datetime) else moment)

    def fault(self, kind: str | list[str], **fields: object) -> int:
        """Add a rule as of faults.py and return its number."""
        return self.faults.add(fault_of({"kind": kind, **fields}))

    def clear_faults(self) -> None:
        """Drop all rules."""
        self.faults.clear()

    def limit(self, venue: str, most: float, seconds: float, *, bucket: bool = False) -> None:
        """Put a limit of requests in place of a venue's own, and enforce limits from now on."""
        self.limits.instead(venue, Pool(most, seconds, bucket))
        self.limits.enforce = True

    def requests(self, venue: str | None = None) -> list[Seen]:
        """Return what was asked, oldest first."""
        return [row for row in list(self.answers.seen) if venue in (None, row.venue)]

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how often which path was asked, by venue and path."""
        return dict(self.answers.counts)

    # How it runs.

    async def open(self) -> None:
        """Begin to listen in the loop that runs."""
        try:
            self._server = await asyncio.start_server(
                self._connected, HOST, self.port, limit=MOST_HEAD, backlog=_WAITING
            )
        except OSError as error:
            raise BadInputError("--port", self.port, f"it cannot be listened on: {error.strerror}") from None
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and end all connections."""
        if self._server is not None:
            self._server.close()
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None

    async def __aenter__(self) -> "FakeMarket":
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __enter__(self) -> "FakeMarket":
        ready = threading.Event()
        self._thread = threading.Thread(target=self._in_thread, args=(ready,), name="fake-market", daemon=True)
        self._thread.start()
        ready.wait(_READY_SECONDS)
        if self._failed is not None:
            raise self._failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._ended is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join(_READY_SECONDS)

    def _in_thread(self, ready: threading.Event) -> None:
        async def run() -> None:
            self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
            try:
                await self.open()
            except BadInputError as error:
                self._failed = error
                return
            finally:
                ready.set()
            await self._ended.wait()
            await self.close()

        asyncio.run(run())

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(ConnectionError):
                await self._serve(reader, writer)
        except asyncio.CancelledError:
            # The server ends; what is not sent by now is lost to the client as it would be with any server.
            writer.transport.abort()
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await read_request(reader)
            except BadRequestError as error:
                await send(reader, writer, page(400, str(error)), False)
                return
            if request is None or not await send(reader, writer, self.reply(request), request.keep_alive):
                return

    def reply(self, request: HttpRequest) -> HttpReply:
        """Return the reply to a request, as it would be sent."""
        path = urlsplit(request.target).path
        name = path[1:].partition("/")[0]
        if name in ("time", "control"):
            return self._control.answer(request)
        if name in venues:
            return self.answers.of_venue(name, request, request.target[len(name) + 1 :])
        if name == "elsewhere":
            self.answers.elsewhere += 1
            return HttpReply(200, b'{"elsewhere":true}', date=self.clock.now())
        return page(404, "404 Not Found")
