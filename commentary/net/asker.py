"""The network for code without a loop: commands ask and wait."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import TracebackType
from typing import Self, TypeVar

from commentary.net.client import Network, OnOutcome
from commentary.net.messages import Outcome, Request

Result = TypeVar("Result")


class Asker:
    """A network for code without a loop; its limits and connections last from one round to the next.

        with Asker(Network(pools)) as ask:
            outcomes = ask(requests, {"binance": 20.0})

    Args:
        network: the network, not yet entered.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        """Open it."""
        self._runner.__enter__()
        self._runner.run(self._network.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections, and the loop."""
        try:
            self._runner.run(self._network.__aexit__(kind, error, trace))
        finally:
            self._runner.__exit__(kind, error, trace)

    def __call__(
        self, requests: Iterable[Request], deadlines: Mapping[str, float], *, on_outcome: OnOutcome | None = None
    ) -> list[Outcome]:
        """Send requests, all at once; see `Network.send_all`. An interrupt from the keyboard ends it cleanly."""
        return self._runner.run(self._network.send_all(requests, deadlines, on_outcome=on_outcome))

    def work(self, on: Callable[[Network], Awaitable[Result]]) -> Result:
        """Return what comes of work that sends its questions one after the other, as answers come."""

        async def whole() -> Result:
            return await on(self._network)

        return self._runner.run(whole())
