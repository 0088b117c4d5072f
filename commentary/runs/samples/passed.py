"""Ether whose price goes up through the shorts of a map of the morning, and one that stops short of them."""

from datetime import datetime
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import held, held_change, mark
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums
from commentary.runs.samples.series import liquidated
from commentary.runs.samples.settlements import moved


def _settled(rate: str, time: datetime) -> Row:
    at = {"venue": "Binance", "source": "Binance", "interval_hours": 8, "kind": "settled"}
    return at | {"rate": Decimal(rate), "time": time}


@samples.add("eth-level-passed")
def passed() -> Row:
    """Return a map whose upper end price has since gone through, with three liquidated dollars of four from shorts."""
    return snapshot(
        "ETH",
        moment(8, 25, 18),
        name="Ether",
        prices=[mark(2_771, moment(8, 25, 17, 55))],
        price_changes=[moved("Binance", "4.2", moment(8, 25, 17, 55))],
        liquidation_maps=[
            sums(moment(8, 25, 12, 20), ("long", 2_590, 241_000_000), ("short", 2_748, 318_000_000)),
        ],
        funding=[_settled("0.00013", moment(8, 25, 16))],
        open_interest=[held(4_420_000, moment(8, 25, 17, 50))],
        open_interest_changes=[held_change("-1.7", moment(8, 25, 17, 50))],
        liquidations=[liquidated(moment(8, 25, 17, 50), 24_100_000, 81_700_000)],
    )


@samples.add("eth-level-near")
def near() -> Row:
    """Return a map of shorts whose upper end price has come near to and has not reached."""
    return snapshot(
        "ETH",
        moment(8, 27, 18),
        name="Ether",
        prices=[mark(2_802, moment(8, 27, 17, 55))],
        price_changes=[moved("Binance", "1.4", moment(8, 27, 17, 55))],
        liquidation_maps=[
            sums(moment(8, 27, 17, 40), ("long", 2_690, 214_000_000), ("short", 2_827, 124_000_000)),
        ],
        funding=[_settled("0.0001", moment(8, 27, 16))],
        open_interest=[held(4_450_000, moment(8, 27, 17, 50))],
        open_interest_changes=[held_change("2.6", moment(8, 27, 17, 50))],
    )
