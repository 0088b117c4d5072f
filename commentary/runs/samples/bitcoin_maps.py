"""Bitcoin snapshots whose news is a liquidation map: one side, the other, passed, stale, in euros."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    candle_history,
    coins,
    funding_history,
    held,
    held_change,
    last_settled,
    mark,
    price,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums
from commentary.runs.samples.series import liquidations, open_interest


@samples.add("btc-example")
def example() -> Row:
    """Return one sum and a bare funding rate: all that many published texts have."""
    as_of = moment(6, 12, 9)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        liquidation_maps=[{"source": "CoinGlass", "cumulative": [_long(60_593, 1_070_000_000)]}],
        funding=[{"rate": Decimal("0.000024")}],
    )


def _long(price: int, usd: int) -> Row:
    return {"price": price, "side": "long", "notional_usd": usd}


@samples.add("btc-long-side")
def long_side() -> Row:
    """Return a map with far more longs per percent of price below than shorts above."""
    as_of = moment(11, 22, 9)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(62_140, moment(11, 22, 8, 55))],
        liquidation_maps=[sums(moment(11, 22, 8, 55), ("long", 60_593, 1_070_000_000), ("short", 64_900, 412_000_000))],
        funding=last_settled(as_of),
        open_interest=[held(270_300, moment(11, 22, 8, 50))],
        open_interest_changes=[held_change("-1.1", moment(11, 22, 8, 50))],
    )


@samples.add("btc-short-side")
def short_side() -> Row:
    """Return a map with far more shorts per percent of price above than longs below."""
    as_of = moment(9, 24, 15)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(63_480, moment(9, 24, 14, 55))],
        liquidation_maps=[sums(moment(9, 24, 14, 40), ("long", 60_900, 318_000_000), ("short", 65_700, 1_420_000_000))],
        funding=last_settled(as_of),
        open_interest=[held(269_700, moment(9, 24, 14, 50))],
        open_interest_changes=[held_change("1.9", moment(9, 24, 14, 50))],
    )


_LATE = timedelta(minutes=5)
"""The counts of a level passed are of ten minutes to the hour; the paths are known at quarter hours."""
_HELD = {moment(7, 8, 12, 50): 271_900, moment(7, 9, 12, 50): 266_200}


def _ten_to(rows: list[Row], held_at: Mapping[datetime, int] | None = None) -> list[Row]:
    """Return rows of a quarter to the hour as rows of ten to; coins that a file states stand as given."""
    told = []
    for row in rows:
        time = row["time"]
        assert isinstance(time, datetime)
        stated = (held_at or {}).get(time + _LATE)
        told.append(row | {"time": time + _LATE} | ({"value_coin": stated} if stated else {}))
    return told


@samples.add("btc-level-passed")
def level_passed() -> Row:
    """Return a map of the morning whose lower end price has since gone through."""
    as_of, counted = moment(7, 9, 13), moment(7, 9, 12, 45)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(63_120, moment(7, 9, 12, 55))],
        price_changes=[price_change("-3.6", moment(7, 9, 12, 55))],
        candles=[candle_history(as_of, seed=2101, days=90)],
        liquidation_maps=[sums(moment(7, 9, 7, 30), ("long", 63_850, 684_000_000), ("short", 67_400, 355_000_000))],
        funding=funding_history(as_of),
        open_interest=_ten_to(open_interest(coins(), price(), end=counted, days=91, step=Decimal(10)), _HELD),
        open_interest_changes=[held_change("-2.1", counted + _LATE)],
        liquidations=_ten_to(
            liquidations(
                price(), seed=2102, end=counted, days=90, usual_usd=72e6, known={counted: (214_300_000, 36_900_000)}
            )
        ),
    )


@samples.add("btc-stale")
def stale() -> Row:
    """Return a map and a price of the night before; only open interest and funding are current."""
    as_of = moment(6, 26, 18)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(61_240, moment(6, 26, 4, 10))],
        liquidation_maps=[sums(moment(6, 26, 3), ("long", 59_200, 846_000_000), ("short", 63_350, 521_000_000))],
        funding=last_settled(as_of),
        open_interest=[held(262_400, moment(6, 26, 17, 50))],
    )


@samples.add("btc-conflict")
def conflict() -> Row:
    """Return two vendors that agree on price within tolerance, and not on open interest in coins."""
    as_of = moment(10, 15, 10)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[
            mark(62_870, moment(10, 15, 9, 55)),
            mark(62_851, moment(10, 15, 9, 56)) | {"source": "CoinGlass"},
        ],
        liquidation_maps=[sums(moment(10, 15, 9, 30), ("long", 60_750, 702_000_000), ("short", 65_100, 668_000_000))],
        funding=last_settled(as_of),
        open_interest=[
            held(266_400, moment(10, 15, 9, 50)),
            held(279_500, moment(10, 15, 9, 52)) | {"source": "Coinalyze"},
        ],
        open_interest_changes=[held_change("0.7", moment(10, 15, 9, 50))],
    )


@samples.add("btc-eur")
def euro() -> Row:
    """Return prices and levels in euros; sums stay in dollars."""
    as_of = moment(9, 3, 11)
    at_kraken: Row = {"venue": "Kraken", "source": "Kraken"}
    return snapshot(
        "BTC",
        as_of,
        quote="EUR",
        usd_rate=Decimal("1.1534"),
        name="Bitcoin",
        prices=[at_kraken | {"value": 56_300, "kind": "mark", "time": moment(9, 3, 10, 58)}],
        price_changes=[at_kraken | {"window_hours": 24, "percent": Decimal("0.8"), "time": moment(9, 3, 10, 58)}],
        liquidation_maps=[sums(moment(9, 3, 10, 30), ("long", 54_650, 598_000_000), ("short", 58_150, 547_000_000))],
        funding=last_settled(as_of),
        open_interest=[
            # 272,500 coins at 56,300 euros of 1.1534 dollars each: 17.695 billion dollars.
            held(272_500, moment(9, 3, 10, 50)) | {"value_usd": 17_695_000_000}
        ],
    )
