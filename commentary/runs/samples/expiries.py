"""Options: an expiry of bitcoin a day before, solana's with little said, what ether's left, one too far off."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import ether, samples
from commentary.runs.samples.bitcoin import coins, held, held_change, last_settled, mark, price, price_change
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Wander

DAY = timedelta(days=1)
BITCOIN_EXPIRIES = (
    # (month, day), notional in dollars on the evening before
    ((5, 8), 2_410_000_000),
    ((5, 15), 2_760_000_000),
    ((5, 22), 2_130_000_000),
    ((5, 29), 8_340_000_000),
    ((6, 5), 2_020_000_000),
    ((6, 12), 2_590_000_000),
    ((6, 19), 3_050_000_000),
    ((6, 26), 14_900_000_000),
    ((7, 3), 1_880_000_000),
    ((7, 10), 2_440_000_000),
    ((7, 17), 2_910_000_000),
    ((7, 24), 2_270_000_000),
)
ETHER_WORTHLESS = (
    # (month, day), the share that expired worthless
    ((7, 24), "0.79"),
    ((7, 31), "0.68"),
    ((8, 7), "0.74"),
    ((8, 14), "0.71"),
    ((8, 21), "0.83"),
    ((8, 28), "0.77"),
    ((9, 4), "0.66"),
    ((9, 11), "0.72"),
    ((9, 18), "0.75"),
)


def percent(now: float, before: float) -> Decimal:
    """Return a change as a feed gives it, to a tenth of a percent."""
    return Decimal(f"{(now / before - 1) * 100:.1f}")


def moved(path: Wander, end: datetime, venue: str = "Binance") -> Row:
    """Return the change over a day that an exchange reports."""
    return {
        "window_hours": 24,
        "percent": percent(path.at(end), path.at(end - DAY)),
        "venue": venue,
        "time": end,
        "source": venue,
    }


def expiring(day: tuple[int, int], time: datetime, venue: str = "Deribit", **more: object) -> Row:
    """Return what an exchange says of the options of one expiry."""
    month, number = day
    row: Row = {"venue": venue, "expiry": f"2026-{month:02}-{number:02}"}
    return row | more | {"time": time, "source": venue}


@samples.add("btc-options-expiry")
def bitcoin_expiry() -> Row:
    """Return a monthly expiry on the evening before, with twelve earlier ones to rank it by."""
    as_of = moment(7, 30, 20)
    counted = moment(7, 30, 19, 45)
    each = price().at(counted)
    calls, puts = 93_240, 68_410
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), as_of)],
        price_changes=[price_change(f"{percent(price().at(as_of), price().at(as_of - DAY))}", as_of)],
        options=[
            *(
                expiring((month, day), moment(month, day, 8) - DAY / 2, of="open_interest", notional_usd=size)
                for (month, day), size in BITCOIN_EXPIRIES
            ),
            expiring(
                (7, 31),
                counted,
                of="open_interest",
                unit="coin",
                calls=calls,
                puts=puts,
                notional_usd=round((calls + puts) * each, -7),
                max_pain=67_000,
                implied_volatility=Decimal("0.413"),
                skew_25d=Decimal("-0.034"),
            ),
            {
                "venue": "Deribit",
                "of": "open_interest",
                "unit": "coin",
                "calls": 289_400,
                "puts": 188_900,
                "notional_usd": round(478_300 * each, -7),
                "time": counted,
                "source": "Deribit",
            },
        ],
        funding=last_settled(as_of),
        open_interest=[held(round(coins().at(counted) / 10) * 10, counted)],
        open_interest_changes=[held_change(f"{percent(coins().at(counted), coins().at(counted - DAY))}", counted)],
    )


@samples.add("sol-options-thin")
def solana_expiry() -> Row:
    """Return an expiry counted in contracts on an exchange whose hour is not known, with more puts than calls."""
    as_of = moment(10, 29, 16)
    counted = moment(10, 29, 15, 30)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {
                "value": Decimal("152.37"),
                "kind": "index",
                "venue": "Bybit",
                "time": as_of,
                "source": "Bybit",
            }
        ],
        price_changes=[
            {"window_hours": 24, "percent": Decimal("-2.1"), "venue": "Bybit", "time": as_of, "source": "Bybit"}
        ],
        options=[
            expiring(
                (10, 30),
                counted,
                venue="Bybit",
                of="open_interest",
                unit="contracts",
                calls=412_600,
                puts=507_300,
                notional_usd=140_200_000,
            ),
            expiring(
                (10, 30),
                counted,
                venue="Bybit",
                of="volume",
                unit="contracts",
                calls=58_200,
                puts=41_900,
            ),
            {
                "venue": "Bybit",
                "of": "open_interest",
                "unit": "contracts",
                "calls": 1_201_300,
                "puts": 1_441_700,
                "notional_usd": 402_800_000,
                "time": counted,
                "source": "Bybit",
            },
        ],
    )


@samples.add("eth-options-recap")
def ether_recap() -> Row:
    """Return what a monthly expiry left, two hours after it, with nine earlier ones and the next."""
    as_of = moment(9, 25, 10)
    settled, before = moment(9, 25, 8, 5), moment(9, 24, 20)
    path = ether.price()
    at_expiry = Decimal(f"{path.at(moment(9, 25, 8)):.2f}")
    calls, puts = 377_200, 268_900
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[at_binance | {"value": Decimal(f"{path.at(as_of):.2f}"), "kind": "mark", "time": as_of}],
        price_changes=[moved(path, as_of)],
        options=[
            *(
                expiring((month, day), moment(month, day, 8, 5), worthless_share=Decimal(share))
                for (month, day), share in ETHER_WORTHLESS
            ),
            expiring(
                (9, 25),
                before,
                of="open_interest",
                unit="coin",
                calls=calls,
                puts=puts,
                notional_usd=round((calls + puts) * path.at(before), -7),
                max_pain=2_500,
            ),
            expiring(
                (9, 25),
                settled,
                unit="coin",
                settlement=at_expiry,
                worthless_share=Decimal("0.86"),
                open_interest_removed=calls + puts - 4_300,
            ),
            expiring(
                (10, 30),
                settled,
                of="open_interest",
                unit="coin",
                calls=604_100,
                puts=391_800,
                notional_usd=round(995_900 * float(at_expiry), -7),
            ),
        ],
        funding=[
            at_binance
            | {"rate": Decimal("0.00005813"), "interval_hours": 8, "kind": "settled", "time": moment(9, 25, 8)}
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 4_268_000,
                "value_usd": round(4_268_000 * path.at(as_of), -5),
                "time": moment(9, 25, 9, 50),
                "source": "CoinGlass",
            }
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("-1.7"),
                "of": "coin",
                "time": moment(9, 25, 9, 50),
                "source": "CoinGlass",
            }
        ],
    )


@samples.add("eth-options-early")
def ether_early() -> Row:
    """Return a large expiry that is four days off."""
    as_of = moment(10, 12, 9)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            {
                "value": Decimal("2447.8"),
                "kind": "mark",
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        options=[
            expiring(
                (10, 16),
                as_of,
                of="open_interest",
                unit="coin",
                calls=301_500,
                puts=244_700,
                notional_usd=1_340_000_000,
                max_pain=2_400,
            ),
        ],
    )
