"""Our own map of a snapshot: for each exchange with candles and open interest in coin, one map for each prior.

The map is an estimate, and its assumptions travel with it. Its levels are in US dollars of now, coins times the last
close, so that a side is never more than open interest is worth. Taker volume is told among the assumptions and moves
nothing: every contract has both sides, and who crossed the spread does not tell who has more leverage.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

import numpy as np

from commentary.liquidation_map.assumptions import assumptions
from commentary.liquidation_map.drawing import SIDES, Drawn, Sided, drawn
from commentary.liquidation_map.grid import Floats, centre_of
from commentary.liquidation_map.history import Behind, histories
from commentary.liquidation_map.priors import Prior, leverages, priors
from commentary.records.fact import OURS, twelve_digits
from commentary.records.snapshot import Level, LiquidationMap, Snapshot

MODEL = "commentary map v1"
MOST_LEVELS = 500
"""On a side of one map, as data/limits.toml reckons with; where there are more bins, neighbours are added up."""
_FIVE_DIGITS = Context(prec=5, rounding=ROUND_HALF_UP)
"""Of a level's price: a tenth of a bin or less."""


class Estimate(NamedTuple):
    """Our maps of a snapshot."""

    maps: tuple[LiquidationMap, ...]
    behind: tuple[Behind, ...]
    """Of which exchanges there is none since what it is drawn from ended too long ago."""


def estimated_maps(snapshot: Snapshot, *, half_life_hours: Decimal | None = None) -> tuple[LiquidationMap, ...]:
    """Return the maps that can be drawn of a snapshot: by exchange, and low, base and high prior of each.

    Args:
        snapshot: as read.
        half_life_hours: after which half of what was opened counts as closed, whatever open interest says; None: age
            alone closes nothing.
    """
    return estimate(snapshot, half_life_hours=half_life_hours).maps


def estimate(snapshot: Snapshot, *, half_life_hours: Decimal | None = None) -> Estimate:
    """Return the maps of a snapshot, see `estimated_maps`, and those that what is missing for now keeps us from."""
    made = _all(snapshot, half_life_hours)
    maps = tuple(_map(one, prior, snapshot) for one in made if isinstance(one, Drawn) for prior in priors())
    return Estimate(maps, tuple(one for one in made if isinstance(one, Behind)))


def why_none(snapshot: Snapshot) -> tuple[str, ...]:
    """Return for each exchange of which no map can be drawn the reason; one in general where there is no exchange."""
    made = _all(snapshot, None)
    if not made:
        return ("the snapshot holds neither candles nor open interest of a named exchange",)
    return tuple(one for one in made if isinstance(one, str))


def _all(snapshot: Snapshot, half_life_hours: Decimal | None) -> list[Drawn | str]:
    found = histories(snapshot)
    return [each if isinstance(each, str) else drawn(each, snapshot, half_life_hours) for each in found]


def _map(one: Drawn, prior: Prior, snapshot: Snapshot) -> LiquidationMap:
    shares = np.array([float(prior.shares.get(leverage, 0)) for leverage in leverages()])
    return LiquidationMap(
        asset=snapshot.lead or snapshot.asset,
        venue=one.history.venue,
        source=OURS,
        time=one.history.end,
        evidence="estimated",
        window_hours=one.history.window_hours,
        model=MODEL,
        prior=prior.name,
        assumptions=assumptions(one, prior, shares),
        levels=tuple(level for side in SIDES for level in _levels(one, side, shares)),
    )


def _levels(one: Drawn, side: Sided, shares: Floats) -> list[Level]:
    """Return one side's levels from the price outwards: every bin between the first and the last, empty ones too.

    Clusters are found along the bins, so a bin that holds nothing has to be told.
    """
    found = one.sides[side]
    coins = found.weighted(shares)
    filled = np.flatnonzero(coins)
    if not filled.size:
        return []
    bins = np.arange(filled[0], filled[-1] + 1)
    if side == "long":
        bins = bins[::-1]
    wide = -(-len(bins) // MOST_LEVELS)
    groups = (bins[start : start + wide] for start in range(0, len(bins), wide))
    return [
        Level(
            price=_FIVE_DIGITS.create_decimal_from_float(centre_of(found.first + (int(group[0]) + int(group[-1])) / 2)),
            side=side,
            notional_usd=twelve_digits(float(coins[group].sum()) * one.dollars),
        )
        for group in groups
    ]
