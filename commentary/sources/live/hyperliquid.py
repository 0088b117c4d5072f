"""Hyperliquid: perpetuals on a chain of its own, asked without a key by POST /info.

Definitions: hyperliquid.gitbook.io, "Info endpoint", "Perpetuals" and "Rate limits and user limits", as quoted in
public clients (read 2026-11-22). Funding is paid every hour, so a rate is per hour: the rate of a market is what the
running hour is heading for, those of fundingHistory were paid. Open interest is in coins, each contract counted once.
Some coins trade by the thousand, with a k before the name (kPEPE): rows are per coin. Numbers are text. Nothing gives
open interest of the past, liquidations, or the server's time but the Date header.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from commentary.net import Pool
from commentary.records.snapshot import Bar, CandleSeries, Funding, OrderBook, Price, Row
from commentary.sources.live.base import Answer, Asked, Call, NotListedError, Source, exact, paged, sources
from commentary.sources.shapes.bars import HOUR
from commentary.sources.shapes.perpetuals import Perpetual, perpetual
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.times import milliseconds, most_points, windows

VENUE = "Hyperliquid"
LIGHT, HEAVY = 2, 20
"""Weight of l2Book, and of most other questions ("Rate limits and user limits")."""
ROWS_A_WEIGHT, BARS_A_WEIGHT = 20, 60
"""How many items of a reply add one to the weight of a heavy question."""
PAGE = timedelta(hours=450)
"""fundingHistory answers with the first 500 rows from its start; a page of an hourly rate stays below that."""
PAGES = 5
"""Five pages hold 93 days, and a rate is placed among those of 90."""
HELD = timedelta(days=90)
WATCHED = timedelta(hours=48)
"""A watch begins with all and then asks for what is new; two days bridge an outage."""
SIGNIFICANT = 3
"""Figures that prices of the book are grouped by: its 20 levels a side then reach 2% at the least."""
NEAR = Decimal(1)
"""Percent from the middle at which a book is summed up, the first level there or beyond."""
_INTERVAL_HOURS = 1
_HOUR = timedelta(hours=1)
_PRICES = ("open", "high", "low", "close")
"""Of a bar; the reply has their first letters."""


def _contract(asset: str) -> Perpetual:
    """Return what a coin is traded as, and in nothing else: PEPE as kPEPE, a thousand (data/contracts.toml)."""
    return perpetual(VENUE, asset, asset)._replace(is_alone=True)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the questions about a coin: its market, settled funding, candles by the hour and, in full, the book."""
    yield Call(
        "markets",
        "/info",
        _markets,
        ("prices", "funding", "open_interest"),
        body={"type": "metaAndAssetCtxs"},
        costs={"all": HEAVY},
        shared=True,
    )
    watched = asked.scope == "watch"
    length, pages = (WATCHED, 1) if watched else (PAGE, PAGES)
    for page, (start, end) in enumerate(windows(asked.now, length, pages)):
        yield _settlement_call(paged("funding_history", page), asked, start, end)
    yield _candle_call(asked, asked.now - (WATCHED if watched else HELD), asked.now)
    if watched:
        return
    yield Call(
        "order_book",
        "/info",
        _book,
        ("order_book",),
        body={"type": "l2Book", "coin": _contract(asked.asset).symbol, "nSigFigs": SIGNIFICANT},
        costs={"all": LIGHT},
    )


def _settlement_call(name: str, asked: Asked, start: datetime, end: datetime) -> Call:
    body = {"type": "fundingHistory", "coin": _contract(asked.asset).symbol, **_window(start, end)}
    cost = HEAVY + -(-(end - start) // (ROWS_A_WEIGHT * _HOUR))
    most = most_points(end - start, _HOUR)
    return Call(name, "/info", _settlements, ("funding",), body=body, costs={"all": cost}, most=most)


def _candle_call(asked: Asked, start: datetime, end: datetime) -> Call:
    of = {"coin": _contract(asked.asset).symbol, "interval": "1h", **_window(start, end)}
    cost = HEAVY + -(-(end - start) // (BARS_A_WEIGHT * _HOUR))
    body = {"type": "candleSnapshot", "req": of}
    most = most_points(end - start, _HOUR)
    return Call("candles", "/info", _candles, ("candles",), body=body, costs={"all": cost}, most=most)


def _window(start: datetime, end: datetime) -> dict[str, int]:
    return {"startTime": int(milliseconds(start)), "endTime": int(milliseconds(end))}


def _markets(answer: Answer) -> Iterator[Row]:
    """Yield prices, the running hour's rate and open interest; the reply has no time, so they are of its arrival."""
    contract, at = _contract(answer.asked.asset), answer.received_at
    context = _market(Part.of(answer), contract.symbol)
    for kind, field in (("mark", "markPx"), ("index", "oraclePx")):
        yield contract.row(context[field], Price, kind=kind, time=at, value=contract.price(context[field]))
    rate = context["funding"]
    fields = {"kind": "predicted", "time": at, "rate": rate.number(), "interval_hours": _INTERVAL_HOURS}
    yield contract.row(rate, Funding, **fields)
    yield contract.interest(context, at, contract.amount(context["openInterest"]))


def _market(reply: Part, name: str) -> Part:
    """Return what the reply says of a market: the universe has its name, and the list beside it, in the same order,
    its figures.

    Raises:
        NotListedError: there is no such market, or it has ended.
    """
    universe, contexts = reply[0]["universe"].items(), reply[1].items()
    if len(universe) != len(contexts):
        raise reply[1].error(f"as many entries as the universe has, which are {len(universe)}")
    for told, context in zip(universe, contexts, strict=True):
        if told["name"].text() == name:
            ended = told.maybe("isDelisted")
            if ended is not None and ended.value is True:
                raise NotListedError("delisted", f"the market {name} has ended")
            return context
    raise NotListedError("universe", f"there is no market {name}")


def _settlements(answer: Answer) -> Iterator[Funding]:
    contract = _contract(answer.asked.asset)
    for paid in _listed(answer).items():
        rate, at = paid["fundingRate"].number(), paid["time"].time()
        fields = {"kind": "settled", "time": at, "rate": rate, "interval_hours": _INTERVAL_HOURS}
        yield contract.row(paid, Funding, **fields)


def _candles(answer: Answer) -> Iterator[CandleSeries]:
    """Yield the series; its volume is in coins alone, and what they were worth is not told."""
    contract = _contract(answer.asked.asset)
    made = (
        bar.row(Bar, time=bar["t"].time(), **{name: contract.price(bar[name[0]]) for name in _PRICES})
        for bar in _listed(answer).items()
    )
    return contract.candles(made, HOUR, answer.asked.now)


def _book(answer: Answer) -> Iterator[OrderBook]:
    """Yield each side's sum from the middle to the price of a level.

    A level holds the orders up to the next one, so a sum ends at a level and never at an exact percentage. Each order
    counts at its level's price, the far end of the level.
    """
    contract, reply = _contract(answer.asked.asset), _listed(answer)
    at = reply["time"].time()
    bids, asks = (
        sorted((contract.price(level["px"]), contract.amount(level["sz"])) for level in reply["levels"][side].items())
        for side in (0, 1)
    )
    bids.reverse()
    if not bids or not asks:
        return
    middle = (bids[0][0] + asks[0][0]) / 2
    sides: tuple[tuple[Literal["bids_usd", "asks_usd"], list[tuple[Decimal, Decimal]]], ...]
    sides = (("bids_usd", bids), ("asks_usd", asks))
    for field, levels in sides:
        total = Decimal(0)
        for price, size in levels:
            total += price * size
            if abs(price - middle) * 100 >= NEAR * middle:
                break
        yield contract.row(reply, OrderBook, time=at, to_price=price, **{field: exact(total)})


def _listed(answer: Answer) -> Part:
    """Return the reply, which is null where the coin has no market."""
    if answer.payload is None:
        raise NotListedError("null", f"there is no market {_contract(answer.asked.asset).symbol}")
    return Part.of(answer)


sources.add("hyperliquid")(
    Source("hyperliquid", VENUE, "https://api.hyperliquid.xyz", calls, pools={"all": Pool(1200, 60)}),
)
