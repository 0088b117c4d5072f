"""Liquidations: leveraged positions that exchanges recorded as closed by force in a window.

US dollars of notional: neither the traders' loss nor spot that was sold. The record is incomplete, since
some exchanges publish only part of their orders, so totals of exchanges with different feeds do not compare.
A long's liquidation sells, a short's buys. The own asset comes first, then all coins, then others by size.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import permutations

from commentary.config.bounds import bound
from commentary.config.sizes import LIQUIDATIONS_FLOOR_USD
from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, newest, source_of
from commentary.metrics.liquidation_history import DAY, liquidation_history, total_of
from commentary.metrics.liquidation_orders import largest_orders
from commentary.metrics.maps import SIDES, dollars, price_of
from commentary.metrics.rows import apart, coin, evidence_of, gap, is_stale, preferred
from commentary.metrics.venues import venue
from commentary.records.fact import Fact, Flag, MissingFact, Side, Subject, derive
from commentary.records.snapshot import Liquidations

MISMATCH = Decimal("0.01")
"""Sides and total that part by more than this share are of different windows or venues."""


@metric("liquidations", needs=("price", "open_interest"))
def liquidations(given: Given) -> Iterator[Result]:
    """Yield totals, sides and what they compare to, for each asset, venue and window."""
    groups: dict[tuple[object, ...], list[Liquidations]] = {}
    for row in newest(given.snapshot.liquidations):
        groups.setdefault(row.key[:-1], []).append(row)
    if not groups:
        reason = "the snapshot holds no recorded liquidations"
        yield MissingFact(Subject(given.snapshot.asset, "liq_total"), "usd", reason)
    ordered = _in_order(list(groups.values()), given)
    seconds: list[Result] = []
    for first, *others in ordered:
        made = list(_row(given, first))
        yield from made
        for place, row in enumerate(others, start=1):
            found = list(_amounts(row, apart(None, place)))
            seconds.extend(found)
            if place == 1:
                seconds.extend(_gaps(given, (first, row), made, found))
        yield from liquidation_history(given, first, made)
    yield from seconds
    yield from largest_orders(given, ordered[0][0].window_hours if ordered else DAY)
    yield from _flags(given, [rows[0] for rows in ordered])
    yield from _beyond_interest(given, [row for rows in ordered for row in rows])


def contradicts(sides: Sequence[Decimal], total: Decimal) -> bool:
    """Say whether sides and total contradict each other by more than one percent of the total.

    Args:
        sides: the sum of one side, which may be less than the total, or of both.
        total: of the same window.
    """
    together = sum(sides, Decimal(0))
    if len(sides) == 1:
        return together > total * (1 + MISMATCH)
    return bool(sides) and abs(together - total) > total * MISMATCH


def mismatch(row: Liquidations) -> bool:
    """Say whether a row's sides and its total contradict each other."""
    sides = [side for side in (row.long_usd, row.short_usd) if side is not None]
    return row.total_usd is not None and contradicts(sides, row.total_usd)


def larger_side(row: Liquidations) -> tuple[Side, Decimal] | None:
    """Return the side with the larger sum, and the sum; what one side and the total leave is the other's."""
    total, long, short = total_of(row), row.long_usd, row.short_usd
    if total is None or (long is None and short is None) or mismatch(row):
        return None
    if long is None:
        long = max(total - (short or 0), Decimal(0))
    if short is None:
        short = max(total - long, Decimal(0))
    return ("long", long) if long >= short else ("short", short)


def _in_order(groups: list[list[Liquidations]], given: Given) -> list[list[Liquidations]]:
    """Return the rows by asset, venue and window, each with the source to use first in front."""
    made = [preferred(rows, given) for rows in groups]
    largest: dict[str, Decimal] = {}
    for first, *_ in made:
        largest[first.about] = max(largest.get(first.about, Decimal(0)), _size(first))

    def order(rows: list[Liquidations]) -> tuple[object, ...]:
        row = rows[0]
        asset = (row.about != given.snapshot.asset, row.about != "market", -largest[row.about], row.about)
        window = (row.window_hours != DAY, row.window_hours)
        return (*asset, is_stale(row, given.now), *window, row.venue != "all", -_size(row), row.venue or "")

    return sorted(made, key=order)


def _size(row: Liquidations) -> Decimal:
    return total_of(row) or row.long_usd or row.short_usd or Decimal(0)


def _amounts(row: Liquidations, at: str | None) -> Iterator[Result]:
    """Yield what a row says of sums: its sides and its total."""
    subject = Subject(row.about, "liq_size", None, row.venue, row.window_hours, at)
    shared = (evidence_of(row), source_of(row), row.at)
    sides = {"long": row.long_usd, "short": row.short_usd}
    facts = [
        Fact(subject._replace(side=side), value, "usd", "level", *shared)
        for side in SIDES
        if (value := sides[side]) is not None
    ]
    yield from facts
    subject = subject._replace(metric="liq_total")
    if row.total_usd is not None:
        yield Fact(subject, row.total_usd, "usd", "level", *shared)
    elif len(facts) == len(SIDES):
        value, words = facts[0].number + facts[1].number, "liq_size of longs + liq_size of shorts"
        yield derive(subject, value, "usd", "level", tuple(facts), words)
    else:
        known = f"only the liquidations of {facts[0].side}s are given" if facts else "no sum is given"
        yield MissingFact(subject, "usd", known)


def _row(given: Given, row: Liquidations) -> Iterator[Result]:
    amounts = list(_amounts(row, None))
    yield from amounts
    facts = [one for one in amounts if isinstance(one, Fact)]
    total = next((fact for fact in facts if fact.subject.metric == "liq_total"), None)
    sizes = {fact.side: fact for fact in facts if fact.subject.metric == "liq_size"}
    subject = Subject(row.about, "liq_share", None, row.venue, row.window_hours)
    if total is not None:
        yield _share(row, subject, total, sizes)
        if row.about in (given.snapshot.asset, coin(given.snapshot)):
            yield from _to_oi(given, subject._replace(metric="liq_to_oi"), total)
            test = subject._replace(metric="liq_test")
            yield derive(test, total.number / 2, "usd", "level", (total,), "liq_total / 2")
    shared = (evidence_of(row), source_of(row), row.at)
    if row.largest_order_usd is not None:
        largest = subject._replace(metric="liq_largest")
        yield Fact(largest, row.largest_order_usd, "usd", "level", *shared)
    if row.traders is not None:
        yield Fact(subject._replace(metric="liq_traders"), row.traders, "count", "count", *shared)
    if row.about == coin(given.snapshot) != "market":
        for size in sizes.values():
            yield _coin(given, size)


def _share(row: Liquidations, subject: Subject, total: Fact, sizes: dict[Side, Fact]) -> Result:
    larger = larger_side(row)
    if larger is None or not total.number:
        reason = (
            "nothing was recorded"
            if not total.number
            else "the sides and the total contradict each other"
            if sizes
            else "the sides are not given"
        )
        return MissingFact(subject, "percent", reason)
    side, value = larger
    subject = subject._replace(side=side)
    known = sizes.get(side)
    inputs: tuple[Fact, ...]
    if known is not None:
        inputs, words = (known, total), "liq_size / liq_total * 100"
    else:
        inputs, words = (*sizes.values(), total), "(liq_total - liq_size of the other side) / liq_total * 100"
    return derive(subject, value / total.number * 100, "percent", "share", inputs, words)


def _to_oi(given: Given, subject: Subject, total: Fact) -> Iterator[Result]:
    """Yield a total as percent of what was open before it, at the start of its window; where that is not held, of now.

    What was liquidated came out of what was open before.
    """
    if subject.venue not in (None, "all"):
        reason = f"the liquidations are of {subject.venue}, the open interest of all exchanges"
        yield MissingFact(subject, "percent", reason)
        return
    sheet, asset, window = given.sheet, subject.asset, subject.window_hours
    before = _open_before(given, subject)
    oi = before or sheet.get("oi_from_usd", asset=asset, venue="all", window=window)
    oi = oi or sheet.get("oi_usd", asset=asset, venue="all")
    if oi is None or not oi.number:
        reason = "the snapshot holds no open interest of all exchanges in dollars"
        yield MissingFact(subject, "percent", reason)
        return
    if before is not None:
        yield before
    value = total.number / oi.number * 100
    formula = f"liq_total / {oi.subject.metric} * 100"
    yield derive(subject, value, "percent", "share", (total, oi), formula)


def _open_before(given: Given, subject: Subject) -> Fact | None:
    """Return the dollars that were open on all exchanges at the start of a window, at the price of that time."""
    sheet, asset, window = given.sheet, subject.asset, subject.window_hours
    about = Subject(asset, "oi_from_worth", None, "all", window)
    coins = sheet.get("oi_from_coin", asset=asset, venue="all", window=window)
    price = sheet.get("price_from", asset=asset, window=window)
    move = None if price is None else sheet.get("price_change", asset=asset, window=window, venue=price.subject.venue)
    if coins is None or coins.subject.at or price is None or move is None:
        return None
    near = timedelta(minutes=float(tolerance("price_change").time_minutes))
    if abs(move.as_of - coins.as_of) > near:
        return None
    rate, in_usd = dollars(given)
    words = f"oi_from_coin * {in_usd}".replace("price", "price_from")
    return derive(about, coins.number * price.number * rate, "usd", "level", (coins, price), words, as_of=coins.as_of)


def _coin(given: Given, size: Fact) -> Result:
    subject, price = size.subject._replace(metric="liq_coin"), price_of(given, size.subject.asset)
    if price is None:
        return MissingFact(subject, "coin", "the snapshot holds no price to convert it with")
    rate, in_usd = dollars(given)
    value = size.number / (price.number * rate)
    return derive(subject, value, "coin", "level", (size, price), f"liq_size / {in_usd}")


def _gaps(given: Given, rows: tuple[Liquidations, Liquidations], *made: list[Result]) -> Iterator[Result]:
    """Yield how far the second source is from the first where the two disagree."""
    fields = {
        ("liq_size", "long"): "long_usd",
        ("liq_size", "short"): "short_usd",
        ("liq_total", None): "total_usd",
    }
    first, second = (
        {(one.subject.metric, one.subject.side): one for one in found if isinstance(one, Fact)} for found in made
    )
    for key, field in fields.items():
        if key in first and key in second:
            found = gap(first[key], second[key], rows, field, given)
            if found is not None:
                yield found


def _larger_parts(rows: list[Liquidations]) -> Iterator[tuple[Liquidations, Liquidations]]:
    """Yield totals that are larger than those they are part of: an exchange's than all exchanges', a coin's than all's.

    Of one window and source, more than a percent apart.
    """
    for part, whole in permutations(rows, 2):
        same = part.window_hours == whole.window_hours and part.source == whole.source
        exchange = part.about == whole.about and part.venue not in (None, "all") and whole.venue == "all"
        asset = part.about != "market" and whole.about == "market" and part.venue == whole.venue
        sums = total_of(part), total_of(whole)
        if same and (exchange or asset) and sums[0] is not None and sums[1] is not None:
            yield from [(part, whole)] if sums[0] > sums[1] * (1 + MISMATCH) else []


def _beyond_interest(given: Given, rows: list[Liquidations]) -> Iterator[Flag]:
    """Yield totals that no market shows beside what is open: one of the two is in another unit."""
    for row in rows:
        oi, total = given.sheet.get("oi_usd", asset=row.about, venue="all"), total_of(row)
        most = bound("liquidations", "open_interest") * max(row.window_hours / DAY, Decimal(1))
        if oi is not None and oi.number and total is not None and total > most * oi.number:
            why = f"{row.about}: {total:f} USD liquidated in {row.window_hours:f} hours, {oi.number:f} USD open"
            yield Flag("unit_scale_suspect", why)


def _flags(given: Given, rows: list[Liquidations]) -> Iterator[Flag]:
    if any(not venue(row.venue).liquidations_complete for row in rows):
        yield Flag("feed_undercount", "recorded liquidations are incomplete: some exchanges publish a part only")
    for row in rows:
        name, total = f"{row.about} at {row.venue or 'an unnamed venue'}", total_of(row)
        if mismatch(row):
            why = f"{name}: longs {row.long_usd}, shorts {row.short_usd}, total {row.total_usd} USD"
            yield Flag("period_mismatch", why)
        if total == 0:
            yield Flag("zero_liquidations", f"{name}: 0 USD in {row.window_hours:f} hours")
        if row.long_usd == row.short_usd and row.long_usd:
            yield Flag("identical_values_check", f"{name}: {row.long_usd:f} USD on both sides")
    for part, whole in _larger_parts(rows):
        names = [f"{row.about} at {row.venue or 'an unnamed venue'}" for row in (part, whole)]
        yield Flag(
            "period_mismatch", f"{names[0]}: {total_of(part)} USD, more than the {total_of(whole)} of {names[1]}"
        )
    own = {given.snapshot.asset, "market"}
    totals = [total for row in rows if row.about in own and (total := total_of(row)) is not None]
    if totals and max(totals) < LIQUIDATIONS_FLOOR_USD:
        yield Flag(
            "below_size_floor", f"the largest total is {max(totals):f} USD, under {LIQUIDATIONS_FLOOR_USD:f} USD"
        )
