"""Deribit's dated contracts: basis of futures, options by expiry, what expiries settled at, the volatility index.

Definitions: docs.deribit.com, get_book_summary_by_currency, get_delivery_prices, get_volatility_index_data, "Naming"
(read 2026-11-22). A contract's name holds its day of expiry, and an option's its strike and right:
BTC-25DEC26-100000-C, with d for the point of a small strike (XRP_USDC-25DEC26-0d625-P). Open interest of options is in
coins. All expire at 08:00 UTC.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.bounds import bound
from commentary.records.snapshot import Basis, Options
from commentary.sources.live.base import Answer, Asked, Call, NotListedError, exact
from commentary.sources.live.deribit.common import VENUE, is_inverse, window
from commentary.sources.shapes.futures import basis
from commentary.sources.shapes.reading import Part

EXPIRY = time(8)
FRIDAY = 4
DELIVERIES = 10
"""Days of settlements that are asked for; they hold at least one Friday."""
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAME = re.compile(
    rf"[A-Z0-9]+(?:_[A-Z0-9]+)?-(?P<day>[0-9]{{1,2}})(?P<month>{'|'.join(_MONTHS)})(?P<year>[0-9]{{2}})"
    r"(?:-(?P<strike>[0-9]+(?:d[0-9]+)?)-(?P<right>[CP]))?"
)
_HOUR = timedelta(hours=1)


class Contract(NamedTuple):
    """What the name of a dated contract says."""

    expiry: date
    strike: Decimal | None
    """None: a future."""
    right: str
    """C: call, P: put; empty for a future."""


class Open(NamedTuple):
    """An option with its open interest."""

    strike: Decimal
    is_call: bool
    coins: Decimal


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the questions about a coin's futures, options, settlements and, of bitcoin and ether, volatility index."""
    if asked.scope == "watch":
        return
    inverse = is_inverse(asked.asset)
    currency, before = (asked.asset, "") if inverse else ("USDC", "usdc_")
    path = "/public/get_book_summary_by_currency"
    for kind, name, read, fills in (
        ("future", "futures", _futures, "basis"),
        ("option", "options", _options, "options"),
    ):
        # One reply holds all coins that are settled in USDC.
        params = {"currency": currency, "kind": kind}
        yield Call(before + name, path, read, (fills,), params=params, shared=not inverse)
    index = f"{asked.asset.lower()}_{'usd' if inverse else 'usdc'}"
    params = {"index_name": index, "count": str(DELIVERIES)}
    yield Call("deliveries", "/public/get_delivery_prices", _deliveries, ("options",), params=params)
    if inverse:
        params = {"currency": currency, **window(asked.now - 3 * _HOUR, asked.now), "resolution": "3600"}
        yield Call("volatility", "/public/get_volatility_index_data", _volatility, ("options",), params=params)


def max_pain(options: Sequence[Open]) -> Decimal | None:
    """Return the strike at which a settlement would pay the holders of all open options least, in dollars.

    At a settlement S a call of strike K pays max(0, S - K) for each coin, a put max(0, K - S). The sum is convex and
    bends at strikes alone, so its least value stands at one of them; where two have it there is no single one: None.
    """
    paid = {
        settlement: sum(
            (
                max(settlement - one.strike if one.is_call else one.strike - settlement, Decimal(0)) * one.coins
                for one in options
            ),
            Decimal(0),
        )
        for settlement in {one.strike for one in options}
    }
    least = [settlement for settlement, sum_paid in paid.items() if sum_paid == min(paid.values())]
    return least[0] if len(least) == 1 else None


def _futures(answer: Answer) -> Iterator[Basis]:
    """Yield what each dated future costs over the index, which is what `estimated_delivery_price` is until its end."""
    for part, contract in _own(answer, "dated futures"):
        mark, index = part["mark_price"].positive(), part["estimated_delivery_price"].positive()
        at, expiry = part["creation_timestamp"].time(), datetime.combine(contract.expiry, EXPIRY, UTC)
        yield from basis(part, at, mark, index, expiry, venue=VENUE)


def _options(answer: Answer) -> Iterator[Options]:
    """Yield open interest and max pain of each expiry, then open interest of all.

    The dollars are coins at the index, which is what `estimated_delivery_price` is until the half hour before expiry.
    """
    held: dict[date, list[Open]] = {}
    seen: dict[date, tuple[datetime, Decimal]] = {}
    reply = Part.of(answer)
    for part, contract in _own(answer, "options"):
        if contract.strike is None:
            raise part["instrument_name"].error("the name of an option, with strike and right")
        told = part["creation_timestamp"].time(), part["estimated_delivery_price"].positive()
        coins = part["open_interest"].size()
        held.setdefault(contract.expiry, []).append(Open(contract.strike, contract.right == "C", coins))
        seen[contract.expiry] = max(told, seen.get(contract.expiry, told))
    every = [one for options in held.values() for one in options]
    for expiry, options in sorted(held.items()):
        yield from _counted(reply, expiry, options, *seen[expiry])
    yield from _counted(reply, None, every, *max(seen.values()))


def _counted(reply: Part, expiry: date | None, options: list[Open], at: datetime, index: Decimal) -> Iterator[Options]:
    calls, puts = (sum((one.coins for one in options if one.is_call is call), Decimal(0)) for call in (True, False))
    if not calls + puts:
        return
    pain = max_pain(options) if expiry is not None and calls and puts else None
    # The few options of a new expiry may lie far from the price; a snapshot refuses such a figure as a slip of unit.
    if pain is not None and not bound("max_pain", "least") <= pain / index <= bound("max_pain", "most"):
        pain = None
    yield reply.row(
        Options,
        venue=VENUE,
        source=VENUE,
        expiry=expiry,
        of="open_interest",
        unit="coin",
        calls=calls,
        puts=puts,
        notional_usd=exact((calls + puts) * index),
        max_pain=pain,
        time=at,
    )


def _deliveries(answer: Answer) -> Iterator[Options]:
    """Yield what options settled at, on Fridays: weekly, monthly and quarterly ones expire then, the rest by the day.

    A settlement comes before all that is still open in a text, and that of a daily expiry is too small for it.
    """
    for part in Part.of(answer)["data"].items():
        day = _day(part["date"])
        at = datetime.combine(day, EXPIRY, UTC)
        if day.weekday() == FRIDAY and at <= answer.asked.now:
            price = part["delivery_price"].positive()
            yield part.row(Options, venue=VENUE, source=VENUE, expiry=day, settlement=price, time=at)


def _volatility(answer: Answer) -> Iterator[Options]:
    """Yield the last finished hour of the index of 30-day implied volatility, which is in percent a year."""
    hours = Part.of(answer)["data"].items()
    ended = [hour for hour in hours if hour[0].time() + _HOUR <= answer.asked.now]
    if ended:
        last = max(ended, key=lambda hour: hour[0].time())
        value = last[4].positive().scaleb(-2)
        yield last.row(Options, venue=VENUE, source=VENUE, implied_volatility=value, time=last[0].time() + _HOUR)


def _own(answer: Answer, what: str) -> list[tuple[Part, Contract]]:
    """Return the parts of a summary that are about the coin's dated contracts; one of USDC holds all coins.

    Each name is read, of another coin too: one that cannot be might be one of the coin's, and missing in its sums.

    Raises:
        NotListedError: there are none.
    """
    asset = answer.asked.asset
    start = f"{asset}-" if is_inverse(asset) else f"{asset}_USDC-"
    named = [(part, part["instrument_name"].text()) for part in Part.of(answer).items()]
    dated = [(part, _contract(part), name) for part, name in named if not name.endswith("-PERPETUAL")]
    own = [(part, contract) for part, contract, name in dated if name.startswith(start)]
    if not own:
        raise NotListedError("summary", f"there are no {what} of {asset}")
    return own


def _contract(part: Part) -> Contract:
    name = part["instrument_name"]
    found = _NAME.fullmatch(name.text())
    if found is None:
        raise name.error("the name of a dated contract, such as BTC-25DEC26 or BTC-25DEC26-100000-C")
    try:
        expiry = date(2000 + int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        raise name.error("a name with a day that there is") from None
    strike = found["strike"]
    return Contract(expiry, None if strike is None else Decimal(strike.replace("d", ".")), found["right"] or "")


def _day(part: Part) -> date:
    try:
        return date.fromisoformat(part.text())
    except ValueError:
        raise part.error("a date such as 2026-11-20") from None
