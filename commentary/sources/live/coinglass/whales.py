"""CoinGlass's list of positions on Hyperliquid above a million dollars, of all coins in one reply.

A size below nought is a short. Amounts are US dollars, prices US dollars for one coin. A row is of the time at which
CoinGlass last saw the position. Documentation: "Hyperliquid Whale Position", read 2026-11-30.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.records.snapshot import Position
from commentary.sources.live.base import Answer, Asked, Call
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.reading import Part

VENUE = "Hyperliquid"
_MODES = {"cross": "cross", "isolated": "isolated"}


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the list."""
    if asked.scope == "full":
        path = "/api/hyperliquid/whale-position"
        yield Call("whales", path, _positions, ("positions",), shared=True, may_be_empty=True)


def _positions(answer: Answer) -> Iterator[Position]:
    for row in common.held(Part.of(answer)):
        size = row["position_size"].number()
        if row["symbol"].text() != answer.asked.asset or not size:
            continue
        mode = row.maybe("margin_mode")
        yield row.row(
            Position,
            venue=VENUE,
            source=common.TITLE,
            side="long" if size > 0 else "short",
            size_coin=size.copy_abs(),
            notional_usd=row["position_value_usd"].number().copy_abs(),
            entry_price=_price(row, "entry_price"),
            liquidation_price=_price(row, "liq_price"),
            leverage=_price(row, "leverage"),
            margin_usd=_margin(row),
            margin_mode=None if mode is None else mode.choice(_MODES),
            pnl_usd=row["unrealized_pnl"].number(),
            count=1,
            time=min(row["update_time"].time(), answer.received_at),
        )


def _price(row: Part, name: str) -> Decimal | None:
    """Return a number above nought; a position that nothing would liquidate has null or nought for its price."""
    told = row.maybe(name)
    return None if told is None or not told.size() else told.positive()


def _margin(row: Part) -> Decimal | None:
    told = row.maybe("margin_balance")
    return None if told is None else told.size()
