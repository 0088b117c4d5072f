"""CoinGlass's open interest at this time of day on the days before, in coins.

A change over 24 hours needs the level of 24 hours ago, and the lowest plan is refused intervals under four hours; the
chart is not. It has the times once and, beside them, a list of each exchange's levels. The sum of the exchanges is told
as that of all where their newest sum is near what the list of exchanges tells of all; times at which the history of
four hours has a close are left to it. Documentation: "Exchange History Chart", read 2026-11-30, which does not say how
far apart the times are: one that is too far from this time of day is not taken.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.records.snapshot import OpenInterest
from commentary.sources.live.base import Answer, Asked, Call
from commentary.sources.live.coinglass import common
from commentary.sources.live.coinglass.open_interest import NOW, all_exchanges
from commentary.sources.shapes.reading import Part

RANGE = "15m"
AGO = tuple(timedelta(hours=4) if not days else timedelta(days=days) for days in range(31))
"""Before the reply: four hours, and one to thirty days, which are the windows that changes are told of."""
NEAR = timedelta(minutes=15)
"""Two levels so far apart are of one time (data/tolerances.toml)."""
WITHIN = Decimal("0.02")
"""The sum of the exchanges and that of all are one thing within this part of it: a proposal."""


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the chart."""
    if asked.scope == "full":
        yield Call(
            "open_interest_chart",
            "/api/futures/open-interest/exchange-history-chart",
            _levels,
            ("open_interest",),
            params={"symbol": asked.asset, "range": RANGE, "unit": "coin"},
            needs=(NOW,),
        )


def _levels(answer: Answer) -> Iterator[OpenInterest]:
    chart = Part.of(answer)
    times = [part.time() for part in chart["time_list"].items()]
    columns = _columns(chart["data_map"], len(times))
    past = [place for place, at in enumerate(times) if at <= answer.asked.now]
    if not past:
        return
    total = all_exchanges(answer)["open_interest_quantity"].size()
    newest = _told(columns, max(past, key=lambda place: times[place]))
    if abs(sum(newest.values()) - total) > WITHIN * total:
        raise chart["data_map"].error(f"levels whose newest sum is near the {total:f} coins of all exchanges")
    for place in _places({place: times[place] for place in past}, answer.received_at):
        levels = _told(columns, place)
        # A sum over other exchanges is another series.
        if levels.keys() == newest.keys():
            value = sum(levels.values(), Decimal(0))
            yield chart.row(OpenInterest, venue=common.ALL, source=common.TITLE, value_coin=value, time=times[place])


def _columns(levels: Part, length: int) -> list[Part]:
    columns = [column for _, column in levels.entries()]
    for column in columns:
        if len(column.items()) != length:
            raise column.error(f"{length} levels, one for each time")
    return columns


def _told(columns: list[Part], place: int) -> dict[int, Decimal]:
    """Return the level of each exchange that has one at a time; of others there is null."""
    levels = ((number, column[place]) for number, column in enumerate(columns))
    return {number: level.size() for number, level in levels if level.value is not None}


def _places(times: dict[int, datetime], now: datetime) -> list[int]:
    """Return the places of the times nearest to those that are looked for, each once, in order of time."""
    found = set()
    for ago in AGO:
        place = min(times, key=lambda one: (abs(times[one] - (now - ago)), one))
        if abs(times[place] - (now - ago)) <= NEAR and not _is_close(times[place]):
            found.add(place)
    return sorted(found, key=lambda one: times[one])


def _is_close(at: datetime) -> bool:
    """Say whether an interval of the history ends then; intervals count from midnight UTC."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return not (at - midnight) % timedelta(hours=common.HOURS)
