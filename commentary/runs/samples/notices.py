"""Changes of contracts: margin tiers, a funding interval, a delisting by relay, a listing, a small one."""

from datetime import datetime
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot


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
        notices=[_at("Binance") | {"kind": "tiers", "text": words, "time": moment(8, 20, 7)}],
        calendar=[_at("Binance") | {"event": words, "time": moment(8, 22, 6, 30)}],
        prices=[_at("Binance") | {"value": Decimal("0.00001086"), "kind": "mark", "time": moment(8, 20, 9, 58)}],
        price_changes=[_at("Binance") | {"window_hours": 24, "percent": Decimal("-2.1"), "time": moment(8, 20, 9, 58)}],
        open_interest=[
            # Coins at 0.00001086 dollars.
            _held("Binance", 6_910_000_000_000, 75_040_000, moment(8, 20, 9, 50)),
            _held("all", 23_200_000_000_000, 251_950_000, moment(8, 20, 9, 50), "CoinGlass"),
        ],
        funding=[_settled("Binance", "0.00005", 4, moment(8, 20, 8))],
    )


@samples.add("sui-interval")
def interval() -> Row:
    """Return a funding interval halved twice since the evening before: what was settled before and after."""
    as_of = moment(10, 9, 12)
    return snapshot(
        "SUI",
        as_of,
        name="Sui",
        notices=[_at("Bybit") | {"kind": "interval", "text": "SUIUSDT funding interval", "time": moment(10, 8, 21)}],
        prices=[_at("Bybit") | {"value": Decimal("3.118"), "kind": "mark", "time": moment(10, 9, 11, 57)}],
        price_changes=[_at("Bybit") | {"window_hours": 24, "percent": Decimal("4.8"), "time": moment(10, 9, 11, 57)}],
        open_interest=[
            # Coins at 3.118 dollars.
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
        notices=[{"venue": "OKX", "source": "CoinDesk", "kind": "delisting", "text": words, "time": moment(11, 8, 9)}],
        calendar=[{"venue": "OKX", "source": "CoinDesk", "event": words, "time": moment(11, 15, 8)}],
        prices=[_at("OKX") | {"value": Decimal("14.26"), "kind": "mark", "time": moment(11, 8, 13, 56)}],
        open_interest=[
            # 1,940,000 coins at 14.26 dollars.
            _held("OKX", 1_940_000, 27_660_000, moment(11, 8, 13, 50))
        ],
    )


@samples.add("ton-listing")
def listing() -> Row:
    """Return a listing on an exchange where the coin has no open interest yet."""
    as_of = moment(5, 19, 13)
    return snapshot(
        "TON",
        as_of,
        name="Toncoin",
        notices=[_at("Hyperliquid") | {"kind": "listing", "text": "TON perpetual", "time": moment(5, 19, 11, 30)}],
        prices=[_at("Bybit") | {"value": Decimal("3.062"), "kind": "index", "time": moment(5, 19, 12, 57)}],
        price_changes=[_at("Bybit") | {"window_hours": 24, "percent": Decimal("0.6"), "time": moment(5, 19, 12, 57)}],
        open_interest=[
            # 58,600,000 coins at 3.062 dollars.
            _held("all", 58_600_000, 179_430_000, moment(5, 19, 12, 50), "CoinGlass")
        ],
        funding=[_settled("Bybit", "0.0001", 8, moment(5, 19, 8))],
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
