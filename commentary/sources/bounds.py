"""Values that no market has shown (data/bounds.toml): a slip of unit or of column, refused when it is read."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import chain
from statistics import median
from typing import NamedTuple

from commentary.config.bounds import bound
from commentary.errors import BadInputError
from commentary.records.snapshot import Snapshot

DAYS_A_YEAR = 365
PRICE_OF_NOW = timedelta(days=7)
"""Of an older row the price was another."""


class _Off(NamedTuple):
    """A value beyond its bound."""

    path: str
    value: Decimal
    remedy: str


def refuse_absurd(snapshot: Snapshot, name: str, price: Decimal | None) -> None:
    """Refuse the first value beyond the bounds.

    Args:
        snapshot: as it was read.
        name: stands before the path in the message.
        price: of the snapshot's coin; None where there is none.

    Raises:
        BadInputError: there is one; the message has its place and what to write.
    """
    slips = (_leverages(snapshot), _rates(snapshot), _bases(snapshot), _pains(snapshot, price), _holdings(snapshot))
    for off in chain.from_iterable(slips):
        raise BadInputError(f"{name}{off.path}", f"{off.value:f}", off.remedy)


def _leverages(snapshot: Snapshot) -> Iterator[_Off]:
    least, most = bound("leverage", "least"), bound("leverage", "most")
    rows = [(f"/positions/{i}/leverage", row.leverage) for i, row in enumerate(snapshot.positions)]
    for i, each in enumerate(snapshot.liquidation_maps):
        rows += [(f"/liquidation_maps/{i}/levels/{j}/leverage", row.leverage) for j, row in enumerate(each.levels)]
    for path, value in rows:
        if value is not None and not least <= value <= most:
            yield _Off(path, value, f"leverage is from {least:f} to {most:f} times; write 10 for ten times")


def _rates(snapshot: Snapshot) -> Iterator[_Off]:
    for i, row in enumerate(snapshot.funding):
        hours = row.interval_hours or bound("funding", "hours")
        most = bound("funding", "per_hour") * hours
        if abs(row.rate) > most:
            remedy = (
                f"no exchange settles beyond {most:f} in {hours:f} hours; write a fraction per interval, such as "
                "0.0001 for 0.01%"
            )
            yield _Off(f"/funding/{i}/rate", row.rate, remedy)


def _bases(snapshot: Snapshot) -> Iterator[_Off]:
    for i, row in enumerate(snapshot.basis):
        most, off = bound("basis", "annualised"), abs(row.annualised)
        words = f"a year it is within {most:f} either way"
        if row.days:
            most, off = bound("basis", "premium"), off * row.days / DAYS_A_YEAR
            words = f"over {row.days:f} days it would be {off:.2f} of the spot price, beyond {most:f}"
        if off > most:
            remedy = f"{words}; write a fraction a year, such as 0.05 for 5%"
            yield _Off(f"/basis/{i}/annualised", row.annualised, remedy)


def _holdings(snapshot: Snapshot) -> Iterator[_Off]:
    """Yield counts of open interest that are of another unit than the rest of their series, or nothing amid it."""
    series: dict[tuple[object, ...], list[tuple[str, Decimal]]] = {}
    for i, row in enumerate(snapshot.open_interest):
        if row.value_coin is not None:
            whose = (row.asset or snapshot.asset, row.venue, row.source, row.margin, row.sides)
            series.setdefault(whose, []).append((f"/open_interest/{i}/value_coin", row.value_coin))
    times, least = bound("open_interest", "times"), bound("open_interest", "readings")
    for readings in series.values():
        if len(readings) < least:
            continue
        usual = median([value for _, value in readings])
        for path, value in readings:
            if usual and not usual / times <= value <= usual * times:
                remedy = (
                    f"of the same series half are above {usual:f}; give it in coins, or leave out what was not counted"
                )
                yield _Off(path, value, remedy)


def _pains(snapshot: Snapshot, price: Decimal | None) -> Iterator[_Off]:
    least, most = bound("max_pain", "least"), bound("max_pain", "most")
    for i, row in enumerate(snapshot.options):
        if price is None or row.max_pain is None or (row.asset or snapshot.asset) != snapshot.asset:
            continue
        if snapshot.as_of - (row.time or snapshot.as_of) > PRICE_OF_NOW:
            continue
        if not least <= row.max_pain / price <= most:
            remedy = f"the price is {price:f}; give max pain as a price in the quote, for one coin"
            yield _Off(f"/options/{i}/max_pain", row.max_pain, remedy)
