"""How much of an earlier fall in open interest is back, and how long that took."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.metrics.held_points import Point
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price
from commentary.metrics.rebuild import Before, Flush, flush, not_to_be_followed, rebuild

D = Decimal
NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
DAYS = [100_000, 100_000, 90_000, 89_000, 92_000, 95_000]
"""A day apart, the last of them now: the fall to the third is 10 percent, the low is the fourth."""


def rows(levels, hours=24, **more):
    times = [NOW - timedelta(hours=hours) * (len(levels) - 1 - place) for place in range(len(levels))]
    return [
        {"venue": "all", "value_coin": coins, "time": f"{time:%Y-%m-%dT%H:%M:%SZ}", "source": "CoinGlass", **more}
        for coins, time in zip(levels, times, strict=True)
    ]


def points(levels):
    return [Point(NOW - timedelta(days=len(levels) - 1 - place), D(coins)) for place, coins in enumerate(levels)]


def test_the_fall_its_low_and_what_is_back(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS))
    assert sheet.get("reset_fall").number == -10
    assert sheet.get("reset_from").number == 100_000
    assert sheet.get("reset_to").number == 90_000
    assert sheet.get("reset_low").number == 89_000
    # 11,000 coins went from 100,000 to 89,000; 95,000 has 6,000 of them back, 54.5454... percent.
    assert sheet.get("reset_lost").number == -11_000
    assert sheet.get("reset_back").number == 6_000
    assert sheet.get("reset_share").number == D("54.5454545455")
    # From 100,000 to 89,000, over the two days from the fourth row before the newest to the second.
    depth = sheet.get("reset_depth")
    assert (depth.number, depth.subject.window_hours) == (-11, 48)
    assert sheet.get("reset_half_regain").number == 94_500
    # Half of the 6,000 coins that are back, over the low of 89,000; 5,000 of 100,000 are still missing.
    assert sheet.get("reset_half_kept").number == 92_000
    assert sheet.get("reset_missing").number == 5_000
    assert sheet.get("reset_short").number == -5
    # The low is two days old, and half is back in the newest row alone.
    assert sheet.get("reset_hours").number == 48
    assert sheet.get("reset_age").number == 0
    assert sheet.get("reset_low").as_of == NOW - timedelta(days=2)


def test_nothing_is_missing_where_all_is_back(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows([*DAYS[:-1], 101_000]))
    assert sheet.get("reset_missing") is None
    assert sheet.get("reset_short") is None


def test_less_than_half_has_no_hours(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows([*DAYS[:-1], 94_400]))
    assert sheet.get("reset_hours") is None
    assert sheet.why_missing("reset_hours") == "half of the loss is not back"


def test_of_two_falls_the_larger_counts_and_one_of_three_weeks_ago_does_not():
    found = flush(points([100, 95, 100, 90, 96]))
    assert (found.start.value, found.end.value) == (100, 90)
    assert flush(points([100, 80, *[100] * 18, 97, 100])).end.value == 97
    assert flush(points([100, 101, 102])) is None
    assert flush(points([100])) is None


def before(fall):
    """Return 32 days of rises of 3 and falls of 2 percent in turn, then a fall, and a day with half of it back."""
    levels, coins = [], D(100_000)
    for day in range(32):
        levels.append(coins)
        coins *= D("0.98") if day % 2 else D("1.03")
    low = levels[-1] * (1 - fall)
    return [*map(int, levels), int(low), int((low + levels[-1]) / 2) + 1]


def test_the_day_ranks_among_the_days_before_it(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(before(D("0.05"))))
    # None of the days before fell by more than 2 percent.
    assert sheet.get("reset_rank").number == 1
    assert sheet.get("history_days", at="open interest before the fall").number == 31


def test_a_fall_under_the_floor_is_not_followed_up(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(before(D("0.039"))))
    assert sheet.get("reset_share") is None
    assert "3.9%, under the floor of 4%" in sheet.why_missing("reset_share")


def test_a_fall_among_many_like_it_is_not_followed_up_unless_it_is_severe():
    often = Before(days=34, larger=4)
    rule = {"fall_percent": D(-4), "fall_rank": D(4), "fall_alone_percent": D(-8)}
    [start, end, low, now] = points([100, 95, 94, 97])
    found = Flush(start, end, low, None, now)
    assert "number 5 in the 34 days" in not_to_be_followed(found, often, rule)
    assert not_to_be_followed(found, Before(33, 3), rule) == ""
    assert "too few days" in not_to_be_followed(found, Before(0, 0), rule)
    severe = found._replace(end=Point(end.time, D(92)))
    assert not_to_be_followed(severe, often, rule) == not_to_be_followed(severe, Before(0, 0), rule) == ""


def test_an_open_interest_at_its_low_is_not_followed_up(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS[:4]))
    assert "at its low" in sheet.why_missing("reset_share")


def test_too_few_days_give_no_rank(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS))
    assert sheet.get("reset_rank") is None
    assert "needs 30 earlier days" in sheet.why_missing("reset_rank")


def test_margins_apart_are_counted_together(facts):
    linear, inverse = rows([int(coins * 0.75) for coins in DAYS]), rows([int(coins * 0.25) for coins in DAYS])
    both = [{**row, "margin": "linear"} for row in linear] + [{**row, "margin": "inverse"} for row in inverse]
    assert facts(price, open_interest, rebuild, open_interest=both).get("reset_fall").number == -10


def test_price_moves_from_the_close_at_the_low_to_the_newest(facts, candles):
    # Seven days of daily candles to now: the low is at the fifth close, the fall began at the third.
    bars = candles([50, 60, 62, 61, 57, 58, 60], interval_minutes=1440)
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS), candles=[bars])
    assert sheet.get("reset_price_then").number == 57
    assert sheet.get("reset_price_now").number == 60
    assert sheet.get("reset_price_before").number == 62
    # 60 / 57 is 1.0526315789..., 60 / 62 is 0.9677419354...
    assert sheet.get("reset_price_change").number == D("5.26315789474")
    assert sheet.get("reset_price_gap").number == D("-3.22580645161")


def test_without_candles_the_price_since_is_missing(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS))
    assert "no candles" in sheet.why_missing("reset_price_change")


def test_a_newest_row_that_is_old_or_without_coins_gives_nothing(facts):
    sheet = facts(price, open_interest, rebuild, open_interest=rows(DAYS), now="2026-05-22T11:00:00Z")
    assert sheet.get("reset_share") is None
    dollars = [
        *rows(DAYS)[:-1],
        {"venue": "all", "value_usd": 5e9, "time": "2026-05-22T09:00:00Z", "source": "CoinGlass"},
    ]
    assert facts(price, open_interest, rebuild, open_interest=dollars).get("reset_share") is None
