"""CoinGlass v4: what was at each time: prices, funding, open interest, accounts, depth, takers, basis."""

from collections.abc import Callable

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.books import depth
from commentary.runs.fake_market.shares import NO_FUNDING, VENUES, venues_of
from commentary.runs.fake_market.venues.base import HOUR, Ask, Json, Refused, bars, ms
from commentary.runs.fake_market.venues.coinglass import at, coin_of, exchanges_of, interval_hours, pair_of, window

_RANGES = (0.25, 0.5, 0.75, 1.0, 2.0, 3.0, 5.0, 10.0)
"""Percent of the price."""


def _lines(ask: Ask, value: Callable[[float], float], digits: int, *, text: bool) -> Json:
    """Return bars of a figure, from its values at their ends and at the whole hours within."""
    moments, step = window(ask)
    rows = []
    for moment in moments:
        end = min(moment + step, ask.now)
        inside = range(moment - moment % HOUR + HOUR, int(end), HOUR)
        held = [round(value(each), digits) for each in (moment, *inside, end)]
        figures = {"open": held[0], "high": max(held), "low": min(held), "close": held[-1]}
        shown = {name: f"{figure:.{digits}f}" for name, figure in figures.items()} if text else figures
        rows.append({"time": ms(moment), **shown})
    return rows


@at("/futures/price/history")
def _prices(ask: Ask) -> Json:
    pair = pair_of(ask)
    moments, step = window(ask)
    digits = pair.coin.decimals
    return [
        {
            "time": ms(bar.start),
            "open": f"{bar.open:.{digits}f}",
            "high": f"{bar.high:.{digits}f}",
            "low": f"{bar.low:.{digits}f}",
            "close": f"{bar.close:.{digits}f}",
            "volume_usd": f"{bar.volume_usd:.4f}",
        }
        for bar in bars(ask, pair.coin.name, pair.venue, moments, step)
    ]


def percent(ask: Ask, coin: Asset, exchange: str, moment: float) -> float:
    """Return a venue's rate in percent of its own interval; of one that pays all the time, of eight hours."""
    return ask.market.settled(coin.name, moment, interval_hours(coin, exchange) or 8, exchange) * 100.0


@at("/futures/funding-rate/history")
def _funding(ask: Ask) -> Json:
    pair = pair_of(ask)
    return _lines(ask, lambda moment: percent(ask, pair.coin, pair.venue, moment), 6, text=True)


@at("/futures/funding-rate/oi-weight-history")
def _funding_by_interest(ask: Ask) -> Json:
    coin = coin_of(ask)
    return _lines(ask, lambda moment: weighted(ask, coin, moment, "interest"), 6, text=True)


@at("/futures/funding-rate/vol-weight-history")
def _funding_by_volume(ask: Ask) -> Json:
    coin = coin_of(ask)
    return _lines(ask, lambda moment: weighted(ask, coin, moment, "volume"), 6, text=True)


def weighted(ask: Ask, coin: Asset, moment: float, by: str) -> float:
    """Return the mean rate of all venues in percent for eight hours, by their open interest or volume."""
    total = sums = 0.0
    for exchange in venues_of(coin):
        if exchange not in NO_FUNDING:
            share = ask.market.share(coin.name, exchange)
            weight = share.volume if by == "volume" else ask.market.open_interest(coin.name, moment, exchange)
            total += weight
            sums += weight * ask.market.funding(coin.name, moment, exchange)
    return sums / total * 100.0


def _in_dollars(ask: Ask) -> bool:
    unit = ask.query.get("unit") or "usd"
    if unit not in ("usd", "coin"):
        raise Refused("parameter", "unit")
    return unit == "usd"


def interest(ask: Ask, coin: Asset, moment: float, exchange: str, margin: str = "both", *, usd: bool = True) -> float:
    """Return a venue's open interest in dollars or coins."""
    coins = ask.market.open_interest(coin.name, moment, exchange, margin)
    return coins * ask.market.mark(coin.name, moment, exchange) if usd and coins else coins


@at("/futures/open-interest/history")
def _open_interest(ask: Ask) -> Json:
    pair, usd = pair_of(ask), _in_dollars(ask)
    return _lines(ask, lambda moment: interest(ask, pair.coin, moment, pair.venue, pair.margin, usd=usd), 4, text=True)


@at("/futures/open-interest/aggregated-history")
def _open_interest_all(ask: Ask) -> Json:
    return _interest_of(ask, list(VENUES), "both", usd=_in_dollars(ask))


@at("/futures/open-interest/aggregated-stablecoin-history")
def _open_interest_stable(ask: Ask) -> Json:
    # In coins, as the kept reply has it, while the coin-margined series beside it is in dollars.
    return _interest_of(ask, exchanges_of(ask), "linear", usd=False)


@at("/futures/open-interest/aggregated-coin-margin-history")
def _open_interest_coin(ask: Ask) -> Json:
    return _interest_of(ask, exchanges_of(ask), "inverse", usd=True)


def _interest_of(ask: Ask, exchanges: list[str], margin: str, *, usd: bool) -> Json:
    coin = coin_of(ask)
    if not any(ask.market.open_interest(coin.name, ask.now, each, margin) for each in exchanges):
        return []
    return _lines(
        ask, lambda moment: sum(interest(ask, coin, moment, each, margin, usd=usd) for each in exchanges), 4, text=False
    )


@at("/futures/global-long-short-account-ratio/history")
def _accounts(ask: Ask) -> Json:
    return _ratios(ask, "global_account", "accounts")


@at("/futures/top-long-short-account-ratio/history")
def _top_accounts(ask: Ask) -> Json:
    return _ratios(ask, "top_account", "top accounts")


@at("/futures/top-long-short-position-ratio/history")
def _top_positions(ask: Ask) -> Json:
    return _ratios(ask, "top_position", "top positions")


def _ratios(ask: Ask, prefix: str, kind: str) -> Json:
    pair = pair_of(ask)
    name = kind if pair.venue == "Binance" else f"{pair.venue} {kind}"
    rows = []
    for moment in window(ask)[0]:
        longs = round(ask.market.long_share(pair.coin.name, moment, name) * 100.0, 2)
        rows.append(
            {
                "time": ms(moment),
                f"{prefix}_long_percent": longs,
                f"{prefix}_short_percent": round(100.0 - longs, 2),
                f"{prefix}_long_short_ratio": round(longs / (100.0 - longs), 2),
            }
        )
    return rows


@at("/futures/orderbook/ask-bids-history")
def _depth(ask: Ask) -> Json:
    pair = pair_of(ask)
    return _depths(ask, pair.coin, [pair.venue], "")


@at("/futures/orderbook/aggregated-ask-bids-history")
def _depth_all(ask: Ask) -> Json:
    return _depths(ask, coin_of(ask), exchanges_of(ask), "aggregated_")


def _depths(ask: Ask, coin: Asset, exchanges: list[str], prefix: str) -> Json:
    try:
        within = float(ask.query.get("range") or "1")
    except ValueError:
        within = 0.0
    if within not in _RANGES:
        raise Refused("parameter", "range")
    rows = []
    for moment in window(ask)[0]:
        held = [depth(ask.market, coin.name, moment, within / 100.0, each) for each in exchanges]
        bids, asks = sum(pair[0] for pair in held), sum(pair[1] for pair in held)
        price = ask.market.price(coin.name, moment)
        rows.append(
            {
                f"{prefix}bids_usd": round(bids, 4),
                f"{prefix}bids_quantity": round(bids / price, 5),
                f"{prefix}asks_usd": round(asks, 4),
                f"{prefix}asks_quantity": round(asks / price, 5),
                "time": ms(moment),
            }
        )
    return rows


@at("/futures/v2/taker-buy-sell-volume/history")
def _taker(ask: Ask) -> Json:
    pair = pair_of(ask)
    return [
        {
            "time": ms(moment),
            "taker_buy_volume_usd": f"{buys:.4f}",
            "taker_sell_volume_usd": f"{sells:.4f}",
        }
        for moment, buys, sells in _sides(ask, pair.coin, [pair.venue])
    ]


@at("/futures/aggregated-taker-buy-sell-volume/history")
def _taker_all(ask: Ask) -> Json:
    return [
        {"time": ms(moment), "aggregated_buy_volume_usd": round(buys, 4), "aggregated_sell_volume_usd": round(sells, 4)}
        for moment, buys, sells in _sides(ask, coin_of(ask), exchanges_of(ask))
    ]


@at("/futures/cvd/history", "startup")
def _cvd(ask: Ask) -> Json:
    pair = pair_of(ask)
    return _cumulated(_sides(ask, pair.coin, [pair.venue]), "taker")


@at("/futures/aggregated-cvd/history", "startup")
def _cvd_all(ask: Ask) -> Json:
    return _cumulated(_sides(ask, coin_of(ask), exchanges_of(ask)), "agg_taker")


def _cumulated(sides: list[tuple[int, float, float]], prefix: str) -> Json:
    rows, total = [], 0.0
    for moment, buys, sells in sides:
        total += buys - sells
        volumes = {f"{prefix}_buy_vol": round(buys, 4), f"{prefix}_sell_vol": round(sells, 4)}
        rows.append({"time": ms(moment), **volumes, "cum_vol_delta": round(total, 4)})
    return rows


def _sides(ask: Ask, coin: Asset, exchanges: list[str]) -> list[tuple[int, float, float]]:
    """Return what takers bought and sold in each bar, USD."""
    moments, step = window(ask)
    rows = []
    for moment in moments:
        sums = [ask.market.traded(coin.name, moment, min(moment + step, ask.now), each) for each in exchanges]
        buys = sum(pair[1] for pair in sums)
        rows.append((moment, buys, sum(pair[0] for pair in sums) - buys))
    return rows


@at("/futures/basis/history")
def _basis(ask: Ask) -> Json:
    pair = pair_of(ask)
    moments, step = window(ask)
    rows = []
    for moment in moments:
        row: dict[str, Json] = {"time": ms(moment)}
        for word, each in (("open", moment), ("close", min(moment + step, ask.now))):
            index = ask.market.index(pair.coin.name, each)
            apart = ask.market.mark(pair.coin.name, each, pair.venue) - index
            row[f"{word}_basis"] = round(apart / index * 100.0, 4)
            row[f"{word}_change"] = round(apart, 2)
        rows.append(row)
    return rows
