"""Open interest of an exchange in another unit than coins, its history too, so that nothing of its own gives it away.

It is held against the other exchanges, and against what is traded: what is open at an exchange is as a rule worth from
a tenth of a day's trade to a few days of it, and of one coin much the same number of days at each. A count in
contracts of a hundredth of a coin, or in thousandths, makes of the exchange a giant that hardly trades.

What no market has shown: data/bounds.toml, [open_interest].
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from commentary.config.bounds import bound
from commentary.records.snapshot import CandleSeries, OpenInterest
from commentary.sources.placed import Doubted, Placed, rows_of
from commentary.sources.readings import Missed

_DAY = timedelta(days=1)
_OTHERS = 2
"""So many other exchanges have to be known where nothing is known of what is traded."""


class _Open(NamedTuple):
    """What is open at an exchange, as it says itself."""

    coins: Decimal
    """One side, at the median of its newest day: a single slip is the matter of `bounds`."""
    owners: tuple[int | None, ...]


def doubted_open_interest(placed: Sequence[Placed]) -> Doubted:
    """Return which readings gave open interest that is not used, and why.

    Args:
        placed: the rows of a round about one asset, without candles that are doubted.
    """
    held = _held(placed)
    traded = _traded(placed)
    days = {venue: one.coins / traded[venue] for venue, one in held.items() if traded.get(venue)}
    found: Doubted = {}
    for venue, one in held.items():
        if why := _doubt(venue, held, days):
            found.update({(owner, "open_interest"): Missed("contradicted", why) for owner in one.owners})
    return found


def _doubt(venue: str, held: Mapping[str, _Open], days: Mapping[str, Decimal]) -> str:
    own = days.get(venue)
    if own is not None and own > bound("open_interest", "days"):
        return f"it would be what is traded in {own:.0f} days"
    others = [one.coins for name, one in held.items() if name != venue]
    times = held[venue].coins / sum(others) if sum(others) else Decimal(0)
    told = f"it would be {times:.0f} times that of the others"
    elsewhere = [value for name, value in days.items() if name != venue]
    if own is not None and elsewhere:
        usual = median(elsewhere)
        if times > bound("open_interest", "giant") and own > usual * bound("open_interest", "idle"):
            return f"{told}, and {own:.1f} days of its trade, where it is {usual:.1f} elsewhere"
        return ""
    return told if len(others) >= _OTHERS and times > bound("open_interest", "others") else ""


def _held(placed: Sequence[Placed]) -> dict[str, _Open]:
    """Return what each exchange says that is open there, in coins."""
    rows: dict[str, list[tuple[datetime, Decimal, int | None]]] = {}
    for owner, row in rows_of(placed, OpenInterest):
        is_own = row.venue is not None and row.venue == row.source and row.margin != "inverse"
        if is_own and row.time is not None and row.value_coin is not None:
            coins = row.value_coin / 2 if row.sides == "both" else row.value_coin
            rows.setdefault(row.venue or "", []).append((row.time, coins, owner))
    found = {}
    for venue, each in rows.items():
        newest = max(time for time, _, _ in each)
        coins = median([coins for time, coins, _ in each if newest - time <= _DAY])
        found[venue] = _Open(coins, tuple(dict.fromkeys(owner for _, _, owner in each)))
    return found


def _traded(placed: Sequence[Placed]) -> dict[str, Decimal]:
    """Return what was traded at each exchange within the newest day of its own candles, in coins."""
    found: dict[str, Decimal] = {}
    for _, series in rows_of(placed, CandleSeries):
        if series.venue is None or series.venue != series.source or not series.bars:
            continue
        length = timedelta(minutes=float(series.interval_minutes))
        newest = max(bar.time for bar in series.bars)
        day = [bar for bar in series.bars if bar.time > newest - _DAY]
        if len(day) * length == _DAY and all(bar.volume_usd is not None for bar in day):
            coins = sum(((bar.volume_usd or Decimal(0)) / bar.close for bar in day), Decimal(0))
            found[series.venue] = max(coins, found.get(series.venue, coins))
    return found
