"""The basis: what a future costs over spot, and how usual that is; every figure worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.config.storybook import storybook
from commentary.metrics.basis import basis, premium, state_of
from commentary.metrics.funding import funding
from commentary.metrics.funding_history import Shares

D = Decimal
NEWEST = datetime(2026, 5, 22, 9, tzinfo=UTC)
LIMITS = storybook("basis").thresholds


def readings(values, *, days=40, tenor="front", venue="CME", source=None, **more):
    """Return rows a day apart, the last at 09:00 with so many days to expiry."""
    rows = []
    for place, value in enumerate(values):
        back = len(values) - 1 - place
        row = {"venue": venue, "source": source or venue, "annualised": value, "days": days + back, **more,
               "time": (NEWEST - timedelta(days=back)).isoformat()}  # fmt: skip
        rows.append({**row, "tenor": tenor} if tenor else row)
    return rows


@pytest.fixture
def found(facts):
    """Return a function: basis rows in, the facts out."""
    return lambda rows, **more: facts(funding, basis, basis=rows, **more)


def test_a_yearly_premium_is_told_over_its_days_and_in_money(found):
    sheet = found(readings([0.091], days=43))
    own = sheet.get("basis")
    assert (own.number, own.unit, own.quantity, own.subject.at, own.evidence) == (
        D("9.1"),
        "percent",
        "rate",
        "front",
        "observed",
    )
    assert sheet.get("basis_days").number == 43
    # 9.1 * 43 / 365 = 1.072054794..., and that part of $100,000
    assert round(sheet.get("basis_premium").number, 4) == D("1.0721")
    assert round(sheet.get("basis_money").number, 1) == D("1072.1")
    assert sheet.get("example_notional").number == 100_000


def test_a_future_below_spot_has_a_negative_premium():
    # -2.35 * 21 / 365
    assert round(premium(D("-2.35"), D(21)), 4) == D("-0.1352")


def test_the_example_stands_once_where_funding_has_it_too(found):
    rate = {"venue": "Binance", "rate": 0.0001, "interval_hours": 8, "kind": "settled"}
    assert len(found(readings([0.05]), funding=[rate]).all("example_notional")) == 1


def test_no_basis_is_missing_with_its_reason(found):
    assert found([]).why_missing("basis") == "the snapshot holds no basis"


def test_a_week_ago_is_the_reading_of_seven_days_before(found):
    sheet = found(readings([0.03, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.041]))
    assert sheet.get("basis_week").number == 3
    # 4.1 - 3
    assert (sheet.get("basis_change").number, sheet.get("basis_change").subject.window_hours) == (D("1.1"), 168)


def test_thirty_earlier_readings_give_a_place_a_median_and_ends(found):
    # 30 earlier: 10 of 2%, 10 of 4%, 10 of 6%; of these 20 are below 5%
    sheet = found(readings([0.02] * 10 + [0.04] * 10 + [0.06] * 10 + [0.05]))
    assert sheet.get("basis_readings").number == 30
    assert round(sheet.get("basis_below_share").number, 2) == D("66.67")
    assert sheet.get("basis_median").number == 4
    assert (sheet.get("basis_low").number, sheet.get("basis_high").number) == (2, 6)
    assert sheet.get("basis_days_held").number == 31
    assert sheet.get("basis_same_sign").number == 30
    few = found(readings([0.05] * 30))
    assert few.get("basis_few").number == 29
    assert few.why_missing("basis_below_share") == "a place among earlier readings needs 30, and there are 29"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ([0.02, 0.01, 0.004, -0.006], "turned negative"),
        # two readings of the other sign are a flicker
        ([-0.01, 0.01, 0.004, -0.006], "none"),
        # 0.4% a year is within what ways to annualise part by
        ([0.02, 0.01, 0.004, -0.004], "none"),
        ([-0.02, -0.01, -0.004, 0.006], "turned positive"),
        # the second reading below spot is no turn, and too few are held to rank it
        ([0.02, 0.01, 0.004, -0.006, -0.02], "negative"),
        ([0.02, 0.01, 0.004, -0.006, -0.009], "none"),
        ([0.02, 0.09], "none"),
    ],
)
def test_a_turn_ends_three_readings_and_without_a_history_only_the_sign_is_told(found, values, state):
    assert found(readings(values)).get("basis_state").text == state


@pytest.mark.parametrize(
    ("value", "below", "equal", "middle", "state"),
    [
        ("12", "95", "0", "6", "high"),
        ("12", "94.9", "0", "6", "none"),
        ("7.9", "100", "0", "6", "none"),
        ("1", "0", "5", "6", "low"),
        ("1", "3", "3", "6", "none"),
        ("-3", "20", "0", "-4", "none"),
    ],
)
def test_an_end_of_the_history_is_news_only_far_from_its_median(value, below, equal, middle, state):
    place = Shares(D(below), D(equal))
    assert state_of(D(value), LIMITS, place=place, middle=D(middle), other_run=0) == state


@pytest.mark.parametrize(("days", "known"), [(7, True), (6, False), (None, False)])
def test_under_seven_days_or_without_them_there_is_no_story(found, days, known):
    rows = [{**row, "days": days} for row in readings([0.02, 0.01, 0.004, -0.05])]
    sheet = found(rows)
    assert (sheet.get("basis_state") is not None) is known
    assert known or "days" in sheet.why_missing("basis_state")


def test_the_day_of_a_roll_has_no_story_and_no_place_in_the_history(found):
    before = [{**row, "days": 9 + place} for place, row in enumerate(reversed(readings([0.05] * 3)))]
    rolled = [{**row, "days": 37} for row in readings([-0.04])]
    rows = [{**row, "time": (NEWEST - timedelta(days=1 + place)).isoformat()} for place, row in enumerate(before)]
    sheet = found([*rows, *rolled])
    assert sheet.get("basis_state") is None
    assert "changed since" in sheet.why_missing("basis_state")
    later = [{**row, "days": 36} for row in readings([-0.04])]
    moved = [{**row, "time": (NEWEST - timedelta(days=1)).isoformat()} for row in rolled]
    older = [{**row, "time": (NEWEST - timedelta(days=2 + place)).isoformat()} for place, row in enumerate(before)]
    # the reading of the roll is left out: three before it remain
    assert found([*older, *moved, *later]).get("basis_few").number == 3


def test_readings_of_the_last_week_of_a_contract_are_left_out(found):
    # 12 to 4 days to expiry a day apart: those of 12 to 7 days are six, the newest among none of them
    assert found(readings([0.05] * 9, days=4)).get("basis_few").number == 6


def test_a_tenor_is_compared_with_itself_alone(found):
    others = [
        *readings([0.2] * 40, tenor="quarterly"),
        *readings([0.2] * 40, venue="Deribit"),
        *readings([0.2] * 40, source="Amberdata")[:-1],
    ]
    sheet = found([*readings([0.05]), *others])
    assert sheet.get("basis_few", venue="CME", at="front") is None
    assert sheet.get("basis_tenors").number == 3


def test_contracts_without_a_tenor_are_told_apart_by_their_expiry(found):
    near, far = readings([0.05] * 3, tenor=None, days=30), readings([0.09] * 3, tenor=None, days=120)
    sheet = found([*near, *far])
    assert {fact.subject.at for fact in sheet.all("basis")} == {"2026-06-21", "2026-09-19"}
    assert {fact.number for fact in sheet.all("basis_few")} == {2}


def test_the_future_of_which_there_is_news_comes_first(found):
    quiet, turned = (
        readings([0.05] * 4, tenor="front"),
        readings([0.02, 0.01, 0.004, -0.03], tenor="quarterly", days=120),
    )
    sheet = found([*quiet, *turned])
    assert sheet.get("basis").subject.at == "front"
    assert (sheet.get("basis_state").subject.at, sheet.get("basis_state").text) == ("quarterly", "turned negative")


def test_an_old_reading_is_no_news(found):
    sheet = found(readings([0.02, 0.01, 0.004, -0.05]), now="2026-05-22T10:01:00Z")
    assert sheet.get("basis_state") is None
    assert "newest reading" in sheet.why_missing("basis_state")


def test_the_test_is_half_of_the_way_back(found):
    # without a history half of the reading, with one the middle of it and the median: (10 + 4) / 2
    assert found(readings([-0.04])).get("basis_test_over").number == -2
    assert found(readings([0.04] * 40 + [0.1])).get("basis_test_under").number == 7


def test_a_second_source_is_told_apart_and_who_relays_is_a_fact(found):
    sheet = found([*readings([0.05]), *readings([0.062], source="Amberdata")])
    assert [fact.subject.at for fact in sheet.all("basis")] == ["front", "front; second source"]
    # 6.2 is 24% more than 5
    assert sheet.get("conflict_gap").number == 24
    assert sheet.get("basis_relay") is None
    assert found(readings([0.05], source="Amberdata")).get("basis_relay").source == ("Amberdata",)


def test_two_futures_read_at_one_time_tell_how_far_they_are_apart(found):
    sheet = found([*readings([0.05], tenor="June"), *readings([0.08], days=130, tenor="September")])
    assert sheet.get("basis_apart", at="June").number == -3
    assert sheet.get("basis_apart", at="September").number == 3
    assert found(readings([0.05])).get("basis_apart") is None
