"""Bitcoin on Aug. 12: price, open interest, funding and liquidations are all quiet on their own histories."""

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
from commentary.runs.samples.series import liquidations


@samples.add("btc-calm")
def calm() -> Row:
    """Return ninety days of every series, the last day of which is quiet."""
    as_of = moment(8, 12, 8)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(66_212, as_of)],
        price_changes=[price_change("-0.3", as_of)],
        liquidations=liquidations(
            price(),
            seed=3003,
            end=as_of,
            days=90,
            usual_usd=72e6,
            known={as_of: (21_400_000, 18_900_000)},
        ),
        candles=[candle_history(as_of, seed=3001)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
    )
