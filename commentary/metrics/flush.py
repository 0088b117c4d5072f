"""Flush: in one day price moved, open interest shrank in coin, and one side was liquidated most.

A name: "long flush", "short squeeze", each also "severe", or "none". It is a reading of three measured
things in the same 24 hours, not a cause. The thresholds and their reasons stand in
data/stories/flush_reset.toml. Where a history of liquidations is held, the day must also be among the
largest twentieth of up to 90 earlier days.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from statistics import quantiles
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, newest, source_of
from commentary.metrics.history import DAYS_NEEDED
from commentary.metrics.liquidation_history import DAY, earlier_totals
from commentary.metrics.liquidations import contradicts
from commentary.metrics.rows import coin
from commentary.records.fact import Fact, MissingFact, Subject, weakest
from commentary.records.sheet import FactSheet

LARGE_OF = 20
"""The largest of so many parts: a total at or above it is past the 95th percentile."""
LARGE_AMONG_DAYS = 90


class Inputs(NamedTuple):
    """What a state is made of."""

    price: Fact
    change: Fact
    """Of open interest, in coin."""
    long_usd: Decimal
    short_usd: Decimal
    total: Fact
    facts: tuple[Fact, ...]


@metric("flush", needs=("price", "volatility", "open_interest", "liquidations"))
def flush(given: Given) -> Iterator[Result]:
    """Yield the state of the snapshot's own coin, or which of the inputs is missing."""
    subject = Subject(coin(given.snapshot), "flush_state", window_hours=DAY)
    found = _inputs(given)
    if isinstance(found, str):
        yield MissingFact(subject, "name", found)
        return
    state = flush_state(
        found.price.number,
        found.change.number,
        imbalance(found.long_usd, found.short_usd),
        given.limits("flush_reset"),
        is_large=_is_large(given, found.total),
    )
    yield Fact(
        subject,
        state,
        "name",
        "entity",
        weakest(found.facts),
        tuple(dict.fromkeys(name for fact in found.facts for name in fact.source)),
        max(fact.as_of for fact in found.facts),
        "price_change, oi_change_coin and (longs - shorts) / (longs + shorts) against thresholds",
        tuple(fact.id for fact in found.facts),
    )


def flush_state(
    price_percent: Decimal,
    oi_percent: Decimal,
    longs_less_shorts: Decimal,
    thresholds: Mapping[str, Decimal],
    *,
    is_large: bool | None,
) -> str:
    """Return the state of a day.

    Args:
        price_percent: the change in price.
        oi_percent: the change in open interest, in coin.
        longs_less_shorts: the imbalance of liquidations, from -1 (shorts only) to 1 (longs only).
        thresholds: those of data/stories/flush_reset.toml.
        is_large: whether liquidations were large for their own history; None where none is held.
    """
    if is_large is False or oi_percent > thresholds["oi_change_coin"]:
        return "none"
    severe = " severe" if oi_percent <= thresholds["oi_change_coin_severe"] else ""
    if price_percent <= -thresholds["price_percent"] and longs_less_shorts >= thresholds["imbalance"]:
        return f"long flush{severe}"
    if price_percent >= thresholds["price_percent"] and longs_less_shorts <= -thresholds["imbalance"]:
        return f"short squeeze{severe}"
    return "none"


def imbalance(long: Decimal, short: Decimal) -> Decimal:
    """Return (longs - shorts) / (longs + shorts); 0 where nothing was liquidated."""
    return (long - short) / (long + short) if long + short else Decimal(0)


def _inputs(given: Given) -> Inputs | str:
    """Return what is known of the day, or why there is no state."""
    asset, sheet = coin(given.snapshot), given.sheet
    price = sheet.get("price_change", asset=asset, window=DAY)
    if price is None:
        return "the 24-hour change in price is not known"
    change = sheet.get("oi_change_coin", asset=asset, window=DAY)
    if change is None:
        return "the 24-hour change of open interest in coin is not known"
    for total in sheet.all("liq_total", asset=asset, window=DAY):
        sides = _sides(sheet, total)
        if sides is None:
            continue
        long, short, sizes = sides
        facts = (price, change, *sizes, total)
        first, last = min(fact.as_of for fact in facts), max(fact.as_of for fact in facts)
        if last - first > timedelta(minutes=float(tolerance("open_interest").max_age_minutes)):
            return f"the windows end at different times, {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"
        return Inputs(price, change, long, short, total, facts)
    return "the 24-hour liquidations of both sides are not known"


def _sides(sheet: FactSheet, total: Fact) -> tuple[Decimal, Decimal, list[Fact]] | None:
    """Return longs, shorts and the facts that say so; what one side and the total leave is the other's."""
    sizes = {
        fact.side: fact
        for fact in sheet.all("liq_size", asset=total.subject.asset, window=DAY)
        if (fact.subject.venue, fact.subject.at) == (total.subject.venue, total.subject.at)
    }
    facts = list(sizes.values())
    if not sizes or contradicts([fact.number for fact in facts], total.number):
        return None
    long, short = sizes.get("long"), sizes.get("short")
    if long is None or short is None:
        rest = max(total.number - facts[0].number, Decimal(0))
        return (facts[0].number, rest, facts) if long is not None else (rest, facts[0].number, facts)
    return long.number, short.number, facts


def _is_large(given: Given, total: Fact) -> bool | None:
    """Say whether a total reaches the 95th percentile of its earlier days; None with too few of them."""
    for row in newest(given.snapshot.liquidations):
        if (row.about, row.venue, row.window_hours) != (total.subject.asset, total.subject.venue, DAY):
            continue
        if (row.at, source_of(row)) == (total.as_of, total.source):
            earlier = earlier_totals(given, row)[:LARGE_AMONG_DAYS]
            if len(earlier) >= DAYS_NEEDED:
                return total.number >= quantiles(earlier, n=LARGE_OF, method="inclusive")[-1]
    return None
