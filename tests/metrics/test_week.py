"""Seven days of each series, and where they stand among the weeks before; figures worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.funding import funding
from commentary.metrics.liquidations import liquidations
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price
from commentary.metrics.volatility import volatility
from commentary.metrics.week import week
from commentary.metrics.week_candles import volatility_of

D = Decimal
# A Friday.
AS_OF = datetime(2026, 5, 22, 9, tzinfo=UTC)
EIGHT = datetime(2026, 5, 22, 8, tzinfo=UTC)


def at(moment):
    return moment.isoformat().replace("+00:00", "Z")


@pytest.fixture
def weekly(facts):
    """Return a function: sections of a snapshot in, the facts of the week and what it needs out."""

    def run(**fields):
        return facts(price, volatility, open_interest, funding, liquidations, week, **fields)

    return run


def daily_bars(closes, *, highs=None, lows=None):
    """Bars of a day, to midnight of May 22; each opens at the close before it."""
    end = EIGHT.replace(hour=0)
    bars = []
    for place, close in enumerate(closes):
        opened = closes[place - 1] if place else close
        high, low = max(opened, close), min(opened, close)
        bars.append({
            "time": at(end - timedelta(days=len(closes) - place)), "open": opened, "close": close,
            "high": (highs or {}).get(place, high), "low": (lows or {}).get(place, low),
        })  # fmt: skip
    return [{"venue": "Binance", "source": "Binance", "interval_minutes": 1440, "bars": bars}]


def four_hours(closes, **more):
    end = EIGHT
    bars = [
        {"time": at(end - timedelta(hours=4 * (len(closes) - place))), "open": close, "high": close, "low": close,
         "close": close, **more}
        for place, close in enumerate(closes)
    ]  # fmt: skip
    return [{"venue": "Binance", "source": "Binance", "interval_minutes": 240, "bars": bars}]


def test_the_move_of_a_week_is_made_where_the_days_own_would_be_stale(weekly):
    # The newest bar ended an hour before: fresh by a week, of which a twenty-fourth is seven hours.
    sheet = weekly(candles=four_hours([100] * 43), now="2026-05-22T14:30:00Z")
    assert sheet.get("price_change", window=168).number == 0
    assert sheet.get("price_to", window=168).number == 100
    stale = weekly(candles=four_hours([100] * 43), now="2026-05-22T15:30:00Z")
    assert stale.get("price_to", window=168) is None


def test_the_price_is_of_the_exchange_whose_open_interest_is_told(weekly):
    # Two exchanges' candles end together; Bybit's reach a day further back. Coins: 500 on Binance, 400 on Bybit.
    own = {**four_hours([100] * 42 + [95])[0]}
    other = {**four_hours([90] * 6 + [100] * 42 + [99])[0], "venue": "Bybit", "source": "Bybit"}
    coins = [{"venue": name, "source": name, "value_coin": coins, "time": at(EIGHT)}
             for name, coins in (("Bybit", 400), ("Binance", 500))]  # fmt: skip
    sheet = weekly(candles=[other, own], open_interest=coins)
    move = sheet.get("price_change", window=168)
    # 95 after 100 is -5%; Bybit's 99 after 100 would be -1%
    assert (move.subject.venue, move.number) == ("Binance", D(-5))
    assert sheet.get("price_high", window=168).subject.venue == "Binance"


def test_the_range_has_its_days(weekly):
    closes = [100 + place % 3 for place in range(44)]
    closes[10], closes[30] = 120, 80
    sheet = weekly(candles=four_hours(closes))
    high, low = sheet.get("price_high", window=168), sheet.get("price_low", window=168)
    assert (high.number, low.number) == (120, 80)
    # The last close is 101.
    assert sheet.get("week_off_high", window=168).number == D("-15.8333333333")
    assert sheet.get("week_off_low", window=168).number == D("26.25")
    # Bar 10 of 44 begins 34 bars before 08:00 of May 22: 136 hours, at 16:00 of May 16; bar 30 at 00:00 of May 20.
    assert sheet.get("week_high_day", window=168).value == datetime(2026, 5, 16, 16, tzinfo=UTC)
    assert sheet.get("week_low_day", window=168).value == datetime(2026, 5, 20, 0, tzinfo=UTC)


def test_a_gap_in_the_candles_leaves_the_range_open_and_is_counted(weekly):
    made = four_hours([100] * 60)
    del made[0]["bars"][-5]
    sheet = weekly(candles=made)
    assert sheet.get("price_high", window=168) is None
    assert "4 hours are missing" in sheet.why_missing("price_high")
    assert sheet.get("week_gap", at="price").number == 4
    assert sheet.get("price_change", window=168) is not None


def test_a_move_is_set_against_the_weeks_before_in_its_own_direction(weekly):
    # Weeks of daily closes at their ends: 100, 110 (+10%), 99 (-10%), 100 (+1.0%), 103 (+3%), 100 (-2.9%),
    # 105 (+5%), 104 (-1.0%), 105 (+1.0%), 106 (+1.0%), then +4%. Risen by more: in the weeks of +10% and +5%.
    ends = [100, 110, 99, 100, 103, 100, 105, 104, 105, 106, D("110.24")]
    closes = [float(end) for end in ends for _ in range(7)]
    # The close at the end of a week stands last of its seven.
    sheet = weekly(candles=daily_bars(closes), as_of="2026-05-22T00:30:00Z")
    assert sheet.get("price_change", window=168).number == D("4")
    assert sheet.get("price_week_further").number == 2
    # 77 closes reach back 76 days: ten whole weeks and six days, the newest of them the week itself.
    assert sheet.get("price_weeks").number == 9 * 7


def test_with_few_weeks_there_is_no_place_among_them(weekly):
    sheet = weekly(candles=four_hours([100 + place for place in range(6 * 30)]))
    assert sheet.get("price_week_further") is None
    assert "8 of them" in sheet.why_missing("price_week_further")


def test_a_weeks_volatility_is_that_of_its_closes_for_a_year():
    # ln(101 / 100) and back, twice: 0.00995033 and its negative; their standard deviation is
    # 0.00995033 * sqrt(4 / 3) = 0.0114896, for six bars a day sqrt(2190) = 46.7974 times as much: 53.77%.
    found = volatility_of([D(100), D(101), D(100), D(101), D(100)], 6)
    assert abs(found - D("53.77")) < D("0.01")


def settled(*rates, interval=8, newest=EIGHT):
    return [
        {"venue": "Binance", "source": "Binance", "interval_hours": interval, "kind": "settled", "rate": rate,
         "time": at(newest - timedelta(hours=interval * back))}
        for back, rate in enumerate(rates)
    ]  # fmt: skip


def test_funding_has_its_range_its_average_and_its_payers(weekly):
    rates = [0.0001] * 15 + [-0.0002] * 4 + [0] * 2
    sheet = weekly(funding=settled(*rates))
    assert sheet.get("funding_week_prints").number == 21
    assert sheet.get("funding_week_low").number == D("-0.02")
    assert sheet.get("funding_week_high").number == D("0.01")
    # (15 * 0.01 - 4 * 0.02) / 21 = 0.07 / 21
    average = sheet.get("funding_week_average")
    assert average.number == D("0.00333333333333")
    assert (average.subject.window_hours, average.quantity) == (8, "rate")
    paid = {fact.side: fact.number for fact in sheet.all("funding_week_paid")}
    assert paid == {"long": 15, "short": 4}
    assert sheet.all("funding_week_paid")[0].side == "long"


def test_a_settlement_a_week_ago_belongs_to_the_week_before(weekly):
    sheet = weekly(funding=settled(*[0.0001] * 21, 0.005))
    assert sheet.get("funding_week_high").number == D("0.01")


def test_missing_settlements_are_counted_and_too_many_leave_no_week(weekly):
    rows = settled(*[0.0001] * 21)
    assert weekly(funding=rows[:3] + rows[5:]).get("week_gap", at="funding").number == 2
    sheet = weekly(funding=rows[:14])
    # 14 of 21 is less than five days of seven.
    assert sheet.get("funding_week_prints") is None
    assert "holds 14" in sheet.why_missing("funding_week_prints")


def test_an_average_is_set_against_those_of_the_weeks_before(weekly):
    # Nine weeks before, of which three averaged more than 0.01%.
    rates = [0.0001] * 21
    for back in range(9):
        rates += [0.0002 if back in (1, 4, 7) else 0.00005] * 21
    sheet = weekly(funding=settled(*rates))
    assert sheet.get("funding_week_higher").number == 3
    assert sheet.get("funding_week_as_low").number == sheet.get("funding_weeks").number / 7 - 3
    assert sheet.get("funding_weeks").number == 63


def recorded(*days, newest=EIGHT):
    return [
        {"venue": "all", "source": "CoinGlass", "window_hours": 24, "long_usd": longs, "short_usd": shorts,
         "total_usd": longs + shorts, "time": at(newest - timedelta(days=back))}
        for back, (longs, shorts) in enumerate(days)
    ]  # fmt: skip


def test_liquidations_add_up_over_seven_daily_windows(weekly):
    rows = recorded((10, 5), (20, 5), (10, 40), (1, 1), (2, 2), (3, 3), (4, 4), (900, 900))
    sheet = weekly(liquidations=rows)
    total = sheet.get("liq_week_total")
    # 15 + 25 + 50 + 2 + 4 + 6 + 8; the eighth day is of the week before.
    assert (total.number, total.subject.window_hours) == (110, 168)
    assert sheet.get("liq_week_size", side="long").number == 50
    assert sheet.get("liq_week_size", side="short").number == 60
    share = sheet.get("liq_week_share")
    # 60 of 110
    assert (share.side, round(share.number, 2)) == ("short", D("54.55"))
    largest = sheet.get("liq_week_largest")
    assert (largest.number, largest.subject.window_hours, largest.as_of) == (50, 24, EIGHT - timedelta(days=2))
    part = sheet.get("liq_week_largest_share")
    assert (part.side, part.number) == ("short", 80)


def test_a_missing_day_is_left_out_of_the_sum_and_named(weekly):
    rows = recorded(*[(5, 5)] * 7)
    del rows[3]
    sheet = weekly(liquidations=rows)
    assert (sheet.get("liq_week_total").number, sheet.get("liq_week_days").number) == (60, 6)
    assert sheet.get("week_gap", at="liquidations").number == 1
    assert sheet.get("week_gap_day").value == EIGHT - timedelta(days=3)


def test_fewer_than_five_days_are_no_week(weekly):
    rows = recorded(*[(5, 5)] * 7)
    sheet = weekly(liquidations=[rows[0], rows[2], rows[4], rows[6]])
    assert sheet.get("liq_week_total") is None
    assert "holds 4" in sheet.why_missing("liq_week_total")


def test_a_week_is_made_of_the_daily_totals_where_the_newest_is_of_another_hour(weekly):
    # Days to 08:00, of 10 to 70 million: 10 + 20 + 30 + 40 + 50 + 60 + 70 = 280. The total to 09:00 overlaps the first.
    row = {"venue": "all", "source": "CoinGlass", "window_hours": 24}
    days = [{**row, "total_usd": (day + 1) * 10_000_000, "time": at(EIGHT - timedelta(days=day))} for day in range(7)]
    sheet = weekly(liquidations=[{**row, "total_usd": 12_000_000, "time": at(AS_OF)}, *days])
    week = sheet.get("liq_week_total")
    assert (week.number, week.as_of) == (D(280_000_000), EIGHT)


def test_a_sum_is_set_against_those_of_the_weeks_before(weekly):
    # Eight weeks before; of each day 10, but in the second and the sixth of them 30.
    days = [(5, 5)] * 7
    for back in range(8):
        days += [(15, 15) if back in (1, 5) else (5, 5)] * 7
    sheet = weekly(liquidations=recorded(*days))
    assert (sheet.get("liq_week_higher").number, sheet.get("liq_weeks").number) == (2, 56)


def test_open_interest_is_set_against_the_weeks_before_in_its_own_direction(weekly):
    # Levels a week apart, newest first: 90 from 100 is -10%; before it +0%, -20%, +25%, four weeks of 0%, and -16.7%.
    levels = [90, 100, 100, 125, 100, 100, 100, 100, 100, 120]
    rows = [
        {"venue": "all", "source": "CoinGlass", "value_coin": level, "time": at(EIGHT - timedelta(days=7 * back))}
        for back, level in enumerate(levels)
    ]
    sheet = weekly(open_interest=rows)
    assert sheet.get("oi_change_coin", window=168).number == -10
    assert (sheet.get("oi_week_further").number, sheet.get("oi_weeks").number) == (2, 56)


def test_the_series_that_hold_a_week_are_counted(weekly):
    sheet = weekly(candles=four_hours([100] * 43), funding=settled(*[0.0001] * 21))
    assert sheet.get("week_series").number == 2
    assert weekly(liquidations=recorded((1, 1))).get("week_series") is None


@pytest.mark.parametrize(
    ("as_of", "hours"),
    [
        ("2026-05-22T09:00:00Z", "129"),  # Friday: five days and nine hours
        ("2026-05-24T00:00:00Z", "0"),
        ("2026-05-25T11:59:00Z", "35.9833333333"),
        ("2026-05-23T23:59:00Z", "167.983333333"),
    ],
)
def test_hours_count_from_the_start_of_sunday(weekly, as_of, hours):
    assert round(weekly(as_of=as_of).get("week_since_sunday").number, 6) == round(D(hours), 6)


def test_dates_ahead_are_those_within_seven_days_the_next_two(weekly):
    rows = [
        {"event": "CPI", "time": "2026-05-28T12:30:00Z", "source": "BLS"},
        {"event": "PMI", "time": "2026-05-25T14:00:00Z", "source": "ISM"},
        {"event": "GDP", "time": "2026-05-29T08:59:00Z", "source": "BEA"},
        {"event": "Minutes", "time": "2026-05-30T18:00:00Z", "source": "The Board"},
        {"event": "Past", "time": "2026-05-21T18:00:00Z", "source": "The Board"},
    ]
    sheet = weekly(calendar=rows)
    assert [fact.value for fact in sheet.all("week_event")] == ["PMI", "CPI"]
    assert sheet.get("week_event_time", at="1").value == datetime(2026, 5, 25, 14, tzinfo=UTC)


def test_the_largest_expiry_within_seven_days_is_told(weekly):
    row = {"venue": "Deribit", "source": "Deribit", "of": "open_interest"}
    rows = [
        {**row, "expiry": "2026-05-23", "notional_usd": 100},
        {**row, "expiry": "2026-05-29", "notional_usd": 900},
        {**row, "expiry": "2026-06-26", "notional_usd": 5000},
        {**row, "expiry": "2026-05-29", "notional_usd": 7000, "of": "volume"},
    ]
    sheet = weekly(options=rows)
    assert sheet.get("week_expiry_size").number == 900
    assert sheet.get("week_expiry").value == datetime(2026, 5, 29, tzinfo=UTC)
