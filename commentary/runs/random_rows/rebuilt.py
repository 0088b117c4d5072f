"""Open interest that fell hard some days ago and is about half back, before the row of now."""

import random

from commentary.runs.random_rows import Rows, families
from commentary.runs.random_snapshots import Maker

HELD = 0.2
IN_CALM = 0.5
"""On a quiet day such a past is the news; on others it stands beside it."""
NOW = 10
"""Minutes before the snapshot at which its own open interest is."""
HALF_DAYS = (108, 84, 60, 36, 12)
"""Hours before: a day apart, and half a day from the rows of the snapshot's own history."""


@families.add("rebuilt")
def rebuilt(maker: Maker, chance: random.Random) -> Rows:
    """Return five earlier rows of all exchanges, in one snapshot of five."""
    if chance.random() >= (IN_CALM if maker.kind == "calm" else HELD):
        return {}
    start, low = chance.uniform(1.04, 1.08), chance.uniform(0.9, 0.935)
    half = (start + low) / 2
    # The last of them is short of half, or long past it.
    last = half * chance.choice((0.995, 0.995, 0.97, 1.02))
    levels = (start, low, (low + last) / 2, (low + 2 * last) / 3, last)
    return {
        "open_interest": [
            {"asset": maker.asset, "venue": "all", "source": maker.vendor, "time": maker.time(NOW + hours * 60),
             "value_coin": maker.shown(maker.oi_coin * level)}
            for hours, level in zip(HALF_DAYS, levels, strict=True)
        ]
    }  # fmt: skip
