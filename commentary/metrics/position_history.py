"""How usual a single position is: its place among the largest of earlier days, and how far price went in earlier days.

Positions are compared in coins, which price does not move, and only with those of the same side that the same source
told of on the same exchange: of each earlier day, 24 hours apart, the largest. Rank 1 is the largest.

`position_reach_most` is the furthest that price went, from the close before 24 hours to their low for a long and to
their high for a short, in percent, negative for a fall; `position_reach_days` counts the days on which it went as far
as the liquidation price is now. Days lie end to end, back from the end of the newest candle.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.bars import Candles, highest, lowest
from commentary.metrics.base import Given, Result
from commentary.metrics.history import DAYS_NEEDED, rank
from commentary.metrics.moves import percent_change
from commentary.metrics.rows import stale_at
from commentary.records.fact import Fact, Subject
from commentary.records.snapshot import Position

DAY = timedelta(hours=24)


def position_rank(given: Given, row: Position, coins: Fact) -> Iterator[Result]:
    """Yield where a single position stands among the largest of earlier days, where 30 of them are held.

    Args:
        given: what the metric reads.
        row: the position.
        coins: its size in coins.
    """
    earlier = _largest_of_days(given, row)
    if len(earlier) < DAYS_NEEDED or (row.count or 1) > 1:
        return
    shared = (coins.evidence, coins.source, coins.as_of)
    subject = coins.subject
    place = Decimal(rank(coins.number, earlier))
    words = "1 + the earlier days with a larger position"
    yield Fact(subject._replace(metric="position_rank"), place, "count", "count", *shared, words, (coins.id,))
    words = "the largest position of an earlier day"
    yield Fact(subject._replace(metric="position_next"), max(earlier), "coin", "level", *shared, words)
    days = Subject(row.about, "history_days", None, row.venue, None, "positions")
    yield Fact(days, Decimal(len(earlier)), "days", "count", *shared, "the earlier days with a known position")


def _largest_of_days(given: Given, row: Position) -> list[Decimal]:
    """Return the largest position in coins of each earlier day, 24 hours apart, newest first."""
    within = timedelta(minutes=float(tolerance(Position.METRIC).time_minutes))
    found: dict[int, Decimal] = {}
    for other in given.snapshot.positions:
        same = (other.about, other.venue, other.source, other.side) == (row.about, row.venue, row.source, row.side)
        if not same or other.size_coin is None or (other.count or 1) > 1:
            continue
        days = round((row.at - other.at) / DAY)
        if days > 0 and abs(row.at - other.at - days * DAY) <= within:
            found[days] = max(found.get(days, Decimal(0)), other.size_coin)
    return [found[days] for days in sorted(found)]


def position_reach(given: Given, distance: Fact) -> Iterator[Result]:
    """Yield how far price went in earlier days towards a liquidation price, and on how many as far as that.

    Args:
        given: what the metric reads.
        distance: percent from the price to the liquidation price.
    """
    for made in given.candles:
        reached = _reached(made, down=distance.number < 0)
        if len(reached) < DAYS_NEEDED or stale_at("candle", made.end, given.now):
            continue
        most = min(reached) if distance.number < 0 else max(reached)
        if most * distance.number <= 0:
            return
        shared = (made.evidence, made.source, made.end)
        subject = distance.subject._replace(
            metric="position_reach_most", venue=made.series.venue, window_hours=Decimal(24)
        )
        words = f"the furthest of {len(reached)} days, from the close before"
        yield Fact(subject, most, "percent", "delta", *shared, words)
        times = sum(abs(move) >= abs(distance.number) for move in reached)
        words = f"of {len(reached)} days, those that went as far as {distance.id}"
        named = subject._replace(metric="position_reach_days")
        yield Fact(named, Decimal(times), "count", "count", *shared, words, (distance.id,))
        held = Subject(distance.subject.asset, "history_days", None, made.series.venue, None, "reach")
        yield Fact(held, Decimal(len(reached)), "days", "count", *shared, "the days with candles without a gap")
        return


def _reached(made: Candles, *, down: bool) -> list[Decimal]:
    """Return how far price went in each day back from the newest candle, from the close before."""
    moves: list[Decimal] = []
    end = made.end
    while (bars := made.complete(end - DAY, end)) and (before := made.close_at(end - DAY)) is not None:
        moves.append(percent_change(before, lowest(bars) if down else highest(bars)))
        end -= DAY
    return moves
