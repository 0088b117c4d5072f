"""What the columns of the archive's files mean: open interest, ratios, funding, candles, depth, forced orders.

Times are UTC: text, or milliseconds, or microseconds since spot files changed to them in 2025, told apart by their size
(README of binance/binance-public-data, read 2026-11-22). Rows are not in order of time everywhere. Sizes of COIN-M
contracts are counted in contracts, and what is called the value of their open interest is in coins. `percentage` in
bookDepth is the distance from the price, negative for bids, and depth adds up from the price outward. Forced orders
were only ever sampled, and the archive repeats lines.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Literal

from commentary.records.rows import Series
from commentary.records.snapshot import Bar, CandleSeries, Funding, LiquidationOrder, LongShort, OpenInterest, OrderBook
from commentary.sources.archive_contract import Contract
from commentary.sources.live.base import ReplyError, exact
from commentary.sources.shapes.reading import Part

VENUE = "Binance"
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "metrics": (
            "create_time",
            "symbol",
            "sum_open_interest",
            "sum_open_interest_value",
            "count_toptrader_long_short_ratio",
            "sum_toptrader_long_short_ratio",
            "count_long_short_ratio",
            "sum_taker_long_short_vol_ratio",
        ),
        "fundingRate": ("calc_time", "funding_interval_hours", "last_funding_rate"),
        "bookDepth": ("timestamp", "percentage", "depth", "notional"),
        "liquidationSnapshot": (
            "time",
            "side",
            "order_type",
            "time_in_force",
            "original_quantity",
            "price",
            "average_price",
            "order_status",
            "last_fill_quantity",
            "accumulated_fill_quantity",
        ),
        "klines": (
            "open_time",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "close_time",
            "quote_volume",
            "count",
            "taker_buy_volume",
            "taker_buy_quote_volume",
            "ignore",
        ),
    }
)
"""The columns of each kind of file, in their order."""
INTERVALS: Mapping[str, int] = MappingProxyType(
    {
        "1m": 1,
        "3m": 3,
        "5m": 5,
        "15m": 15,
        "30m": 30,
        "1h": 60,
        "2h": 120,
        "4h": 240,
        "6h": 360,
        "8h": 480,
        "12h": 720,
        "1d": 1440,
        "3d": 4320,
        "1w": 10080,
    }
)
"""Minutes of candles by their name; months are not of one length."""
RATIOS: Mapping[str, Literal["accounts", "top_accounts", "top_positions", "taker_volume"]] = MappingProxyType(
    {
        "count_toptrader_long_short_ratio": "top_accounts",
        "sum_toptrader_long_short_ratio": "top_positions",
        "count_long_short_ratio": "accounts",
        "sum_taker_long_short_vol_ratio": "taker_volume",
    }
)
_MICROSECONDS = Decimal("1e14")
"""A number of milliseconds that large is of the year 5138, one of microseconds of 1973."""
_TEXT_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_WHO = {"venue": VENUE, "source": VENUE}


def series_of(holds: str, lines: Sequence[Part], contract: Contract) -> list[Series]:
    """Return the rows of a file's lines.

    Raises:
        ReplyError: a value is none of its column; its path is line and column.
    """
    if holds in INTERVALS:
        return list(_candles(lines, contract, INTERVALS[holds]))
    return list(_READERS[holds](lines, contract))


def _metrics(lines: Sequence[Part], contract: Contract) -> Iterator[Series]:
    for line in lines:
        if line["symbol"].text() != contract.symbol:
            raise line["symbol"].error(f"{contract.symbol}, which the file is named after")
        at = _moment(line["create_time"])
        yield from _open_interest(line, contract, at)
        for column, kind in RATIOS.items():
            if (part := line.maybe(column)) is not None:
                ratio = part.size()
                yield part.row(LongShort, long_share=exact(ratio / (1 + ratio)), kind=kind, time=at, **_WHO)


def _open_interest(line: Part, contract: Contract, at: datetime) -> Iterator[OpenInterest]:
    held, value = line["sum_open_interest"].size(), line["sum_open_interest_value"].size()
    # A contract that trades has some: 0 is how the archive writes that it was not counted.
    if not held:
        return
    seen = {"sides": "one", "time": at, **_WHO}
    if contract.contract_usd is None:
        coins = held.scaleb(contract.power)
        yield line.row(OpenInterest, value_coin=coins, value_usd=value, margin="linear", **seen)
    else:
        usd = contract.contract_usd
        yield line.row(OpenInterest, contracts=held, contract_usd=usd, value_coin=value, margin="inverse", **seen)


def _funding(lines: Sequence[Part], contract: Contract) -> Iterator[Funding]:
    for line in lines:
        yield line.row(
            Funding,
            rate=line["last_funding_rate"].number(),
            interval_hours=line["funding_interval_hours"].positive(),
            kind="settled",
            time=_moment(line["calc_time"]),
            **_WHO,
        )


def _candles(lines: Sequence[Part], contract: Contract, minutes: int) -> Iterator[CandleSeries]:
    bars = [_bar(line, contract) for line in lines]
    if bars and not any(bar.volume_usd for bar in bars):
        raise lines[0]["volume"].error(
            "candles of trades; in these nothing was traded, as in files of mark prices, index prices and premiums"
        )
    if bars:
        yield CandleSeries(interval_minutes=minutes, bars=tuple(bars), **_WHO)


def _bar(line: Part, contract: Contract) -> Bar:
    # What stands as quote volume of a COIN-M contract is in coins, so its dollars are counted by contracts.
    usd = contract.contract_usd
    volume, taken = ("quote_volume", "taker_buy_quote_volume") if usd is None else ("volume", "taker_buy_volume")
    each = 1 if usd is None else usd
    return line.row(
        Bar,
        time=_moment(line["open_time"]),
        volume_usd=line[volume].size() * each,
        taker_buy_usd=line[taken].size() * each,
        **{name: line[name].positive().scaleb(-contract.power) for name in ("open", "high", "low", "close")},
    )


def _depth(lines: Sequence[Part], contract: Contract) -> Iterator[OrderBook]:
    if contract.contract_usd is not None and lines:
        raise ReplyError(
            "", contract.symbol, "a USD-M contract: the unit of a COIN-M contract's depth is not documented"
        )
    sides: dict[tuple[datetime, Decimal], dict[str, Part]] = {}
    for line in lines:
        percent = line["percentage"].number()
        side = "bids_usd" if percent < 0 else "asks_usd"
        held = sides.setdefault((_moment(line["timestamp"]), abs(percent)), {})
        if held.setdefault(side, line) is not line:
            raise line["percentage"].error("a percentage that did not stand at that time yet")
    for (at, percent), parts in sides.items():
        first = next(iter(parts.values()))
        sums = {side: line["notional"].size() for side, line in parts.items()}
        yield first.row(OrderBook, within_percent=percent, time=at, **sums, **_WHO)


def _forced(lines: Sequence[Part], contract: Contract) -> Iterator[LiquidationOrder]:
    orders = chain.from_iterable(_order(line, contract) for line in lines)
    yield from dict.fromkeys(orders)


def _order(line: Part, contract: Contract) -> Iterator[LiquidationOrder]:
    """Yield a forced order as far as it was filled; to sell closes a long position."""
    filled = line["accumulated_fill_quantity"].size()
    if filled:
        price = line["average_price"].positive()
        yield line.row(
            LiquidationOrder,
            side=line["side"].choice({"SELL": "long", "BUY": "short"}),
            price=price.scaleb(-contract.power),
            notional_usd=exact(filled * (price if contract.contract_usd is None else contract.contract_usd)),
            time=_moment(line["time"]),
            **_WHO,
        )


def _moment(part: Part) -> datetime:
    if isinstance(part.value, str) and _TEXT_TIME.fullmatch(part.value):
        try:
            return datetime.fromisoformat(f"{part.value}+00:00")
        except ValueError:
            raise part.error("a time that there is") from None
    number = part.number()
    return part.time() if number < _MICROSECONDS else Part(number / 1000, part.path).time()


_READERS: Mapping[str, Callable[[Sequence[Part], Contract], Iterator[Series]]] = MappingProxyType(
    {"metrics": _metrics, "fundingRate": _funding, "bookDepth": _depth, "liquidationSnapshot": _forced}
)
