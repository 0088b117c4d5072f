"""Dates ahead: which is next, what follows it when, and what would show that positions moved."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.metrics.calendar import calendar, first_after
from commentary.metrics.funding import funding
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
CPI = {"event": "US CPI", "time": "2026-05-23T12:30:00Z", "source": "BLS"}
FUNDING = {"venue": "Binance", "source": "Binance", "rate": 0.0001, "interval_hours": 8, "kind": "settled",
           "time": "2026-05-22T08:00:00Z"}  # fmt: skip


def test_a_date_is_told_with_its_hours_and_a_day_after_it(facts):
    sheet = facts(price, open_interest, funding, calendar, calendar=[CPI])
    at = {"at": "US CPI"}
    assert sheet.get("event_time", **at).value == datetime(2026, 5, 23, 12, 30, tzinfo=UTC)
    # From 09:00 on May 22.
    assert sheet.get("event_hours", **at).value == D("27.5")
    assert sheet.get("event_check", **at).value == datetime(2026, 5, 24, 12, 30, tzinfo=UTC)
    assert sheet.get("event_name").value == "US CPI"
    assert sheet.get("event_settlement") is None
    assert sheet.get("event_time").as_of == datetime(2026, 5, 22, 9, tzinfo=UTC)


def test_the_settlement_after_it_follows_from_the_last_and_the_interval(facts):
    sheet = facts(price, open_interest, funding, calendar, calendar=[CPI], funding=[FUNDING])
    assert sheet.get("event_settlement").value == datetime(2026, 5, 23, 16, tzinfo=UTC)


def test_a_settlement_at_the_very_time_is_not_after_it():
    settled = datetime(2026, 5, 22, 8, tzinfo=UTC)
    hours = timedelta(hours=8)
    assert first_after(settled + hours, settled, hours) == settled + 2 * hours
    assert first_after(settled + hours - timedelta(minutes=1), settled, hours) == settled + hours


def test_the_bounds_are_two_and_a_half_percent_off_what_is_open(facts):
    held = [{"venue": "all", "value_coin": 200_000, "source": "CoinGlass"}]
    sheet = facts(price, open_interest, funding, calendar, calendar=[CPI], open_interest=held)
    # 200,000 less and more 5,000
    assert (sheet.get("oi_event_low").value, sheet.get("oi_event_high").value) == (195_000, 205_000)


def test_the_nearest_of_a_name_is_told_and_the_past_is_not(facts):
    later = {**CPI, "time": "2026-06-12T12:30:00Z"}
    past = {"event": "US payrolls", "time": "2026-05-08T12:30:00Z", "source": "BLS"}
    jobs = {"event": "US jobs report", "time": "2026-05-25T12:30:00Z"}
    sheet = facts(price, open_interest, funding, calendar, calendar=[later, past, jobs, CPI])
    assert [fact.value for fact in sheet.all("event_name")] == ["US CPI", "US jobs report"]
    assert sheet.all("event_name")[1].source == ()


def test_two_dates_of_one_event_contradict_each_other_and_neither_is_told(facts):
    second = {**CPI, "time": "2026-05-24T12:30:00Z"}
    jobs = {"event": "US jobs report", "time": "2026-05-25T12:30:00Z"}
    sheet = facts(price, open_interest, funding, calendar, calendar=[CPI, second, jobs])
    assert [fact.value for fact in sheet.all("event_name")] == ["US jobs report"]
    told = "the data has two dates of it, 2026-05-23 12:30 and 2026-05-24 12:30 UTC"
    assert sheet.why_missing("event_time") == told
    assert "figures_contradict" in sheet.flags


def test_what_is_a_week_apart_is_two_dates_and_what_is_an_hour_apart_is_one(facts):
    for time in ("2026-05-30T12:30:00Z", "2026-05-23T13:30:00Z"):
        sheet = facts(price, open_interest, funding, calendar, calendar=[CPI, {**CPI, "time": time, "source": "FRED"}])
        assert sheet.get("event_name").value == "US CPI"
        assert "figures_contradict" not in sheet.flags


def test_no_date_ahead_is_said_to_be_missing(facts):
    sheet = facts(price, open_interest, funding, calendar, calendar=[])
    assert "no date ahead" in sheet.why_missing("event_time")


def test_earlier_dates_of_the_name_tell_how_far_price_and_positions_went(facts):
    past = [{**CPI, "time": f"2026-05-{day:02}T12:30:00Z"} for day in (4, 8, 12)]
    bars, held = [], []
    # Each bar of four hours closes where it opens; the day after a date ends at another price and count.
    ends = {5: (63_000, 196_000), 9: (59_400, 198_000), 13: (60_000, 206_000)}
    for day in range(4, 14):
        for hour in range(0, 24, 4):
            time = f"2026-05-{day:02}T{hour:02}:00:00Z"
            close = ends[day][0] if hour == 8 and day in ends else 60_000
            bars.append({"time": time, "open": close, "high": close, "low": close, "close": close})
            after = ends[day][1] if hour == 12 and day in ends else 200_000
            held.append({"venue": "all", "source": "CoinGlass", "value_coin": after, "time": time})
    candles = [{"venue": "Binance", "source": "Binance", "interval_minutes": 240, "bars": bars}]
    rows = {"calendar": [*past, CPI], "open_interest": held, "candles": candles}
    sheet = facts(price, open_interest, funding, calendar, **rows)
    # 60,000 to 63,000 is 5%, the largest; 200,000 to 206,000 is 3%.
    assert sheet.get("event_past").value == 3
    assert (sheet.get("price_change_past").value, sheet.get("oi_change_past").value) == (5, 3)
    assert (
        facts(price, open_interest, funding, calendar, **{**rows, "calendar": [*past[1:], CPI]}).get("event_past")
        is None
    )
