"""Single large positions: a short that a venue shows, a long told in coins, a sum of three, and one too small."""

from datetime import datetime
from decimal import Decimal
from random import Random

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import DAY, candles
from commentary.runs.samples.settlements import settlements

AT_HYPERLIQUID: Row = {"venue": "Hyperliquid", "source": "Hyperliquid"}
AT_BINANCE: Row = {"venue": "Binance", "source": "Binance"}


def _largest(side: str, *, before: datetime, days: int, coins: tuple[int, int], seed: int) -> list[Row]:
    """Return the largest position of a side on each day before a time, between two sizes in coins."""
    random = Random(seed)
    return [
        AT_HYPERLIQUID
        | {
            "side": side,
            "size_coin": round(random.uniform(*coins), -2),
            "count": 1,
            "time": before - day * DAY,
        }
        for day in range(days, 0, -1)
    ]


@samples.add("eth-whale-short")
def short() -> Row:
    """Return a cross-margin short of ether, the largest of sixty days, where all positions are public."""
    as_of = moment(6, 17, 9, 20)
    shown = moment(6, 17, 9, 18)
    hour = moment(6, 17, 9)
    price = wander(
        seed=6171,
        daily_percent=2.6,
        points=(
            Point(hour - 63 * DAY, Decimal("2296.4")),
            Point(moment(6, 8, 9), Decimal("2388.1")),
            Point(moment(6, 14, 9), Decimal("2554.2")),
            Point(moment(6, 16, 9, 15), Decimal("2518.7")),
            Point(moment(6, 17, 9, 15), Decimal("2470.85")),
        ),
    )
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            AT_HYPERLIQUID | {"value": Decimal("2471.3"), "kind": "mark", "time": moment(6, 17, 9, 18)},
            AT_BINANCE | {"value": Decimal("2470.85"), "kind": "mark", "time": moment(6, 17, 9, 18)},
        ],
        price_changes=[AT_BINANCE | {"window_hours": 24, "percent": Decimal("-1.9"), "time": moment(6, 17, 9, 18)}],
        candles=[candles(price, end=as_of, days=60, tick=Decimal("0.01"), volume_usd=4e8, seed=6172)],
        funding=settlements(
            "Hyperliquid",
            1,
            seed=6173,
            start=hour - 30 * DAY,
            end=hour,
            usual=0.00009,
            known={hour - DAY: "0.0000134", hour: "0.0000108"},
        ),
        open_interest=[
            # 905,000 and 4,210,000 coins at 2,471.30 dollars.
            AT_HYPERLIQUID | {"value_coin": 905_000, "value_usd": 2_236_500_000, "time": moment(6, 17, 9, 15)},
            {
                "venue": "all",
                "value_coin": 4_210_000,
                "value_usd": 10_404_200_000,
                "time": moment(6, 17, 9, 10),
                "source": "CoinGlass",
            },
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("0.8"),
                "of": "coin",
                "time": moment(6, 17, 9, 10),
                "source": "CoinGlass",
            }
        ],
        positions=[
            *_largest("short", before=shown, days=60, coins=(15_400, 31_800), seed=6174),
            AT_HYPERLIQUID
            | {
                "side": "short",
                # 38,900 coins at 2,471.30 dollars.
                "notional_usd": 96_133_570,
                "size_coin": 38_900,
                "leverage": 10,
                "entry_price": Decimal("2552.4"),
                "liquidation_price": Decimal("2874.6"),
                "margin_mode": "cross",
                # 38,900 coins times 81.10 dollars.
                "pnl_usd": 3_154_790,
                "previous_notional_usd": 71_240_000,
                "count": 1,
                "time": moment(6, 17, 9, 18),
            },
            AT_HYPERLIQUID
            | {
                "side": "long",
                "notional_usd": 31_400_000,
                "leverage": 5,
                "entry_price": Decimal("2390.2"),
                "liquidation_price": Decimal("2008.5"),
                "margin_mode": "isolated",
                "count": 1,
                "time": moment(6, 17, 9, 18),
            },
        ],
    )


@samples.add("sol-whale-long")
def long() -> Row:
    """Return a long of solana, told in coins alone, whose isolated margin leaves four percent to its liquidation."""
    as_of = moment(8, 4, 15)
    shown, hour = moment(8, 4, 14, 55), moment(8, 4, 14)
    price = wander(
        seed=8045,
        daily_percent=3.2,
        points=(
            Point(hour - 63 * DAY, Decimal("158.3")),
            Point(moment(8, 2, 15), Decimal("176.4")),
            Point(moment(8, 3, 15), Decimal("174.35")),
            Point(moment(8, 4, 15), Decimal("168.42")),
        ),
    )
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[AT_HYPERLIQUID | {"value": Decimal("168.42"), "kind": "mark", "time": moment(8, 4, 14, 55)}],
        price_changes=[AT_HYPERLIQUID | {"window_hours": 24, "percent": Decimal("-3.4"), "time": moment(8, 4, 14, 55)}],
        candles=[
            candles(price, end=as_of, days=60, tick=Decimal("0.01"), volume_usd=3e8, seed=8042) | AT_HYPERLIQUID,
        ],
        funding=settlements(
            "Hyperliquid",
            1,
            seed=8043,
            start=hour - 30 * DAY,
            end=hour,
            usual=0.00001,
            known={hour - DAY: "0.0000061", hour: "-0.0000046"},
            pinned=0.1,
        ),
        open_interest=[
            # 9,850,000 coins at 168.42 dollars.
            AT_HYPERLIQUID | {"value_coin": 9_850_000, "value_usd": 1_658_900_000, "time": moment(8, 4, 14, 55)}
        ],
        positions=[
            *_largest("long", before=shown, days=45, coins=(118_000, 412_000), seed=8044),
            AT_HYPERLIQUID
            | {
                "side": "long",
                "size_coin": 402_000,
                "leverage": 20,
                "entry_price": Decimal("176.1"),
                "liquidation_price": Decimal("161.7"),
                "margin_mode": "isolated",
                "margin_usd": 6_020_000,
                # 402,000 coins times 7.68 dollars.
                "pnl_usd": -3_087_360,
                "count": 1,
                "time": moment(8, 4, 14, 55),
            },
            AT_HYPERLIQUID
            | {
                "side": "short",
                "size_coin": 236_000,
                "leverage": 8,
                "entry_price": Decimal("171.9"),
                "liquidation_price": Decimal("191.35"),
                "margin_mode": "cross",
                "count": 1,
                "time": moment(8, 4, 14, 55),
            },
        ],
    )


@samples.add("doge-whale-sum")
def added_up() -> Row:
    """Return a vendor's sum of three longs of dogecoin, without entry, margin or liquidation price."""
    as_of = moment(5, 13, 11)
    counted = moment(5, 13, 10, 40)
    price = wander(
        seed=5131,
        daily_percent=3.6,
        points=(
            Point(as_of - 63 * DAY, Decimal("0.1718")),
            Point(as_of - DAY, Decimal("0.18063")),
            Point(as_of, Decimal("0.1846")),
        ),
    )
    return snapshot(
        "DOGE",
        as_of,
        name="Dogecoin",
        prices=[AT_BINANCE | {"value": Decimal("0.1846"), "kind": "mark", "time": moment(5, 13, 10, 56)}],
        price_changes=[AT_BINANCE | {"window_hours": 24, "percent": Decimal("2.2"), "time": moment(5, 13, 10, 56)}],
        candles=[candles(price, end=as_of, days=60, tick=Decimal("0.00001"), volume_usd=4e8, seed=5132)],
        funding=settlements(
            "Hyperliquid",
            1,
            seed=5133,
            start=moment(5, 13, 10) - 30 * DAY,
            end=moment(5, 13, 10),
            usual=0.0001,
            known={moment(5, 12, 10): "0.0000125", moment(5, 13, 10): "0.0000214"},
        ),
        open_interest=[
            # 1.955 billion coins at 0.1846 dollars.
            AT_HYPERLIQUID | {"value_coin": 1_955_000_000, "value_usd": 360_900_000, "time": moment(5, 13, 10, 50)},
            {
                "venue": "all",
                "value_coin": 8_740_000_000,
                # 8.74 billion coins at 0.1846 dollars.
                "value_usd": 1_613_400_000,
                "time": moment(5, 13, 10, 50),
                "source": "CoinGlass",
            },
        ],
        positions=[
            {
                "venue": "Hyperliquid",
                "source": "CoinGlass",
                "side": "long",
                "notional_usd": 58_400_000,
                "previous_notional_usd": 60_100_000,
                "count": 3,
                "time": counted,
            }
        ],
    )


@samples.add("xrp-whale-small")
def too_small() -> Row:
    """Return a short of XRP above the floor in dollars, and below two percent of its venue's open interest."""
    as_of = moment(5, 28, 17)
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        prices=[AT_HYPERLIQUID | {"value": Decimal("2.3128"), "kind": "mark", "time": moment(5, 28, 16, 57)}],
        open_interest=[
            # 1.46 billion coins at 2.3128 dollars; 61.2 million dollars are 1.8 percent of it.
            AT_HYPERLIQUID | {"value_coin": 1_460_000_000, "value_usd": 3_376_700_000, "time": moment(5, 28, 16, 55)}
        ],
        positions=[
            AT_HYPERLIQUID
            | {
                "side": "short",
                "notional_usd": 61_200_000,
                "leverage": 5,
                "entry_price": Decimal("2.2415"),
                "liquidation_price": Decimal("2.6904"),
                "margin_mode": "cross",
                "count": 1,
                "time": moment(5, 28, 16, 57),
            }
        ],
    )
