"""CoinGlass's funding rates: of each exchange now, of one exchange over months, and of all weighted by open interest.

The reply gives percent per the exchange's own interval (0.0086 is 0.0086%); rows have the fraction. The rate of now is
the one that may still change before it settles: "predicted". A history has candles of it; whether a close was settled,
CoinGlass does not say, so it has no kind, nor an interval where the rates of many exchanges are in it. Its sums over
days ("Cumulative Exchange List") are no rates of an interval and are not asked for. Documentation: "Exchange List",
"History (OHLC)", "OI Weight History (OHLC)", read 2026-11-30.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from commentary.records.snapshot import Funding
from commentary.sources.live.base import Answer, Asked, Call, NotListedError
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.reading import Part

NOW = "funding"
_SECTION = ("funding",)
_LISTS = ("stablecoin_margin_list", "token_margin_list")
"""An exchange in both is told by the first: a row has no place for the kind of margin."""
_HISTORY_HOURS = 8
"""The interval of most contracts, and no shorter than the lowest plan is allowed."""
_HISTORY_ROWS = str(90 * 24 // _HISTORY_HOURS)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the rates of now, one reply for all coins; in full, also two histories."""
    yield Call(NOW, "/api/futures/funding-rate/exchange-list", _now, _SECTION, shared=True)
    if asked.scope == "watch":
        return
    interval = f"{_HISTORY_HOURS}h"
    yield Call(
        "funding_history",
        "/api/futures/funding-rate/history",
        _history,
        _SECTION,
        params={
            "exchange": common.EXCHANGE,
            "symbol": common.pair(asked.asset),
            "interval": interval,
            "limit": _HISTORY_ROWS,
        },
        needs=(NOW,),
    )
    yield Call(
        "funding_weighted",
        "/api/futures/funding-rate/oi-weight-history",
        _weighted,
        _SECTION,
        params={"symbol": asked.asset, "interval": interval, "limit": _HISTORY_ROWS},
    )


def _now(answer: Answer) -> Iterator[Funding]:
    coins, asset = Part.of(answer), answer.asked.asset
    if common.of_coin(coins, asset) is None:
        raise NotListedError("no such coin", f"the list of all coins has no {asset}")
    for name, row in _rates(coins, asset).items():
        yield row.row(
            Funding,
            venue=name,
            source=common.TITLE,
            rate=common.fraction(row["funding_rate"]),
            interval_hours=_interval(row),
            kind="predicted",
            time=answer.received_at,
        )


def _rates(coins: Part, asset: str) -> dict[str, Part]:
    """Return the row of each exchange that tells a rate of the coin.

    Raises:
        ReplyError: one list tells two rates of one exchange.
    """
    coin = common.of_coin(coins, asset)
    chosen: dict[str, Part] = {}
    if coin is None:
        return chosen
    for name in _LISTS:
        own: dict[str, Part] = {}
        for row in common.held(_list(coin, name)):
            at, rate = common.exchange(row["exchange"]), row["funding_rate"]
            if at is None or rate.value is None:
                continue
            if own.setdefault(at, row).value != row.value:
                raise rate.error(f"one rate of {at}, which has another in the same list")
        chosen.update({at: row for at, row in own.items() if at not in chosen})
    return chosen


def _list(coin: Part, name: str) -> Part | None:
    part = coin[name]
    return None if part.value is None else part


def _interval(row: Part) -> Decimal | None:
    hours = row.maybe("funding_rate_interval")
    return None if hours is None else hours.positive()


def _history(answer: Answer) -> Iterator[Funding]:
    now = _rates(Part.of(answer, NOW), answer.asked.asset).get(common.EXCHANGE)
    hours = None if now is None else _interval(now)
    for one in common.finished(answer, _HISTORY_HOURS):
        yield from _close(one.part, one.end, common.EXCHANGE, hours)


def _weighted(answer: Answer) -> Iterator[Funding]:
    ended = common.finished(answer, _HISTORY_HOURS)
    for one in ended:
        yield from _close(one.part, one.end, common.ALL, None)
    for part, at in common.newest(answer, _HISTORY_HOURS):
        if not ended or at > ended[-1].end:
            yield from _close(part, at, common.ALL, None)


def _close(part: Part, at: datetime, venue: str, hours: Decimal | None) -> Iterator[Funding]:
    close = part["close"]
    if close.value is not None:
        rate = common.fraction(close)
        yield close.row(Funding, venue=venue, source=common.TITLE, rate=rate, interval_hours=hours, time=at)
