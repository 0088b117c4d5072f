"""Pepe: a price of five leading zeros, a contract for 1,000 coins, funding every four hours."""

from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums


@samples.add("pepe-small-price")
def pepe() -> Row:
    """Return a two-sided map; prices and levels are for one coin, also where the contract is for 1,000."""
    as_of = moment(9, 10, 13)
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    return snapshot(
        "PEPE",
        as_of,
        name="Pepe",
        contract="1000PEPEUSDT",
        contract_multiplier=1_000,
        prices=[at_binance | {"value": Decimal("0.00001234"), "kind": "mark", "time": moment(9, 10, 12, 57)}],
        price_changes=[at_binance | {"window_hours": 24, "percent": Decimal("2.7"), "time": moment(9, 10, 12, 57)}],
        liquidation_maps=[
            sums(
                moment(9, 10, 12, 30),
                ("long", Decimal("0.00001171"), 14_200_000),
                ("short", Decimal("0.00001302"), 11_900_000),
            )
        ],
        funding=[
            # Half of the baseline of 0.01% per eight hours, as the interval is half as long.
            at_binance
            | {"rate": Decimal("0.00005"), "interval_hours": 4, "kind": "settled", "time": moment(9, 10, 12)},
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 24_600_000_000_000,
                # 24.6 trillion coins at 0.00001234 dollars.
                "value_usd": 303_600_000,
                "time": moment(9, 10, 12, 50),
                "source": "CoinGlass",
            }
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("3.4"),
                "of": "coin",
                "time": moment(9, 10, 12, 50),
                "source": "CoinGlass",
            }
        ],
    )
