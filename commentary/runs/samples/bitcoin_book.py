"""Bitcoin on Sept. 15: levels on both sides, the order book before them, and ninety days to measure them by."""

from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    candle_history,
    funding_history,
    mark,
    open_interest_history,
    price,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import Dense, Ladder, ladders, past_ladders

BID_EDGE = 63_500
ASK_EDGE = 66_150
"""Where the largest dense stretch of each side begins; the book is counted up to there."""


@samples.add("btc-book")
def book() -> Row:
    """Return 110 levels on each side with two dense stretches each, more shorts above than longs below."""
    as_of = moment(9, 15, 10)
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(64_855, moment(9, 15, 9, 55))],
        price_changes=[price_change("-1.9", as_of)],
        candles=[candle_history(as_of, seed=9161)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
        order_book=[
            at_binance | {"to_price": BID_EDGE, "bids_usd": 143_600_000, "time": moment(9, 15, 9, 57)},
            at_binance | {"to_price": ASK_EDGE, "asks_usd": 118_200_000, "time": moment(9, 15, 9, 57)},
        ],
        liquidation_maps=[
            # Of the maps before it the feed keeps fewer and wider levels.
            *past_ladders(
                moment(9, 15, 9, 40),
                price(),
                {"long": 14e6, "short": 14e6},
                step=Decimal(100),
                count=46,
                days=30,
                seed=9163,
            ),
            ladders(
                moment(9, 15, 9, 40),
                (
                    Ladder("long", 6.2e6, (Dense(30, 3, 38e6), Dense(70, 2.5, 30e6))),
                    Ladder("short", 8.4e6, (Dense(29, 3, 86e6), Dense(74, 2.5, 52e6))),
                ),
                around=Decimal(64_850),
                step=Decimal(50),
                count=110,
                seed=9162,
            ),
        ],
    )
