"""Writes sentences through a server: some at once, each within its time, all within theirs."""

import asyncio
import math
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from commentary.errors import BadInputError
from commentary.models.server.calls import Calls
from commentary.models.server.faults import KEY_VARIABLE
from commentary.models.server.look import Key
from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.net.exchange import Waits
from commentary.net.house import HouseServer, house_server
from commentary.records.writer import Failed, ModelIdentity, Returned, Task

CONCURRENCY = 4
"""Calls at once. A server on a desk's machine works on a few together, and queues the rest."""
TEMPERATURE = 0.5
LOOK_SECONDS = 5.0
"""For a list of models, which a server has at hand."""
LARGEST = 1024 * 1024
"""Bytes of one answer: a sentence and all that a model thinks of it have some ten thousand."""
MOST_TRIES = 2
"""A connection may break once. What fails again is better told than tried: the template's sentence stands ready."""
_WAITS = Waits(connect=5.0, silence=86_400.0, one_try=86_400.0)
"""A model is silent until it has written all of its answer; the deadline of each call ends it."""
_FOLDERS = re.compile(r"\A(?:/|\.{1,2}/|~|[A-Za-z]:[\\/]).*[\\/]", re.DOTALL)
"""Of a model that its server names by its file."""


def open_server(
    url: str,
    *,
    name: str = "",
    temperature: float = TEMPERATURE,
    concurrency: int = CONCURRENCY,
    allowed_hosts: Iterable[str] = (),
    key: str | None = None,
    look_s: float = LOOK_SECONDS,
) -> "ServerWriter":
    """Return a writer that asks a server.

    A draft tells from the start which model words it. So the server is asked for that first, unless name and address
    say it; one that does not answer then is asked again when there is something to write, and told of.

    Args:
        url: where its API begins, "http://127.0.0.1:8000/v1"; without a path, /v1 is looked for.
        name: of the model; empty: the first that the server lists.
        temperature: of the sampling, from 0.
        concurrency: calls at once, from 1.
        allowed_hosts: servers on other machines that may be asked: "gpu.lan:8000".
        key: of the server; None: what COMMENTARY_MODEL_KEY in the environment holds, if anything.
        look_s: seconds that the first question may take; 0: it is not asked before there is something to write.

    Raises:
        BadInputError: the address is none, or has a name, a password or a query in it; a number is out of its range.
        NotPermittedError: it leads to another machine, which is not among the allowed.
    """
    if concurrency < 1:
        raise BadInputError("model.concurrency", concurrency, "write how many calls the server gets at once, from 1")
    if not 0 <= temperature < math.inf:
        raise BadInputError("model.temperature", temperature, "write a number from 0; most models are used from 0 to 1")
    server = house_server(url, allowed_hosts, where="model.where", named_in="model.allowed_hosts")
    secret = os.environ.get(KEY_VARIABLE, "") if key is None else key
    writer = ServerWriter(server, Calls(server, name, temperature, Key(secret.strip())), concurrency)
    if look_s > 0:
        writer.look(look_s)
    return writer


class ServerWriter:
    """A `Writer` over a server; its connections last from one `write` to the next.

    Args:
        server: who is asked.
        calls: ask it.
        concurrency: how many at once.
    """

    def __init__(self, server: HouseServer, calls: Calls, concurrency: int) -> None:
        self._server = server
        self._calls = calls
        self._concurrency = concurrency
        self._open = ExitStack()
        self._asker: Asker | None = None

    @property
    def identity(self) -> ModelIdentity:
        """Which model it is; a name that was not given is empty as long as the server has not told it."""
        found = self._calls.found
        # In which folder of its machine a model lies is nobody's business.
        return ModelIdentity(_FOLDERS.sub("", found.model), where=found.base)

    def look(self, seconds: float) -> Failed | None:
        """Find out where the server's API begins and which model it has; return why that was not possible."""
        return self._opened().work(lambda network: self._calls.look(network, seconds))

    def write(
        self,
        tasks: Sequence[Task],
        *,
        call_s: float,
        total_s: float,
        done: Callable[[int], None] = lambda count: None,
    ) -> Sequence[Returned | Failed]:
        """Return what became of each task, in their order; see `Writer.write`."""
        if not tasks:
            return []
        return self._opened().work(lambda network: self._write(network, tasks, call_s, total_s, done))

    def close(self) -> None:
        """Close all connections; the next question opens new ones."""
        self._asker = None
        self._open.close()

    def _opened(self) -> Asker:
        if self._asker is None:
            server = self._server
            network = Network(
                allowed=[server.allowed], waits=_WAITS, largest=LARGEST, most_tries=MOST_TRIES, look_up=server.look_up
            )
            self._asker = self._open.enter_context(Asker(network))
        return self._asker

    async def _write(
        self, network: Network, tasks: Sequence[Task], call_s: float, total_s: float, done: Callable[[int], None]
    ) -> Sequence[Returned | Failed]:
        loop = asyncio.get_running_loop()
        until = loop.time() + total_s
        budget = Failed("budget", f"not asked: the {total_s:g} s for all sentences were used up")
        results: list[Returned | Failed] = [budget] * len(tasks)
        blind = await self._calls.look(network, min(call_s, total_s)) if total_s > 0 else budget
        left = iter(enumerate(tasks))

        async def work() -> None:
            for number, task in left:
                seconds = until - loop.time()
                if blind is not None:
                    results[number] = blind
                elif seconds > 0:
                    is_cut = seconds < call_s
                    results[number] = await self._calls.ask(network, task, min(call_s, seconds), is_cut=is_cut)
                done(1)

        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._concurrency, len(tasks))):
                group.create_task(work())
        return results
