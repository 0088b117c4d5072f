"""Bitcoin on Nov. 25: open interest fell by a record of the history held while longs were liquidated.

The map is of Nov. 22, the one of btc-long-side, and price has gone through its lower end.
"""

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    candle_history,
    funding_history,
    mark,
    open_interest_history,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums
from commentary.runs.samples.series import liquidated


@samples.add("btc-flush")
def flush() -> Row:
    """Return ninety days of history that end in the fall; no history of liquidations."""
    as_of = moment(11, 25, 14)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(60_480, as_of)],
        price_changes=[price_change("-5.4", as_of)],
        liquidation_maps=[sums(moment(11, 22, 8, 55), ("long", 60_593, 1_070_000_000))],
        liquidations=[
            liquidated(as_of, 512_000_000, 61_000_000),
            liquidated(as_of, 1_140_000_000, 130_000_000, asset="market"),
        ],
        price_levels=[
            {
                "kind": "support",
                "low": 60_000,
                "high": 61_000,
                "time": moment(11, 20, 9),
                "source": "our desk",
            }
        ],
        candles=[candle_history(as_of, seed=2301)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
    )
