"""Snapshots without a vendor: exchanges' own figures, a map that is estimated from them, and what did not come."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple, cast

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import candle_history, coins, funding_history, mark, price
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, coin_open_interest, stepped

WEEK = timedelta(days=7)
BUCKET = Decimal("1.001")
"""Levels stand in buckets a tenth of a percent wide."""
LEVERAGES = (5, 10, 25, 50, 100)
PRIORS: Mapping[str, tuple[float, ...]] = {
    "low": (0.25, 0.34, 0.23, 0.13, 0.05),
    "base": (0.15, 0.30, 0.25, 0.20, 0.10),
    "high": (0.09, 0.22, 0.27, 0.26, 0.16),
}
"""Which part of the positions each leverage has, by each of three assumptions."""
MAINTENANCE = 0.004
"""The part of its size that a position has to keep as margin, of the lowest tier."""
ASSUMED: Row = {"entry": "hlc3 of the bar", "removal": "levels that a later bar passed", "tiers_read": "2026-07-01"}


class Stretch(NamedTuple):
    """Bars in which far more positions were opened than in others."""

    after: datetime
    before: datetime
    times: float


def estimated(
    bars: Sequence[Row], *, time: datetime, venue: str, opened_usd: float, stretches: Sequence[Stretch], seed: int
) -> list[Row]:
    """Return three maps of a week's bars: each bar's openings at its mean price, until a later bar passes their level.

    Args:
        bars: an exchange's candles, oldest first.
        time: when the maps are drawn.
        venue: the exchange.
        opened_usd: what was opened on each side in the week, in dollars.
        stretches: where much of it was opened.
        seed: draws how much was opened in each bar.
    """
    random = Random(seed)
    week = [bar for bar in bars if time - WEEK <= _at(bar) < time]
    drawn = [math.exp(random.gauss(0, 0.5)) * _weight(_at(bar), stretches) for bar in week]
    part = opened_usd / sum(drawn)
    maps: list[Row] = []
    for prior, mix in PRIORS.items():
        sums: dict[tuple[str, int, int], float] = {}
        for place, bar in enumerate(week):
            entry = (_number(bar, "high") + _number(bar, "low") + _number(bar, "close")) / 3
            for side, leverage, share in (
                (s, lev, mix[i]) for i, lev in enumerate(LEVERAGES) for s in ("long", "short")
            ):
                away = 1 / leverage - MAINTENANCE
                level = entry * (1 - away if side == "long" else 1 + away)
                if not any(_passes(later, side, level) for later in week[place + 1 :]):
                    key = (side, round(math.log(level) / math.log(float(BUCKET))), leverage)
                    sums[key] = sums.get(key, 0.0) + drawn[place] * part * share
        levels: list[Row] = [
            {"price": _level(bucket), "side": side, "notional_usd": round(usd), "leverage": leverage}
            for (side, bucket, leverage), usd in sorted(sums.items())
        ]
        model: Row = {"source": "commentary", "venue": venue, "model": "commentary map v1", "prior": prior}
        shares = {f"{times}x": Decimal(str(share)) for times, share in zip(LEVERAGES, mix, strict=True)}
        assumed = ASSUMED | {"leverage_shares": shares}
        maps.append(model | {"window_hours": 168, "time": time, "assumptions": assumed, "levels": levels})
    return maps


def _at(bar: Row) -> datetime:
    return cast("datetime", bar["time"])


def _number(bar: Row, name: str) -> float:
    return float(cast("Decimal", bar[name]))


def _weight(time: datetime, stretches: Sequence[Stretch]) -> float:
    return next((one.times for one in stretches if one.after <= time < one.before), 1.0)


def _passes(bar: Row, side: str, level: float) -> bool:
    return _number(bar, "low") <= level if side == "long" else _number(bar, "high") >= level


def _level(bucket: int) -> Decimal:
    """Return the price of a bucket in five digits."""
    value = Decimal(repr(math.exp(bucket * math.log(float(BUCKET)))))
    return round(value, 4 - value.adjusted()).normalize() + 0


def _gap(of: str, venue: str, reason: str, time: datetime) -> Row:
    return {"of": of, "venue": venue, "reason": reason, "time": time, "source": venue}


def _rows(candle_row: Row) -> list[Row]:
    return cast("list[Row]", candle_row["bars"])


def _part(whole: Wander, share: float, *, seed: int) -> Wander:
    """Return what one exchange holds of a sum, which wanders a little of its own."""
    random = Random(seed)
    drift = [share]
    for _ in whole.values[1:]:
        drift.append(drift[-1] + 0.03 * (share - drift[-1]) + random.gauss(0, share * 0.0004))
    return whole._replace(values=tuple(value * at for value, at in zip(whole.values, drift, strict=True)))


@samples.add("btc-own-map")
def bitcoin() -> Row:
    """Return Binance's figures alone with the maps estimated from them: Bybit did not answer, CoinGlass has no key."""
    as_of = moment(11, 10, 16)
    history = candle_history(as_of, seed=9301)
    hourly = candle_history(as_of, seed=9301, days=8, length=timedelta(hours=1))
    held = _part(coins(), 0.33, seed=9302)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), moment(11, 10, 15, 58))],
        candles=[history],
        funding=funding_history(as_of),
        open_interest=[
            row | {"value_usd": stepped(float(str(row["value_coin"])) * price().at(_at(row)), Decimal(100_000))}
            for row in coin_open_interest(held, end=as_of, days=8, step=Decimal(1), venue="Binance", source="Binance")
        ],
        liquidation_maps=estimated(
            _rows(hourly),
            time=as_of,
            venue="Binance",
            opened_usd=2.4e9,
            stretches=[Stretch(moment(11, 9, 4), moment(11, 10, 0), 9.0)],
            seed=9303,
        ),
        gaps=[
            _gap("open_interest", "Bybit", "no_answer", as_of),
            _gap("funding", "Bybit", "no_answer", as_of),
            _gap("liquidation_maps", "CoinGlass", "no_key", as_of),
        ],
    )


@samples.add("sol-own-map")
def solana() -> Row:
    """Return figures of two exchanges after a slow fall, with the maps estimated for each, and nothing that failed."""
    as_of = moment(8, 18, 12)
    path = wander(
        seed=9311,
        daily_percent=1.1,
        points=(
            Point(moment(8, 8, 0), Decimal("171.4")),
            Point(moment(8, 12, 12), Decimal("172.6")),
            Point(moment(8, 13, 12), Decimal("172.2")),
            Point(moment(8, 15, 12), Decimal("167.1")),
            Point(moment(8, 17, 12), Decimal("164.0")),
            Point(as_of, Decimal("162.9")),
        ),
    )
    tick = Decimal("0.01")
    maps: list[Row] = []
    held: list[Row] = []
    for venue, opened, coin, seed in (("Binance", 5.1e8, 6_940_000, 9312), ("OKX", 1.9e8, 2_310_000, 9313)):
        hourly = candles(
            path, end=as_of, days=8, tick=tick, volume_usd=2e8, seed=seed, venue=venue, length=timedelta(hours=1)
        )
        maps += estimated(
            _rows(hourly),
            time=as_of,
            venue=venue,
            opened_usd=opened,
            stretches=[Stretch(moment(8, 12, 12), moment(8, 13, 16), 8.0)],
            seed=seed,
        )
        for hours, percent in ((24, "0.9"), (0, "0")):
            time = as_of - timedelta(hours=hours)
            coins_then = stepped(coin * (1 + float(percent) / 100), Decimal(1000))
            usd = stepped(float(coins_then) * path.at(time), Decimal(100_000))
            row: Row = {"venue": venue, "time": time, "value_coin": coins_then, "value_usd": usd, "source": venue}
            held.append(row)
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
