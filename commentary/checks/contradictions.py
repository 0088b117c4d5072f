"""Facts of a draft that cannot stand beside each other, whatever each was made of."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.records.fact import Fact, Value, is_change
from commentary.records.sheet import FactSheet

_MISMATCH = Decimal("0.01")
"""Sides and total of recorded liquidations that part by more are flagged period_mismatch."""


def is_open(start: Fact) -> bool:
    """Say whether a price is the open of a candle, that a reported change was set beside and is not counted from."""
    return start.subject.metric == "price_from" and bool(start.formula) and not start.inputs


def leading_nowhere(sheet: FactSheet) -> Iterator[Fact]:
    """Yield opens of candles from which a reported change leads to no price that the draft holds."""
    for start in filter(is_open, sheet.all("price_from")):
        own = start.subject
        change_id = own._replace(metric="price_change").id
        change = next((one for one in sheet.all("price_change") if one.id == change_id), None)
        prices = [one.value for one in sheet.all("price", asset=own.asset, venue=own.venue)]
        if change is None or not any(_leads(start, one, change) for one in prices):
            yield start


def _leads(start: Fact, value: Value, change: Fact) -> bool:
    if not (isinstance(value, Decimal) and isinstance(change.value, Decimal) and isinstance(start.value, Decimal)):
        return False
    begun = change.as_of - timedelta(hours=float(start.subject.window_hours or 0))
    return start.value > 0 and start.as_of == begun and is_change(start.value, value, change.value)


def beyond_total(sheet: FactSheet) -> Iterator[Fact]:
    """Yield recorded liquidations of a side that their own total contradicts, where no flag tells the reader."""
    if "period_mismatch" in sheet.flags:
        return
    for total in sheet.all("liq_total"):
        whole = total.subject
        sides = [one for one in sheet.all("liq_size") if one.subject._replace(metric="liq_total", side=None) == whole]
        together = sum((one.number for one in sides), Decimal(0))
        most, least = total.number * (1 + _MISMATCH), total.number * (1 - _MISMATCH)
        if sides and (together > most or (len(sides) > 1 and together < least)):
            yield max(sides, key=lambda one: one.number)
