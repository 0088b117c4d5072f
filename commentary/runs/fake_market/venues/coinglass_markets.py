"""CoinGlass v4: lists of coins, venues and contracts as they are now, ETF flows, and large Hyperliquid positions."""

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.flows import FUNDS, flows
from commentary.runs.fake_market.positions import Position, positions
from commentary.runs.fake_market.shares import NO_FUNDING, venues_of
from commentary.runs.fake_market.venues.base import DAY, HOUR, MINUTE, Ask, Json, Refused, ms, next_payment
from commentary.runs.fake_market.venues.coinglass import (
    Pair,
    at,
    coin_of,
    interval_hours,
    named,
    pair_of,
    pairs_of,
    window,
)
from commentary.runs.fake_market.venues.coinglass_history import interest, percent, weighted
from commentary.runs.fake_market.venues.coinglass_liquidations import liquidated

_CHANGES = {"5m": 300, "15m": 900, "30m": 1800, "1h": HOUR, "4h": 4 * HOUR, "24h": DAY}
"""Seconds of the windows over which changes are told."""
_PAYMENTS = {"1d": 1, "7d": 7, "30d": 30, "365d": 365}
_CHART = 720
"""Points of the chart. The documentation does not say how far apart they are; here they are as its range says."""
_PAGE = 20
_WHALE_USD = 1e6
"""From which on a position is listed among the large ones of all coins."""


@at("/futures/supported-coins")
def _coins(ask: Ask) -> Json:
    return list(ask.market.assets)


@at("/futures/supported-exchange-pairs")
def _supported(ask: Ask) -> Json:
    made: dict[str, list[Json]] = {}
    for coin in ask.market.assets.values():
        for pair in pairs_of(coin):
            if ask.query.get("exchange") in (None, "", pair.venue):
                quote = "USD" if pair.margin == "inverse" else "USDT"
                row = {"instrument_id": named(pair), "base_asset": coin.name, "quote_asset": quote}
                made.setdefault(pair.venue, []).append(row)
    return made


def _change(now: float, before: float) -> float:
    return round((now / before - 1.0) * 100.0, 2) if before else 0.0


@at("/futures/open-interest/exchange-list")
def _open_interest(ask: Ask) -> Json:
    coin = coin_of(ask)
    held = sorted(venues_of(coin), key=lambda each: -ask.market.open_interest(coin.name, ask.now, each))
    return [_interest_row(ask, coin, "All", held), *(_interest_row(ask, coin, each, [each]) for each in held)]


def _interest_row(ask: Ask, coin: Asset, name: str, exchanges: list[str]) -> Json:
    def total(moment: float, margin: str = "both", *, usd: bool = True) -> float:
        return sum(interest(ask, coin, moment, each, margin, usd=usd) for each in exchanges)

    now = total(ask.now)
    changes = {f"open_interest_change_percent_{word}": _change(now, total(ask.now - s)) for word, s in _CHANGES.items()}
    return {
        "exchange": name,
        "symbol": coin.name,
        "open_interest_usd": round(now, 4),
        "open_interest_quantity": round(total(ask.now, usd=False), 4),
        "open_interest_by_coin_margin": round(total(ask.now, "inverse"), 4),
        "open_interest_by_stable_coin_margin": round(total(ask.now, "linear"), 4),
        "open_interest_quantity_by_coin_margin": round(total(ask.now, "inverse", usd=False), 4),
        "open_interest_quantity_by_stable_coin_margin": round(total(ask.now, "linear", usd=False), 4),
        **changes,
    }


@at("/futures/open-interest/exchange-history-chart")
def _chart(ask: Ask) -> Json:
    coin = coin_of(ask)
    steps = {"1m": MINUTE, "15m": 15 * MINUTE, "1h": HOUR, "4h": 4 * HOUR, "12h": 12 * HOUR, "all": DAY}
    word = ask.query.get("range") or "12h"
    if word not in steps:
        raise Refused("parameter", "range")
    last = int(ask.now // steps[word]) * steps[word]
    moments = [last - steps[word] * back for back in range(_CHART - 1, -1, -1)]
    usd = (ask.query.get("unit") or "usd") == "usd"
    return {
        "time_list": [ms(moment) for moment in moments],
        "price_list": [round(ask.market.price(coin.name, moment), coin.decimals) for moment in moments],
        "data_map": {
            each: [round(interest(ask, coin, moment, each, usd=usd), 4) for moment in moments]
            for each in venues_of(coin)
        },
    }


@at("/futures/funding-rate/exchange-list")
def _funding(ask: Ask) -> Json:
    return [
        {
            "symbol": coin.name,
            "stablecoin_margin_list": [_rate(ask, coin, each) for each in venues_of(coin) if each not in NO_FUNDING],
            "token_margin_list": [_rate(ask, coin, pair.venue) for pair in pairs_of(coin) if pair.margin == "inverse"],
        }
        for coin in ask.market.assets.values()
    ]


def _rate(ask: Ask, coin: Asset, exchange: str) -> Json:
    hours = interval_hours(coin, exchange)
    row: dict[str, Json] = {
        "exchange": exchange,
        "funding_rate_interval": hours,
        "funding_rate": round(percent(ask, coin, exchange, ask.now), 8),
    }
    return row if hours is None else {**row, "next_funding_time": ms(next_payment(ask.now, hours))}


@at("/futures/funding-rate/accumulated-exchange-list")
def _accumulated(ask: Ask) -> Json:
    days = _PAYMENTS.get(ask.need("range"))
    if days is None:
        raise Refused("parameter", "range")
    rows = []
    for coin in ask.market.assets.values():
        told = {each: _sum_of_rates(ask, coin, each, days) for each in venues_of(coin) if each not in NO_FUNDING}
        token = {pair.venue for pair in pairs_of(coin) if pair.margin == "inverse"}
        both = [{"exchange": each.upper(), "funding_rate": rate} for each, rate in told.items()]
        rows.append(
            {
                "symbol": coin.name,
                "stablecoin_margin_list": both,
                "token_margin_list": [row for row in both if row["exchange"] in {each.upper() for each in token}],
            }
        )
    return rows


def _sum_of_rates(ask: Ask, coin: Asset, exchange: str, days: int) -> float:
    """Return the sum of the payments of so many days in percent, from one rate every eight hours."""
    last = int(ask.now // (8 * HOUR)) * 8 * HOUR
    rates = (ask.market.funding(coin.name, last - 8 * HOUR * back, exchange) for back in range(days * 3))
    return round(sum(rates) * 100.0, 8)


@at("/futures/coins-markets", "standard")
def _coins_markets(ask: Ask) -> Json:
    coins = sorted(ask.market.assets.values(), key=lambda coin: -coin.open_interest_usd)
    size, page = ask.number("per_page", 100, 1000), ask.number("page", 1, 10**6)
    return [_coin_row(ask, coin) for coin in coins[(page - 1) * size : page * size]]


def _coin_row(ask: Ask, coin: Asset) -> Json:
    market, name, now = ask.market, coin.name, ask.now
    price, coins = market.price(name, now), market.open_interest(name, now)
    volume = market.traded(name, now - DAY, now)[0]
    row: dict[str, Json] = {
        "symbol": name,
        "current_price": round(price, coin.decimals),
        "avg_funding_rate_by_oi": round(weighted(ask, coin, now, "interest"), 6),
        "avg_funding_rate_by_vol": round(weighted(ask, coin, now, "volume"), 6),
        "market_cap_usd": round(price * coin.supply, 3),
        "open_interest_market_cap_ratio": round(coins / coin.supply, 4),
        "open_interest_usd": round(coins * price, 4),
        "open_interest_quantity": round(coins, 4),
        "open_interest_volume_ratio": round(coins * price / volume, 4),
    }
    wide = {**_CHANGES, "12h": 12 * HOUR}
    for word, seconds in wide.items():
        row[f"price_change_percent_{word}"] = _change(price, market.price(name, now - seconds))
    for word, seconds in _CHANGES.items():
        before = market.open_interest(name, now - seconds) * market.price(name, now - seconds)
        row[f"open_interest_change_percent_{word}"] = _change(coins * price, before)
        row[f"volume_change_percent_{word}"] = _change(
            volume, market.traded(name, now - seconds - DAY, now - seconds)[0]
        )
    for word, seconds in wide.items():
        total, buys = market.traded(name, now - seconds, now)
        row[f"long_short_ratio_{word}"] = round(buys / (total - buys), 4)
    return {**row, **liquidated(ask, name, None)}


@at("/futures/pairs-markets")
def _pairs_markets(ask: Ask) -> Json:
    return [_pair_row(ask, pair) for pair in pairs_of(coin_of(ask))]


def _pair_row(ask: Ask, pair: Pair) -> Json:
    market, coin, now = ask.market, pair.coin, ask.now
    price, held = market.price(coin.name, now, pair.venue), interest(ask, coin, now, pair.venue, pair.margin)
    volume, buys = market.traded(coin.name, now - DAY, now, pair.venue)
    before = market.traded(coin.name, now - 2 * DAY, now - DAY, pair.venue)[0]
    held_before = interest(ask, coin, now - DAY, pair.venue, pair.margin)
    longs, shorts = market.liquidated(coin.name, now - DAY, now, pair.venue)
    row: dict[str, Json] = {
        "instrument_id": named(pair),
        "exchange_name": pair.venue,
        "symbol": f"{coin.name}/{'USD' if pair.margin == 'inverse' else 'USDT'}",
        "current_price": round(price, coin.decimals),
        "index_price": round(market.index(coin.name, now), coin.decimals + 4),
        "price_change_percent_24h": _change(price, market.price(coin.name, now - DAY, pair.venue)),
        "volume_usd": round(volume, 4),
        "volume_usd_change_percent_24h": _change(volume, before),
        "long_volume_usd": round(buys, 4),
        "short_volume_usd": round(volume - buys, 4),
        "long_volume_quantity": int(buys / 900.0),
        "short_volume_quantity": int((volume - buys) / 900.0),
        "open_interest_quantity": round(market.open_interest(coin.name, now, pair.venue, pair.margin), 4),
        "open_interest_usd": round(held, 4),
        "open_interest_change_percent_24h": _change(held, held_before),
        "long_liquidation_usd_24h": round(longs, 2),
        "short_liquidation_usd_24h": round(shorts, 2),
        "open_interest_volume_radio": round(held / volume, 4),
        "oi_vol_ratio_change_percent_24h": _change(held / volume, held_before / before),
    }
    if pair.venue not in NO_FUNDING:
        hours = interval_hours(coin, pair.venue)
        row["funding_rate"] = round(percent(ask, coin, pair.venue, now), 6)
        row["next_funding_time"] = ms(next_payment(now, hours or 8))
    return row


@at("/futures/orderbook/history", "standard")
def _book_heat(ask: Ask) -> Json:
    pair = pair_of(ask)
    moments, _ = window(ask)
    rows: list[Json] = []
    for moment in moments[-100:]:
        sides = book(ask.market, pair.coin.name, moment, pair.venue, 20, 5e-4)
        bids, asks = ([[round(usd, pair.coin.decimals), round(size, 4)] for usd, size in side] for side in sides)
        rows.append([moment, bids, asks])
    return rows


for _name, _fund in FUNDS.items():

    @at(f"/etf/{_fund.path}/flow-history")
    def _etf(ask: Ask, name: str = _name) -> Json:
        if name not in ask.market.assets:
            raise Refused("symbol")
        return [
            {
                "timestamp": ms(flow.session),
                "flow_usd": flow.total_usd,
                "price_usd": flow.price,
                "etf_flows": [{"etf_ticker": ticker, "flow_usd": usd} for ticker, usd in flow.funds.items()],
            }
            for flow in flows(ask.market, name, ask.now)
        ]


@at("/hyperliquid/position", "standard")
def _positions(ask: Ask) -> Json:
    coin = coin_of(ask)
    held = positions(ask.market, coin.name, ask.now)
    page = ask.number("current_page", 1, 10**6)
    return {
        "total_pages": max(1, -(-len(held) // _PAGE)),
        "current_page": page,
        "list": [_position(ask, coin, each) for each in held[(page - 1) * _PAGE : page * _PAGE]],
    }


@at("/hyperliquid/whale-position", "startup")
def _whales(ask: Ask) -> Json:
    rows = [
        _position(ask, coin, position)
        for coin in ask.market.assets.values()
        for position in positions(ask.market, coin.name, ask.now)
        if position.value_usd >= _WHALE_USD
    ]
    return sorted(rows, key=lambda row: -row["position_value_usd"])


def _position(ask: Ask, coin: Asset, position: Position) -> dict[str, Json]:
    return {
        "user": position.user,
        "symbol": coin.name,
        "position_size": round(position.size, 4),
        "entry_price": round(position.entry, coin.decimals),
        "mark_price": round(position.mark, coin.decimals),
        "liq_price": None if position.liquidation is None else round(position.liquidation, coin.decimals),
        "leverage": position.leverage,
        "margin_balance": round(position.margin_usd, 2),
        "position_value_usd": round(position.value_usd, 2),
        "unrealized_pnl": round(position.profit_usd, 2),
        "funding_fee": 0.0,
        "margin_mode": "cross" if position.cross else "isolated",
        "create_time": ms(position.opened),
        "update_time": ms(ask.now),
    }
