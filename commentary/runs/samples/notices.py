"""Changes of contracts: margin tiers, a funding interval, a delisting by relay, a listing, a small one."""

from datetime import datetime
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import DAY, candles, liquidated, liquidations, open_interest
from commentary.runs.samples.settlements import settlements


def _at(venue: str) -> Row:
    return {"venue": venue, "source": venue}


def _settled(venue: str, rate: str, hours: int, time: datetime) -> Row:
    return _at(venue) | {"rate": Decimal(rate), "interval_hours": hours, "kind": "settled", "time": time}


def _held(venue: str, coins: int, usd: int, time: datetime, source: str | None = None) -> Row:
    return {"venue": venue, "value_coin": coins, "value_usd": usd, "time": time, "source": source or venue}


@samples.add("pepe-tiers")
def tiers() -> Row:
    """Return a change of margin tiers for a contract of 1,000 coins, with the date it is in force from."""
    as_of = moment(8, 20, 10)
    words = "1000PEPEUSDT leverage and margin tiers"
    return snapshot(
        "PEPE",
        as_of,
        name="Pepe",
        contract="1000PEPEUSDT",
        contract_multiplier=1_000,
        notices=[
            _at("Binance") | {"kind": "tiers", "text": words, "time": moment(3, 5, 8)},
            _at("Binance") | {"kind": "tiers", "text": words, "time": moment(6, 11, 7)},
            _at("Binance") | {"kind": "tiers", "text": words, "time": moment(8, 20, 7)},
        ],
        calendar=[_at("Binance") | {"event": words, "time": moment(8, 22, 6, 30)}],
        prices=[
            _at("Binance") | {"value": Decimal("0.0000109"), "kind": "mark", "time": moment(8, 20, 6, 50)},
            _at("Binance") | {"value": Decimal("0.00001086"), "kind": "mark", "time": moment(8, 20, 9, 58)},
        ],
        price_changes=[_at("Binance") | {"window_hours": 24, "percent": Decimal("-2.1"), "time": moment(8, 20, 9, 58)}],
        open_interest=[
            # Coins at 0.0000109 dollars, and then at 0.00001086.
            _held("Binance", 7_140_000_000_000, 77_830_000, moment(8, 20, 6, 50)),
            _held("Binance", 6_910_000_000_000, 75_040_000, moment(8, 20, 9, 50)),
            _held("all", 23_200_000_000_000, 251_950_000, moment(8, 20, 9, 50), "CoinGlass"),
        ],
        funding=settlements(
            "Binance",
            4,
            seed=8201,
            start=moment(8, 20, 8) - 45 * DAY,
            end=moment(8, 20, 8),
            usual=0.00007,
            known={moment(8, 19, 8): "0.00005", moment(8, 20, 8): "0.00005"},
        ),
    )


@samples.add("sui-interval")
def interval() -> Row:
    """Return a funding interval halved twice since the evening before: what was settled before and after."""
    as_of = moment(10, 9, 12)
    return snapshot(
        "SUI",
        as_of,
        name="Sui",
        notices=[
            _at("Bybit") | {"kind": "interval", "text": "SUIUSDT funding interval", "time": moment(5, 18, 20)},
            _at("Bybit") | {"kind": "interval", "text": "SUIUSDT funding interval", "time": moment(10, 8, 21)},
        ],
        prices=[
            _at("Bybit") | {"value": Decimal("3.052"), "kind": "mark", "time": moment(10, 8, 20, 50)},
            _at("Bybit") | {"value": Decimal("3.118"), "kind": "mark", "time": moment(10, 9, 11, 57)},
        ],
        price_changes=[_at("Bybit") | {"window_hours": 24, "percent": Decimal("4.8"), "time": moment(10, 9, 11, 57)}],
        open_interest=[
            # Coins at 3.052 dollars, and then at 3.118.
            _held("Bybit", 42_900_000, 130_930_000, moment(10, 8, 20, 50)),
            _held("Bybit", 41_300_000, 128_770_000, moment(10, 9, 11, 50)),
            _held("all", 214_000_000, 667_250_000, moment(10, 9, 11, 50), "CoinGlass"),
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("1.6"),
                "of": "coin",
                "time": moment(10, 9, 11, 50),
                "source": "CoinGlass",
            }
        ],
        funding=[
            *settlements("Bybit", 8, seed=1091, start=moment(10, 8, 8) - 45 * DAY, end=moment(10, 8, 8), usual=0.00011),
            _settled("Bybit", "0.000412", 8, moment(10, 8, 16)),
            _settled("Bybit", "0.000388", 8, moment(10, 9, 0)),
            _settled("Bybit", "0.000094", 2, moment(10, 9, 10)),
            _settled("Bybit", "0.000081", 2, moment(10, 9, 12)),
        ],
    )


@samples.add("link-delisting")
def delisting() -> Row:
    """Return a delisting that another than the exchange tells of, with its date and no funding."""
    as_of = moment(11, 8, 14)
    words = "LINKUSD perpetual delisting"
    return snapshot(
        "LINK",
        as_of,
        name="Chainlink",
        notices=[
            {
                "venue": "OKX",
                "source": "CoinDesk",
                "kind": "delisting",
                "text": "LINK quarterly futures delisting",
                "time": moment(1, 22, 10),
            },
            {"venue": "OKX", "source": "CoinDesk", "kind": "delisting", "text": words, "time": moment(11, 8, 9)},
        ],
        calendar=[{"venue": "OKX", "source": "CoinDesk", "event": words, "time": moment(11, 15, 8)}],
        prices=[
            _at("OKX") | {"value": Decimal("14.19"), "kind": "mark", "time": moment(11, 8, 8, 50)},
            _at("OKX") | {"value": Decimal("14.26"), "kind": "mark", "time": moment(11, 8, 13, 56)},
        ],
        open_interest=[
            # 2,010,000 coins at 14.19 dollars, and then 1,940,000 at 14.26.
            _held("OKX", 2_010_000, 28_520_000, moment(11, 8, 8, 50)),
            _held("OKX", 1_940_000, 27_660_000, moment(11, 8, 13, 50)),
            # 33,720,000 coins at 14.19 dollars, and then 33,600,000 at 14.26.
            _held("all", 33_720_000, 478_490_000, moment(11, 8, 8, 50), "CoinGlass"),
            _held("all", 33_600_000, 479_140_000, moment(11, 8, 13, 50), "CoinGlass"),
        ],
        price_changes=[_at("OKX") | {"window_hours": 24, "percent": Decimal("1.3"), "time": moment(11, 8, 13, 56)}],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("-0.9"),
                "of": "coin",
                "time": moment(11, 8, 13, 50),
                "source": "CoinGlass",
            }
        ],
        funding=settlements(
            "OKX",
            8,
            seed=1181,
            start=moment(11, 8, 8) - 60 * DAY,
            end=moment(11, 8, 8),
            usual=0.00008,
            known={moment(11, 7, 8): "0.0000691", moment(11, 8, 8): "0.0000643"},
        ),
        liquidations=[liquidated(moment(11, 8, 13, 50), 540_000, 710_000)],
    )


@samples.add("ton-listing")
def listing() -> Row:
    """Return a listing two days ahead on an exchange without open interest in the coin yet, and ninety days before."""
    as_of, counted = moment(5, 19, 13), moment(5, 19, 12, 50)
    start = as_of - 95 * DAY
    price = wander(
        seed=5191,
        daily_percent=3.1,
        points=(
            Point(start, Decimal("2.871")),
            Point(moment(5, 18, 13), Decimal("3.0437")),
            Point(as_of, Decimal("3.062")),
        ),
    )
    shifted = price._replace(start=price.start - (as_of - counted))
    coins = wander(
        seed=5192,
        daily_percent=2.2,
        points=(
            Point(shifted.start, 54_900_000),
            Point(counted - DAY, 57_800_000),
            Point(counted, 58_600_000),
        ),
    )
    held = open_interest(coins, shifted, end=counted, days=92, step=Decimal(10_000))
    return snapshot(
        "TON",
        as_of,
        name="Toncoin",
        notices=[_at("Hyperliquid") | {"kind": "listing", "text": "TON perpetual", "time": moment(5, 19, 11, 30)}],
        calendar=[_at("Hyperliquid") | {"event": "TON perpetual", "time": moment(5, 21, 12)}],
        prices=[_at("Bybit") | {"value": Decimal("3.062"), "kind": "index", "time": moment(5, 19, 12, 57)}],
        price_changes=[_at("Bybit") | {"window_hours": 24, "percent": Decimal("0.6"), "time": moment(5, 19, 12, 57)}],
        candles=[candles(price, end=as_of, days=60, tick=Decimal("0.001"), volume_usd=4e7, seed=5193) | _at("Bybit")],
        open_interest=[
            *held[:-1],
            # 58,600,000 coins at 3.062 dollars.
            _held("all", 58_600_000, 179_430_000, counted, "CoinGlass"),
            _held("Bybit", 16_900_000, 51_750_000, counted, "CoinGlass"),
        ],
        funding=settlements(
            "Bybit",
            8,
            seed=5194,
            start=moment(5, 19, 8) - 60 * DAY,
            end=moment(5, 19, 8),
            usual=0.00008,
            known={moment(5, 18, 8): "0.0001", moment(5, 19, 8): "0.0001"},
        ),
        liquidations=liquidations(
            shifted, seed=5195, end=counted, days=60, usual_usd=6e5, known={counted: (290_000, 210_000)}
        ),
    )


@samples.add("avax-interval-small")
def too_small() -> Row:
    """Return a change of a funding interval on an exchange with less open interest than the floor."""
    as_of = moment(9, 16, 18)
    return snapshot(
        "AVAX",
        as_of,
        name="Avalanche",
        notices=[_at("OKX") | {"kind": "interval", "text": "AVAX funding interval", "time": moment(9, 16, 15)}],
        prices=[_at("OKX") | {"value": Decimal("21.35"), "kind": "mark", "time": moment(9, 16, 17, 58)}],
        open_interest=[
            # 412,000 coins at 21.35 dollars.
            _held("OKX", 412_000, 8_796_000, moment(9, 16, 17, 50))
        ],
        funding=[_settled("OKX", "0.000112", 8, moment(9, 16, 16))],
    )
