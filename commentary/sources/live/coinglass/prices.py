"""CoinGlass's prices: of each exchange's perpetual contract, candles of one, and changes over hours.

Prices are US dollars for one coin; percentages are percent. CoinGlass does not say that "current price" is the last
trade, but gives it beside an index price, so it is told as that. Documentation: "Pairs Markets", "Price History
(OHLC)", "Coins Markets", read 2026-11-30.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.records.snapshot import Bar, CandleSeries, Price, PriceChange, Series
from commentary.sources.live.base import Answer, Asked, Call, NotListedError
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.intervals import Interval
from commentary.sources.shapes.reading import Part

MARKETS = "markets"
_QUOTES = ("USDT", "USD", "USDC")
"""The first that an exchange has a perpetual in is taken: tethers make the largest market on nearly all."""
_WINDOWS = (1, 4, 12, 24)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the price of each exchange; in full, also candles of one and the changes that are told of the coin."""
    yield Call(
        MARKETS, "/api/futures/pairs-markets", _markets, ("prices", "price_changes"), params={"symbol": asked.asset}
    )
    if asked.scope == "watch":
        return
    params = {"exchange": common.EXCHANGE, "symbol": common.pair(asked.asset), "interval": common.INTERVAL}
    yield Call(
        "candles", "/api/futures/price/history", _candles, ("candles",), params={**params, "limit": common.MOST_ROWS}
    )
    # Of its other figures the calls about one coin tell the same, and the lowest plans are allowed those.
    yield Call(
        "coins",
        "/api/futures/coins-markets",
        _coins,
        ("price_changes",),
        params={"per_page": "500", "page": "1"},
        shared=True,
    )


def perpetuals(rows: Part, asset: str) -> dict[str, Part]:
    """Return the row of each exchange's perpetual contract of one coin, by exchange.

    A contract that expires has no funding rate, and its price is another one. A contract for a thousand coins is left
    out: its price is not that of one.

    Raises:
        NotListedError: there is no contract of the coin at all.
    """
    chosen: dict[str, tuple[tuple[object, ...], Part]] = {}
    is_listed = False
    for row in common.held(rows):
        base, _, quote = row["symbol"].text().partition("/")
        is_listed = is_listed or base == asset
        name = common.exchange(row["exchange_name"])
        contract = row["instrument_id"].text()
        is_perpetual = row.maybe("funding_rate") is not None and row.maybe("current_price") is not None
        if name is None or base != asset or quote not in _QUOTES or not contract.upper().startswith(asset):
            continue
        if is_perpetual:
            order = (_QUOTES.index(quote), -_size(row), contract)
            if name not in chosen or order < chosen[name][0]:
                chosen[name] = (order, row)
    if not is_listed:
        raise NotListedError("no such coin", f"no exchange is listed with a contract of {asset}")
    return {name: row for name, (_, row) in chosen.items()}


def market(rows: Part, asset: str) -> tuple[str, Part]:
    """Return the exchange and row whose price stands for the coin's: Binance's, else that of the largest contract.

    Raises:
        NotListedError: no contract of the coin is listed.
        ReplyError: none of them is a perpetual with a price.
    """
    found = perpetuals(rows, asset)
    if not found:
        raise rows.error(f"a list with a perpetual contract of {asset} and its price")
    name = common.EXCHANGE if common.EXCHANGE in found else max(found, key=lambda one: (_size(found[one]), one))
    return name, found[name]


def spot(answer: Answer) -> Decimal:
    """Return the price now, of the reply to the call "markets": longs close below it and shorts above."""
    return market(Part.of(answer, MARKETS), answer.asked.asset)[1]["current_price"].positive()


def _size(row: Part) -> Decimal:
    told = row.maybe("open_interest_usd")
    return Decimal(0) if told is None else told.size()


def _markets(answer: Answer) -> Iterator[Series]:
    rows, at = Part.of(answer), answer.received_at
    found = perpetuals(rows, answer.asked.asset)
    for name, row in found.items():
        last = row["current_price"].positive()
        yield row.row(Price, venue=name, source=common.TITLE, kind="last", value=last, time=at)
        index = row.maybe("index_price")
        # Nought is no price; it stands where an exchange tells no index.
        if index is not None and index.size():
            yield row.row(Price, venue=name, source=common.TITLE, kind="index", value=index.positive(), time=at)
    if found:
        name, row = market(rows, answer.asked.asset)
        change = row.maybe("price_change_percent_24h")
        if change is not None:
            percent = change.number()
            yield row.row(PriceChange, venue=name, source=common.TITLE, window_hours=24, percent=percent, time=at)


def _candles(answer: Answer) -> Iterator[CandleSeries]:
    """Yield the candles that have ended: the one that runs has no close yet."""
    made = tuple(_bar(one) for one in common.finished(answer))
    if made:
        minutes = common.HOURS * 60
        yield CandleSeries(venue=common.EXCHANGE, source=common.TITLE, interval_minutes=minutes, bars=made)


def _bar(one: Interval) -> Bar:
    part = one.part
    volume = part.maybe("volume_usd")
    prices = {name: part[name].positive() for name in ("open", "high", "low", "close")}
    return part.row(Bar, time=one.start, volume_usd=None if volume is None else volume.size(), **prices)


def _coins(answer: Answer) -> Iterator[Series]:
    row = common.of_coin(Part.of(answer), answer.asked.asset)
    if row is None:
        return
    for hours in _WINDOWS:
        change = row.maybe(f"price_change_percent_{hours}h")
        if change is not None:
            percent, at = change.number(), answer.received_at
            yield change.row(PriceChange, source=common.TITLE, window_hours=hours, percent=percent, time=at)
