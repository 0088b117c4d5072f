"""Where an expiry stands among the earlier ones of the same exchange by the same source.

Weekly, monthly and quarterly expiries are one series, so the largest are mostly quarterly ones. What was open is
taken from the last row before an expiry, of the two days before its end at the earliest.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from statistics import median

from commentary.metrics.expiries import Expiry
from commentary.metrics.history import rank
from commentary.metrics.rows import percent
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit

EXPIRIES_NEEDED = 8
"""Two months of weekly ones: with fewer a rank says more about the series than about the expiry."""
_LAST_ROWS = timedelta(days=2)


def options_history(one: Expiry, earlier: Sequence[Expiry]) -> Iterator[Fact | MissingFact]:
    """Yield the place of an expiry's size among earlier ones, and the usual share that expired worthless."""
    yield from _size(one, earlier)
    yield from _worthless(one, earlier)


def _size(one: Expiry, earlier: Sequence[Expiry]) -> Iterator[Fact | MissingFact]:
    row = one.said("notional_usd", "open_interest")
    if row is None or row.notional_usd is None:
        return
    sizes = [size for other in earlier if (size := _last_size(other)) is not None]
    if len(sizes) < EXPIRIES_NEEDED:
        yield _too_few(one, "options_rank", len(sizes))
        return
    notional = one.fact("options_notional", row.notional_usd, "usd", "level", row)
    yield _of(
        notional, "options_rank", Decimal(rank(row.notional_usd, sizes)), "1 + the earlier expiries with more open"
    )
    yield _of(notional, "options_next", max(sizes), "the largest of the earlier expiries", "usd", "level")
    yield _of(notional, "options_expiries_held", Decimal(len(sizes)), "the earlier expiries with a known size")


def _last_size(other: Expiry) -> Decimal | None:
    row = other.said("notional_usd", "open_interest")
    end = other.midnight + timedelta(days=1)
    return row.notional_usd if row is not None and end - _LAST_ROWS <= row.at <= end else None


def _worthless(one: Expiry, earlier: Sequence[Expiry]) -> Iterator[Fact | MissingFact]:
    row = one.said("worthless_share")
    if row is None or row.worthless_share is None:
        return
    told = [other.said("worthless_share") for other in earlier]
    shares = [each.worthless_share for each in told if each is not None and each.worthless_share is not None]
    if len(shares) < EXPIRIES_NEEDED:
        yield _too_few(one, "options_worthless_median", len(shares))
        return
    share = one.fact("options_worthless", percent(row.worthless_share), "percent", "share", row)
    value, words = percent(median(shares)), "the median of the earlier expiries"
    yield _of(share, "options_worthless_median", value, words, "percent", "share")
    place, words = rank(row.worthless_share, shares), "1 + the earlier expiries with a larger share"
    yield _of(share, "options_worthless_rank", Decimal(place), words)
    words = "the earlier expiries with a known share"
    yield _of(share, "options_worthless_held", Decimal(len(shares)), words)


def _of(
    fact: Fact, metric: str, value: Decimal, words: str, unit: Unit = "count", quantity: Quantity = "count"
) -> Fact:
    subject = fact.subject._replace(metric=metric)
    inputs = (fact.id,) if metric.endswith("_rank") else ()
    return Fact(subject, value, unit, quantity, fact.evidence, fact.source, fact.as_of, words, inputs)


def _too_few(one: Expiry, metric: str, held: int) -> MissingFact:
    reason = f"it needs {EXPIRIES_NEEDED} earlier expiries, the snapshot holds {held}"
    return MissingFact(Subject(one.asset, metric, None, one.venue, None, one.at), "count", reason)
