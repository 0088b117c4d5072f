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
from typing import Literal, NamedTuple

from commentary.net import Pool
from commentary.records.snapshot import Bar, CandleSeries, Funding, OpenInterest, OrderBook, Price, Row
from commentary.sources.live.base import Answer, Asked, Call, Json, NotListedError, Source, exact, sources
from commentary.sources.shapes.bars import HOUR, finished
from commentary.sources.shapes.perpetuals import Perpetual, perpetual
from commentary.sources.shapes.reading import Part

VENUE = "Hyperliquid"
POOL = Pool(1200, 60.0)
"""Weight a minute for one address ("Rate limits and user limits")."""
LIGHT, HEAVY = 2, 20
"""Weight of l2Book, and of most other questions."""
ROWS_A_WEIGHT, BARS_A_WEIGHT = 20, 60
"""How many items of a reply add one to the weight of a heavy question."""
PAGE_HOURS = 450
"""fundingHistory answers with the first 500 rows from its start; a page of an hourly rate stays below that."""
PAGES = 5
"""Five pages hold 93 days, and a rate is placed among those of 90."""
DAYS = 90
WATCH_HOURS = 48
"""A watch begins with all and then asks for what is new; two days bridge an outage."""
SIGNIFICANT = 3
"""Figures that prices of the book are grouped by: its 20 levels a side then reach 2% at the least."""
NEAR = Decimal(1)
"""Percent from the middle at which a book is summed up, the first level there or beyond."""
_INTERVAL_HOURS = 1


class Tier(NamedTuple):
    """From which size on a position may have which leverage."""

    from_usd: Decimal
    max_leverage: Decimal
    """The maintenance margin is half of the margin at this leverage."""


def market(asset: str) -> Perpetual:
    """Return what a coin is traded as: PEPE as kPEPE, a thousand of them (data/contracts.toml)."""
    return perpetual(VENUE, asset, asset)


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
    if asked.scope == "watch":
        yield _funding_call("funding_history", asked, 0, WATCH_HOURS)
        yield _candle_call(asked, WATCH_HOURS)
        return
    for page in range(PAGES):
        name = "funding_history" if page == 0 else f"funding_history_{page + 1}"
        yield _funding_call(name, asked, page * PAGE_HOURS, (page + 1) * PAGE_HOURS)
    yield _candle_call(asked, DAYS * 24)
    yield Call(
        "order_book",
        "/info",
        _order_book,
        ("order_book",),
        body={"type": "l2Book", "coin": market(asked.asset).symbol, "nSigFigs": SIGNIFICANT},
        costs={"all": LIGHT},
    )


def margin_tiers(payload: Json, asset: str) -> tuple[Tier, ...]:
    """Return the leverage that a coin's positions may have by size, smallest first, from a metaAndAssetCtxs reply.

    A margin table that is not listed has one tier, with the market's own maximum.

    Raises:
        NotListedError: the coin has no market.
        ReplyError: the reply is not in the documented form.
    """
    meta = Part(payload)[0]
    told, _ = _market(Part(payload), asset)
    wanted = told["marginTableId"].number()
    for table in meta["marginTables"].items():
        if table[0].number() == wanted:
            tiers = table[1]["marginTiers"].items()
            made = (Tier(tier["lowerBound"].size(), tier["maxLeverage"].positive()) for tier in tiers)
            return tuple(sorted(made))
    return (Tier(Decimal(0), told["maxLeverage"].positive()),)


def _funding_call(name: str, asked: Asked, newest: int, oldest: int) -> Call:
    """Return the question for the hours from `oldest` to `newest` before now."""
    body = {
        "type": "fundingHistory",
        "coin": market(asked.asset).symbol,
        "startTime": _milliseconds(asked.now - timedelta(hours=oldest)),
        # Both ends count, so the next page begins a millisecond later.
        "endTime": _milliseconds(asked.now - timedelta(hours=newest)) - (1 if newest else 0),
    }
    cost = HEAVY + -(-(oldest - newest) // ROWS_A_WEIGHT)
    return Call(name, "/info", _funding_history, ("funding",), body=body, costs={"all": cost})


def _candle_call(asked: Asked, hours: int) -> Call:
    start = asked.now - timedelta(hours=hours)
    of = {
        "coin": market(asked.asset).symbol,
        "interval": "1h",
        "startTime": _milliseconds(start),
        "endTime": _milliseconds(asked.now),
    }
    cost = HEAVY + -(-hours // BARS_A_WEIGHT)
    body = {"type": "candleSnapshot", "req": of}
    return Call("candles_1h", "/info", _candles, ("candles",), body=body, costs={"all": cost})


def _markets(answer: Answer) -> Iterator[Row]:
    """Yield prices, the running hour's rate and open interest; the reply has no time, so they are of its arrival."""
    of = market(answer.asked.asset)
    _, context = _market(Part(answer.payload), answer.asked.asset)
    seen = {"venue": VENUE, "source": VENUE, "time": answer.received_at}
    for kind, field in (("mark", "markPx"), ("index", "oraclePx")):
        yield context[field].row(Price, value=of.price(context[field]), kind=kind, **seen)
    rate = context["funding"]
    yield rate.row(Funding, rate=rate.number(), interval_hours=_INTERVAL_HOURS, kind="predicted", **seen)
    held = context["openInterest"]
    yield held.row(OpenInterest, value_coin=of.amount(held), margin="linear", sides="one", **seen)


def _market(reply: Part, asset: str) -> tuple[Part, Part]:
    """Return what the universe says of a coin, and what the list beside it says, which is in the same order."""
    universe, contexts = reply[0]["universe"].items(), reply[1].items()
    if len(universe) != len(contexts):
        raise reply[1].error(f"as many entries as the universe has, which are {len(universe)}")
    name = market(asset).symbol
    for told, context in zip(universe, contexts, strict=True):
        if told["name"].text() == name:
            ended = told.maybe("isDelisted")
            if ended is not None and ended.value is True:
                raise NotListedError("delisted", f"the market {name} has ended")
            return told, context
    raise NotListedError("universe", f"there is no market {name}")


def _funding_history(answer: Answer) -> Iterator[Funding]:
    for paid in _listed(answer).items():
        yield paid.row(
            Funding,
            venue=VENUE,
            source=VENUE,
            rate=paid["fundingRate"].number(),
            interval_hours=_INTERVAL_HOURS,
            kind="settled",
            time=paid["time"].time(),
        )


def _candles(answer: Answer) -> Iterator[CandleSeries]:
    """Yield the series; its volume is in coins alone, and what they were worth is not told."""
    of = market(answer.asked.asset)
    bars = (
        bar.row(
            Bar,
            time=bar["t"].time(),
            open=of.price(bar["o"]),
            high=of.price(bar["h"]),
            low=of.price(bar["l"]),
            close=of.price(bar["c"]),
        )
        for bar in _listed(answer).items()
    )
    yield from finished(bars, venue=VENUE, source=VENUE, minutes=HOUR, now=answer.asked.now)


def _order_book(answer: Answer) -> Iterator[OrderBook]:
    """Yield each side's sum from the middle to the price of a level.

    A level holds the orders up to the next one, so a sum ends at a level and never at an exact percentage. Each order
    counts at its level's price, the far end of the level.
    """
    of = market(answer.asked.asset)
    reply = _listed(answer)
    at = reply["time"].time()
    bids, asks = (
        sorted((of.price(level["px"]), of.amount(level["sz"])) for level in reply["levels"][side].items())
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
        yield reply.row(OrderBook, venue=VENUE, source=VENUE, time=at, to_price=price, **{field: exact(total)})


def _listed(answer: Answer) -> Part:
    """Return the reply, which is null where the coin has no market."""
    if answer.payload is None:
        raise NotListedError("null", f"there is no market {market(answer.asked.asset).symbol}")
    return Part(answer.payload)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


sources.add("hyperliquid")(
    Source("hyperliquid", VENUE, "https://api.hyperliquid.xyz", calls, pools={"all": POOL}),
)
