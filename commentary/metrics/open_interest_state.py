"""What a day's change of open interest amounts to beside the price, and where it came from.

A name: "added as price fell", "closed as price rose", "surge" or "none", of two changes that end at the same time. It
says nothing of who began: every contract has a holder on either side. The thresholds and their reasons stand in
data/stories/open_interest.toml. A surge is a rise among the largest of its own history; without one it has to be of a
size that is rare in any coin.

Exchanges are counted only where the source of the total gives them too: the share of one in all coins, and in the
day's change. Contracts fixed in dollars (inverse ones) hold more coins as price falls, with no trade at all: where
they are told apart, their share and what price alone did to the count are percent, and so is the day's change as it
would be had price stayed. A count of linear contracts alone holds none of them, and says so.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.holdings import holdings
from commentary.metrics.open_interest_change import half_further
from commentary.metrics.rows import coin
from commentary.records.fact import Fact, MissingFact, Subject, derive, weakest

DAY = Decimal(24)
HUNDRED = Decimal(100)
STORY = "open_interest"


@metric("open_interest_state", needs=("price", "open_interest"))
def open_interest_state(given: Given) -> Iterator[Result]:
    """Yield the state of the snapshot's coin, levels that undo half of a change, exchanges and margins."""
    asset = coin(given.snapshot)
    change = given.sheet.get("oi_change_coin", asset=asset, window=DAY)
    if change is None:
        subject = Subject(asset, "oi_state", window_hours=DAY)
        yield MissingFact(subject, "name", "the 24-hour change of open interest in coin is not known")
    else:
        yield _state(given, change)
        yield from _half_added(given, change)
        yield from half_further(given, change)
    yield from _exchanges(given, asset)
    yield from _linear(given, asset)
    yield from _margins(given, asset)


def state_of(
    oi_percent: Decimal,
    price_percent: Decimal | None,
    place: tuple[Decimal, Decimal] | None,
    thresholds: Mapping[str, Decimal],
) -> str:
    """Return the state of a day.

    Args:
        oi_percent: the change in open interest, in coin.
        price_percent: the change in price over the same hours; None where it is not known.
        place: how many earlier days rose by more, and the number of days; None without enough of them.
        thresholds: those of data/stories/open_interest.toml.
    """
    if price_percent is not None and abs(oi_percent) >= thresholds["oi_percent"]:
        if price_percent <= -thresholds["price_percent"] and oi_percent > 0:
            return "added as price fell"
        if price_percent >= thresholds["price_percent"] and oi_percent < 0:
            return "closed as price rose"
    if place is None:
        return "surge" if oi_percent >= thresholds["surge_alone_percent"] else "none"
    further, days = place
    is_rare = further * HUNDRED < days * thresholds["surge_share_percent"]
    return "surge" if oi_percent >= thresholds["surge_percent"] and is_rare else "none"


def _state(given: Given, change: Fact) -> Fact:
    sheet, subject = given.sheet, change.subject
    facts = [change]
    price = sheet.get("price_change", asset=subject.asset, window=DAY)
    near = timedelta(minutes=float(tolerance("price_change").time_minutes))
    if price is not None and abs(price.as_of - change.as_of) <= near:
        facts.append(price)
    else:
        price = None
    further = sheet.get("oi_change_further", asset=subject.asset, venue=subject.venue, window=DAY)
    days = sheet.get("history_days", asset=subject.asset, venue=subject.venue, at="open interest")
    place = None
    if further is not None and days is not None:
        facts += [further, days]
        place = (further.number, days.number)
    thresholds = given.limits(STORY)
    return Fact(
        subject._replace(metric="oi_state"),
        state_of(change.number, None if price is None else price.number, place, thresholds),
        "name",
        "entity",
        weakest(tuple(facts)),
        tuple(dict.fromkeys(name for fact in facts for name in fact.source)),
        max(fact.as_of for fact in facts),
        "oi_change_coin beside price_change and the earlier days, against thresholds",
        tuple(fact.id for fact in facts),
    )


def _half_added(given: Given, change: Fact) -> Iterator[Fact]:
    """Yield the level at which half of a day's rise is gone."""
    subject = change.subject
    now = given.sheet.get("oi_coin", asset=subject.asset, venue=subject.venue)
    start = given.sheet.get("oi_from_coin", asset=subject.asset, venue=subject.venue, window=DAY)
    if now is not None and start is not None and now.number > start.number:
        value = now.number - (now.number - start.number) / 2
        words = "oi_coin - (oi_coin - oi_from_coin) / 2"
        yield derive(subject._replace(metric="oi_added_test"), value, "coin", "level", (now, start), words)


def _exchanges(given: Given, asset: str) -> Iterator[Fact]:
    """Yield each exchange's part of all coins and of the day's change, the largest part of the change first.

    A part of the change is one only where the exchange moved the same way as all together, and by no more.
    """
    sheet = given.sheet
    total = sheet.get("oi_coin", asset=asset, venue="all")
    if total is None or total.subject.at or not total.number:
        return
    moved = sheet.get("oi_delta_coin", asset=asset, venue="all", window=DAY)
    near = timedelta(minutes=float(tolerance("open_interest").time_minutes))
    made: list[tuple[Decimal, list[Fact]]] = []
    for part in sheet.all("oi_coin", asset=asset):
        venue = part.subject.venue
        same = part.source == total.source and abs(part.as_of - total.as_of) <= near
        if venue in (None, "all") or part.subject.at or not same or part.number > total.number:
            continue
        of_all = Subject(asset, "oi_share", None, venue)
        words = "oi_coin / oi_coin of all exchanges * 100"
        facts = [derive(of_all, part.number / total.number * HUNDRED, "percent", "share", (part, total), words)]
        delta = sheet.get("oi_delta_coin", asset=asset, venue=venue, window=DAY)
        place = Decimal(0)
        if moved is not None and moved.number and delta is not None and 0 < delta.number / moved.number <= 1:
            place = delta.number / moved.number * HUNDRED
            of_change = Subject(asset, "oi_delta_share", None, venue, DAY)
            words = "oi_delta_coin / oi_delta_coin of all exchanges * 100"
            facts.append(derive(of_change, place, "percent", "share", (delta, moved), words))
        made.append((place, facts))
    for _, facts in sorted(made, key=lambda one: (-one[0], one[1][0].subject.venue or "")):
        yield from facts


def _linear(given: Given, asset: str) -> Iterator[Fact]:
    """Yield the one perpetual that the count told is of, none of which expires, and that none of it is fixed in
    dollars, where its rows are of linear contracts alone.
    """
    told = given.sheet.get("oi_change_coin", asset=asset) or given.sheet.get("oi_coin", asset=asset)
    if told is None:
        return
    if told.contract:
        shared = (told.evidence, told.source, told.as_of)
        yield Fact(Subject(asset, "oi_contract", None, told.subject.venue), told.contract, "name", "entity", *shared)
    for held in holdings(given):
        same = (held.asset, held.venue, held.source) == (asset, told.subject.venue, told.source)
        if same and held.at == told.subject.at and all(row.margin == "linear" for row in held.rows):
            shared = (held.evidence, held.source, held.rows[0].at)
            yield Fact(Subject(asset, "oi_linear", None, held.venue), "linear", "name", "entity", *shared)
            return


def _margins(given: Given, asset: str) -> Iterator[Fact]:
    """Yield how much of all coins is in contracts fixed in dollars, and what price alone did to the count."""
    sheet = given.sheet
    total = sheet.get("oi_coin", asset=asset)
    if total is None or total.subject.at or not total.number:
        return
    about = total.subject
    inverse = sheet.get("oi_coin", asset=asset, venue=about.venue, at="inverse")
    if inverse is None:
        return
    yield derive(
        Subject(about.asset, "oi_inverse_share", None, about.venue),
        inverse.number / total.number * HUNDRED,
        "percent",
        "share",
        (inverse, total),
        "oi_coin of inverse contracts / oi_coin * 100",
    )
    price = sheet.get("price_change", asset=about.asset, window=DAY)
    near = timedelta(minutes=float(tolerance("price_change").time_minutes))
    if price is None or abs(price.as_of - total.as_of) > near:
        return
    # The dollars of these contracts do not move: what they hold now at this price they held at the other as fewer
    # coins, or more: a part of the count that its share is of.
    yield from _fixed(given, inverse, price)
    yield derive(
        Subject(about.asset, "oi_margin_effect", None, about.venue, DAY),
        -price.number * inverse.number / total.number,
        "percent",
        "delta",
        (price, inverse, total),
        "-price_change * oi_coin of inverse contracts / oi_coin",
        as_of=total.as_of,
    )


def change_at_first_price(now: Decimal, inverse: Decimal, move: Decimal, before: Decimal) -> Decimal:
    """Return the change in percent had price stayed: inverse contracts, fixed in dollars, at the coins they held then.

    Args:
        now: all coins at the end of the window.
        inverse: the coins of inverse contracts among them.
        move: the change of price over the window, in percent.
        before: all coins at its start.
    """
    return ((now + inverse * move / HUNDRED) / before - 1) * HUNDRED


def _fixed(given: Given, inverse: Fact, price: Fact) -> Iterator[Fact]:
    """Yield the day's change in coin without what price alone did to the count of inverse contracts."""
    about = inverse.subject._replace(at=None)
    total = given.sheet.get("oi_coin", asset=about.asset, venue=about.venue)
    start = given.sheet.get("oi_from_coin", asset=about.asset, venue=about.venue, window=DAY)
    if total is None or start is None or (start.subject.at, total.subject.at) != (None, None) or not start.number:
        return
    yield derive(
        about._replace(metric="oi_change_fixed", window_hours=DAY),
        change_at_first_price(total.number, inverse.number, price.number, start.number),
        "percent",
        "delta",
        (total, inverse, price, start),
        "((oi_coin + oi_coin of inverse contracts * price_change / 100) / oi_from_coin - 1) * 100",
        as_of=total.as_of,
    )
