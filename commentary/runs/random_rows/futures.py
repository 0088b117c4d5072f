"""Premiums of one or two dated futures over some days: below spot, above their past, about to expire, or rolled."""

import random

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_snapshots import Maker

HELD = 0.2
DAYS = (0, 1, 8, 45, 80)
MINUTES = 20
"""How old the newest reading is."""


@families.add("futures")
def futures(maker: Maker, chance: random.Random) -> Rows:
    """Return readings a day apart, in one snapshot of five; now and then without tenor, days or source."""
    if chance.random() >= HELD:
        return {}
    rows: list[Json] = []
    for tenor in chance.sample(("front", "quarterly", "December", None), chance.choice((1, 1, 2))):
        venue = chance.choice(("CME", "Deribit", "Binance"))
        source = chance.choice((venue, venue, maker.vendor, None))
        held, left = chance.choice(DAYS), chance.choice((4, 9, 33, 120))
        usual = chance.choice((0.06, 0.015, -0.02))
        last = chance.choice((None, -0.034, 0.172, 0.0))
        rolled = chance.randrange(1, 40) if tenor == "front" and chance.random() < 0.4 else None
        for back in range(held + 1):
            rate = usual + chance.gauss(0, 0.006)
            days = left + back if rolled is None or back < rolled else back - rolled + 1
            row: Json = {
                "asset": maker.asset,
                "venue": venue,
                "annualised": round(rate if back or last is None else last, 4),
                "time": maker.time(MINUTES + back * 1440),
            }
            extra = {"tenor": tenor, "days": None if chance.random() < 0.02 else days, "source": source}
            rows.append({**row, **{name: value for name, value in extra.items() if value is not None}})
    return {"basis": rows}
