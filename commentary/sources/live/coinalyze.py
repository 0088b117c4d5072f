"""Coinalyze: open interest, funding, liquidations, long shares and candles of one contract, Binance's in tethers.

Free, with a key; it asks to be cited, and a link to coinalyze.net where there is place for one. Open interest is coins,
liquidations are US dollars, prices US dollars for one coin. Times are seconds, and of the newest figures milliseconds.
A history has the start of each interval, and the one that runs is in it. Addresses and limits: its documentation,
api.coinalyze.net/v1/doc, read 2026-11-30. The rest was read in the notes of its users on the same day: rates are
percent, since a reply of 2025-10-24 tells 0.001783 for bitcoin on Binance, which as a fraction would be 195% a year;
"l" and "s" are what was liquidated of longs and shorts. How long a rate is for, and whether the current one is settled,
it does not say: neither is told. Nor is the unit of a candle's volume, nor of "l" and "s" of the long share, which is
told as a part of both.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from commentary.net import Pool
from commentary.records.snapshot import (
    Bar,
    Funding,
    Liquidations,
    LongShort,
    OpenInterest,
    Price,
    Series,
)
from commentary.sources.live.base import Answer, Asked, Call, Key, NotListedError, Read, Source, sources
from commentary.sources.shapes.bars import finished
from commentary.sources.shapes.intervals import Interval, begun, ended, whole_days
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.shares import long_share
from commentary.sources.shapes.times import most_points

TITLE = "Coinalyze"
VENUE = "Binance"
HOUR, HALF_HOUR = timedelta(hours=1), timedelta(minutes=30)
HELD = timedelta(days=60)
"""Of hours: of each length of interval but days it keeps 1,500 figures or more, which are 62 days."""
HELD_HALVES = timedelta(days=32)
"""Of half hours. A level at this time of day on each of 31 days is within a quarter of an hour of one of them."""
WATCHED = timedelta(hours=48)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin: four calls to watch it, seven in full."""
    newest = {"symbols": symbol(asked.asset)}
    is_full = asked.scope == "full"
    held = HELD if is_full else WATCHED
    hours = {**newest, "interval": "1hour", **_since(asked, held)}
    most = most_points(held, HOUR)
    fills = ("open_interest",)
    yield Call("open_interest", "/v1/open-interest", _open_interest, fills, params=newest)
    yield Call("predicted_funding", "/v1/predicted-funding-rate", _funding("predicted"), ("funding",), params=newest)
    yield Call(
        "liquidations",
        "/v1/liquidation-history",
        _liquidations,
        ("liquidations",),
        params={**hours, "convert_to_usd": "true"},
        most=most,
    )
    yield Call("candles", "/v1/ohlcv-history", _candles, ("candles", "prices"), params=hours, most=most)
    if not is_full:
        return
    halves = {**newest, "interval": "30min", **_since(asked, HELD_HALVES)}
    most = most_points(HELD_HALVES, HALF_HOUR)
    yield Call("open_interest_history", "/v1/open-interest-history", _history, fills, params=halves, most=most)
    yield Call("funding", "/v1/funding-rate", _funding(None), ("funding",), params=newest)
    shares = {**hours, **_since(asked, WATCHED)}
    most = most_points(WATCHED, HOUR)
    yield Call("long_short", "/v1/long-short-ratio-history", _long_share, ("long_short",), params=shares, most=most)


def symbol(asset: str) -> str:
    """Return how it names the contract: "A" stands for Binance."""
    return f"{asset}USDT_PERP.A"


def _since(asked: Asked, length: timedelta) -> dict[str, str]:
    ends = {"from": asked.now - length, "to": asked.now}
    return {name: str(int(moment.timestamp())) for name, moment in ends.items()}


def _contract(answer: Answer) -> Part:
    """Return what is told of the contract.

    Raises:
        NotListedError: nothing is.
    """
    name = symbol(answer.asked.asset)
    found = next((row for row in Part.of(answer).items() if row["symbol"].text() == name), None)
    if found is None:
        raise NotListedError("no such symbol", f"nothing is told of {name}")
    return found


def _begun(answer: Answer, length: timedelta) -> list[Interval]:
    return begun(_contract(answer)["history"].items(), "t", length, answer.asked.now)


def _finished(answer: Answer, length: timedelta) -> list[Interval]:
    return ended(_begun(answer, length), answer.asked.now)


def _interest(part: Part, coins: Decimal, at: datetime) -> OpenInterest:
    """Return a row of one contract, which is paid in tethers: no other of the exchange is counted."""
    return part.row(OpenInterest, venue=VENUE, source=TITLE, margin="linear", value_coin=coins, time=at)


def _open_interest(answer: Answer) -> Iterator[OpenInterest]:
    row = _contract(answer)
    yield _interest(row, row["value"].size(), min(row["update"].time(), answer.received_at))


def _history(answer: Answer) -> Iterator[OpenInterest]:
    for one in _finished(answer, HALF_HOUR):
        yield _interest(one.part, one.part["c"].size(), one.end)


def _funding(kind: Literal["predicted"] | None) -> Read:
    def read(answer: Answer) -> Iterator[Funding]:
        row = _contract(answer)
        rate, at = row["value"].number().scaleb(-2), min(row["update"].time(), answer.received_at)
        yield row.row(Funding, venue=VENUE, source=TITLE, kind=kind, rate=rate, time=at)

    return read


def _liquidations(answer: Answer) -> Iterator[Liquidations]:
    """Yield the sums of whole days, end to end back from the last whole hour; one that lacks an hour is left out.

    A contract of which nothing was liquidated may have no row, and is not for that unknown to it.
    """
    if not Part.of(answer).items():
        return
    for end, parts in whole_days(_finished(answer, HOUR)):
        long, short = (sum((part[side].size() for part in parts), Decimal(0)) for side in ("l", "s"))
        fields = {"window_hours": 24, "long_usd": long, "short_usd": short, "time": end}
        yield parts[0].row(Liquidations, venue=VENUE, source=TITLE, **fields)


def _long_share(answer: Answer) -> Iterator[LongShort]:
    for one in _finished(answer, HOUR)[-1:]:
        share = long_share(one.part["l"].size(), one.part["s"].size())
        if share is not None:
            yield one.part.row(LongShort, venue=VENUE, source=TITLE, long_share=share, time=one.end)


def _candles(answer: Answer) -> Iterator[Series]:
    """Yield the candles that have ended, and the price of now from the one that runs."""
    told = _begun(answer, HOUR)
    bars = (_bar(one) for one in told)
    yield from finished(bars, venue=VENUE, source=TITLE, minutes=60, now=answer.asked.now)
    for one in told[-1:]:
        if one.end > answer.asked.now:
            last, at = one.part["c"].positive(), answer.received_at
            yield one.part.row(Price, venue=VENUE, source=TITLE, kind="last", value=last, time=at)


def _bar(one: Interval) -> Bar:
    names = {"o": "open", "h": "high", "l": "low", "c": "close"}
    return one.part.row(Bar, time=one.start, **{name: one.part[key].positive() for key, name in names.items()})


sources.add("coinalyze")(
    Source(
        name="coinalyze",
        title=TITLE,
        base_url="https://api.coinalyze.net",
        calls=calls,
        pools={"all": Pool(most=40, seconds=60)},
        key=Key("COINALYZE_API_KEY", "api_key"),
    )
)
