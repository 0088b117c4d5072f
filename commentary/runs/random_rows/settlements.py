"""Settlements of two exchanges: a sign that turns, rates far from their past, a gap that stays or not."""

import random

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_snapshots import Maker

VENUES = ("Aster", "Backpack", "BingX", "dYdX")
"""Others than those of the snapshots that they are added to, so that no exchange says two things."""
HELD = 0.2
DAYS = (0, 1, 3, 16, 40)
STARTED = 60
"""Minutes before the snapshot at which both exchanges settled."""


@families.add("settlements")
def settlements(maker: Maker, chance: random.Random) -> Rows:
    """Return settlements of two exchanges, in one snapshot of five; now and then told by a vendor, or by nobody."""
    if chance.random() >= HELD:
        return {}
    days, usual = chance.choice(DAYS), chance.choice((0.00008, 0.00003, -0.00005))
    gap = chance.choice((0.0, 0.00004, 0.00019, -0.0004))
    last = chance.choice((None, -0.00021, 0.00047, 0.0, -0.0000004))
    rows: list[Json] = []
    for venue, more in zip(chance.sample(VENUES, 2), (0.0, gap), strict=True):
        hours = chance.choice((8, 8, 4, 1))
        source = chance.choice((venue, venue, maker.vendor, None))
        changed = chance.randrange(1, days * 24 // hours + 2) if chance.random() < 0.15 else None
        for back in range(days * 24 // hours + 1):
            rate = (usual + more + chance.gauss(0, 0.00003)) * hours / 8
            if back == 0 and last is not None:
                rate = last * hours / 8
            row: Json = {
                "asset": maker.asset,
                "venue": venue,
                "rate": float(f"{rate:.3g}"),
                "interval_hours": hours if changed is None or back < changed else 8,
                "kind": "settled",
                "time": maker.time(STARTED + back * hours * 60),
            }
            rows.append(row if source is None else {**row, "source": source})
    return {"funding": rows}
