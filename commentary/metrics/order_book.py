"""The order book: resting orders on the way to a level, and how a modelled sum compares with them.

Bids stand below the price, where longs would be liquidated, so their side is "long"; asks stand above it
and are "short". US dollars, never negative. Orders can be withdrawn as the price approaches, so depth is
what stood there at its time and no more.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.rows import apart, coin, evidence_of, gap, is_stale, plain, preferred, says_itself
from commentary.records.fact import Fact, MissingFact, Side, Subject, derive
from commentary.records.snapshot import OrderBook

SIDES: tuple[tuple[Side, str], ...] = (("long", "bids_usd"), ("short", "asks_usd"))


@metric("order_book", needs=("reach", "clusters"))
def order_book(given: Given) -> Iterator[Result]:
    """Return depth up to a price, depth within a percentage, and depth_ratio against the map."""
    for rows in _groups(given):
        for side, field in SIDES:
            yield from _depth(rows, side, field, given)


def reaches(side: Side, to_price: Decimal, near: Decimal) -> bool:
    """Say whether depth up to `to_price` takes in a level at `near`: below it for longs, above for shorts."""
    return to_price <= near if side == "long" else to_price >= near


def _groups(given: Given) -> list[list[OrderBook]]:
    things: dict[tuple[object, ...], list[OrderBook]] = {}
    for row in given.snapshot.order_book:
        things.setdefault(row.key[:-1], []).append(row)
    best = (preferred(rows, given) for rows in things.values())
    return sorted(best, key=lambda rows: _rank(rows[0], given))


def _rank(row: OrderBook, given: Given) -> tuple[object, ...]:
    return (
        row.about != coin(given.snapshot),
        row.about,
        is_stale(row, given.now),
        not says_itself(row),
        row.venue is None,
        row.venue,
        row.to_price or 0,
        row.within_percent or 0,
    )


def _depth(rows: list[OrderBook], side: Side, field: str, given: Given) -> Iterator[Result]:
    told = [row for row in rows if getattr(row, field) is not None]
    facts = [
        Fact(
            _subject(row, side, index),
            getattr(row, field),
            "usd",
            "level",
            evidence_of(row),
            source_of(row),
            row.at,
        )
        for index, row in enumerate(told)
    ]
    yield from facts
    if len(told) > 1 and (parted := gap(facts[0], facts[1], (told[0], told[1]), field, given)):
        yield parted
    if told and told[0].to_price is not None and told[0].about == given.snapshot.asset:
        yield from _ratio(facts[0], side, told[0].to_price, given)


def _subject(row: OrderBook, side: Side, index: int) -> Subject:
    """Return what a row is about: the way to a price, or else a percentage around the middle."""
    within = f"{plain(row.within_percent)}%" if row.within_percent is not None else None
    if row.to_price is None:
        return Subject(row.about, "depth_within", side, row.venue, at=apart(within, index))
    to_price = f"{plain(row.to_price)}; {within}" if within else plain(row.to_price)
    return Subject(row.about, "depth", side, row.venue, at=apart(to_price, index))


def _ratio(depth: Fact, side: Side, to_price: Decimal, given: Given) -> Iterator[Result]:
    """Return the size of the largest cluster of the side, or of the reach to that price, over the depth."""
    size = _size(side, to_price, given)
    if size is None:
        return
    subject = depth.subject._replace(metric="depth_ratio")
    if not depth.number:
        yield MissingFact(subject, "ratio", "the book held no orders on that side")
        return
    formula = f"{size.id} / {depth.id}"
    ratio = size.number / depth.number
    yield derive(subject, ratio, "ratio", "ratio", (size, depth), formula, as_of=depth.as_of)


def _size(side: Side, to_price: Decimal, given: Given) -> Fact | None:
    near = given.sheet.get("cluster_near", side=side, at="1")
    if near is not None and reaches(side, to_price, near.number):
        return given.sheet.get("cluster_size", side=side, at="1")
    return given.sheet.get("reach_size", side=side, at=plain(to_price))
