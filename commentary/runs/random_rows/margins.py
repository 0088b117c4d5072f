"""Open interest by exchange and by margin, now and a day before, beside the count of all exchanges."""

import random

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_snapshots import Maker

HELD = 0.2
DAY = 24 * 60
VENUES = ("Binance", "Bybit", "OKX")


@families.add("margins")
def margins(maker: Maker, chance: random.Random) -> Rows:
    """Return the parts of open interest, in one snapshot of five."""
    if chance.random() >= HELD:
        return {}
    if chance.random() < HELD:
        parts = {"linear": 0.85, "inverse": 0.15}
        return {
            "open_interest": [
                row for margin, part in parts.items() for row in _both(maker, chance, "all", part, margin=margin)
            ]
        }
    return {
        "open_interest": [row for venue in VENUES for row in _both(maker, chance, venue, chance.uniform(0.05, 0.4))]
    }


def _both(maker: Maker, chance: random.Random, venue: str, part: float, **more: object) -> list[Json]:
    held = maker.oi_coin * part
    return [
        {"asset": maker.asset, "venue": venue, "source": maker.vendor, "time": maker.time(minutes), **more,
         "value_coin": maker.shown(held * moved)}
        for minutes, moved in ((10, 1.0), (10 + DAY, chance.uniform(0.93, 1.04)))
    ]  # fmt: skip
