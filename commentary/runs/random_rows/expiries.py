"""Random rows of options: an expiry ahead or settled, with its history or without, by open interest or by volume."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from commentary.runs.random_rows import Json, Rows, families

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

QUIET = ("calm", "bare")
"""Kinds of market in which little else is news."""


_SINCE = 5
"""Minutes before the snapshot at which a settlement is told."""
_HOUR = 8
"""The hour at which options expire."""


@families.add("expiries")
def expiries(maker: "Maker", chance: random.Random) -> Rows:
    """Return options of one expiry in about one snapshot of five, more often where little else is news."""
    if chance.random() >= (0.5 if maker.kind in QUIET else 0.15):
        return {}
    venue = chance.choice(("Deribit", "Deribit", "Exchange Nine"))
    days = chance.choice((0, 0, 1, 1, 1, 2, 6))
    notional = 10 ** chance.uniform(8.4, 10.2)
    settled = days == 0 and chance.random() < 0.7
    if settled and (maker.as_of - timedelta(minutes=_SINCE)).hour < _HOUR:
        # Today's have not settled yet: the news is of yesterday's.
        days = -1
    told = _settled if settled else _ahead
    rows = [told(maker, chance, venue, days, notional)]
    if settled and chance.random() < 0.6:
        rows.append(_ahead(maker, chance, venue, days, notional, minutes=600 - 1440 * days))
    if not settled and chance.random() < 0.4:
        whole = _row(maker, venue, None, 30, of="open_interest", notional_usd=round(notional * chance.uniform(1.1, 9)))
        rows.append(whole)
    if chance.random() < 0.5:
        rows += [_earlier(maker, chance, venue, week) for week in range(1, chance.choice((4, 13)))]
    return {"options": rows}


def _row(maker: "Maker", venue: str, days: int | None, minutes: float, **fields: object) -> Json:
    row: Json = {"venue": venue, "source": venue, "asset": maker.asset, "time": maker.time(minutes), **fields}
    if days is not None:
        row["expiry"] = (maker.as_of + timedelta(days=days)).strftime("%Y-%m-%d")
    return row


def _ahead(maker: "Maker", chance: random.Random, venue: str, days: int, notional: float, minutes: float = 30) -> Json:
    unit = chance.choice(("coin", "coin", "contracts", "usd"))
    whole = notional if unit == "usd" else notional / maker.price
    part = chance.uniform(0.3, 0.7)
    row = _row(
        maker,
        venue,
        days,
        minutes,
        of=chance.choice(("open_interest", "open_interest", "open_interest", "volume")),
        unit=unit,
        calls=max(1, round(whole * part)),
        puts=max(1, round(whole * (1 - part))),
        notional_usd=round(notional),
    )
    more = {
        "max_pain": maker.shown(maker.price * chance.uniform(0.9, 1.1), 4),
        "implied_volatility": round(chance.uniform(0.25, 1.4), 3),
        "skew_25d": round(chance.gauss(0, 0.04), 3),
    }
    return row | {name: value for name, value in more.items() if chance.random() < 0.7}


def _settled(maker: "Maker", chance: random.Random, venue: str, days: int, notional: float) -> Json:
    row = _row(maker, venue, days, _SINCE, unit="coin")
    more = {
        "settlement": maker.shown(maker.price * chance.uniform(0.98, 1.02)),
        "worthless_share": round(chance.uniform(0.4, 0.95), 2),
        "open_interest_removed": max(1, round(notional / maker.price)),
    }
    kept = {name: value for name, value in more.items() if chance.random() < 0.9}
    return row | (kept or {"worthless_share": 0.7})


def _earlier(maker: "Maker", chance: random.Random, venue: str, week: int) -> Json:
    return _row(
        maker,
        venue,
        -7 * week,
        7 * 1440 * week + 60,
        of="open_interest",
        notional_usd=round(10 ** chance.uniform(8.8, 9.9)),
        worthless_share=round(chance.uniform(0.4, 0.95), 2),
    )
