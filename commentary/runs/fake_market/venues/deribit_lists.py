"""Deribit v2: summaries of futures and options, the volatility index, trades of liquidations."""

from collections.abc import Mapping
from datetime import UTC, datetime

from commentary.runs.fake_market import dated as futures
from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.books import orders
from commentary.runs.fake_market.noise import key
from commentary.runs.fake_market.options import INVERSE, options, volatility, word_of
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    Ask,
    Json,
    Refused,
    ms,
    starts,
)
from commentary.runs.fake_market.venues.deribit import (
    DERIBIT,
    PERPETUAL,
    ROWS,
    Future,
    future_of,
    held_of,
    span_of,
    venue,
)

_DATED = (0.16, 0.08, 0.04, 0.02)
"""Of the open interest of futures, what is in each quarter's: with the perpetual it adds up to 1."""
_INDEX_SECONDS: Mapping[str, float] = {"1": 1, "60": 60, "3600": 3600, "43200": 43200, "1D": 86400}


@venue.at("/api/v2/public/get_book_summary_by_currency")
def _summaries(ask: Ask) -> Json:
    """Return the contracts settled in a currency: of a coin its own, of USDC those of all other coins."""
    name = ask.need("currency")
    traded = [coin for coin in ask.market.assets.values() if coin.regulated]
    coins = [coin for coin in traded if name == ("USDC" if coin.name not in INVERSE else coin.name)]
    if not coins:
        raise Refused("parameter", "currency")
    kind = ask.query.get("kind", "any")
    if kind not in ("future", "option", "any"):
        raise Refused("parameter", "kind")
    rows = []
    for coin in coins:
        rows += _futures_of(ask, coin) if kind != "option" else []
        rows += _options_of(ask, coin) if kind != "future" else []
    return rows


def _futures_of(ask: Ask, coin: Asset) -> list[Json]:
    """Return summaries of the perpetual and of the quarterly futures, whose basis grows with the days to expiry."""
    market, future = ask.market, Future(coin)
    held = held_of(ask, future)
    listed = [(future.name, market.mark(coin.name, ask.now, DERIBIT), held * PERPETUAL)]
    for part, expiry in zip(_DATED, futures.quarters(ask.now), strict=True):
        name = f"{future.name.partition('-')[0]}-{word_of(expiry.timestamp())}"
        listed.append((name, futures.future(market, coin.name, ask.now, expiry.timestamp(), DERIBIT), held * part))
    return [_summary(ask, future, *row) for row in listed]


def _summary(ask: Ask, future: Future, name: str, mark: float, held: float) -> Json:
    return {
        "instrument_name": name,
        "base_currency": future.coin.name,
        "quote_currency": "USD" if future.inverse else "USDC",
        "mark_price": future.price(mark),
        "mid_price": future.price(mark),
        "bid_price": future.price(mark * (1.0 - 1e-5)),
        "ask_price": future.price(mark * (1.0 + 1e-5)),
        "last": future.price(mark),
        "high": future.price(mark * 1.01),
        "low": future.price(mark * 0.99),
        "price_change": 0.5,
        "open_interest": future.size(held, held * mark),
        "volume": round(held * 0.3, 4),
        "volume_usd": round(held * 0.3 * mark, 2),
        "volume_notional": round(held * 0.3 * mark, 2),
        "estimated_delivery_price": future.price(ask.market.index(future.coin.name, ask.now)),
        "creation_timestamp": ms(ask.now),
    }


def _options_of(ask: Ask, coin: Asset) -> list[Json]:
    index = ask.market.index(coin.name, ask.now)
    return [
        {
            "instrument_name": option.name,
            "base_currency": coin.name,
            "quote_currency": coin.name if coin.name in INVERSE else "USDC",
            "underlying_index": f"{coin.name}-{word_of(option.expiry)}",
            "underlying_price": round(index, 4),
            "mark_price": round(option.price, 6),
            "mark_iv": round(option.volatility, 2),
            "mid_price": None,
            "bid_price": None,
            "ask_price": round(option.price * 1.02 + 0.0001, 4),
            "last": round(option.price, 4),
            "high": None,
            "low": None,
            "price_change": None,
            "open_interest": option.open_interest,
            "volume": option.volume,
            "volume_usd": round(option.volume * option.price * index, 2),
            "interest_rate": 0.0,
            "estimated_delivery_price": round(index, 4),
            "creation_timestamp": ms(ask.now),
        }
        for option in options(ask.market, coin.name, ask.now)
    ]


@venue.at("/api/v2/public/get_delivery_prices")
def _deliveries(ask: Ask) -> Json:
    """Return the index at each day's expiry, newest first."""
    name, _, quote = ask.need("index_name").partition("_")
    coin = ask.market.assets.get(name.upper())
    if coin is None or not coin.regulated or quote not in ("usd", "usdc"):
        raise Refused("parameter", "index_name")
    offset = int(text) if (text := ask.query.get("offset", "0")).isdigit() else 0
    last = int((ask.now - 8 * HOUR) // DAY) - offset
    days = [(last - back) * DAY + 8 * HOUR for back in range(ask.number("count", 10, 1000))]
    return {
        "data": [
            {
                "date": datetime.fromtimestamp(day, UTC).date().isoformat(),
                "delivery_price": round(ask.market.index(coin.name, day), coin.decimals),
            }
            for day in days
        ],
        "records_total": 2000,
    }


@venue.at("/api/v2/public/get_volatility_index_data")
def _volatility(ask: Ask) -> Json:
    name = ask.need("currency")
    if name not in INVERSE or name not in ask.market.assets:
        raise Refused("parameter", "currency")
    step = ask.one_of("resolution", _INDEX_SECONDS)
    begun, ended = span_of(ask)
    rows = []
    for moment in starts(ask.now, step, ROWS["index"], begun, ended, keep="last"):
        ends = [round(volatility(ask.market, name, at), 2) for at in (moment, min(moment + step, ask.now))]
        rows.append([ms(moment), ends[0], max(ends), min(ends), ends[1]])
    return {"data": rows, "continuation": None}


@venue.at("/api/v2/public/get_last_trades_by_instrument_and_time")
def _trades(ask: Ask) -> Json:
    """Return the trades that liquidations made; of every fifth the maker was the one liquidated."""
    future = future_of(ask)
    begun, ended = span_of(ask)
    count = ask.number("count", 10, 1000)
    found = orders(ask.market, future.coin.name, begun, ended, DERIBIT)
    newest = ask.query.get("sorting", "default") in ("default", "desc")
    found = found[::-1][:count] if newest else found[:count]
    rows = []
    for at, side, price, usd in found:
        number = key("trade", future.name, at, side)
        maker = number % 5 == 0
        sold = (side == "long") != maker
        rows.append(
            {
                "trade_seq": number % 10**8,
                "trade_id": str(number % 10**9),
                "timestamp": ms(at),
                "tick_direction": 2,
                "price": future.price(price),
                "mark_price": future.price(price),
                "index_price": future.price(ask.market.index(future.coin.name, at)),
                "instrument_name": future.name,
                "direction": "sell" if sold else "buy",
                "amount": future.size(usd / price, usd),
                "contracts": future.size(usd / price, usd / 10.0),
                "liquidation": "M" if maker else "T",
            }
        )
    return {"trades": rows, "has_more": len(found) == count}
