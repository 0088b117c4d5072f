"""One sentence asked of a server, and what is remembered of the server from one call to the next."""

import asyncio
import time

from commentary.models.server.answer import NO_SEGMENTS, result
from commentary.models.server.breaker import MOST, PAUSE_SECONDS, Breaker
from commentary.models.server.faults import failed, without
from commentary.models.server.look import SOURCE, Found, Key, bases_of, look
from commentary.models.server.question import MANNERS, Manner, body
from commentary.net import Failure, Outcome, Request
from commentary.net.client import Network
from commentary.net.house import HouseServer
from commentary.records.writer import Failed, Returned, Task

_REFUSES = frozenset({400, 422, 501})
"""Statuses of servers that do not know a part of the question, or cannot keep to this schema."""


class Calls:
    """Asks one server.

    Args:
        server: who is asked.
        name: of the model; empty: the first that it lists.
        temperature: of the sampling.
        key: of the server.
    """

    def __init__(self, server: HouseServer, name: str, temperature: float, key: Key) -> None:
        self._server = server
        self._name = name
        self._temperature = temperature
        self._key = key
        self._found: Found | None = None
        self._manner = MANNERS[0]
        self._breaker = Breaker(time.monotonic)

    @property
    def found(self) -> Found:
        """Where it is and which model it has, as far as that is known."""
        return self._found or Found(bases_of(self._server)[0], self._name)

    async def look(self, network: Network, seconds: float) -> Failed | None:
        """Find that out, if it is not known; return why it was not possible."""
        if self._found is not None:
            return None
        if not self._breaker.lets_through():
            return self._not_asked()
        found = await look(network, self._server, self._name, self._key, seconds)
        if isinstance(found, Failed):
            self._breaker.failed(found.message)
            return found
        self._found = found
        return None

    async def ask(self, network: Network, task: Task, seconds: float, *, is_cut: bool) -> Returned | Failed:
        """Return what became of a sentence.

        Args:
            network: asks.
            task: the sentence.
            seconds: how long it may take.
            is_cut: that is less than a call may take, as the time for all runs out; a server is not blamed for it.
        """
        if not self._breaker.lets_through():
            return self._not_asked()
        outcome = await self._outcome(network, task, seconds)
        if isinstance(outcome, Failure):
            answer: Returned | Failed = failed(outcome, self.found.base, self.found.model, self._key.value)
        else:
            answer = result(outcome.content, task, self.found.base)
        if isinstance(answer, Failed):
            answer = Failed(answer.kind, without(answer.message, self._key.value))
        self._remember(answer, is_cut=is_cut)
        return answer

    def _remember(self, answer: Returned | Failed, *, is_cut: bool) -> None:
        if isinstance(answer, Failed) and answer.kind in ("transport", "timeout"):
            if not is_cut or answer.kind == "transport":
                self._breaker.failed(answer.message)
            return
        self._breaker.answered()
        if answer in NO_SEGMENTS:
            # It takes the schema and does not keep to it; then a text is the easier thing to ask a model for.
            self._manner = self._manner._replace(with_schema=False)

    async def _outcome(self, network: Network, task: Task, seconds: float) -> Outcome:
        until = asyncio.get_running_loop().time() + seconds
        asked = self._manner
        first = outcome = await self._sent(network, task, seconds, asked)
        for manner in MANNERS[MANNERS.index(asked) + 1 :]:
            if not isinstance(outcome, Failure) or outcome.status not in _REFUSES:
                break
            outcome = await self._sent(network, task, until - asyncio.get_running_loop().time(), manner)
            if not isinstance(outcome, Failure):
                self._manner = manner
        # If all fail, it was not the manner, or not that alone.
        return first if isinstance(outcome, Failure) and outcome.status in _REFUSES else outcome

    async def _sent(self, network: Network, task: Task, seconds: float, manner: Manner) -> Outcome:
        content = body(task, self.found.model, self._temperature, manner)
        url = f"{self.found.base}/chat/completions"
        request = Request(SOURCE, "chat", url, "POST", content, self._key.secrets)
        return await network.send(request, deadline=seconds)

    def _not_asked(self) -> Failed:
        message = f"not asked: the server failed {MOST} times in a row and is asked again after {PAUSE_SECONDS:g} s"
        return Failed("transport", f"{message}; at last: {self._breaker.last}")
