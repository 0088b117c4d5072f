"""Snapshots without a vendor: exchanges' own figures, a map that is estimated from them, and what did not come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from commentary.liquidation_map.from_snapshot import estimated_maps
from commentary.records.laid_out import laid_out, row_of
from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import candle_history, coins, funding_history, mark, price
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, coin_open_interest, stepped
from commentary.sources.snapshot_file import read_snapshot

HOUR = timedelta(hours=1)
MAP_DAYS = 8
"""A day more than the week that the maps cover."""


def estimated(asset: str, as_of: datetime, *, hourly: Row, held: Sequence[Row]) -> list[Row]:
    """Return the maps that are estimated of an exchange: one for each prior.

    Args:
        asset: the coin.
        as_of: when the maps are drawn.
        hourly: the exchange's candles of an hour.
        held: its open interest in coin at every hour.
    """
    drawn_of = snapshot(asset, as_of, candles=[hourly], open_interest=list(held))
    return [row_of(one) for one in estimated_maps(read_snapshot(laid_out(drawn_of)).snapshot)]


def _gap(of: str, venue: str, reason: str, time: datetime) -> Row:
    return {"of": of, "venue": venue, "reason": reason, "time": time, "source": venue}


def _part(whole: Wander, share: float, *, seed: int) -> Wander:
    """Return what one exchange holds of a sum, which wanders a little of its own."""
    random = Random(seed)
    drift = [share]
    for _ in whole.values[1:]:
        drift.append(drift[-1] + 0.03 * (share - drift[-1]) + random.gauss(0, share * 0.0004))
    return whole._replace(values=tuple(value * at for value, at in zip(whole.values, drift, strict=True)))


def _hourly(held: Wander, as_of: datetime, venue: str, step: Decimal) -> list[Row]:
    return coin_open_interest(held, end=as_of, days=MAP_DAYS, step=step, venue=venue, source=venue, every=HOUR)


@samples.add("btc-own-map")
def bitcoin() -> Row:
    """Return Binance's figures alone with the maps estimated from them: Bybit did not answer, CoinGlass has no key."""
    as_of = moment(11, 10, 16)
    history = candle_history(as_of, seed=9301)
    hourly = candle_history(as_of, seed=9301, days=MAP_DAYS, length=HOUR)
    held = _part(coins(), 0.33, seed=9302)
    every_four_hours = coin_open_interest(held, end=as_of, days=8, step=Decimal(1), venue="Binance", source="Binance")
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), moment(11, 10, 15, 58))],
        candles=[history],
        funding=funding_history(as_of),
        open_interest=[_in_dollars(row, price(), Decimal(100_000)) for row in every_four_hours],
        liquidation_maps=estimated("BTC", as_of, hourly=hourly, held=_hourly(held, as_of, "Binance", Decimal(1))),
        gaps=[
            _gap("open_interest", "Bybit", "no_answer", as_of),
            _gap("funding", "Bybit", "no_answer", as_of),
            _gap("liquidation_maps", "CoinGlass", "no_key", as_of),
        ],
    )


def _in_dollars(row: Row, path: Wander, step: Decimal) -> Row:
    time, held = row["time"], row["value_coin"]
    if not isinstance(time, datetime) or not isinstance(held, Decimal):
        raise TypeError(f"open interest of {held!r} coins at {time!r}: a number of coins and a time")
    return row | {"value_usd": stepped(float(held) * path.at(time), step)}


@samples.add("sol-own-map")
def solana() -> Row:
    """Return figures of two exchanges after a slow fall, with the maps estimated for each, and nothing that failed."""
    as_of = moment(8, 18, 12)
    path = wander(
        seed=9311,
        daily_percent=1.1,
        points=(
            Point(moment(8, 8, 0), Decimal("170.2")),
            Point(moment(8, 10, 12), Decimal("171.9")),
            Point(moment(8, 11, 20), Decimal("171.6"), 0.5),
            Point(moment(8, 13, 12), Decimal("167.0")),
            Point(moment(8, 14, 16), Decimal("161.4")),
            Point(moment(8, 15, 16), Decimal("161.1"), 0.5),
            Point(moment(8, 16, 8), Decimal("165.2"), 0.8),
            Point(moment(8, 17, 12), Decimal("164.0"), 0.8),
            Point(as_of, Decimal("162.9"), 0.8),
        ),
    )
    tick = Decimal("0.01")
    maps: list[Row] = []
    held: list[Row] = []
    for venue, now, seed in (("Binance", 6_940_000, 9312), ("OKX", 2_310_000, 9313)):
        hourly = candles(path, end=as_of, days=MAP_DAYS, tick=tick, volume_usd=2e8, seed=seed, venue=venue, length=HOUR)
        opened = _opened_twice(now, seed)
        rows = _hourly(opened, as_of, venue, Decimal(1000))
        maps += estimated("SOL", as_of, hourly=hourly, held=rows)
        held += [_in_dollars(row, path, Decimal(100_000)) for row in (rows[-25], rows[-1])]
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {"value": Decimal("162.91"), "kind": "mark", "venue": "Binance", "time": as_of, "source": "Binance"},
        ],
        candles=[candles(path, end=as_of, days=9, tick=tick, volume_usd=6e8, seed=9314)],
        funding=[
            {"venue": "Binance", "rate": Decimal("0.0000412"), "interval_hours": 8, "kind": "settled"}
            | {"time": moment(8, 18, 8), "source": "Binance"},
        ],
        open_interest=held,
        liquidation_maps=maps,
    )


def _opened_twice(now: int, seed: int) -> Wander:
    """Return coins of which nearly a quarter was opened near the high of the week, and a sixth on the way down.

    Longs of the first with ten times leverage and those of the second with twenty-five times come due at like prices.
    """
    return wander(
        seed=seed,
        daily_percent=0.5,
        points=(
            Point(moment(8, 10, 0), round(0.67 * now)),
            Point(moment(8, 10, 12), round(0.67 * now)),
            Point(moment(8, 11, 20), round(0.91 * now)),
            Point(moment(8, 14, 16), round(0.89 * now)),
            Point(moment(8, 15, 16), round(1.05 * now)),
            Point(moment(8, 17, 12), round(1.009 * now)),
            Point(moment(8, 18, 12), now),
        ),
    )
