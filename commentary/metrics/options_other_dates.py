"""Options of other dates: which part of all open options of an exchange falls due, and what is left without it.

A row of all expiries, which has no day, tells what the exchange holds; it is compared with the expiry's own row where
the two are of about one time and by one source. A part that is larger than the whole contradicts it, and neither the
share nor the whole is told.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.metrics.base import Given
from commentary.metrics.expiries import Expiry, options_of
from commentary.records.fact import Fact, Flag, derive
from commentary.records.snapshot import Options


def share_of_all(one: Expiry, notional: Fact, given: Given) -> Iterator[Fact | Flag]:
    """Yield which part of all open options of the exchange falls due, where a row of all expiries tells."""
    every = [row for row in _every(one, notional.as_of, given) if row.notional_usd]
    if not every:
        return
    row = max(every, key=lambda each: each.at)
    if notional.number > (row.notional_usd or Decimal(0)):
        yield _larger(notional, row.notional_usd or Decimal(0))
        return
    whole = one.fact("options_all_notional", row.notional_usd or Decimal(0), "usd", "level", row)
    yield whole
    share = notional.subject._replace(metric="options_share")
    words = "options_notional / options_all_notional * 100"
    yield derive(share, notional.number / whole.number * 100, "percent", "share", (notional, whole), words)


def other_dates(one: Expiry, given: Given) -> Iterator[Fact | Flag]:
    """Yield what all expiries hold, and how many contracts or coins are left without this one.

    A sum in dollars would move with price, so it shows nothing of what was opened or closed.
    """
    own = one.said("calls", "open_interest")
    own_sides = one.sides("options", own) if own is not None and own.unit in ("coin", "contracts") else []
    if own is None or not own_sides:
        return
    every = [row for row in _every(one, own.at, given) if row.unit == own.unit and row.calls and row.puts is not None]
    if not every:
        return
    whole_sides = one.sides("options_all", max(every, key=lambda each: each.at))
    whole, total = whole_sides[2], own_sides[2]
    if total.number > whole.number:
        yield _larger(total, whole.number)
        return
    yield from whole_sides
    if whole.number <= total.number or one.is_settled:
        return
    words = "options_all_total - options_total"
    rest = total.subject._replace(metric="options_rest")
    left = derive(rest, whole.number - total.number, total.unit, total.quantity, (whole, total), words)
    yield left
    yield from _rest_bounds(left, total)


def _larger(part: Fact, whole: Decimal) -> Flag:
    return Flag("figures_contradict", f"{part.id} is {part.number:f}, all expiries of the exchange {whole:f}")


def _every(one: Expiry, when: datetime, given: Given) -> list[Options]:
    """Return the rows of all expiries of an exchange, of about a time."""
    return [
        row
        for row in options_of(given)
        if (row.about, row.venue, row.expiry, row.of) == (one.asset, one.venue, None, "open_interest")
        and row.source == one.rows[-1].source
        and abs(row.at - when) <= timedelta(days=1)
    ]


def _rest_bounds(left: Fact, total: Fact) -> Iterator[Fact]:
    """Yield beyond which counts half as many options as expire were opened or closed in those of other dates."""
    for name, sign in (("options_rest_low", -1), ("options_rest_high", 1)):
        value = left.number + sign * total.number / 2
        words = f"options_rest {'-' if sign < 0 else '+'} options_total / 2"
        if value > 0:
            yield derive(left.subject._replace(metric=name), value, left.unit, left.quantity, (left, total), words)
