"""What a map of ours assumes, as it travels with the map: data, rules, leverage, and how much of it all the map holds.

Whoever reads it can tell what was guessed; nothing is computed from it.
"""

from collections.abc import Iterable
from decimal import Decimal

from commentary.liquidation_map.drawing import Drawn
from commentary.liquidation_map.grid import WIDTH, Floats
from commentary.liquidation_map.offsets import capped
from commentary.liquidation_map.priors import Prior, leverages
from commentary.liquidation_map.tiers import NO_EXCHANGE
from commentary.records.fact import twelve_digits

_RULES: dict[str, object] = {
    "start": "positions open before the window are not placed, since their entry is not known",
    "entry": "mean of high, low and close of the bar in which open interest rose, on both sides",
    "removal": "levels that a later low or high reached; a fall in open interest takes the same part of all",
    "price": "of the candles; exchanges close by the mark price",
    "notional": "coins at the last close",
    "position": "isolated, of the first tier",
    "bin_percent": twelve_digits(WIDTH * 100),
}


def assumptions(drawn: Drawn, prior: Prior, shares: Floats) -> dict[str, object]:
    """Return what the map of a prior assumes.

    Args:
        drawn: what it is made of.
        prior: of leverage.
        shares: its shares, in the order of the leverages drawn.
    """
    history, row = drawn.history, drawn.history.readings[-1]
    most = drawn.table.most
    return {
        **_RULES,
        "candles": f"{history.candles.source or 'source not known'}, {history.candles.interval_minutes:f} minutes",
        "candles_missing": history.missing,
        "open_interest": f"{row.source or 'source not known'}, {row.margin or 'margin not known'}",
        "open_interest_sides": row.sides or "not said, taken as one",
        "open_interest_coin": twelve_digits(drawn.open_interest),
        "bars": len(history.steps),
        "interval_minutes": twelve_digits(history.interval.total_seconds() / 60),
        "half_life_hours": drawn.half_life_hours,
        "leverage_shares": _summed((_times(each, most), share) for each, share in prior.shares.items()),
        "leverage_why": prior.why,
        "leverage_most": most,
        "tiers": drawn.table.source,
        "tiers_of": drawn.table.venue or NO_EXCHANGE,
        "tiers_read": drawn.table.read,
        "taker_buy_share": history.taker_buy_share,
        **{f"{side}_usd_by_leverage": _by_leverage(drawn, coins.coins, shares) for side, coins in drawn.sides.items()},
        **{
            f"{side}_percent_of_open_interest": _held(drawn, coins.coins, shares) for side, coins in drawn.sides.items()
        },
    }


def _times(leverage: int, most: Decimal) -> str:
    return f"{min(Decimal(leverage), most):f}x"


def _summed(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Return sums by name: leverages above the highest are one."""
    sums: dict[str, Decimal] = {}
    for name, value in pairs:
        sums[name] = sums.get(name, Decimal(0)) + value
    return sums


def _by_leverage(drawn: Drawn, coins: Floats, shares: Floats) -> dict[str, Decimal]:
    dollars = coins.sum(axis=0) * shares * drawn.dollars
    names = (f"{capped(leverage, drawn.table):f}x" for leverage in leverages())
    sums = _summed((name, Decimal(repr(float(value)))) for name, value in zip(names, dollars, strict=True))
    return {name: twelve_digits(value) for name, value in sums.items() if value}


def _held(drawn: Drawn, coins: Floats, shares: Floats) -> Decimal:
    held = float((coins @ shares).sum())
    return twelve_digits(held / drawn.open_interest * 100) if drawn.open_interest else Decimal(0)
