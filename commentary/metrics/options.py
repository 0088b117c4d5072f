"""Options of one expiry: what is open before it, and what its settlement left.

The notional value is US dollars. A ratio of puts to calls is of open interest or of volume, and each has a metric of
its own: where a row does not say what it counts, its counts are left out. Max pain is the settlement price at which
the open contracts would pay their holders least; it is a calculation from open contracts. Implied volatility is
percent a year; the 25-delta skew is the volatility of calls less that of puts, in percentage points.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric
from commentary.metrics.expiries import LEFT, NEAR_DAYS, UNITS, Expiry, contradicted, expiries, news_first
from commentary.metrics.options_history import options_history
from commentary.metrics.options_other_dates import other_dates, share_of_all
from commentary.metrics.rows import coin, percent
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, derive
from commentary.records.snapshot import Options

DAYS_A_YEAR = Decimal(365)
PAIN_PERCENT = Decimal(1)
"""About half a usual day's move of bitcoin: a settlement nearer than that may be called close to max pain."""
OI_PERCENT = Decimal("2.5")
"""The change in coin from which the flush rule reads forced flow."""


@metric("options", needs=("open_interest", "price"))
def options(given: Given) -> Iterator[Result]:
    """Yield the facts of the expiry that is news first, then those of the others still ahead."""
    about = coin(given.snapshot)
    every = [one for one in expiries(given) if one.asset == about]
    told = [one for one in every if one.is_ahead(given) or (one.is_settled and one.days_left(given) >= -NEAR_DAYS)]
    if not told:
        reason = "the snapshot holds no options of an expiry ahead or just past"
        yield MissingFact(Subject(about, "options_notional"), "usd", reason)
    yield from contradicted(given)
    for one in sorted(told, key=lambda expiry: news_first(expiry, given)):
        yield from _timing(one, given)
        yield from _held(one, given)
        yield from _priced(one, given)
        yield from _left(one, given)
        yield from _futures(one, given)
        earlier = [other for other in every if other.venue == one.venue and other.day < one.day]
        yield from options_history(one, earlier)


def _timing(one: Expiry, given: Given) -> Iterator[Result]:
    row = one.rows[-1]
    state = "settled" if one.is_settled else "ahead"
    words = "whether a row tells what the settlement left"
    yield one.fact("options_phase", state, "name", "entity", row, words)
    day = one.fact("options_expiry", one.midnight, "time", "time", row)
    yield day
    left = Decimal(one.days_left(given))
    words = "days from the snapshot to the expiry, by the calendar"
    yield Fact(
        day.subject._replace(metric="options_days_left"),
        left,
        "days",
        "count",
        day.evidence,
        day.source,
        day.as_of,
        words,
        (day.id,),
    )
    if one.moment is None:
        reason = "the hour at which options expire on this exchange is not in data/venues.toml"
        yield MissingFact(day.subject._replace(metric="options_expires"), "time", reason)
        return
    words = "the exchange's hour on the day of expiry"
    expires = Fact(
        day.subject._replace(metric="options_expires"),
        one.moment,
        "time",
        "time",
        day.evidence,
        day.source,
        day.as_of,
        words,
        (day.id,),
    )
    yield expires
    counted = one.said("notional_usd", "open_interest") or row
    hours = Decimal(int((one.moment - counted.at).total_seconds())) / 3600
    if one.is_ahead(given):
        words = "hours from the count to the expiry"
        yield Fact(
            day.subject._replace(metric="options_hours_left"),
            hours.quantize(Decimal("0.01")),
            "hours",
            "level",
            day.evidence,
            day.source,
            counted.at,
            words,
            (expires.id,),
        )


def _held(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield what is open, and what was traded."""
    row = one.said("notional_usd", "open_interest")
    if row is not None and row.notional_usd is not None:
        notional = one.fact("options_notional", row.notional_usd, "usd", "level", row)
        yield notional
        yield from share_of_all(one, notional, given)
    elif not one.is_settled:
        reason = "no row gives the dollar value of its open interest"
        yield MissingFact(Subject(one.asset, "options_notional", None, one.venue, None, one.at), "usd", reason)
    yield from _sides(one, "open_interest", "options")
    yield from _each(one, row)
    yield from other_dates(one, given)
    yield from _sides(one, "volume", "options_volume")
    if any(row.of is None and row.calls is not None for row in one.rows):
        reason = "the row does not say whether its calls and puts are open interest or volume"
        yield MissingFact(Subject(one.asset, "options_calls", None, one.venue, None, one.at), "count", reason)


def _sides(one: Expiry, of: str, name: str) -> Iterator[Fact]:
    row = one.said("calls", of)
    if row is not None:
        yield from one.sides(name, row)


def _each(one: Expiry, row: Options | None) -> Iterator[Fact]:
    """Yield what one contract comes to, where options are counted in contracts."""
    own = one.said("calls", "open_interest")
    if own is None or own != row or own.unit != "contracts" or own.notional_usd is None:
        return
    sides = one.sides("options", own)
    if not sides or not sides[2].number:
        return
    notional, total = one.fact("options_notional", own.notional_usd, "usd", "level", own), sides[2]
    words = "options_notional / options_total"
    each = total.subject._replace(metric="options_each_usd")
    yield derive(each, notional.number / total.number, "usd", "level", (notional, total), words)


def _priced(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield max pain, and what the options cost."""
    price = given.sheet.get("price", asset=one.asset)
    row = one.said("max_pain")
    if row is not None and row.max_pain is not None:
        pain = one.fact("options_max_pain", row.max_pain, "price", "level", row)
        pain = _in_quote(pain, given)
        yield pain
        if price is not None and not one.is_settled:
            far = pain.subject._replace(metric="options_max_pain_distance")
            words = "(options_max_pain / price - 1) * 100"
            yield derive(far, (pain.number / price.number - 1) * 100, "percent", "delta", (pain, price), words)
        if not one.is_settled:
            yield from _band(pain)
    row = one.said("implied_volatility")
    if row is not None and row.implied_volatility is not None:
        yearly = one.fact("options_volatility", percent(row.implied_volatility), "percent", "rate", row)
        yield yearly
        daily = yearly.subject._replace(metric="options_daily_move")
        words = "options_volatility / square root of 365"
        yield derive(daily, yearly.number / DAYS_A_YEAR.sqrt(), "percent", "level", (yearly,), words)
    row = one.said("skew_25d")
    if row is not None and row.skew_25d is not None:
        yield one.fact("options_skew", percent(row.skew_25d), "points", "delta", row)


def _band(pain: Fact) -> Iterator[Fact]:
    """Yield between which prices a settlement is close to max pain."""
    for name, sign in (("options_pain_low", "-"), ("options_pain_high", "+")):
        part = PAIN_PERCENT / 100 * (-1 if sign == "-" else 1)
        words = f"options_max_pain * (1 {sign} {PAIN_PERCENT} / 100)"
        yield derive(pain.subject._replace(metric=name), pain.number * (1 + part), "price", "level", (pain,), words)


def _futures(one: Expiry, given: Given) -> Iterator[Fact]:
    """Yield between which levels the open interest of futures counts as unmoved since the expiry."""
    held = given.sheet.get("oi_coin", asset=one.asset)
    if held is not None and one.is_settled:
        for name, sign in (("oi_expiry_test", "-"), ("oi_expiry_high", "+")):
            part = OI_PERCENT / 100 * (-1 if sign == "-" else 1)
            subject = Subject(one.asset, name, None, held.subject.venue, None, one.at)
            words = f"oi_coin * (1 {sign} {OI_PERCENT} / 100)"
            yield derive(subject, held.number * (1 + part), "coin", "level", (held,), words)


def _left(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield what the settlement left."""
    settled: Fact | None = None
    if one.is_to_come and any(getattr(row, field) is not None for row in one.rows for field in LEFT):
        reason = f"a row tells of a settlement that is due at {one.moment:%Y-%m-%d %H:%M} UTC, after the snapshot"
        yield MissingFact(Subject(one.asset, "options_settlement", None, one.venue, None, one.at), "price", reason)
    row = one.said("settlement")
    if row is not None and row.settlement is not None:
        settled = _in_quote(one.fact("options_settlement", row.settlement, "price", "level", row), given)
        yield settled
        pain = one.said("max_pain")
        if pain is not None and pain.max_pain is not None:
            before = _in_quote(one.fact("options_max_pain", pain.max_pain, "price", "level", pain), given)
            off = settled.subject._replace(metric="options_settlement_distance")
            words = "(options_settlement / options_max_pain - 1) * 100"
            value = (settled.number / before.number - 1) * 100
            yield derive(off, value, "percent", "delta", (settled, before), words)
    row = one.said("worthless_share")
    if row is not None and row.worthless_share is not None:
        yield one.fact("options_worthless", percent(row.worthless_share), "percent", "share", row)
    row = one.said("open_interest_removed")
    if row is None or row.open_interest_removed is None or row.unit is None:
        return
    unit = UNITS[row.unit]
    quantity: Quantity = "count" if unit == "count" else "level"
    removed = one.fact("options_removed", row.open_interest_removed, unit, quantity, row)
    yield removed
    in_usd = removed.subject._replace(metric="options_removed_usd")
    if unit == "usd":
        yield derive(in_usd, removed.number, "usd", "level", (removed,), "options_removed, which is in dollars")
    elif unit == "coin" and settled is not None and given.snapshot.quote == "USD":
        words = "options_removed * options_settlement"
        yield derive(in_usd, removed.number * settled.number, "usd", "level", (removed, settled), words)


def _in_quote(fact: Fact, given: Given) -> Fact:
    """Return a price in the currency of the snapshot's prices."""
    return Fact(
        fact.subject,
        fact.value,
        fact.unit,
        fact.quantity,
        fact.evidence,
        fact.source,
        fact.as_of,
        fact.formula,
        fact.inputs,
        given.snapshot.quote,
    )
