"""Runs of settlements, and what is new in a rate; every count worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.config.storybook import storybook
from commentary.metrics.base import Given
from commentary.metrics.funding import funding
from commentary.metrics.funding_run import Place, funding_run, run_of, state_of
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

D = Decimal
NEWEST = datetime(2026, 5, 22, 8, tzinfo=UTC)
LIMITS = storybook("funding").thresholds


def prints(rates, *, hours=8, venue="Binance", until=NEWEST, source=None):
    """Return settled rows, the last at `until`, each an interval before the next."""
    return [
        {"venue": venue, "source": source or venue, "rate": rate, "interval_hours": hours, "kind": "settled",
         "time": (until - timedelta(hours=hours) * (len(rates) - 1 - place)).isoformat()}
        for place, rate in enumerate(rates)
    ]  # fmt: skip


@pytest.fixture
def run(facts):
    """Return a function: funding rows in, the facts of funding and of its runs out."""
    return lambda rows, **more: facts(funding, funding_run, funding=rows, **more)


@pytest.mark.parametrize(
    ("rates", "length"),
    [([1, 2, -1], 2), ([-1, 2], 1), ([0, 0, 1], 0), ([1, 0, 1], 1), ([1], 1), ([-3, -1, -2], 3)],
)
def test_a_run_has_one_sign_and_nothing_ends_it(rates, length):
    assert run_of([D(rate) for rate in rates]) == length


def test_a_turn_tells_what_it_ended_and_when_the_side_last_paid(run):
    # from the oldest: shorts, then four times longs, then shorts
    sheet = run(prints([-0.00003, 0.0001, 0.00008, 0.0001, 0.0001, -0.00004]))
    assert sheet.get("funding_run").number == 1
    assert sheet.get("funding_run_start") is None
    assert sheet.get("funding_run_before").number == 4
    # what was settled within two days is a fact already: the settlement before, and one of five intervals before
    before = sheet[sheet.get("funding_run_before").inputs[1]]
    assert (before.subject.metric, before.number, f"{before.as_of:%d %H:%M}") == (
        "funding_before",
        D("0.01"),
        "22 00:00",
    )
    quiet = sheet.get("funding_quiet")
    last = sheet[quiet.inputs[1]]
    assert (quiet.number, last.number, f"{last.as_of:%d %H:%M}") == (40, D("-0.003"), "20 16:00")
    assert sheet.get("funding_turned_from") is sheet.get("funding_same_last") is None
    assert sheet.get("funding_state").text == "turned negative"


def test_what_was_settled_longer_ago_becomes_a_fact_of_its_own(run):
    # seven intervals, 56 hours, between the two that shorts paid
    sheet = run(prints([-0.00003, *[0.0001] * 6, -0.00004]))
    last = sheet.get("funding_same_last")
    assert (last.number, sheet.get("funding_quiet").number) == (D("-0.003"), 56)
    # an extreme after 30 intervals of longs behind one of shorts: 29 intervals back
    rows = prints([*[0.0001] * 60, -0.00003, *[0.0002] * 29, 0.0004])
    start = run(rows).get("funding_run_start")
    assert f"{start.as_of:%m-%d %H:%M}" == "05-12 16:00"


def test_a_gap_in_the_settlements_ends_what_is_known_of_a_run(run):
    rows = prints([0.0001, 0.0001, 0.0001, 0.0001, 0.0001, 0.0001, -0.0001])
    del rows[2]
    # of the three before the turn that follow the gap
    assert run(rows).get("funding_run_before").number == 3


def test_a_run_says_when_it_began_only_where_the_settlement_before_is_held(run):
    sheet = run(prints([-0.0001, 0.0001, 0.0002, 0.0003]))
    assert sheet.get("funding_run").number == 3
    assert f"{sheet[sheet.get('funding_run').inputs[1]].as_of:%d %H:%M}" == "21 16:00"
    # 45 settlements, all paid by longs: when they began to is not known
    high = run(prints([*[0.0001] * 44, 0.0004])).get("funding_run")
    assert (high.number, len(high.inputs)) == (45, 1)


def test_the_half_and_the_zero_are_of_the_side_that_pays(run):
    sheet = run(prints([0.0001, -0.00004]))
    assert (sheet.get("funding_half", side="short").number, sheet.get("funding_zero", side="short").number) == (
        D("-0.002"),
        0,
    )
    assert sheet.get("funding_half", side="long") is None


def test_the_ends_of_a_history_and_how_often_the_side_paid_need_thirty(run):
    # 31 before the newest: 4 of them negative, the lowest of all -0.03%, the highest 0.05%
    sheet = run(prints([-0.0003, *[0.0001] * 26, -0.0001, -0.0001, -0.0001, 0.0005, 0.0001, -0.00004]))
    assert (sheet.get("funding_low").number, sheet.get("funding_high").number) == (D("-0.03"), D("0.05"))
    assert sheet.get("funding_same_side").number == 4
    few = run(prints([0.0001] * 12 + [-0.00004]))
    assert few.get("funding_low") is None
    assert few.get("funding_few").number == 12


def test_a_rate_beyond_its_history_is_told_as_a_multiple_of_the_furthest_on_its_own_side(run):
    # -0.04% against a lowest of -0.01%: four times
    assert run(prints([-0.0001, *[0.0001] * 31, -0.0004])).get("funding_beyond_end").number == 4
    # 0.09% against a highest of 0.03%: three times, whatever the lowest is
    assert run(prints([0.0003, *[0.0001] * 31, *[-0.0002] * 4, 0.0009])).get("funding_beyond_end").number == 3
    # within its history, or the first on its side
    assert run(prints([-0.0005, *[0.0001] * 31, -0.0004])).get("funding_beyond_end") is None
    assert run(prints([*[0.0001] * 31, -0.0004])).get("funding_beyond_end") is None


def test_other_exchanges_on_which_the_same_side_paid_are_counted(run):
    own = prints([0.0001, -0.0004])
    bybit, okx = prints([0.0001, -0.0003], venue="Bybit"), prints([0.0001, 0.0001], venue="OKX")
    sheet = run([*own, *bybit, *okx])
    assert (sheet.get("funding_others").number, sheet.get("funding_alike").number) == (2, 1)
    # of one other its own rate is told, and one whose last settlement is a day old is none of them
    assert run([*own, *bybit]).get("funding_others") is None
    old = prints([0.0001, -0.0003], venue="OKX", until=NEWEST - timedelta(hours=24))
    assert run([*own, *bybit, *old]).get("funding_others") is None


@pytest.mark.parametrize(
    ("rates", "state"),
    [
        ([0.0001, -0.000011], "turned negative"),
        # 0.0009% over eight hours is nearer to zero than a dollar on $100,000
        ([0.0001, -0.000009], "none"),
        ([-0.0001, 0.0001], "turned positive"),
        # the same side had paid eight hours before the run
        ([-0.0001, 0.0001, -0.0001], "none"),
        # 24 hours before it: long enough
        ([-0.0001, 0.0001, 0.0001, -0.0001], "turned negative"),
        # a day and an hour later the turn is old
        ([0.0001, *[-0.0001] * 5], "none"),
        ([0.0001, *[-0.0001] * 3], "turned negative"),
        ([0.0001, 0], "none"),
    ],
)
def test_a_turn_is_of_the_last_day_and_does_not_flicker(run, rates, state):
    assert run(prints(rates)).get("funding_state").text == state


@pytest.mark.parametrize(
    ("eight_hours", "below", "equal", "days", "state"),
    [
        ("0.03", "97.5", "0", "14", "high"),
        ("0.0299", "99", "0", "90", "none"),
        ("0.05", "97.4", "0", "90", "none"),
        ("0.05", "99", "0", "13", "none"),
        ("-0.005", "0", "2.5", "90", "low"),
        ("-0.005", "1", "2", "90", "none"),
        ("-0.0049", "0", "0", "90", "none"),
        # the lowest of all, and longs still pay: no news
        ("0.0003", "0", "0", "90", "none"),
        # among ties a percentile says nothing
        ("0.05", "98", "10", "90", "none"),
    ],
)
def test_an_extreme_is_far_from_its_own_past_and_from_the_baseline(eight_hours, below, equal, days, state):
    place = Place(D(below), D(equal), D(days))
    assert state_of(D(eight_hours), LIMITS, place=place, turned=False, quiet_hours=None) == state


def test_a_rate_without_a_past_is_no_extreme():
    assert state_of(D("0.4"), LIMITS, place=None, turned=False, quiet_hours=None) == "none"


def test_an_hourly_rate_is_judged_over_eight_hours(run):
    # 0.004% an hour is 0.032% over eight; 360 hours are fifteen days, all lower
    rows = prints([0.0000125, *[0.00001] * 360, 0.00004], hours=1, venue="Hyperliquid")
    assert run(rows).get("funding_state").text == "high"


def test_of_several_exchanges_the_one_that_is_told_first_is_judged(run):
    rows = [*prints([0.0001, 0.0001]), *prints([0.0001, -0.0004], venue="Bybit")]
    assert run(rows).get("funding_state").text == "none"
    assert run(rows).get("funding_run") is None
    rows = [*prints([0.0001, -0.0004]), *prints([0.0001, 0.0001], venue="Bybit")]
    assert run(rows).get("funding_exchanges").number == 2


def test_an_old_settlement_is_no_news(run):
    old = prints([0.0001, -0.0001], until=NEWEST - timedelta(hours=9))
    assert run(old).get("funding_state") is None
    assert "last settlement" in run(old).why_missing("funding_state")


def test_a_changed_interval_is_told_with_its_time_and_begins_a_new_series(run):
    rows = [*prints([0.0001] * 5, until=NEWEST - timedelta(hours=12)), *prints([0.00005, 0.00005, -0.00005], hours=4)]
    sheet = run(rows)
    was = sheet.get("funding_interval_was")
    assert (was.number, f"{was.as_of:%d %H:%M}") == (8, "21 20:00")
    assert f"{sheet.get('funding_interval_from').value:%d %H:%M}" == "22 00:00"
    assert sheet.get("funding_few").number == 2
    assert run(prints([0.0001] * 5)).get("funding_interval_was") is None


def test_the_next_settlement_is_an_interval_later(run):
    assert f"{run(prints([0.0001, -0.0001], hours=4)).get('funding_next').value:%d %H:%M}" == "22 12:00"


def test_who_relays_a_rate_is_a_fact_where_it_is_not_the_exchange(run):
    assert run(prints([0.0001, -0.0001])).get("funding_relay") is None
    assert run(prints([0.0001, -0.0001], source="CoinGlass")).get("funding_relay").source == ("CoinGlass",)


def test_a_newsroom_judges_by_its_own_thresholds(read):
    snapshot = read(funding=prints([0.0001, -0.000011])).snapshot
    given = Given(
        snapshot, (), snapshot.as_of, FactSheet("BTC", snapshot.as_of, ()), (), {"funding": {"turn_floor": D("0.01")}}
    )
    rates = tuple(fact for fact in funding(given) if isinstance(fact, Fact))
    given = given._replace(sheet=FactSheet("BTC", snapshot.as_of, rates))
    states = [fact for fact in funding_run(given) if isinstance(fact, Fact) and fact.subject.metric == "funding_state"]
    assert [fact.text for fact in states] == ["none"]
