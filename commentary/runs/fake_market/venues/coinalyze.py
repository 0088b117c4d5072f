"""Coinalyze: a vendor with a free key; times in seconds, figures as numbers, rates in percent."""

from collections.abc import Callable, Mapping

from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.venues.base import (
    DAY,
    Ask,
    Error,
    Json,
    Refused,
    Venue,
    bars,
    ms,
    starts,
    venues,
)

_INTERVALS: Mapping[str, float] = {
    "1min": 1, "5min": 5, "15min": 15, "30min": 30, "1hour": 60, "2hour": 120, "4hour": 240, "6hour": 360,
    "12hour": 720, "daily": 1440,
}  # fmt: skip
_KEPT = 2000
"""Points of an intraday series that are kept."""
_CODES = {"A": "Binance", "6": "Bybit", "3": "OKX", "H": "Hyperliquid", "2": "Deribit"}
"""The letters that end a symbol. Binance's is documented (BTCUSDT_PERP.A); the others are as its list told."""
_MOST_SYMBOLS = 20
_POOLS = {"all": Pool(40, 60)}
_MESSAGES = {"key": "Invalid API key", "path": "Not found"}


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    status = {"key": 401, "path": 404}.get(kind, 200 if kind == "server" else 400)
    return Error(status, {"message": _MESSAGES.get(kind, f"Invalid parameter {what}".strip())})


def _limited(over: Over, ask: Ask) -> Error:
    return Error(429, {"message": "Too Many Requests"}, (("Retry-After", f"{over.wait:.3f}"),))


venue = Venue(
    "coinalyze",
    "Coinalyze",
    _refuse,
    _limited,
    pools=lambda ask: _POOLS,
    costs=lambda ask: (("all", float(max(1, len(ask.query.get("symbols", "x").split(","))))),),
    alias="/v1",
)
venues.add("coinalyze")(venue)


def _symbols(ask: Ask) -> dict[str, tuple[str, str]]:
    """Return asset and venue by symbol; refused without a key, or where one symbol is not known."""
    if not (ask.query.get("api_key") or ask.headers.get("api_key")):
        raise Refused("key")
    wanted = ask.need("symbols").split(",")
    if len(wanted) > _MOST_SYMBOLS:
        raise Refused("parameter", "symbols")
    known = _known(ask)
    return {symbol: known[symbol] for symbol in wanted if symbol in known}


def _known(ask: Ask) -> dict[str, tuple[str, str]]:
    made = {}
    for name in ask.market.assets:
        for code, title in _CODES.items():
            if ask.market.share(name, title).volume:
                made[f"{name}USDT_PERP.{code}"] = name, title
    return made


@venue.at("/v1/exchanges")
def _exchanges(ask: Ask) -> Json:
    return [{"name": title, "code": code} for code, title in _CODES.items()]


@venue.at("/v1/future-markets")
def _markets(ask: Ask) -> Json:
    return [
        {
            "symbol": symbol,
            "exchange": symbol.rpartition(".")[2],
            "symbol_on_exchange": f"{name}USDT",
            "base_asset": name,
            "quote_asset": "USDT",
            "expire_at": None,
            "has_buy_sell_data": True,
            "is_perpetual": True,
            "margined": "STABLE",
            "oi_lq_vol_denominated_in": "BASE_ASSET",
            "has_long_short_ratio_data": True,
            "has_ohlcv_data": True,
        }
        for symbol, (name, _) in _known(ask).items()
    ]


def _open(ask: Ask, name: str, title: str, at: float) -> float:
    coins = ask.market.open_interest(name, at, title, "linear")
    return round(coins * ask.market.mark(name, at, title), 2) if _usd(ask) else round(coins, 4)


def _usd(ask: Ask) -> bool:
    return ask.query.get("convert_to_usd", "false").lower() == "true"


def _rate(ask: Ask, name: str, title: str, at: float) -> float:
    hours = 1 if title == "Hyperliquid" else ask.market.assets[name].interval_hours
    return round(ask.market.settled(name, at, hours, title) * 100.0, 8)


Figure = Callable[[Ask, str, str, float], float]


def _now(ask: Ask, figure: Figure) -> Json:
    return [
        {"symbol": symbol, "value": figure(ask, name, title, ask.now), "update": ms(ask.now)}
        for symbol, (name, title) in _symbols(ask).items()
    ]


@venue.at("/v1/open-interest")
def _open_interest(ask: Ask) -> Json:
    return _now(ask, _open)


@venue.at("/v1/funding-rate")
def _funding(ask: Ask) -> Json:
    return _now(ask, _rate)


@venue.at("/v1/predicted-funding-rate")
def _predicted(ask: Ask) -> Json:
    return _now(ask, _rate)


def _moments(ask: Ask) -> tuple[list[int], int]:
    step = ask.one_of("interval", _INTERVALS) * 60
    begun, ended = ask.time("from", 1.0), ask.time("to", 1.0)
    if begun is None or ended is None:
        raise Refused("missing", "to" if ended is None else "from")
    return starts(ask.now, step, _KEPT if step < DAY else 5000, begun, ended, keep="last"), step


def _history(ask: Ask, row: Callable[[str, str, int, int], Json]) -> Json:
    symbols = _symbols(ask)
    moments, step = _moments(ask)
    return [
        {"symbol": symbol, "history": [row(name, title, moment, step) for moment in moments]}
        for symbol, (name, title) in symbols.items()
    ]


def _lines(ask: Ask, figure: Figure) -> Json:
    def row(name: str, title: str, moment: int, step: int) -> Json:
        first, last = (figure(ask, name, title, at) for at in (moment, min(moment + step, ask.now)))
        return {"t": moment, "o": first, "h": max(first, last), "l": min(first, last), "c": last}

    return _history(ask, row)


@venue.at("/v1/open-interest-history")
def _open_interest_history(ask: Ask) -> Json:
    return _lines(ask, _open)


@venue.at("/v1/funding-rate-history")
def _funding_history(ask: Ask) -> Json:
    return _lines(ask, _rate)


@venue.at("/v1/predicted-funding-rate-history")
def _predicted_history(ask: Ask) -> Json:
    return _lines(ask, _rate)


@venue.at("/v1/liquidation-history")
def _liquidations(ask: Ask) -> Json:
    def row(name: str, title: str, moment: int, step: int) -> Json:
        end = min(moment + step, ask.now)
        sums = ask.market.liquidated(name, moment, end, title)
        unit = 1.0 if _usd(ask) else ask.market.price(name, moment, title)
        return {"t": moment, "l": round(sums[0] / unit, 4), "s": round(sums[1] / unit, 4)}

    return _history(ask, row)


@venue.at("/v1/long-short-ratio-history")
def _ratios(ask: Ask) -> Json:
    def row(name: str, title: str, moment: int, step: int) -> Json:
        longs = round(ask.market.long_share(name, moment, f"{title} accounts") * 100.0, 2)
        return {"t": moment, "r": round(longs / (100.0 - longs), 4), "l": longs, "s": round(100.0 - longs, 2)}

    return _history(ask, row)


@venue.at("/v1/ohlcv-history")
def _candles(ask: Ask) -> Json:
    def row(name: str, title: str, moment: int, step: int) -> Json:
        digits = ask.market.assets[name].decimals
        bar = bars(ask, name, title, [moment], step)[0]
        prices = zip("ohlc", (bar.open, bar.high, bar.low, bar.close), strict=True)
        return {
            "t": moment,
            **{letter: round(usd, digits) for letter, usd in prices},
            "v": round(bar.volume_coin, 4),
            "bv": round(bar.taker_buy_usd / bar.middle, 4),
            "tx": bar.trades,
            "btx": round(bar.trades * bar.taker_buy_usd / bar.volume_usd) if bar.volume_usd else 0,
        }

    return _history(ask, row)
