"""OKX v5: bars of prices, last, mark and index prices, and those of quarterly futures."""

from collections.abc import Callable
from datetime import UTC, datetime

from commentary.runs.fake_market.dated import future, listed
from commentary.runs.fake_market.series import Bar
from commentary.runs.fake_market.venues.base import (
    DAY,
    MONDAY,
    Ask,
    Json,
    Refused,
    bars,
    fixed,
    line,
    ms,
)
from commentary.runs.fake_market.venues.okx import (
    BARS,
    CHINA,
    LONG,
    OKX,
    Swap,
    swap_of,
    swaps,
    swaps_only,
    venue,
    window,
)


@venue.at("/api/v5/market/candles")
def _candles(ask: Ask) -> Json:
    return _bars(ask, 300)


@venue.at("/api/v5/market/history-candles")
def _history_candles(ask: Ask) -> Json:
    return _bars(ask, 100)


def _bars(ask: Ask, most: int) -> Json:
    swap = swap_of(ask)
    moments, step = _moments(ask, most)
    return [_candle(swap, bar, step) for bar in bars(ask, swap.coin.name, OKX, moments, step)]


def _moments(ask: Ask, most: int) -> tuple[list[int], int]:
    """Return the starts of bars, newest first, and their seconds."""
    word = ask.query.get("bar", "1m")
    step = ask.one_of("bar", BARS, "1m") * 60
    origin = (MONDAY if step == 7 * DAY else 0) + (CHINA if word in LONG else 0)
    return window(ask, step, ask.number("limit", 100, most), origin), step


def _candle(swap: Swap, bar: Bar, step: int) -> Json:
    prices = [swap.price(usd) for usd in (bar.open, bar.high, bar.low, bar.close)]
    sizes = [fixed(swap.contracts(bar.volume_coin, bar.volume_usd), 2), fixed(bar.volume_coin, 4)]
    return [str(ms(bar.start)), *prices, *sizes, fixed(bar.volume_usd, 2), "1" if bar.end == bar.start + step else "0"]


@venue.at("/api/v5/market/mark-price-candles")
def _mark_candles(ask: Ask) -> Json:
    name, _, day = ask.need("instId").rpartition("-")
    if day == "SWAP":
        swap = swap_of(ask)
        return _lines(ask, swap, lambda at: ask.market.mark(swap.coin.name, at, OKX))
    swap, expiry = _dated(ask, name, day)
    return _lines(ask, swap, lambda at: future(ask.market, swap.coin.name, at, expiry, OKX))


@venue.at("/api/v5/market/index-candles")
def _index_candles(ask: Ask) -> Json:
    swap = _of_family(ask, ask.need("instId"))
    return _lines(ask, swap, lambda at: ask.market.index(swap.coin.name, at))


def _lines(ask: Ask, swap: Swap, price: Callable[[float], float]) -> Json:
    """Return bars of a price that is not traded at: without volumes."""
    moments, step = _moments(ask, 100)
    rows = []
    for bar in bars(ask, swap.coin.name, OKX, moments, step):
        prices = [swap.price(usd) for usd in line(bar, price)]
        rows.append([str(ms(bar.start)), *prices, "1" if bar.end == bar.start + step else "0"])
    return rows


def _dated(ask: Ask, family: str, day: str) -> tuple[Swap, float]:
    """Return the coin's swap and the expiry of a future such as BTC-USDT-261225."""
    swap = _of_family(ask, family)
    expiries = {_word(moment): moment for moment in listed(swap.coin, ask.now)}
    if day not in expiries:
        raise Refused("symbol")
    return swap, expiries[day]


def _word(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%y%m%d}"


def _of_family(ask: Ask, family: str) -> Swap:
    held = next((swap for swap in swaps(ask).values() if family == swap.family), None)
    if held is None:
        raise Refused("symbol")
    return held


@venue.at("/api/v5/market/ticker")
def _ticker(ask: Ask) -> Json:
    return [_last(ask, swap_of(ask))]


@venue.at("/api/v5/market/tickers")
def _tickers(ask: Ask) -> Json:
    swaps_only(ask)
    return [_last(ask, swap) for swap in swaps(ask).values()]


def _last(ask: Ask, swap: Swap) -> Json:
    day = ask.market.bar(swap.coin.name, int((ask.now - DAY) // 60) * 60, ask.now, OKX)
    return {
        "instType": "SWAP",
        "instId": swap.inst_id,
        "last": swap.price(day.close),
        "lastSz": "1",
        "askPx": swap.price(day.close * (1.0 + 1e-6)),
        "askSz": "10",
        "bidPx": swap.price(day.close * (1.0 - 1e-6)),
        "bidSz": "10",
        "open24h": swap.price(day.open),
        "high24h": swap.price(day.high),
        "low24h": swap.price(day.low),
        "volCcy24h": fixed(day.volume_coin, 4),
        "vol24h": fixed(swap.contracts(day.volume_coin, day.volume_usd), 2),
        "sodUtc0": swap.price(ask.market.price(swap.coin.name, ask.now // DAY * DAY, OKX)),
        "ts": str(ms(ask.now)),
    }


@venue.at("/api/v5/public/mark-price")
def _mark(ask: Ask) -> Json:
    kind, wanted = ask.need("instType"), ask.query.get("instId", "")
    if kind == "SWAP":
        held = [swap_of(ask)] if wanted else list(swaps(ask).values())
        marks = [(swap, swap.inst_id, ask.market.mark(swap.coin.name, ask.now, OKX)) for swap in held]
    elif kind == "FUTURES":
        marks = [
            (swap, f"{swap.family}-{_word(expiry)}", future(ask.market, swap.coin.name, ask.now, expiry, OKX))
            for swap in swaps(ask).values()
            for expiry in listed(swap.coin, ask.now)
        ]
        marks = [each for each in marks if wanted in ("", each[1])]
    else:
        raise Refused("parameter", "instType")
    return [
        {"instType": kind, "instId": name, "markPx": swap.price(usd), "ts": str(ms(ask.now))}
        for swap, name, usd in marks
    ]


@venue.at("/api/v5/market/index-tickers")
def _index(ask: Ask) -> Json:
    wanted, quote = ask.query.get("instId", ""), ask.query.get("quoteCcy", "")
    if not wanted and not quote:
        raise Refused("missing", "instId")
    held = [_of_family(ask, wanted)] if wanted else [x for x in swaps(ask).values() if x.family.endswith(f"-{quote}")]
    return [
        {
            "instId": swap.family,
            "idxPx": swap.price(ask.market.index(swap.coin.name, ask.now)),
            "open24h": swap.price(ask.market.index(swap.coin.name, ask.now - DAY)),
            "ts": str(ms(ask.now)),
        }
        for swap in held
    ]
