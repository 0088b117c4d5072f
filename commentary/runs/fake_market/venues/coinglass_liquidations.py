"""CoinGlass v4: liquidations that happened, and the maps and heatmaps of those that may."""

from commentary.runs.fake_market.books import DAYS, Level, levels, orders
from commentary.runs.fake_market.shares import VENUES
from commentary.runs.fake_market.venues.base import DAY, HOUR, Ask, Json, Refused, bars, ms
from commentary.runs.fake_market.venues.coinglass import at, coin_of, exchange_of, exchanges_of, pair_of, window

WINDOWS = ("24h", "12h", "4h", "1h")
_ORDERS, _ORDER_DAYS = 200, 7
_HOURS = {word: int(word[:-1]) for word in WINDOWS}
_MAP_RANGES = ("1d", "7d", "30d")
_PAIN_RANGES = ("12h", "24h", "48h", "3d", "7d", "14d", "30d")
_HEAT_RANGES = ("12h", "24h", "3d", "7d", "30d", "90d", "180d", "1y")
_HEAT_COLUMNS, _HEAT_ROWS = 48, 60


@at("/futures/liquidation/history")
def _history(ask: Ask) -> Json:
    pair = pair_of(ask)
    moments, step = window(ask)
    rows = []
    for moment in moments:
        longs, shorts = ask.market.liquidated(pair.coin.name, moment, min(moment + step, ask.now), pair.venue)
        sides = {"long_liquidation_usd": f"{longs:.2f}", "short_liquidation_usd": f"{shorts:.2f}"}
        rows.append({"time": ms(moment), **sides})
    return rows


@at("/futures/liquidation/aggregated-history")
def _aggregated(ask: Ask) -> Json:
    coin, exchanges = coin_of(ask), exchanges_of(ask)
    moments, step = window(ask)
    rows = []
    for moment in moments:
        sums = [ask.market.liquidated(coin.name, moment, min(moment + step, ask.now), each) for each in exchanges]
        longs, shorts = sum(pair[0] for pair in sums), sum(pair[1] for pair in sums)
        rows.append(
            {
                "time": ms(moment),
                "aggregated_long_liquidation_usd": round(longs, 2),
                "aggregated_short_liquidation_usd": round(shorts, 2),
            }
        )
    return rows


@at("/futures/liquidation/exchange-list")
def _by_exchange(ask: Ask) -> Json:
    hours = _HOURS.get(ask.need("range"))
    if hours is None:
        raise Refused("parameter", "range")
    names = [coin_of(ask).name] if ask.query.get("symbol") else list(ask.market.assets)
    rows = []
    for exchange in VENUES:
        sums = [ask.market.liquidated(name, ask.now - hours * HOUR, ask.now, exchange) for name in names]
        rows.append((exchange, sum(pair[0] for pair in sums), sum(pair[1] for pair in sums)))
    rows = sorted((row for row in rows if row[1] + row[2] > 0), key=lambda row: -row[1] - row[2])
    rows = [("All", sum(row[1] for row in rows), sum(row[2] for row in rows)), *rows]
    # With the names of the reply that was kept on 2025-11-14; the documentation writes long_liquidation_usd.
    return [
        {
            "exchange": exchange,
            "liquidation_usd": round(longs + shorts, 5),
            "longLiquidation_usd": round(longs, 5),
            "shortLiquidation_usd": round(shorts, 5),
        }
        for exchange, longs, shorts in rows
    ]


@at("/futures/liquidation/coin-list", "startup")
def _by_coin(ask: Ask) -> Json:
    exchange = exchange_of(ask)
    return [
        {"symbol": name, **liquidated(ask, name, exchange)}
        for name in ask.market.assets
        if ask.market.share(name, exchange).volume
    ]


def liquidated(ask: Ask, name: str, exchange: str | None) -> dict[str, float]:
    """Return what was liquidated of a coin over each window, by the names that lists of coins have for it."""
    row = {}
    for word, hours in _HOURS.items():
        longs, shorts = ask.market.liquidated(name, ask.now - hours * HOUR, ask.now, exchange)
        row[f"liquidation_usd_{word}"] = round(longs + shorts, 5)
        row[f"long_liquidation_usd_{word}"] = round(longs, 5)
        row[f"short_liquidation_usd_{word}"] = round(shorts, 5)
    return row


@at("/futures/liquidation/order", "standard")
def _orders(ask: Ask) -> Json:
    exchange, coin = exchange_of(ask), coin_of(ask)
    try:
        least = float(ask.need("min_liquidation_amount"))
    except ValueError:
        raise Refused("parameter", "min_liquidation_amount") from None
    ended = min(ask.now, ask.time("end_time") or ask.now)
    begun = max(ask.now - _ORDER_DAYS * DAY, ask.time("start_time") or 0.0)
    rows = []
    for moment, side, price, usd in reversed(orders(ask.market, coin.name, begun, ended, exchange)):
        if usd >= least:
            rows.append(
                {
                    "exchange_name": exchange,
                    "symbol": f"{coin.name}USDT",
                    "base_asset": coin.name,
                    "price": round(price, coin.decimals),
                    "usd_value": round(usd, 5),
                    "side": 2 if side == "long" else 1,
                    "time": ms(moment),
                }
            )
    return rows[:_ORDERS]


def _days(ask: Ask, ranges: tuple[str, ...]) -> float:
    word = ask.need("range")
    if word not in ranges:
        raise Refused("parameter", "range")
    return DAYS[word]


@at("/futures/liquidation/map", "professional")
def _map(ask: Ask) -> Json:
    pair = pair_of(ask)
    held = levels(ask.market, pair.coin.name, ask.now, _days(ask, _MAP_RANGES), pair.venue)
    return {"data": _by_price(held, pair.coin.decimals, leverage=True)}


@at("/futures/liquidation/aggregated-map", "professional")
def _map_all(ask: Ask) -> Json:
    coin = coin_of(ask)
    held = levels(ask.market, coin.name, ask.now, _days(ask, _MAP_RANGES))
    return {"data": _by_price(held, coin.decimals, leverage=False)}


def _by_price(held: list[Level], digits: int, *, leverage: bool) -> Json:
    """Return levels by the text of their price: one row a leverage, or one of their sum."""
    made: dict[str, list[list[Json]]] = {}
    for level in held:
        price = round(level.price, digits)
        price = int(price) if price == int(price) else price
        rows = made.setdefault(str(price), [])
        if rows and not leverage:
            rows[0][1] = round(rows[0][1] + level.notional_usd, 2)
        else:
            rows.append([price, round(level.notional_usd, 2), level.leverage if leverage else None, None])
    return made


@at("/futures/liquidation/max-pain", "professional")
def _max_pain(ask: Ask) -> Json:
    days = _days(ask, _PAIN_RANGES)
    rows = []
    for name, coin in ask.market.assets.items():
        held = levels(ask.market, name, ask.now, days)
        most = {
            side: max((level for level in held if level.side == side), key=lambda level: level.notional_usd)
            for side in ("long", "short")
        }
        # As in the documentation's sample, the names are those of who gains: "long" is the price above.
        rows.append(
            {
                "symbol": name,
                "price": round(ask.market.price(name, ask.now), coin.decimals),
                "long_max_pain_liq_level": round(most["short"].notional_usd, 2),
                "long_max_pain_liq_price": round(most["short"].price, coin.decimals),
                "short_max_pain_liq_level": round(most["long"].notional_usd, 2),
                "short_max_pain_liq_price": round(most["long"].price, coin.decimals),
            }
        )
    return rows


for _model in (1, 2, 3):

    @at(f"/futures/liquidation/heatmap/model{_model}", "professional")
    def _heatmap(ask: Ask) -> Json:
        pair = pair_of(ask)
        return _heat(ask, pair.coin.name, pair.venue)

    @at(f"/futures/liquidation/aggregated-heatmap/model{_model}", "professional")
    def _heatmap_all(ask: Ask) -> Json:
        return _heat(ask, coin_of(ask).name, None)


def _heat(ask: Ask, name: str, exchange: str | None) -> Json:
    """Return a heatmap: candles, prices, and what lay at which price at the time of which candle."""
    days = _days(ask, _HEAT_RANGES)
    digits = ask.market.assets[name].decimals
    step = int(max(5 * 60, days * DAY / _HEAT_COLUMNS) // 60 * 60)
    last = int(ask.now // step) * step
    moments = range(last - (_HEAT_COLUMNS - 1) * step, last + 1, step)
    candles = bars(ask, name, exchange or "Binance", moments, step)
    bottom, top = min(bar.low for bar in candles) * 0.9, max(bar.high for bar in candles) * 1.1
    height = (top - bottom) / _HEAT_ROWS
    cells: dict[tuple[int, int], float] = {}
    for column, bar in enumerate(candles):
        for level in levels(ask.market, name, bar.start, days, exchange):
            if bottom <= level.price < top:
                place = column, int((level.price - bottom) / height)
                cells[place] = cells.get(place, 0.0) + level.notional_usd
    return {
        "y_axis": [round(bottom + height * (row + 0.5), digits) for row in range(_HEAT_ROWS)],
        "liquidation_leverage_data": [[x, y, round(usd, 2)] for (x, y), usd in sorted(cells.items())],
        "price_candlesticks": [
            [
                int(bar.start),
                *(f"{usd:.{digits}f}" for usd in (bar.open, bar.high, bar.low, bar.close)),
                f"{bar.volume_usd:.4f}",
            ]
            for bar in candles
        ],
    }
