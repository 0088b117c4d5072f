"""CoinGlass's order books and who holds and trades which way: depth, long and short shares, takers.

Depth is US dollars resting within a percentage of the price, each way. Shares come in percent (73.88) and are told as
fractions: of accounts, of top accounts, of the positions of top traders, and of the volume that takers bought.
Documentation: "Pair Orderbook Bid&Ask", "Coin Aggregated Orderbook Bid&Ask", "Global Account Ratio", "Top Account
Ratio History", "Top Position Ratio History", "Pair Taker Buy/Sell History", read 2026-11-30.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.records.snapshot import LongShort, OrderBook
from commentary.sources.live.base import Answer, Asked, Call, Read
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.shares import long_share

WITHIN = "1"
"""Percent of the price."""
_NEWEST_ROWS = "2"
"""The interval that runs, and the one before it where the new one has no row yet."""


class _Share(NamedTuple):
    """A long share: how it is asked for, how its fields are named, and its kind in a row."""

    call: str
    path: str
    prefix: str
    kind: str


_SHARES = (
    _Share("accounts", "/api/futures/global-long-short-account-ratio/history", "global_account", "accounts"),
    _Share("top_accounts", "/api/futures/top-long-short-account-ratio/history", "top_account", "top_accounts"),
    _Share("top_positions", "/api/futures/top-long-short-position-ratio/history", "top_position", "top_positions"),
)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the book of one exchange and of all, and the shares of one exchange."""
    if asked.scope == "watch":
        return
    newest = {"interval": common.INTERVAL, "limit": _NEWEST_ROWS}
    own = {"exchange": common.EXCHANGE, "symbol": common.pair(asked.asset), **newest}
    section = ("order_book",)
    yield Call(
        "book_all",
        "/api/futures/orderbook/aggregated-ask-bids-history",
        _book(common.ALL, "aggregated_"),
        section,
        params={"exchange_list": "ALL", "symbol": asked.asset, **newest, "range": WITHIN},
    )
    yield Call(
        f"book_{common.EXCHANGE.lower()}",
        "/api/futures/orderbook/ask-bids-history",
        _book(common.EXCHANGE, ""),
        section,
        params={**own, "range": WITHIN},
    )
    for share in _SHARES:
        yield Call(share.call, share.path, _share(share), ("long_short",), params=own)
    yield Call("takers", "/api/futures/v2/taker-buy-sell-volume/history", _takers, ("long_short",), params=own)


def _book(venue: str, prefix: str) -> Read:
    def read(answer: Answer) -> Iterator[OrderBook]:
        for part, at in common.newest(answer):
            yield part.row(
                OrderBook,
                venue=venue,
                source=common.TITLE,
                within_percent=Decimal(WITHIN),
                bids_usd=part[f"{prefix}bids_usd"].size(),
                asks_usd=part[f"{prefix}asks_usd"].size(),
                time=at,
            )

    return read


def _share(share: _Share) -> Read:
    def read(answer: Answer) -> Iterator[LongShort]:
        for part, at in common.newest(answer):
            long = common.fraction(part[f"{share.prefix}_long_percent"])
            yield part.row(
                LongShort, venue=common.EXCHANGE, source=common.TITLE, kind=share.kind, long_share=long, time=at
            )

    return read


def _takers(answer: Answer) -> Iterator[LongShort]:
    """Yield the share of the newest whole interval: of one that runs it would be of a part of it."""
    for one in common.finished(answer)[-1:]:
        bought, sold = (one.part[f"taker_{word}_volume_usd"].size() for word in ("buy", "sell"))
        share = long_share(bought, sold)
        if share is not None:
            yield one.part.row(
                LongShort,
                venue=common.EXCHANGE,
                source=common.TITLE,
                kind="taker_volume",
                long_share=share,
                time=one.end,
            )
