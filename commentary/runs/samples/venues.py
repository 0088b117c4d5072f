"""One exchange off the others: by its last price, its mark price, its funding, and by a feed that stands still."""

from datetime import datetime
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot


def _prices(kind: str, time: datetime, **values: str) -> list[Row]:
    """Return what exchanges give as one kind of price."""
    return [
        {"value": Decimal(value), "kind": kind, "venue": venue, "time": time, "source": venue}
        for venue, value in values.items()
    ]


def _settled(venue: str, rate: str, hours: int, time: datetime) -> Row:
    return {
        "venue": venue,
        "rate": Decimal(rate),
        "interval_hours": hours,
        "kind": "settled",
        "time": time,
        "source": venue,
    }


@samples.add("xrp-one-price-off")
def last_price() -> Row:
    """Return the last prices of five exchanges, one far below; its mark price, and what its feed showed before."""
    as_of = moment(5, 14, 14)
    now, before = moment(5, 14, 13, 58), moment(5, 14, 13, 40)
    others = {"Binance": "2.0471", "Bybit": "2.0467", "OKX": "2.0474", "Coinbase": "2.0479"}
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        prices=[
            *_prices("last", before, Kraken="2.0502", Binance="2.0513", Bybit="2.0511", OKX="2.0514"),
            *_prices("last", now, Kraken="2.0013", **others),
            *_prices("mark", now, Kraken="2.0448", Binance="2.0470", Bybit="2.0466"),
        ],
        funding=[_settled("Binance", "0.0001", 8, moment(5, 14, 8))],
    )


@samples.add("avax-one-rate-off")
def rate() -> Row:
    """Return settlements of five exchanges of one hour, two of them by four hours; at one of them shorts paid."""
    as_of = moment(5, 20, 8, 20)
    at = moment(5, 20, 8)
    return snapshot(
        "AVAX",
        as_of,
        name="Avalanche",
        prices=[
            *_prices("mark", moment(5, 20, 8, 18), Bybit="21.408", Binance="21.431", OKX="21.427", Bitget="21.43"),
        ],
        price_changes=[
            {
                "window_hours": 24,
                "percent": Decimal("-2.2"),
                "venue": "Binance",
                "time": moment(5, 20, 8, 18),
                "source": "Binance",
            }
        ],
        funding=[
            _settled("Bybit", "-0.00009345", 4, at),
            _settled("Bybit", "0.00002107", 4, moment(5, 20, 4)),
            _settled("Bybit", "0.00005", 4, moment(5, 19, 8)),
            _settled("Binance", "0.0001", 8, at),
            _settled("OKX", "0.00008812", 8, at),
            _settled("Bitget", "0.00004694", 4, at),
            _settled("Kraken", "0.00007402", 8, at),
        ],
        open_interest=[
            {"venue": "all", "value_coin": 19_640_000, "time": moment(5, 20, 8, 10), "source": "CoinGlass"},
            {"venue": "Bybit", "value_coin": 3_120_000, "time": moment(5, 20, 8, 10), "source": "CoinGlass"},
        ],
    )


@samples.add("link-one-mark-off")
def mark_price() -> Row:
    """Return the mark prices of three exchanges, one far above, and nothing by which to tell how fresh its feed is."""
    as_of = moment(6, 30, 3)
    return snapshot(
        "LINK",
        as_of,
        name="Chainlink",
        prices=[
            *_prices("mark", moment(6, 30, 2, 59), OKX="13.614", Bybit="13.621"),
            *_prices("mark", moment(6, 30, 2, 58), Bitget="13.842"),
        ],
        open_interest=[
            {"venue": "all", "value_coin": 46_200_000, "time": moment(6, 30, 2, 50), "source": "CoinGlass"},
            {"venue": "Bitget", "value_coin": 5_540_000, "time": moment(6, 30, 2, 50), "source": "CoinGlass"},
        ],
    )


@samples.add("sol-feed-unchanged")
def unchanged() -> Row:
    """Return one price far below the others that is to the cent what it was a quarter of an hour before."""
    as_of = moment(5, 11, 14)
    now, before = moment(5, 11, 13, 59), moment(5, 11, 13, 44)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            *_prices("mark", before, Kraken="138.42", Binance="138.47", Bybit="138.45", OKX="138.44"),
            *_prices("mark", now, Kraken="138.42", Binance="140.73", Bybit="140.71", OKX="140.75"),
        ],
    )
