"""What a map of ours is drawn from: an exchange's candles, and its open interest in coin at the same times.

A step runs from one reading of open interest to the next and holds the highest, lowest and last price of the candles
between them, so that candles finer than the readings, or coarser, fit. Readings that count both sides are halved.
Open interest of inverse contracts is left out: their coins change with the price alone.

A map is of the time of its last reading: prices behind that still pass levels, but what was opened and closed since is
not known. Where the last reading is too old, or follows on too long a silence, there is no map: it would tell
yesterday's positions as those of now.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from commentary.records.snapshot import Bar, CandleSeries, OpenInterest, Snapshot

STEPS_NEEDED = 40
"""With fewer, most of what the map would hold was open before it begins, and is not placed."""
WINDOWS = (Decimal(720), Decimal(168), Decimal(72), Decimal(24))
"""Hours that a map may cover: the longest that the data fill, so that maps of successive days are of one window."""
STEPS_SHORT = 2
"""Steps that a window may lack: the newest reading is often one behind the newest candle, and the oldest one late."""
WIDEST_STEP = timedelta(hours=4)
"""A price path known at longer steps passes too many levels unseen within the bar they were opened in."""
MOST_MISSING = 0.1
"""Of the candles: where more are missing, levels were reached that nobody saw. And of the window, in steps wider than
the widest: what was opened in one of them is placed at one price."""
OLDEST = timedelta(hours=1)
"""The last reading may be this old beside one interval of its own or of the candles, whichever is longer: older open
interest is stale (data/tolerances.toml), and a fast market turns it over within the hour."""
_CLOCKS = timedelta(minutes=2)
"""A reading so shortly before the end of a bar is of its end."""


class Step(NamedTuple):
    """From one reading of open interest to the next."""

    end: datetime
    high: float
    low: float
    close: float
    coins: float | None
    """Open interest at the end, one side; None behind the last reading."""


class History(NamedTuple):
    """The steps of one exchange that a map is drawn from, the first of them only its start."""

    venue: str
    candles: CandleSeries
    readings: tuple[OpenInterest, ...]
    steps: tuple[Step, ...]
    interval: timedelta
    """The median length of a step."""
    window_hours: Decimal
    missing: int
    """Candles of the window that the snapshot does not hold."""
    taker_buy_share: Decimal | None
    """Of the volume in the window, a fraction; None where the candles do not tell it."""

    @property
    def end(self) -> datetime:
        """When the last open interest that is known held."""
        return max(step.end for step in self.steps if step.coins is not None)


class Behind(str):
    """Why there is no map of an exchange whose inputs end too long before the snapshot."""

    __slots__ = ()

    @property
    def venue(self) -> str:
        """The exchange."""
        return self.partition(": ")[0]


def histories(snapshot: Snapshot) -> Iterator[History | str]:
    """Yield each exchange's history, or why it has none, by name."""
    coin = snapshot.lead or snapshot.asset
    series = [each for each in snapshot.candles if each.asset in (None, coin) and each.venue]
    rows = [row for row in snapshot.open_interest if row.asset in (None, coin) and row.venue]
    for venue in sorted({str(each.venue) for each in (*series, *rows)}):
        yield _of(venue, [each for each in series if each.venue == venue], rows, snapshot)


def _of(venue: str, series: Sequence[CandleSeries], rows: Sequence[OpenInterest], snapshot: Snapshot) -> History | str:
    groups: dict[tuple[str, str], list[OpenInterest]] = {}
    inverse = False
    for row in rows:
        if row.venue == venue:
            inverse |= row.margin == "inverse"
            if row.margin != "inverse" and row.value_coin is not None:
                groups.setdefault((row.source or "", row.margin or ""), []).append(row)
    if not series:
        return f"{venue}: the snapshot holds no candles of it"
    if not groups:
        kind = "only that of inverse contracts, whose coins change with the price alone" if inverse else "none"
        return f"{venue}: of its open interest in coin the snapshot holds {kind}"
    made = [_joined(venue, each, readings, snapshot) for each in series for readings in groups.values()]
    found = [one for one in made if isinstance(one, History)]
    if not found:
        reasons = [one for one in made if isinstance(one, str)]
        return next((one for one in reasons if isinstance(one, Behind)), reasons[0])
    return min(found, key=_rank)


def _rank(one: History) -> tuple[object, ...]:
    """Return the order of preference: the longest window, the exchange's own word, the most steps."""
    own = (one.candles.source == one.venue) + (one.readings[0].source == one.venue)
    names = (one.candles.source or "", one.readings[0].source or "", one.readings[0].margin or "")
    return (-one.window_hours, -own, -len(one.steps), one.candles.interval_minutes, *names)


def _joined(venue: str, series: CandleSeries, rows: Sequence[OpenInterest], snapshot: Snapshot) -> History | str:
    length = timedelta(minutes=float(series.interval_minutes))
    bars = {bar.time: bar for bar in series.bars if bar.time + length <= snapshot.as_of}
    readings = {row.time or snapshot.as_of: row for row in rows}
    readings = {time: readings[time] for time in sorted(readings) if time <= snapshot.as_of}
    steps = _steps([bars[time] for time in sorted(bars)], length, readings)
    known = [step for step in steps if step.coins is not None]
    if len(known) < 2:
        return f"{venue}: its candles and its open interest in coin share {len(known)} time{'s' * (len(known) != 1)}"
    interval = timedelta(seconds=median((after.end - before.end).total_seconds() for before, after in pairwise(known)))
    if interval > WIDEST_STEP:
        hours = interval / timedelta(hours=1)
        return f"{venue}: its open interest is read every {hours:g} hours, and a map needs it every 4 at least"
    if why := _behind(known, max(length, interval), snapshot.as_of):
        return Behind(f"{venue}: {why}")
    covered = steps[-1].end - steps[0].end
    fitting = (hours for hours in WINDOWS if covered + STEPS_SHORT * interval >= timedelta(hours=float(hours)))
    window = next(fitting, None)
    if window is None:
        hours = covered / timedelta(hours=1)
        return f"{venue}: candles and open interest in coin share {hours:.1f} hours, and a map needs {WINDOWS[-1]}"
    start = steps[-1].end - timedelta(hours=float(window)) - interval / 2
    steps = [step for step in steps if step.end >= start]
    known = [step for step in steps if step.coins is not None]
    if len(known) < STEPS_NEEDED:
        few = f"{window} hours hold {len(known)} readings of open interest in coin"
        return f"{venue}: {few}, and a map needs {STEPS_NEEDED}"
    inside = [bar for time, bar in bars.items() if steps[0].end < time + length <= steps[-1].end]
    missing = round((steps[-1].end - steps[0].end) / length) - len(inside)
    if missing > MOST_MISSING * (len(inside) + missing):
        return f"{venue}: {missing} of {len(inside) + missing} candles of {window} hours are missing"
    if (unseen := _unseen_hours(known)) > MOST_MISSING * float(window):
        return f"{venue}: of its open interest in coin {unseen:.0f} of {window} hours are missing"
    held = tuple(readings.values())
    return History(venue, series, held, tuple(steps), interval, window, max(missing, 0), _taker_share(inside))


def _behind(known: Sequence[Step], interval: timedelta, as_of: datetime) -> str:
    """Return why the newest readings are too old for a map of now; empty where they are not."""
    last, before = known[-1].end, known[-2].end
    told = "its candles and its open interest in coin are known together"
    if as_of - last > interval + OLDEST:
        return f"{told} until {last:%Y-%m-%d %H:%M} UTC, {(as_of - last) / timedelta(hours=1):.1f} hours before now"
    if last - before > WIDEST_STEP:
        return f"{told} until {before:%Y-%m-%d %H:%M} UTC, and then only of {last:%Y-%m-%d %H:%M}"
    return ""


def _unseen_hours(known: Sequence[Step]) -> float:
    """Return how long steps lasted together that are wider than the widest."""
    wide = (after.end - before.end for before, after in pairwise(known))
    return sum(each / timedelta(hours=1) for each in wide if each > WIDEST_STEP)


def _steps(bars: Sequence[Bar], length: timedelta, readings: dict[datetime, OpenInterest]) -> list[Step]:
    """Return steps from the first reading to the last bar; those behind the last reading are single bars."""
    times = list(readings)
    slack = min(_CLOCKS, length / 2)
    groups: dict[tuple[int, int], list[Bar]] = {}
    for place, bar in enumerate(bars):
        reading = bisect_left(times, bar.time + length - slack)
        groups.setdefault((reading, place if reading == len(times) else 0), []).append(bar)
    steps = list(_start(bars[0], length, readings)) if bars else []
    for (reading, _), group in groups.items():
        row = readings[times[reading]] if reading < len(times) else None
        if row is None and not steps:
            continue
        high, low = max(bar.high for bar in group), min(bar.low for bar in group)
        coins = None if row is None else _one_side(row)
        steps.append(Step(group[-1].time + length, float(high), float(low), float(group[-1].close), coins))
    return steps


def _start(bar: Bar, length: timedelta, readings: dict[datetime, OpenInterest]) -> Iterator[Step]:
    """Yield the open interest with which the first bar began, at its opening price, where it is known."""
    before = [time for time in readings if bar.time - length <= time <= bar.time + min(_CLOCKS, length / 2)]
    if before:
        opened = float(bar.open)
        yield Step(bar.time, opened, opened, opened, _one_side(readings[before[-1]]))


def _one_side(row: OpenInterest) -> float:
    coins = row.value_coin or Decimal(0)
    return float(coins / 2 if row.sides == "both" else coins)


def _taker_share(bars: Sequence[Bar]) -> Decimal | None:
    volume = sum((bar.volume_usd or Decimal(0) for bar in bars), Decimal(0))
    if not volume or any(bar.taker_buy_usd is None for bar in bars):
        return None
    return sum((bar.taker_buy_usd or Decimal(0) for bar in bars), Decimal(0)) / volume
