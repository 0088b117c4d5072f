"""Recorded replies of CoinGlass with their envelopes, and the rows of a call."""

from collections.abc import Mapping
from datetime import UTC, datetime

from commentary.records.snapshot import Series
from commentary.sources.live.base import Asked, Call, Json
from tests.sources.live.replies import Replies

HELD = Replies("coinglass")
NOW, RECEIVED = HELD.now, HELD.received_at
"""8:05 on a Sunday; the interval from 08:00 still runs."""
SOURCE = HELD.source
CALLS: dict[str, Call] = {call.name: call for call in HELD.calls()}


def utc(text: str) -> datetime:
    """Return a time of November 2026 such as "22 08:00"."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def recorded(name: str) -> Json:
    """Return a whole reply, a new one each time."""
    return HELD.whole(name)


def rows(name: str, replies: Mapping[str, Json] | None = None, asked: Asked | None = None) -> list[Series]:
    """Return the rows of a call.

    Args:
        name: the call.
        replies: whole replies to take instead of the recorded ones, by call.
        asked: what is asked for, instead of what was recorded.
    """
    held = Replies("coinglass", asked.asset, asked.now) if asked else HELD
    given = {one: SOURCE.unwrap(reply) for one, reply in (replies or {}).items()}
    payload = given.pop(name) if name in given else held.payload(name)
    return held.read(held.call(name), payload, given)
