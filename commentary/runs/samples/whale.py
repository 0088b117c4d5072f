"""Single large positions: a short that a venue shows, a long told in coins, a sum of three, and one too small."""

from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot

AT_HYPERLIQUID: Row = {"venue": "Hyperliquid", "source": "Hyperliquid"}
AT_BINANCE: Row = {"venue": "Binance", "source": "Binance"}


@samples.add("eth-whale-short")
def short() -> Row:
    """Return a cross-margin short of ether, grown since its source gave it last, where all positions are public."""
    as_of = moment(6, 17, 9, 20)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            AT_HYPERLIQUID | {"value": Decimal("2471.3"), "kind": "mark", "time": moment(6, 17, 9, 18)},
            AT_BINANCE | {"value": Decimal("2470.85"), "kind": "mark", "time": moment(6, 17, 9, 18)},
        ],
        price_changes=[AT_BINANCE | {"window_hours": 24, "percent": Decimal("-1.9"), "time": moment(6, 17, 9, 18)}],
        funding=[
            AT_HYPERLIQUID
            | {"rate": Decimal("0.0000108"), "interval_hours": 1, "kind": "settled", "time": moment(6, 17, 9)},
        ],
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
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[AT_HYPERLIQUID | {"value": Decimal("168.42"), "kind": "mark", "time": moment(8, 4, 14, 55)}],
        price_changes=[AT_HYPERLIQUID | {"window_hours": 24, "percent": Decimal("-3.4"), "time": moment(8, 4, 14, 55)}],
        funding=[
            AT_HYPERLIQUID
            | {"rate": Decimal("-0.0000046"), "interval_hours": 1, "kind": "settled", "time": moment(8, 4, 14)},
        ],
        open_interest=[
            # 9,850,000 coins at 168.42 dollars.
            AT_HYPERLIQUID | {"value_coin": 9_850_000, "value_usd": 1_658_900_000, "time": moment(8, 4, 14, 55)}
        ],
        positions=[
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
            }
        ],
    )


@samples.add("doge-whale-sum")
def added_up() -> Row:
    """Return a vendor's sum of three longs of dogecoin, without entry, margin or liquidation price."""
    as_of = moment(5, 13, 11)
    counted = moment(5, 13, 10, 40)
    return snapshot(
        "DOGE",
        as_of,
        name="Dogecoin",
        prices=[AT_BINANCE | {"value": Decimal("0.1846"), "kind": "mark", "time": moment(5, 13, 10, 56)}],
        price_changes=[AT_BINANCE | {"window_hours": 24, "percent": Decimal("2.2"), "time": moment(5, 13, 10, 56)}],
        funding=[
            AT_BINANCE | {"rate": Decimal("0.00008"), "interval_hours": 8, "kind": "settled", "time": moment(5, 13, 8)}
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 8_740_000_000,
                # 8.74 billion coins at 0.1846 dollars.
                "value_usd": 1_613_400_000,
                "time": moment(5, 13, 10, 50),
                "source": "CoinGlass",
            }
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
