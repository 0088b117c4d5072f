"""CoinGlass's recorded liquidations: of each exchange and coin now, of all by day, and single orders.

US dollars. Exchanges publish them in part, so the sums are too low. A window ends when the reply came; that of a
history ends where its last interval of four hours ends, and days lie end to end before it. The history of one pair is
not asked for: it is a part of the coin's. An order that sells closes a long, one that buys a short. Documentation:
"Liquidation Exchange List", "Liquidation Coin List", "Coin Liquidation History", "Liquidation Order", read 2026-11-30;
the spelling longLiquidation_usd stood in a reply of 2025-11-14.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.records.rows import Sided
from commentary.records.snapshot import LiquidationOrder, Liquidations
from commentary.sources.live.base import Answer, Asked, Call, Read
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.intervals import whole_days
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.times import milliseconds

NOW = "liquidations"
DAY = timedelta(hours=24)
MOST_COINS = 10
"""Of the other coins of an exchange: a text tells of a few."""
LEAST_ORDER_USD = "100000"
"""Without a least size the 200 orders of a reply are those of a few minutes."""
ORDERS_OF = ("Binance", "Bybit")
"""The largest market, and the one that publishes every order."""
_SECTION = ("liquidations",)
_PATH = "/api/futures/liquidation/exchange-list"
_SIDES: dict[Decimal, Sided] = {Decimal(1): "short", Decimal(2): "long"}
"""1 buys, 2 sells."""


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the coin's sums over a day; in full, also those of other windows and coins, of earlier days, and orders."""
    params = {"symbol": asked.asset}
    yield Call(NOW, _PATH, _sums(24), _SECTION, params={**params, "range": "24h"})
    if asked.scope == "watch":
        return
    yield Call("liquidations_4h", _PATH, _sums(4), _SECTION, params={**params, "range": "4h"})
    yield Call("liquidations_market", _PATH, _sums(24, "market"), _SECTION, params={"range": "24h"}, shared=True)
    yield Call(
        "liquidations_coins",
        "/api/futures/liquidation/coin-list",
        _coins,
        _SECTION,
        params={"exchange": common.EXCHANGE},
        shared=True,
    )
    yield Call(
        "liquidations_history",
        "/api/futures/liquidation/aggregated-history",
        _history,
        _SECTION,
        params={
            **params,
            "exchange_list": ",".join(common.EXCHANGES),
            "interval": common.INTERVAL,
            "limit": common.MOST_ROWS,
        },
        needs=(NOW,),
    )
    for venue in ORDERS_OF:
        yield Call(
            f"orders_{venue.lower()}",
            "/api/futures/liquidation/order",
            _orders,
            ("liquidation_orders",),
            params={
                **params,
                "exchange": venue,
                "min_liquidation_amount": LEAST_ORDER_USD,
                "start_time": milliseconds(asked.now - DAY),
                "end_time": milliseconds(asked.now),
            },
            may_be_empty=True,
        )


def _sums(hours: int, asset: str | None = None) -> Read:
    def read(answer: Answer) -> Iterator[Liquidations]:
        for row in common.held(Part.of(answer)):
            name = common.exchange(row["exchange"])
            if name is not None:
                yield row.row(
                    Liquidations,
                    asset=asset,
                    venue=name,
                    source=common.TITLE,
                    window_hours=hours,
                    long_usd=_spelled(row, "long").size(),
                    short_usd=_spelled(row, "short").size(),
                    total_usd=row["liquidation_usd"].size(),
                    time=answer.received_at,
                )

    return read


def _spelled(row: Part, side: Sided) -> Part:
    """Return the sum of a side under the name that is documented, or the one that is sent."""
    return row.maybe(f"{side}Liquidation_usd") or row[f"{side}_liquidation_usd"]


def _coins(answer: Answer) -> Iterator[Liquidations]:
    """Yield the largest sums of other coins; the coin's own are in the list of exchanges."""
    totals = [(row["liquidation_usd_24h"].size(), row) for row in common.held(Part.of(answer))]
    others = [(total, row) for total, row in totals if row["symbol"].text() != answer.asked.asset]
    for total, row in sorted(others, key=lambda one: -one[0])[:MOST_COINS]:
        yield row.row(
            Liquidations,
            asset=row["symbol"].text(),
            venue=common.EXCHANGE,
            source=common.TITLE,
            window_hours=24,
            long_usd=row["long_liquidation_usd_24h"].size(),
            short_usd=row["short_liquidation_usd_24h"].size(),
            total_usd=total,
            time=answer.received_at,
        )


def _history(answer: Answer) -> Iterator[Liquidations]:
    """Yield the sums of whole days; a day of which an interval is not told is left out."""
    found = common.finished(answer)
    if found:
        common.all_listed(Part.of(answer, NOW))
    for end, parts in whole_days(found):
        sums = {side: _sum(parts, f"aggregated_{side}_liquidation_usd") for side in ("long", "short")}
        if None not in sums.values():
            yield Part.of(answer).row(
                Liquidations,
                venue=common.ALL,
                source=common.TITLE,
                window_hours=24,
                long_usd=sums["long"],
                short_usd=sums["short"],
                time=end,
            )


def _sum(parts: Iterable[Part], name: str) -> Decimal | None:
    told = [part[name] for part in parts]
    return None if any(size.value is None for size in told) else sum((size.size() for size in told), Decimal(0))


def _orders(answer: Answer) -> Iterator[LiquidationOrder]:
    asset = answer.asked.asset
    for row in common.held(Part.of(answer)):
        name = common.exchange(row["exchange_name"])
        # A contract for a thousand coins has another price.
        if name is None or row["base_asset"].text() != asset or not row["symbol"].text().upper().startswith(asset):
            continue
        side = row["side"]
        if side.number() not in _SIDES:
            raise side.error("1 for an order that buys or 2 for one that sells")
        yield row.row(
            LiquidationOrder,
            venue=name,
            source=common.TITLE,
            side=_SIDES[side.number()],
            price=row["price"].positive(),
            notional_usd=row["usd_value"].size(),
            time=row["time"].time(),
        )
