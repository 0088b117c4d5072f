"""Reads recorded replies of CoinGlass as a collection does: loaded exactly, taken out of the envelope, made rows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from commentary.records.snapshot import Series
from commentary.sources.json_text import load
from commentary.sources.live.base import Answer, Asked, Call, Json, sources

RECORDED = Path(__file__).parents[1] / "recorded" / "coinglass"
NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)
"""A Sunday; the interval from 08:00 still runs."""
RECEIVED = datetime(2026, 11, 22, 8, 5, 2, tzinfo=UTC)
SOURCE = sources["coinglass"]
ASKED = Asked("BTC", NOW)
CALLS: dict[str, Call] = {call.name: call for call in SOURCE.calls(ASKED)}


def utc(text: str) -> datetime:
    """Return a time of November 2026 such as "22 08:00"."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def recorded(name: str) -> Json:
    """Return a whole reply, a new one each time."""
    return load((RECORDED / f"{name}.json").read_bytes(), name)


def rows(name: str, replies: Mapping[str, Json] | None = None, asked: Asked = ASKED) -> list[Series]:
    """Return the rows of a call.

    Args:
        name: the call.
        replies: whole replies to take instead of the recorded ones, by call.
        asked: what is asked for.
    """
    call = next(one for one in SOURCE.calls(asked) if one.name == name)
    payloads = {one: SOURCE.unwrap((replies or {}).get(one) or recorded(one)) for one in (name, *call.needs)}
    answer = Answer(asked, payloads[name], RECEIVED, {one: payloads[one] for one in call.needs})
    return list(call.read(answer))
