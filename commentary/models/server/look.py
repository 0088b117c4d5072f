"""Where a server's API begins, and which model it has."""

import asyncio
import json
from typing import NamedTuple

from commentary.models.server.faults import failed
from commentary.net import Reply, Request
from commentary.net.client import Network
from commentary.net.house import HouseServer
from commentary.records.writer import Failed

SOURCE = "model"
"""What the network calls the one server that it asks."""
_NO_SUCH = frozenset({404, 405})
"""Statuses of a server that answers, and has no such list."""


class Found(NamedTuple):
    """A server that can be asked."""

    base: str
    """What chat/completions is under: "http://127.0.0.1:8000/v1"."""
    model: str
    """As the server names it."""


class Key(NamedTuple):
    """A server's key, or an empty one."""

    value: str

    @property
    def secrets(self) -> tuple[tuple[str, str], ...]:
        """Return the header that carries it."""
        return (("Authorization", f"Bearer {self.value}"),) if self.value else ()

    def __repr__(self) -> str:
        """Return it without what it is."""
        return "Key()"


async def look(network: Network, server: HouseServer, name: str, key: Key, seconds: float) -> Found | Failed:
    """Return where a server's API begins and the model to ask: the one of that name, else the first that it lists.

    Args:
        network: asks.
        server: its address; one without a path may mean its /v1.
        name: of the model; empty: whichever it has.
        key: of the server.
        seconds: how long it may take.
    """
    bases = bases_of(server)
    if name and len(bases) == 1:
        return Found(bases[0], name)
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    why = Failed("transport", f"the model server at {server.url} lists no model; write its name under [model]")
    for base in bases:
        request = Request(SOURCE, "models", f"{base}/models", secrets=key.secrets)
        outcome = await network.send(request, deadline=until - loop.time())
        if isinstance(outcome, Reply):
            names = _names(outcome.content)
            if names is not None and (name or names):
                return Found(base, name or names[0])
        elif outcome.status not in _NO_SUCH:
            return failed(outcome, base, name, key.value)
        else:
            why = failed(outcome, base, name, key.value)
    # It may have no list, and a model all the same.
    return Found(bases[0], name) if name else why


def bases_of(server: HouseServer) -> tuple[str, ...]:
    """Return where its API may begin, the likeliest first."""
    url = server.url.removesuffix("/chat/completions")
    has_path = url.count("/") > 2
    return (url,) if has_path else (f"{url}/v1", url)


def _names(content: bytes) -> list[str] | None:
    """Return the models that a list names, those for searching behind the others; None where it is no such list."""
    try:
        listed = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(listed, dict) or not isinstance(listed.get("data"), list):
        return None
    names = [each["id"] for each in listed["data"] if isinstance(each, dict) and isinstance(each.get("id"), str)]
    usable = [name for name in names if name and name.isprintable() and len(name) <= 300]
    return sorted(usable, key=lambda name: "embed" in name.lower())
