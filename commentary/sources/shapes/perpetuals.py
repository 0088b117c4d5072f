"""Perpetual contracts in a dollar coin: what an exchange calls a coin's, and its figures per coin.

What is asked of Binance, Bybit and OKX is of contracts quoted and settled in USDT, what is asked of Hyperliquid of such
in USDC. Either is taken for a dollar: rows are in US dollars, and no rate is applied. Its issuer sells and redeems it
at a dollar, and exchanges and vendors print the same figures with a dollar sign; a rate of our own would be one more
figure to trace. When one of them leaves the dollar, all prices in it are off by as much, and no row says so.

A contract for a thousand coins (data/contracts.toml) has its price divided by a thousand and its amounts multiplied.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from commentary.config.contracts import contract
from commentary.records.snapshot import Bar, CandleSeries, LongShort, OpenInterest, OrderBook, Price
from commentary.sources.live.base import NotListedError
from commentary.sources.shapes.bars import closes, finished
from commentary.sources.shapes.books import depth
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.shares import long_share

S = TypeVar("S", bound=BaseModel)

HISTORY_STEP = timedelta(minutes=15)
"""Between points of a history of open interest: half of it is within the tolerance for one time."""
_ONE = Decimal(1)


class Perpetual(NamedTuple):
    """A coin's contract on one exchange, which is the source of all that it says of it."""

    venue: str
    symbol: str
    coins: Decimal = _ONE
    """A power of ten."""
    is_alone: bool = False
    """Whether the exchange lists no other contract on the coin."""

    def price(self, part: Part) -> Decimal:
        """Return the price of one coin from that of one contract."""
        return part.positive() / self.coins

    def amount(self, part: Part) -> Decimal:
        """Return coins from contracts."""
        return part.size() * self.coins

    def row(self, part: Part, of: type[S], /, **fields: object) -> S:
        """Return a row that the exchange says of itself."""
        return part.row(of, venue=self.venue, source=self.venue, **fields)

    def interest(self, part: Part, at: datetime, coins: Decimal, usd: Decimal | None = None) -> OpenInterest:
        """Return open interest in contracts settled in a dollar coin, each counted once."""
        fields = {"time": at, "value_coin": coins, "value_usd": usd, "margin": "linear", "sides": "one"}
        return self.row(part, OpenInterest, contract=self.contract, **fields)

    @property
    def contract(self) -> str | None:
        """The name that tells the contract from the others on the coin; None where there are none."""
        return None if self.is_alone else self.symbol

    def takers(self, part: Part, at: datetime, bought: Decimal, sold: Decimal) -> Iterator[LongShort]:
        """Yield the part that takers bought of what they traded; nothing where they traded nothing."""
        share = long_share(bought, sold)
        if share is not None:
            yield self.row(part, LongShort, kind="taker_volume", time=at, long_share=share)

    def book(self, bids: Part, asks: Part, at: datetime, size: Decimal = _ONE) -> Iterator[OrderBook]:
        """Yield the depth of a book whose levels begin with a price and a number of contracts.

        Args:
            bids: the levels of one side.
            asks: those of the other.
            at: when the book stood so.
            size: what the price of one contract is multiplied with for its dollars.
        """
        sides = (
            [(self.price(level[0]), level[0].positive() * level[1].size() * size) for level in side.items()]
            for side in (bids, asks)
        )
        return depth(*sides, venue=self.venue, source=self.venue, time=at)

    def bar(self, row: Part, **volumes: Decimal) -> Bar:
        """Return a bar from a row that begins with time, open, high, low and close."""
        names = ("open", "high", "low", "close")
        prices = {name: self.price(row[place]) for place, name in enumerate(names, start=1)}
        return row.row(Bar, time=row[0].time(), **prices, **volumes)

    def candles(self, made: Iterable[Bar], minutes: int, now: datetime) -> Iterator[CandleSeries]:
        """Yield the series of the bars that have ended."""
        return finished(made, venue=self.venue, source=self.venue, minutes=minutes, now=now)

    def closes(self, rows: Part, minutes: int, now: datetime) -> dict[datetime, Decimal]:
        """Return the closes of bars that begin with time, open, high, low, close, by the time at which each ended."""
        held = ((row[0].time(), self.price(row[4])) for row in rows.items())
        return closes(held, minutes=minutes, now=now)

    def marks(self, rows: Part, minutes: int, now: datetime) -> Iterator[Price]:
        """Yield the mark price at the end of each bar."""
        for at, value in self.closes(rows, minutes, now).items():
            yield self.row(rows, Price, kind="mark", time=at, value=value)


def perpetual(venue: str, asset: str, usual: str) -> Perpetual:
    """Return the contract of a coin: that of the table, or else by the exchange's usual name, for one coin."""
    held = contract(venue, asset)
    return Perpetual(venue, usual) if held is None else Perpetual(venue, held.symbol, held.coins)


def listed(rows: Iterable[Part], name: str, symbol: str, more: Part | None = None) -> Part:
    """Return the row of a symbol in a reply that is for all of them.

    Args:
        rows: of the reply.
        name: the field that holds the symbol.
        symbol: the one wanted.
        more: what tells that other rows are on another page; None where this is the only one.

    Raises:
        NotListedError: none of the rows is of it.
        ReplyError: none of these is, and there are more.
    """
    found = next((row for row in rows if row[name].text() == symbol), None)
    if found is not None:
        return found
    if more is not None:
        raise more.error(f"the end of the list, which does not have {symbol} so far")
    raise NotListedError("not listed", f"the reply, which is for all symbols, has no {symbol}")
