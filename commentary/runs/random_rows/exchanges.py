"""Prices and settled funding of several exchanges at one time: they agree, one stands apart, or its feed is frozen."""

import random

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_snapshots import Maker

VENUES = ("Bitget", "Gate.io", "Gemini", "Kraken", "KuCoin")
"""Others than those of the snapshots that they are added to, so that no exchange says two things."""
HELD = 0.2
APART = 0.5
OFF = (-0.03, -0.012, 0.004, 0.011, 0.026)
FROZEN = 0.2
FUNDING = 60
"""Minutes before the snapshot at which all exchanges settled."""


@families.add("exchanges")
def exchanges(maker: Maker, chance: random.Random) -> Rows:
    """Return prices of one kind and settlements, in one snapshot of five."""
    if chance.random() >= HELD:
        return {}
    venues = chance.sample(VENUES, chance.choice((2, 3, 4, 5)))
    made: Rows = {"prices": _prices(maker, chance, venues)}
    if chance.random() < APART:
        made["funding"] = _funding(maker, chance, venues)
    return made


def _row(maker: Maker, venue: str, minutes: float, **fields: object) -> Json:
    return {**fields, "asset": maker.asset, "venue": venue, "source": venue, "time": maker.time(minutes)}


def _prices(maker: Maker, chance: random.Random, venues: list[str]) -> list[Json]:
    kind = chance.choice(("mark", "last"))
    off = chance.choice(OFF) if chance.random() < APART else 0.0
    rows = []
    for place, venue in enumerate(venues):
        value = maker.price * (1 + chance.uniform(-0.0006, 0.0006) + (0.0 if place else off))
        minutes = chance.choice((3, 4))
        rows.append(_row(maker, venue, minutes, kind=kind, value=maker.shown(value)))
        if chance.random() < APART:
            before = value if not place and chance.random() < FROZEN else value * chance.uniform(0.995, 1.005)
            rows.append(_row(maker, venue, 20, kind=kind, value=maker.shown(before)))
    return rows


def _funding(maker: Maker, chance: random.Random, venues: list[str]) -> list[Json]:
    sign = chance.choice((-1, 1))
    apart = chance.choice((-2.0, -0.4, 1.0, 140.0))
    return [
        _row(maker, venue, FUNDING, kind="settled", interval_hours=chance.choice((8, 8, 4)),
             rate=float(f"{sign * chance.uniform(0.00006, 0.00014) * (1.0 if place else apart):.3g}"))
        for place, venue in enumerate(venues)
    ]  # fmt: skip
