"""All coins on Oct. 20: what exchanges recorded as liquidated in a day, led by bitcoin."""

from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import candle_history, mark, price_change
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.series import liquidated


@samples.add("market-liquidations")
def market() -> Row:
    """Return the day's total with the parts of bitcoin and ether; no earlier totals, so nothing to rank it by."""
    as_of = moment(10, 20, 18)
    counted = moment(10, 20, 17, 50)
    return snapshot(
        "market",
        as_of,
        lead="BTC",
        prices=[mark(61_460, moment(10, 20, 17, 55)) | {"asset": "BTC"}],
        price_changes=[price_change("-3.2", moment(10, 20, 17, 55)) | {"asset": "BTC"}],
        candles=[candle_history(as_of, seed=2021) | {"asset": "BTC"}],
        liquidations=[
            liquidated(counted, 741_000_000, 152_000_000, largest_order_usd=11_840_000, traders=201_412),
            liquidated(counted, 271_000_000, 47_000_000, asset="BTC"),
            liquidated(counted, 208_500_000, 38_000_000, asset="ETH"),
        ],
        liquidation_orders=[
            {
                "asset": "BTC",
                "venue": "Bybit",
                "side": "long",
                "notional_usd": 11_840_000,
                "price": Decimal("61212.4"),
                "time": moment(10, 20, 11, 42),
                "source": "CoinGlass",
            }
        ],
    )
