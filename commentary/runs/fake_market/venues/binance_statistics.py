"""Binance USD-M futures: the statistics under /futures/data, of the latest thirty days."""

from collections.abc import Mapping

from commentary.runs.fake_market.dated import future, listed, quarters, yearly
from commentary.runs.fake_market.venues.base import DAY, Ask, Json, Refused, bars, fixed, ms
from commentary.runs.fake_market.venues.binance import BINANCE, MINUTES, contract_of, venue, window

_PERIODS: Mapping[str, float] = {
    word: MINUTES[word] for word in ("5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d")
}
_HELD_DAYS = 30


def _periods(ask: Ask) -> tuple[list[int], int]:
    """Return the times of a statistic and the seconds between them; only the latest thirty days are held."""
    step = ask.one_of("period", _PERIODS) * 60
    oldest = ask.now - _HELD_DAYS * DAY
    begun = ask.time("startTime")
    if begun is not None and begun < oldest - DAY:
        raise Refused("range", "startTime")
    moments = window(ask, step, ask.number("limit", 30, 500))
    return [moment for moment in moments if moment >= oldest], step


@venue.at("/futures/data/openInterestHist")
def _open_interest_hist(ask: Ask) -> Json:
    contract = contract_of(ask)
    name = contract.coin.name
    rows = []
    for moment in _periods(ask)[0]:
        held = ask.market.open_interest(name, moment, BINANCE, "linear")
        rows.append(
            {
                "symbol": contract.symbol,
                "sumOpenInterest": fixed(held / contract.units, 8),
                "sumOpenInterestValue": fixed(held * ask.market.mark(name, moment, BINANCE), 8),
                "CMCCirculatingSupply": fixed(contract.coin.supply, 8),
                "timestamp": ms(moment),
            }
        )
    return rows


@venue.at("/futures/data/globalLongShortAccountRatio")
def _accounts(ask: Ask) -> Json:
    return _ratios(ask, "accounts")


@venue.at("/futures/data/topLongShortAccountRatio")
def _top_accounts(ask: Ask) -> Json:
    return _ratios(ask, "top accounts")


@venue.at("/futures/data/topLongShortPositionRatio")
def _top_positions(ask: Ask) -> Json:
    return _ratios(ask, "top positions")


def _ratios(ask: Ask, kind: str) -> Json:
    contract = contract_of(ask)
    rows = []
    for moment in _periods(ask)[0]:
        longs = round(ask.market.long_share(contract.coin.name, moment, kind), 4)
        rows.append(
            {
                "symbol": contract.symbol,
                "longShortRatio": fixed(longs / (1.0 - longs), 4),
                "longAccount": fixed(longs, 4),
                "shortAccount": fixed(1.0 - longs, 4),
                "timestamp": ms(moment),
            }
        )
    return rows


@venue.at("/futures/data/takerlongshortRatio")
def _taker(ask: Ask) -> Json:
    contract = contract_of(ask)
    moments, step = _periods(ask)
    rows = []
    for bar in bars(ask, contract.coin.name, BINANCE, moments, step):
        buys = bar.taker_buy_usd / bar.middle / contract.units
        sells = bar.volume_coin / contract.units - buys
        rows.append(
            {
                "buySellRatio": fixed(buys / sells if sells else 1.0, 4),
                "buyVol": fixed(buys, 4),
                "sellVol": fixed(sells, 4),
                "timestamp": ms(bar.start),
            }
        )
    return rows


@venue.at("/futures/data/basis")
def _basis(ask: Ask) -> Json:
    contract = contract_of(ask, "pair")
    kinds = ("PERPETUAL", "CURRENT_QUARTER", "NEXT_QUARTER")
    kind = ask.query.get("contractType", "")
    if kind not in kinds or (kind != "PERPETUAL" and not listed(contract.coin, ask.now)):
        raise Refused("parameter", "contractType")
    rows = []
    for moment in _periods(ask)[0]:
        index = ask.market.index(contract.coin.name, moment)
        if kind == "PERPETUAL":
            futures, annualised = ask.market.mark(contract.coin.name, moment, BINANCE), ""
        else:
            expiry = quarters(moment)[kinds.index(kind) - 1].timestamp()
            futures = future(ask.market, contract.coin.name, moment, expiry, BINANCE)
            annualised = fixed(yearly(ask.market, contract.coin.name, moment, BINANCE), 4)
        rows.append(
            {
                "indexPrice": contract.price(index),
                "contractType": kind,
                "basisRate": fixed(futures / index - 1.0, 4),
                "futuresPrice": contract.price(futures),
                "annualizedBasisRate": annualised,
                "basis": contract.price(futures - index),
                "pair": contract.symbol,
                "timestamp": ms(moment),
            }
        )
    return rows
