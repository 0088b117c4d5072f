"""Draws the books of one exchange from its history: what is common to all priors."""

from decimal import Decimal
from typing import Literal, NamedTuple, get_args

import numpy as np

from commentary.liquidation_map.books import LEAST_DECAY, Books
from commentary.liquidation_map.folding import Bars, fold
from commentary.liquidation_map.grid import PriceRangeError
from commentary.liquidation_map.history import History
from commentary.liquidation_map.levels import Coins, coins_of
from commentary.liquidation_map.offsets import Contract, offsets_of
from commentary.liquidation_map.priors import leverages
from commentary.liquidation_map.tiers import TierTable, tier_table
from commentary.records.snapshot import Snapshot

Sided = Literal["long", "short"]
SIDES: tuple[Sided, ...] = get_args(Sided)


class Drawn(NamedTuple):
    """The coins of one exchange by level and leverage, and what they were drawn from."""

    history: History
    table: TierTable
    sides: dict[Sided, Coins]
    open_interest: float
    """In coin, one side, at the end."""
    dollars: float
    """For one coin, at the last close."""
    half_life_hours: Decimal | None


def drawn(history: History, snapshot: Snapshot, half_life_hours: Decimal | None) -> Drawn | str:
    """Return what an exchange's history leaves, or why that is no map.

    Args:
        history: of the exchange.
        snapshot: it was read from.
        half_life_hours: after which age alone has closed half; None: it closes nothing.
    """
    table = tier_table(history.venue, snapshot.lead or snapshot.asset)
    decay = 1.0
    if half_life_hours is not None:
        hours = history.interval.total_seconds() / 3600
        decay = max(0.5 ** (hours / float(half_life_hours)), LEAST_DECAY)
    books = Books(offsets_of([Contract(history.venue, table)], leverages()), decay)
    steps = np.array([(step.high, step.low, step.close, step.coins) for step in history.steps], dtype=np.float64)
    try:
        fold(books, 0, Bars(*steps.T))
    except PriceRangeError:
        return f"{history.venue}: its price moved more than twenty-five-fold within {history.window_hours} hours"
    sides = {side: coins_of(books, 0, side) for side in SIDES}
    if not any(len(side.coins) for side in sides.values()):
        return f"{history.venue}: of what was opened in {history.window_hours} hours no level is left"
    dollars = history.steps[-1].close * float(snapshot.usd_rate or 1)
    return Drawn(history, table, sides, float(books.open_interest[0]), dollars, half_life_hours)
