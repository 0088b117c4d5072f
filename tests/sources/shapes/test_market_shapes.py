"""What the exchanges' sources share: bars that have ended, books as far as they reach, futures by their expiry."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.records.snapshot import Bar
from commentary.sources.live.base import ReplyError
from commentary.sources.shapes import bars, books, futures, times
from commentary.sources.shapes.reading import Part

NOW = datetime(2026, 11, 30, 9, 7, 30, tzinfo=UTC)
ONE = Decimal(1)


def at(hour: int, minute: int = 0, day: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def bar(start: datetime) -> Bar:
    return Bar(time=start, open=ONE, high=ONE, low=ONE, close=ONE)


def test_a_bar_has_ended_when_its_end_is_not_after_now() -> None:
    given = [bar(at(9)), bar(at(7)), bar(at(8))]
    (series,) = bars.finished(given, venue="OKX", source="OKX", minutes=60, now=NOW)
    assert [one.time for one in series.bars] == [at(7), at(8)]
    (series,) = bars.finished(given, venue="OKX", source="OKX", minutes=60, now=at(10))
    assert [one.time for one in series.bars] == [at(7), at(8), at(9)]


def test_without_a_bar_that_has_ended_there_is_no_series() -> None:
    assert list(bars.finished([bar(at(9))], venue="OKX", source="OKX", minutes=60, now=NOW)) == []


def test_a_history_leaves_the_present_to_the_call_that_asks_for_it() -> None:
    # At nine sharp the mark price of nine is told once, by the call for the present.
    held = [(at(7), Decimal(7)), (at(8), Decimal(8))]
    assert bars.closes(held, minutes=60, now=at(9)) == {at(8): Decimal(7)}
    assert bars.closes(held, minutes=60, now=NOW) == {at(8): Decimal(7), at(9): Decimal(8)}


def test_a_bar_begins_where_it_is_counted_from_midnight() -> None:
    quarter = timedelta(minutes=15)
    assert times.start_of(NOW, quarter) == at(9)
    assert times.start_of(at(9, 59), quarter) == at(9, 45)
    assert times.start_of(NOW, timedelta(days=1)) == at(0)


def test_a_time_is_asked_for_in_milliseconds() -> None:
    assert times.milliseconds(at(9)) == "1796029200000"


def test_windows_follow_on_each_other_and_share_no_millisecond() -> None:
    hour, tick = timedelta(hours=1), timedelta(milliseconds=1)
    assert list(times.windows(at(9), hour, 3)) == [
        (at(8), at(9)),
        (at(7), at(8) - tick),
        (at(6), at(7) - tick),
    ]


def test_a_book_without_a_side_tells_no_depth() -> None:
    assert list(books.depth([], [(ONE, ONE)], venue="OKX", source="OKX", time=NOW)) == []


def test_a_book_that_reaches_two_percent_is_told_by_percentages_alone() -> None:
    # The middle is 100; bids down to 98 and asks up to 102 are exactly 2% away.
    bids = [(Decimal("99.95"), Decimal(10)), (Decimal(98), Decimal(30))]
    asks = [(Decimal("100.05"), Decimal(20)), (Decimal(102), Decimal(40))]
    found = list(books.depth(bids, asks, venue="OKX", source="OKX", time=NOW))
    assert [(row.within_percent, row.bids_usd, row.asks_usd) for row in found] == [
        (Decimal("0.1"), 10, 20),
        (Decimal("0.5"), 10, 20),
        (1, 10, 20),
        (2, 40, 60),
    ]


@pytest.mark.parametrize(
    ("now", "first", "second"),
    [
        # 25 Dec 2026 and 26 Mar, 25 Jun 2027 are the last Fridays of their months.
        (NOW, (2026, 12, 25), (2027, 3, 26)),
        (datetime(2026, 12, 23, 8, tzinfo=UTC), (2026, 12, 25), (2027, 3, 26)),
        (datetime(2026, 12, 23, 8, 0, 1, tzinfo=UTC), (2027, 3, 26), (2027, 6, 25)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), (2027, 3, 26), (2027, 6, 25)),
        # 27 Mar and 26 Jun 2026
        (datetime(2026, 1, 1, tzinfo=UTC), (2026, 3, 27), (2026, 6, 26)),
    ],
)
def test_futures_expire_on_the_last_friday_of_a_quarter(
    now: datetime, first: tuple[int, int, int], second: tuple[int, int, int]
) -> None:
    assert futures.expiries(now) == (datetime(*first, 8, tzinfo=UTC), datetime(*second, 8, tzinfo=UTC))


def test_a_year_of_a_premium_is_that_of_its_days() -> None:
    expiry = datetime(2026, 12, 25, 8, tzinfo=UTC)
    # 1% over 25 days: 0.01 * 365 / 25 = 0.146
    at_eight = datetime(2026, 11, 30, 8, tzinfo=UTC)
    (row,) = futures.basis(Part({}), at_eight, Decimal(101), Decimal(100), expiry, venue="OKX")
    assert (row.annualised, row.days, row.tenor) == (Decimal("0.146"), 25, None)
    (below,) = futures.basis(Part({}), at_eight, Decimal(99), Decimal(100), expiry, venue="OKX")
    assert below.annualised == Decimal("-0.146")


def test_a_future_has_no_yearly_rate_in_its_last_two_days() -> None:
    expiry = datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert list(futures.basis(Part({}), NOW, Decimal(101), Decimal(100), expiry, venue="OKX")) == []


def test_a_premium_that_no_market_pays_is_an_error_of_the_reply() -> None:
    expiry = datetime(2026, 12, 25, 8, tzinfo=UTC)
    with pytest.raises(ReplyError, match="a Basis"):
        list(futures.basis(Part({}), NOW, Decimal(200), Decimal(100), expiry, venue="OKX"))


def test_only_times_of_which_both_prices_are_known_have_a_basis() -> None:
    expiry = datetime(2026, 12, 25, 8, tzinfo=UTC)
    marks, indices = {at(0, day=29): Decimal(101), at(0): Decimal(101)}, {at(0): Decimal(100)}
    assert [row.at for row in futures.basis_history(Part({}), marks, indices, expiry, venue="OKX")] == [at(0)]
