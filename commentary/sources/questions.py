"""What live sources are asked in one round: their calls for each asset, as requests with full addresses and keys.

A call that is shared by all assets is asked once. A source without its key is not asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from commentary.errors import BadInputError
from commentary.net import Request
from commentary.records.canonical import canonical
from commentary.sources.live.base import Asked, Call, Source

_NOTHING: Mapping[str, str] = MappingProxyType({})
ALL = "all"
"""The pool that a call draws on unless it names others."""
CLOCK = "clock"
"""The name of the request for a source's own time."""


class Access(NamedTuple):
    """What is known of how to reach sources."""

    base_urls: Mapping[str, str] = _NOTHING
    """By source, in place of its own."""
    environment: Mapping[str, str] = _NOTHING
    """Where keys are looked up."""

    def base_url(self, source: Source) -> str:
        """Return the address that a source's paths follow."""
        return self.base_urls.get(source.name, source.base_url).rstrip("/")

    def key(self, source: Source) -> str | None:
        """Return the source's key; None where it needs one and there is none; empty where it needs none.

        Raises:
            BadInputError: the key holds what no header can; the message does not show it.
        """
        if source.key is None:
            return ""
        key = self.environment.get(source.key.variable, "").strip()
        if not key:
            return None
        if not key.isascii() or not key.isprintable():
            raise BadInputError(source.key.variable, None, "it holds a character that no key has; set it again")
        return key


class Question(NamedTuple):
    """A call for an asset, and the request that asks it."""

    source: Source
    call: Call
    asked: Asked
    request: Request


class Round(NamedTuple):
    """All that is asked at one time."""

    asked: tuple[Asked, ...]
    sources: tuple[Source, ...]
    """Those that are asked, in the order of preference."""
    without_key: tuple[Source, ...]
    questions: tuple[Question, ...]
    clocks: tuple[Request, ...]

    @property
    def requests(self) -> tuple[Request, ...]:
        """What is sent: each once, clocks first."""
        each = {(one.request.source, one.request.name): one.request for one in self.questions}
        return (*self.clocks, *each.values())


def round_of(
    assets: Sequence[str],
    chosen: Iterable[Source],
    now: datetime,
    access: Access,
    scope: Literal["full", "watch"] = "full",
) -> Round:
    """Return what is asked of the chosen sources for all assets.

    Args:
        assets: tickers.
        chosen: the sources in order of preference.
        now: the time of the round, UTC.
        access: addresses and keys.
        scope: how much is asked, see `Asked`.
    """
    asked = tuple(Asked(asset, now, scope) for asset in assets)
    able: list[Source] = []
    without: list[Source] = []
    for source in chosen:
        (without if access.key(source) is None else able).append(source)
    questions = tuple(
        Question(source, call, one, _request(source, call, one, access))
        for source in able
        for one in asked
        for call in source.calls(one)
    )
    clocks = tuple(_clock(source, access) for source in able if source.clock is not None)
    return Round(asked, tuple(able), tuple(without), questions, clocks)


def _request(source: Source, call: Call, asked: Asked, access: Access) -> Request:
    name = call.name if call.shared else f"{call.name}.{asked.asset}"
    costs = tuple(sorted(call.costs.items())) or tuple((pool, 1) for pool in source.pools if pool == ALL)
    query = f"?{urlencode(dict(call.params))}" if call.params else ""
    return Request(
        source.name,
        name,
        f"{access.base_url(source)}{call.path}{query}",
        "GET" if call.body is None else "POST",
        b"" if call.body is None else canonical(call.body),
        _secrets(source, access),
        costs,
    )


def _clock(source: Source, access: Access) -> Request:
    assert source.clock is not None
    body = source.clock.body
    return Request(
        source.name,
        CLOCK,
        f"{access.base_url(source)}{source.clock.path}",
        "GET" if body is None else "POST",
        b"" if body is None else canonical(body),
        _secrets(source, access),
        tuple((pool, 1) for pool in source.pools if pool == ALL),
    )


def _secrets(source: Source, access: Access) -> tuple[tuple[str, str], ...]:
    key = access.key(source)
    return ((source.key.header, key),) if source.key is not None and key else ()
