"""The largest single forced order of each asset in a window, with its price where it is given."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.metrics.bars import EPOCH
from commentary.metrics.base import Given, source_of
from commentary.metrics.rows import evidence_of
from commentary.records.fact import Fact, Subject
from commentary.records.snapshot import LiquidationOrder


def largest_orders(given: Given, hours: Decimal) -> Iterator[Fact]:
    """Yield the largest order of each asset in the hours before the snapshot, own asset first."""
    since = given.as_of - timedelta(hours=float(hours))
    largest: dict[str, LiquidationOrder] = {}
    for row in given.snapshot.liquidation_orders:
        held = largest.get(row.about)
        if row.at >= since and (held is None or _order(row) < _order(held)):
            largest[row.about] = row
    for row in sorted(largest.values(), key=lambda row: (row.about != given.snapshot.asset, *_order(row))):
        subject = Subject(row.about, "order_size", row.side, row.venue, None, "largest")
        shared = (evidence_of(row), source_of(row), row.at)
        yield Fact(subject, row.notional_usd, "usd", "level", *shared)
        if row.price is not None:
            at_price = subject._replace(metric="order_price")
            yield Fact(at_price, row.price, "price", "level", *shared, currency=given.snapshot.quote)


def _order(row: LiquidationOrder) -> tuple[Decimal, timedelta, str, str]:
    """Return what puts the larger first, of two alike the newer."""
    return (-row.notional_usd, EPOCH - row.at, row.about, row.source or "")
