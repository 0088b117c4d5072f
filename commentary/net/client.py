"""The network: sends questions to many servers at once, each within its limit and its deadline.

    async with Network({"binance": {"all": Pool(2400, 60)}}) as network:
        outcomes = await network.send_all(requests, {"binance": 20.0})

Each question ends in a Reply or in a Failure with the reason, by its deadline: nothing hangs, and no error of the
network is raised. `asker.Asker` is the same for code that has no loop of its own.
"""

import asyncio
import random
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx

from commentary.net.addresses import Addresses
from commentary.net.again import MOST_TRIES, backoff, fault_of, spoken
from commentary.net.clock import Clock, WallClock
from commentary.net.connections import Connections
from commentary.net.exchange import Answer, StaleError, UnsentError, Waits, exchange
from commentary.net.fault import FaultError
from commentary.net.headers import kept_headers, own_headers
from commentary.net.limits import LimitError, Limits
from commentary.net.look_up import LookUp
from commentary.net.messages import Failure, Outcome, Pool, Reply, Request
from commentary.net.scrub import Scrubber
from commentary.net.sender import sender

DEADLINE_SECONDS = 20.0
"""For a source that has no deadline of its own."""
LARGEST = 8 * 1024 * 1024
"""Bytes of one reply. The largest documented, a year of hourly bars of one asset, has two."""
IN_FLIGHT = 60
"""Questions to one source that are on their way at once; a slow source holds up no other."""
MOST_REDIRECTS = 3
MOST_WORDS = 2048
"""Bytes kept of an error's body."""
OnOutcome = Callable[[Outcome], None]
"""Called as each question ends, for a progress bar."""
Pools = Mapping[str, Mapping[str, Pool]]
"""Each source's limits by name."""


class Network:
    """Sends requests. To be entered before use; limits and connections last as long as it is open.

    Args:
        pools: each source's limits by name.
        allowed: hosts that may be asked although their address is not public, or over http: "127.0.0.1:8123".
        clock: tells when questions are sent and replies come.
        seed: of the jitter of back-off; None: another each time.
        waits: how long one try may take.
        largest: how many bytes a reply may have.
        in_flight: questions to one source that are on their way at once.
        most_tries: how often a question is asked that fails in a way that may pass.
        trust: whose certificates are believed; None: those of the usual authorities.
        look_up: gives the addresses of a name; None: the system's resolver.
        agent: the name that servers are told.
    """

    def __init__(
        self,
        pools: Pools | None = None,
        *,
        allowed: Iterable[str] = (),
        clock: Clock | None = None,
        seed: int | None = None,
        waits: Waits | None = None,
        largest: int = LARGEST,
        in_flight: int = IN_FLIGHT,
        most_tries: int = MOST_TRIES,
        trust: ssl.SSLContext | None = None,
        look_up: LookUp | None = None,
        agent: str = "commentary",
    ) -> None:
        self._limits = Limits(pools or {})
        self._addresses = Addresses(allowed, look_up)
        self._clock = clock or WallClock()
        self._random = random.Random(seed)
        self._waits = waits or Waits()
        self._largest = largest
        self._most_tries = most_tries
        self._http = sender(Connections(self._addresses, trust), self._waits, agent)
        self._slots: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(in_flight))
        self._scrubber = Scrubber()

    async def __aenter__(self) -> Self:
        """Open it."""
        self._scrubber.__enter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        self._limits.close()
        try:
            await self._http.aclose()
        finally:
            self._scrubber.__exit__(kind, error, trace)

    async def send_all(
        self, requests: Iterable[Request], deadlines: Mapping[str, float], *, on_outcome: OnOutcome | None = None
    ) -> list[Outcome]:
        """Send requests, all at once, and return what came of each, in their order.

        Args:
            requests: what is asked; those of one source are sent in their order as far as its limits go.
            deadlines: seconds from now by source, for all of its requests, tries and waits included.
            on_outcome: called as each ends.
        """
        start = asyncio.get_running_loop().time()

        async def one(request: Request) -> Outcome:
            outcome = await self._send(request, start, deadlines.get(request.source, DEADLINE_SECONDS))
            if on_outcome is not None:
                on_outcome(outcome)
            return outcome

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(request)) for request in requests]
        return [task.result() for task in tasks]

    async def send(self, request: Request, *, deadline: float = DEADLINE_SECONDS) -> Outcome:
        """Send a request and return what came of it within so many seconds, tries and waits included."""
        return await self._send(request, asyncio.get_running_loop().time(), deadline)

    async def _send(self, request: Request, start: float, deadline: float) -> Outcome:
        self._scrubber.learn(request)
        sending = _Sending(request, start + deadline)
        try:
            async with asyncio.timeout_at(sending.give_up_at):
                return await self._until_it_ends(sending)
        except TimeoutError:
            return self._failed(sending, sending.out_of_time(deadline))
        except FaultError as fault:
            return self._failed(sending, fault)

    async def _until_it_ends(self, sending: "_Sending") -> Reply:
        """Try until a reply comes or no further try can help; the last fault is raised."""
        asked = sending.request
        target = self._addresses.target(asked.url)
        headers = own_headers(asked, self._scrubber)
        question = self._http.build_request(asked.method, target.url, content=asked.body, headers=headers)
        loop = asyncio.get_running_loop()
        tries = 0
        while True:
            tries += 1
            sending.last_try = tries
            try:
                return await self._try(sending, question)
            except FaultError as fault:
                sending.last = fault
                wait = (fault.wait_seconds or 0.0) + backoff(tries, self._random)
                until = loop.time() + wait
                if fault.banned or fault.status == 429:
                    self._limits.hold(sending.request, until, whole_source=fault.banned)
                if not fault.again or tries >= self._most_tries:
                    raise
                if until >= sending.give_up_at:
                    if fault.wait_seconds is not None:
                        fault.reason += f" and asks for a pause of {spoken(fault.wait_seconds)}, beyond the deadline"
                    raise
            sending.stage = "pause"
            await asyncio.sleep(until - loop.time())

    async def _try(self, sending: "_Sending", question: httpx.Request) -> Reply:
        """Ask once, following redirects within the server.

        Raises:
            FaultError: no reply came.
        """
        for _ in range(MOST_REDIRECTS + 1):
            sent_at, answer = await self._ask(sending, question)
            if answer.status // 100 == 2:
                return self._reply(sending.request, answer, sent_at)
            onward = answer.onward
            if onward is None:
                raise fault_of(answer, self._clock.now())
            if onward.method != question.method:
                raise FaultError("redirect", f"sends on in a way that drops the question (status {answer.status})")
            self._addresses.moved(question.url, onward.url)
            question = onward
        raise FaultError("redirect", f"sends on more than {MOST_REDIRECTS} times")

    async def _ask(self, sending: "_Sending", question: httpx.Request) -> tuple[datetime, Answer]:
        """Send a question within the limits, a second time where an old connection turns out to be closed."""
        try:
            return await self._ask_over(sending, question, fresh=False)
        except StaleError:
            return await self._ask_over(sending, question, fresh=True)

    async def _ask_over(self, sending: "_Sending", question: httpx.Request, *, fresh: bool) -> tuple[datetime, Answer]:
        sending.stage = "limit"
        try:
            grant = await self._limits.grant(sending.request, sending.give_up_at)
        except LimitError as error:
            raise FaultError("limit", str(error)) from None
        sent = False
        try:
            sending.stage = "slot"
            async with self._slots[sending.request.source]:
                sending.stage = "answer"
                sending.tries = sending.last_try
                sent = True
                sent_at = self._clock.now()
                async with asyncio.timeout(self._waits.one_try):
                    return sent_at, await exchange(
                        question, self._http, self._waits, self._largest, grant.counted, fresh=fresh
                    )
        except UnsentError as error:
            sent = False
            raise error.fault from None
        except TimeoutError:
            raise FaultError(
                "timeout", f"did not finish its answer within {self._waits.one_try:g} s", again=True
            ) from None
        finally:
            if sent:
                grant.counted()
            else:
                grant.unsent()

    def _reply(self, request: Request, answer: Answer, sent_at: datetime) -> Reply:
        if not answer.content:
            raise FaultError("connection", "sent an empty answer", status=answer.status, again=True)
        # Before they are cut: the beginning of a key is not known for one.
        headers = kept_headers({name: self._scrubber.text(value) for name, value in answer.headers.items()})
        content = self._scrubber.content(answer.content)
        return Reply(request, answer.status, headers, content, sent_at, self._clock.now())

    def _failed(self, sending: "_Sending", fault: FaultError) -> Failure:
        content = self._scrubber.content(fault.content)[:MOST_WORDS]
        reason = self._scrubber.text(fault.reason)
        return Failure(sending.request, fault.kind, reason, fault.status, sending.tries, content)


class _Sending:
    """How far a request has come."""

    def __init__(self, request: Request, give_up_at: float) -> None:
        self.request = request
        self.give_up_at = give_up_at
        self.stage = "limit"
        self.last_try = 0
        self.tries = 0
        """Those that got as far as a connection."""
        self.last: FaultError | None = None

    def out_of_time(self, deadline: float) -> FaultError:
        """Return what the deadline cut off."""
        within = f"{round(deadline, 2):g} s"
        if self.last is not None:
            reason = f"{self.last.reason}; asked again, it did not answer within {within}"
            return FaultError(self.last.kind, reason, status=self.last.status, content=self.last.content)
        match self.stage:
            case "limit":
                return FaultError("limit", f"had no room within its limits for {within}")
            case "slot":
                return FaultError("timeout", f"kept all connections to it busy for {within}")
        return FaultError("timeout", f"did not answer within {within}")
