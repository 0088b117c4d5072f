"""Bitcoin on May 8: price rose while open interest fell in coin and mostly shorts were liquidated."""

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


@samples.add("btc-short-squeeze")
def squeeze() -> Row:
    """Return ninety days of every series, the last day of which is the squeeze."""
    as_of = moment(5, 8, 12)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(68_940, as_of)],
        price_changes=[price_change("5.8", as_of)],
        liquidations=liquidations(
            price(),
            seed=2503,
            end=as_of,
            days=90,
            usual_usd=72e6,
            known={as_of: (38_200_000, 347_600_000)},
        ),
        candles=[candle_history(as_of, seed=2501)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
    )
