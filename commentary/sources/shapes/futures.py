"""Quarterly futures: which are open, and what each costs over the index, a year.

They expire on the last Friday of March, June, September and December at 08:00 UTC (Binance USD-M, contract
specification, and OKX, expTime of BTC-USDT-260626; in quotation, read 2026-11-30). The premium is mark price over index
price of one time, and a year is 365 days, without compounding. With less than two days left a yearly rate says
nothing, and there is no row. A row names no tenor: the days tell its contract apart, and one contract is one series.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.records.snapshot import Basis
from commentary.sources.live.base import exact
from commentary.sources.shapes.bars import DAY
from commentary.sources.shapes.perpetuals import Perpetual
from commentary.sources.shapes.reading import Part

HISTORY_DAYS = 90
"""Over which the place of a basis among its earlier readings is counted (metrics.basis)."""
_FRIDAY = 4
_HOUR = 8
_DAY = timedelta(days=1)
LEAST = 2 * _DAY
"""Until expiry."""
_YEAR_DAYS = 365


def expiries(now: datetime) -> tuple[datetime, datetime]:
    """Return when the next two quarterly futures expire that have at least two days left."""
    ends = (
        _last_friday(now.year + (month - 1) // 12, (month - 1) % 12 + 1) for month in range(3, 22, 3)
    )  # to September of the next year
    first, second = [end for end in ends if end - now >= LEAST][:2]
    return first, second


def _last_friday(year: int, month: int) -> datetime:
    last = datetime(year + month // 12, month % 12 + 1, 1, _HOUR, tzinfo=UTC) - _DAY
    return last - _DAY * ((last.weekday() - _FRIDAY) % 7)


def basis(part: Part, at: datetime, mark: Decimal, index: Decimal, expiry: datetime, *, venue: str) -> Iterator[Basis]:
    """Yield the premium of a future over its index, unless too few days are left.

    Args:
        part: where the prices stand.
        at: when they held.
        mark: of the future.
        index: of the coin.
        expiry: of the future.
        venue: the exchange, which says so itself.
    """
    if expiry - at >= LEAST:
        days = Decimal((expiry - at) // timedelta(seconds=1)) / 86_400
        annualised = exact((mark - index) / index * _YEAR_DAYS / days)
        yield part.row(Basis, venue=venue, source=venue, time=at, annualised=annualised, days=exact(days))


def from_candles(contract: Perpetual, own: Part, index: Part, expiry: datetime, now: datetime) -> Iterator[Basis]:
    """Yield the premium at the end of each day.

    Args:
        contract: the coin's perpetual, whose figures are per coin as those of the future are.
        own: the future's daily candles of its mark price, rows that begin with time, open, high, low, close.
        index: those of the index.
        expiry: of the future.
        now: the time of the collection.
    """
    marks, indices = (contract.closes(rows, DAY, now) for rows in (own, index))
    yield from basis_history(own, marks, indices, expiry, venue=contract.venue)


def basis_history(
    part: Part, marks: Mapping[datetime, Decimal], indices: Mapping[datetime, Decimal], expiry: datetime, *, venue: str
) -> Iterator[Basis]:
    """Yield the premium at each time of which both prices are known."""
    for at in sorted(set(marks) & set(indices)):
        yield from basis(part, at, marks[at], indices[at], expiry, venue=venue)
