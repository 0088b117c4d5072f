"""One exchange against the others, by its price and by its settled funding."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.funding import funding
from commentary.metrics.price import price
from commentary.metrics.venue_gap import is_opposite, venue_gap

D = Decimal
TIME = "2026-05-22T08:59:00Z"
EARLIER = "2026-05-22T08:40:00Z"


def prices(kind="mark", time=TIME, **values):
    return [
        {"value": value, "kind": kind, "venue": venue, "source": venue, "time": time} for venue, value in values.items()
    ]


def settled(venue, rate, hours=8, time="2026-05-22T08:00:00Z"):
    return {"venue": venue, "source": venue, "rate": rate, "interval_hours": hours, "kind": "settled", "time": time}


@pytest.mark.parametrize(
    ("rate", "others", "apart"),
    [
        ("-0.01", ["0.01", "0.005"], True),
        ("0.01", ["-0.01", "-0.02"], True),
        ("-0.0049", ["0.01", "0.01"], False),
        ("-0.01", ["0.01", "0.0049"], False),
        ("-0.01", ["0.01", "-0.01"], False),
    ],
)
def test_another_side_of_zero_takes_a_distance_from_it(rate, others, apart):
    assert is_opposite(D(rate), [D(other) for other in others], D("0.005")) == apart


def test_an_exchange_one_percent_off_is_apart(facts):
    sheet = facts(price, funding, venue_gap, prices=prices(Kraken=99, Binance=100, Bybit=100, OKX=100.02))
    gap = sheet.get("venue_gap")
    # The median of 100, 100 and 100.02 is 100.
    assert (gap.subject.venue, gap.subject.at, gap.number) == ("Kraken", "mark", -1)
    assert sheet.get("venue_state", at="price").text == "apart"
    assert sheet.get("venue_others").text == "Binance; Bybit; OKX"
    assert sheet.get("venue_count").number == 3
    assert sheet.get("venue_spread").number == D("0.02")
    assert sheet.get("venue_apart").number == 0


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ({"Kraken": 99.01, "Binance": 100, "Bybit": 100}, "within the bound"),
        # Two at 100 and two at 102: nobody is off, the market has parted.
        ({"Kraken": 100, "Binance": 100, "Bybit": 102, "OKX": 102}, "others disagree"),
    ],
)
def test_a_small_gap_and_others_that_disagree_are_no_anomaly(facts, rows, state):
    assert facts(price, funding, venue_gap, prices=prices(**rows)).get("venue_state").text == state


def test_two_exchanges_are_too_few(facts):
    sheet = facts(price, funding, venue_gap, prices=prices(Kraken=90, Binance=100))
    assert sheet.get("venue_state") is None
    assert "3 exchanges at one time" in sheet.why_missing("venue_state")


def test_prices_of_another_time_or_kind_are_not_compared(facts):
    rows = [*prices(Binance=100, Bybit=100), *prices(time="2026-05-22T08:56:00Z", Kraken=90)]
    assert facts(price, funding, venue_gap, prices=rows).get("venue_state") is None
    rows = [*prices(Binance=100, Bybit=100), *prices("last", Kraken=90)]
    assert facts(price, funding, venue_gap, prices=rows).get("venue_state") is None


def test_times_within_the_tolerance_are_told(facts):
    rows = [*prices(Binance=100, Bybit=100), *prices(time="2026-05-22T08:57:00Z", Kraken=98)]
    sheet = facts(price, funding, venue_gap, prices=rows)
    # Two minutes are a thirtieth of an hour.
    assert sheet.get("venue_apart").number == D("0.0333333333333")


def test_a_feed_that_stands_still_is_no_anomaly_and_one_that_moved_is(facts):
    others = {"Binance": 102, "Bybit": 102, "OKX": 102}
    before = prices(time=EARLIER, Kraken=100, Binance=100.1, Bybit=100.1)
    still = facts(price, funding, venue_gap, prices=[*before, *prices(Kraken=100, **others)])
    assert still.get("venue_state").text == "feed unchanged"
    moved = facts(price, funding, venue_gap, prices=[*before, *prices(Kraken=100.5, **others)])
    assert moved.get("venue_state").text == "apart"
    assert moved.get("venue_before").number == 100
    # 100 against 100.1 is 0.0999000999... percent less.
    assert moved.get("venue_gap_before").number == D("-0.0999000999001")


def test_a_kind_in_which_one_is_off_comes_before_one_in_which_none_is(facts):
    rows = [*prices(Kraken=99.9, Binance=100, Bybit=100), *prices("last", Kraken=98, Binance=100, Bybit=100)]
    sheet = facts(price, funding, venue_gap, prices=rows)
    assert [(fact.subject.at, fact.number) for fact in sheet.all("venue_gap")] == [("last", -2)]
    assert [(fact.subject.at, fact.number) for fact in sheet.all("venue_other_gap")] == [("mark", D("-0.1"))]


def test_funding_is_compared_for_eight_hours_and_at_one_settlement(facts):
    rows = [
        settled("Bybit", -0.00005, 4),
        settled("Binance", 0.0001),
        settled("OKX", 0.00008),
        # An hour later is another settlement.
        settled("Hyperliquid", 0.0001, 1, "2026-05-22T09:00:00Z"),
    ]
    sheet = facts(price, funding, venue_gap, funding=rows)
    assert sheet.get("venue_state", at="funding").text == "other side of zero"
    # -0.005% in four hours is -0.01% in eight; the median of 0.01% and 0.008% is 0.009%.
    assert sheet.get("venue_rate_median").number == D("0.009")
    assert sheet.get("venue_rate_gap").number == D("-0.019")
    assert sheet.get("venue_rate_payer").text == "long"
    assert sheet.get("venue_rate_others").text == "Binance; OKX"


def test_what_was_settled_in_the_same_eight_hours_is_added_up(facts):
    at_four = settled("Bybit", -0.00003, 4, "2026-05-22T04:00:00Z")
    rows = [settled("Bybit", -0.00005, 4), at_four, settled("Binance", 0.0001), settled("OKX", 0.00008)]
    sheet = facts(price, funding, venue_gap, funding=rows)
    # -0.005% and -0.003% come to -0.008%; 0.009% is the median of 0.01% and 0.008%. 0.017% of $100,000 is $17.
    assert sheet.get("venue_rate_sum", venue="Bybit").number == D("-0.008")
    assert sheet.get("venue_rate_sum_prints").number == 2
    assert sheet.get("venue_rate_sum_median").number == D("0.009")
    assert sheet.get("venue_rate_sum_gap").number == D("-0.017")
    assert sheet.get("venue_rate_sum_gap_money").number == 17
    # With one of the two settlements there is no sum: the last rate alone is of four hours.
    assert facts(price, funding, venue_gap, funding=[*rows[:1], *rows[2:]]).get("venue_rate_sum") is None


def test_the_widest_sum_before_is_of_stretches_in_which_all_are_whole(facts):
    # Thirty-one stretches of eight hours before 08:00 UTC on May 22. Bybit settles 0.005% every four hours, but 0.055%
    # at the end of the fifth of them and less than nothing now.
    ends = [datetime(2026, 5, 22, 8, tzinfo=UTC) - count * timedelta(hours=8) for count in range(32)]
    rows = [
        row
        for count, end in enumerate(ends)
        for row in (
            settled("Bybit", {0: -0.00005, 5: 0.00055}.get(count, 0.00005), 4, f"{end:%Y-%m-%dT%H:%M:%SZ}"),
            settled("Bybit", 0.00005, 4, f"{end - timedelta(hours=4):%Y-%m-%dT%H:%M:%SZ}"),
            *(settled(name, 0.0001, time=f"{end:%Y-%m-%dT%H:%M:%SZ}") for name in ("Binance", "OKX")),
        )
    ]
    sheet = facts(price, funding, venue_gap, funding=rows)
    widest = sheet.get("venue_rate_sum_most")
    # 0.055% and 0.005% less the others' 0.01%. Thirty-one times eight hours are 10.3 days.
    assert (widest.number, widest.as_of) == (D("0.05"), ends[5])
    assert sheet.get("venue_rate_sum_days").number == 10


@pytest.mark.parametrize(("rate", "state"), [(0.0102, "apart"), (0.0098, "within the bound")])
def test_a_rate_a_point_off_on_the_same_side_is_apart(facts, rate, state):
    # Against 0.01%: 1.02% is 1.01 points off, 0.98% is 0.97.
    rows = [settled("Bybit", rate), settled("Binance", 0.0001), settled("OKX", 0.0001)]
    assert facts(price, funding, venue_gap, funding=rows).get("venue_state", at="funding").text == state


def test_a_rate_just_under_zero_is_a_sign_of_nothing(facts):
    rows = [settled("Bybit", -0.00004), settled("Binance", 0.0001), settled("OKX", 0.0001)]
    assert facts(price, funding, venue_gap, funding=rows).get("venue_state", at="funding").text == "within the bound"


def test_predicted_rates_and_old_settlements_are_not_compared(facts):
    rows = [settled("Bybit", -0.0001), settled("Binance", 0.0001), {**settled("OKX", 0.0001), "kind": "predicted"}]
    assert facts(price, funding, venue_gap, funding=rows).get("venue_state", at="funding") is None
    old = [settled(name, 0.0001, time="2026-05-21T16:00:00Z") for name in ("Bybit", "Binance", "OKX")]
    assert facts(price, funding, venue_gap, funding=old).get("venue_state", at="funding") is None


def test_earlier_gaps_are_counted_and_the_widest_is_told_with_its_day(facts):
    # Thirty earlier comparisons, six a day on five days: at one of them 99.4 against a median of 100.
    rows = []
    for day in range(16, 21):
        for hour in range(0, 24, 4):
            own = 99.4 if (day, hour) == (18, 12) else 100
            rows += prices(time=f"2026-05-{day}T{hour:02d}:00:00Z", Kraken=own, Binance=100, OKX=100.01, Bybit=99.99)
    now = prices(Kraken=98, Binance=100, Bybit=100, OKX=100)
    sheet = facts(price, funding, venue_gap, prices=[*rows, *now])
    most = sheet.get("venue_gap_most")
    assert (most.number, f"{most.as_of:%d %H:%M}", most.subject.venue) == (D("-0.6"), "18 12:00", "Kraken")
    assert sheet.get("venue_gap_readings").number == 30
    # 2% of $100,000
    assert sheet.get("venue_gap_money").number == 2000
    assert facts(price, funding, venue_gap, prices=[*rows[4:], *now]).get("venue_gap_most") is None


def test_earlier_settlements_tell_how_often_the_exchange_was_as_alone(facts):
    # Thirty times all four settled together; at two of them shorts paid on Bybit alone, once 0.03 points away.
    rows = []
    for place in range(30):
        time = f"2026-05-{12 + place // 3:02d}T{place % 3 * 8:02d}:00:00Z"
        own = {3: -0.0002, 4: -0.0001}.get(place, 0.0001)
        rows += [settled("Bybit", own, time=time), *(settled(name, 0.0001, time=time) for name in ("Binance", "OKX"))]
    now = [settled("Bybit", -0.0003), settled("Binance", 0.0001), settled("OKX", 0.0001)]
    sheet = facts(funding, price, venue_gap, funding=[*rows, *now])
    assert sheet.get("venue_rate_alone").number == 2
    assert sheet.get("venue_rate_readings").number == 30
    assert sheet.get("venue_rate_most").number == D("-0.03")
    # 0.04 and 0.03 points of $100,000
    assert sheet.get("venue_rate_gap_money").number == 40
    assert sheet.get("venue_rate_most_money").number == 30
