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


def _evening(day: int, price: int, moved_by: str, held_by: str, drawn: Row, rate: str, coins: int) -> Row:
    """Return ether at six in the evening of a day in August."""
    told, counted = moment(8, day, 17, 55), moment(8, day, 17, 50)
    return snapshot(
        "ETH",
        moment(8, day, 18),
        name="Ether",
        prices=[mark(price, told)],
        price_changes=[moved("Binance", moved_by, told)],
        liquidation_maps=[drawn],
        funding=[_settled(rate, moment(8, day, 16))],
        open_interest=[held(coins, counted)],
        open_interest_changes=[held_change(held_by, counted)],
    )


@samples.add("eth-level-passed")
def passed() -> Row:
    """Return a map whose upper end price has since gone through, with three liquidated dollars of four from shorts."""
    counted = [liquidated(moment(8, 25, 17, 50), 24_100_000, 81_700_000)]
    drawn = sums(moment(8, 25, 12, 20), ("long", 2_590, 241_000_000), ("short", 2_748, 318_000_000))
    return _evening(25, 2_771, "4.2", "-1.7", drawn, "0.00013", 4_420_000) | {"liquidations": counted}


@samples.add("eth-level-near")
def near() -> Row:
    """Return a map of shorts whose upper end price has come near to and has not reached."""
    drawn = sums(moment(8, 27, 17, 40), ("long", 2_690, 214_000_000), ("short", 2_827, 124_000_000))
    return _evening(27, 2_802, "1.4", "2.6", drawn, "0.0001", 4_450_000)
