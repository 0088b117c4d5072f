"""Flows of funds: sessions, runs, ranks, and what futures did from close to close."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.etf_echo import LEAST_DAYS
from commentary.metrics.etf_flows import SESSIONS_NEEDED, etf_flows
from commentary.metrics.funding import funding
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
PRICE = {"value": 60000, "kind": "mark", "venue": "Binance", "source": "Binance"}
MONDAY = datetime(2026, 5, 18, 20, tzinfo=UTC)
THURSDAY = MONDAY + timedelta(days=3)
"""The evening before the snapshot of Friday, 2026-05-22T09:00:00Z."""


def text(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def session(moment, millions, sessions=1):
    return {"source": "SoSoValue", "sessions": sessions, "net_usd": millions * 1_000_000, "time": text(moment)}


def week(*millions):
    """Sessions that end on Thursday."""
    return [session(THURSDAY - timedelta(days=len(millions) - 1 - k), flow) for k, flow in enumerate(millions)]


@pytest.fixture
def found(facts):
    """Return a function: flows in, the sheet out."""
    return lambda rows, **more: facts(
        price, open_interest, funding, etf_flows, prices=[PRICE], etf_flows=list(rows), **more
    )


def test_a_run_is_added_up_and_told_by_its_sessions(found):
    sheet = found(week(120, -300, -150, -450))
    assert sheet.get("etf_flow").value == -900_000_000
    assert sheet.get("etf_flow_last").value == -450_000_000
    assert (sheet.get("etf_sessions").value, sheet.get("etf_run").value) == (3, 3)
    assert sheet.get("etf_first_day").value == datetime(2026, 5, 19, tzinfo=UTC)
    # 900 million / 60,000
    assert sheet.get("etf_flow_coin").value == 15_000


def test_price_is_told_from_close_to_close_and_values_the_flow(facts):
    at = {"kind": "mark", "venue": "Binance", "source": "Binance"}
    prices = [{**at, "value": 50_000, "time": text(MONDAY)}, {**at, "value": 48_000, "time": text(THURSDAY)}, PRICE]
    sheet = facts(price, open_interest, funding, etf_flows, prices=prices, etf_flows=week(120, -300, -150, -450))
    assert (sheet.get("price_flow_from").value, sheet.get("price_flow").value) == (50_000, 48_000)
    # 48,000 / 50,000 over the three days from Monday's close
    change = sheet.get("price_change_flow")
    assert (change.value, change.subject.window_hours) == (-4, 72)
    # 900 million / 48,000
    assert sheet.get("etf_flow_coin").value == 18_750


def test_a_run_as_old_as_what_is_held_may_be_longer_and_starts_at_the_oldest_close(found):
    sheet = found(week(-100, -300, -150))
    assert sheet.get("etf_run") is None
    assert sheet.get("etf_run_held").value == 3
    # The oldest session is the close from which the sum runs.
    assert (sheet.get("etf_flow").value, sheet.get("etf_sessions").value) == (-450_000_000, 2)


def test_a_sum_that_a_source_gives_comes_before_one_of_ours(found):
    sheet = found([*week(120, -300, -150, -450), session(THURSDAY, -780, sessions=4)])
    assert (sheet.get("etf_flow").value, sheet.get("etf_sessions").value) == (-780_000_000, 4)
    older = found([*week(120, -300), session(MONDAY, -780, sessions=4)])
    assert (older.get("etf_flow").value, older.get("etf_sessions").value) == (-300_000_000, 1)


def test_a_sum_of_sessions_not_told_says_why(found):
    row = {"source": "SoSoValue", "net_usd": 5_000_000, "time": text(THURSDAY)}
    sheet = found([row])
    assert sheet.get("etf_flow").value == 5_000_000
    assert "sessions" in sheet.why_missing("etf_sessions")


def test_the_rank_is_of_one_sign_among_a_month_of_sessions(found):
    rows = [session(THURSDAY - timedelta(days=k), 10 * k * (-1 if k % 2 else 1)) for k in range(1, SESSIONS_NEEDED + 1)]
    sheet = found([*rows, session(THURSDAY, -155)])
    # Of the outflows of 10, 30 … 190, two are larger than 155: 170 and 190.
    assert (sheet.get("etf_flow_rank").value, sheet.get("etf_sessions_held").value) == (3, 20)
    # 10, 20 … 200, whichever way: the middle is 105.
    assert sheet.get("etf_flow_median").value == 105_000_000
    # The largest outflow before it is 190, the largest inflow 200.
    assert (sheet.get("etf_flow_next").value, sheet.get("etf_flow_opposite").value) == (-190_000_000, 200_000_000)
    short = found([*rows[1:], session(THURSDAY, -155)])
    assert "20 earlier sessions" in short.why_missing("etf_flow_rank")


def test_the_sum_of_a_run_is_told_against_the_largest_before_it(found):
    rows = [session(THURSDAY - timedelta(days=k), 10 * (1 if k == 2 else -1)) for k in range(2, 30)]
    sheet = found([*rows, session(THURSDAY - timedelta(days=1), -30), session(THURSDAY, -40)])
    assert (sheet.get("etf_flow").value, sheet.get("etf_sessions").value) == (-70_000_000, 2)
    # Two days in a row without the inflow of 10 came to 20, last on the third day before.
    largest = sheet.get("etf_flow_sum_next")
    assert (largest.value, largest.as_of.date()) == (-20_000_000, (THURSDAY - timedelta(days=3)).date())
    larger = found([*rows, session(THURSDAY - timedelta(days=1), -4), session(THURSDAY, -5)])
    assert larger.get("etf_flow_sum_next") is None
    assert found([*rows, session(THURSDAY, -40)]).get("etf_flow_sum_next") is None


def test_a_weekend_is_told(facts):
    rows = {"prices": [PRICE], "etf_flows": week(120, -300)}
    weekday = facts(price, open_interest, etf_flows, **rows)
    assert weekday.get("etf_calendar").value == "weekday"
    saturday = facts(price, open_interest, etf_flows, as_of="2026-05-23T09:00:00Z", **rows)
    assert saturday.get("etf_calendar").value == "weekend"


def held(**coins):
    shared = {"venue": "all", "source": "CoinGlass"}
    return [
        {**shared, "value_coin": value, "time": text(MONDAY + timedelta(days=int(day[1:])))}
        for day, value in coins.items()
    ]


def test_open_interest_is_counted_from_close_to_close(found):
    sheet = found(week(120, -300, -150, -450), open_interest=[*held(d0=250_000, d3=240_000), *held(d2=1)])
    change = sheet.get("oi_change_flow")
    # 240,000 / 250,000 = 0.96, over the three days from Monday's close.
    assert (change.value, change.subject.window_hours) == (-4, 72)
    assert sheet.get("oi_delta_flow").value == -10_000
    assert sheet.get("oi_flow_from").as_of == MONDAY


def test_without_both_closes_there_is_no_change(found):
    sheet = found(week(120, -300, -150, -450), open_interest=held(d3=240_000))
    assert sheet.get("oi_change_flow") is None
    assert "closes" in sheet.why_missing("oi_change_flow")


def prints(*rates, end=THURSDAY, hours=8):
    return [
        {
            "venue": "Binance",
            "source": "Binance",
            "interval_hours": hours,
            "kind": "settled",
            "rate": rate,
            "time": text(end - timedelta(hours=4 + hours * k)),
        }
        for k, rate in enumerate(reversed(rates))
    ]


def test_funding_is_the_mean_of_the_settlements_between_the_closes_and_of_as_many_before(found):
    # Wednesday 20:00 to Thursday 20:00 holds the settlements of 00:00, 08:00 and 16:00.
    rates = (0.0001, 0.0001, 0.0004, -0.0001, 0.0002, 0.0002)
    sheet = found(week(120, -300), funding=prints(*rates))
    # (-0.01 + 0.02 + 0.02) / 3 and (0.01 + 0.01 + 0.04) / 3 percent
    assert sheet.get("funding_flow").value == D("0.01")
    assert sheet.get("funding_flow_before").value == D("0.02")
    assert sheet.get("funding_flow_prints").value == 3
    assert sheet.get("funding_flow_payer").value == "long"
    assert sheet.get("funding_flow").subject.window_hours == 8


def test_a_gap_in_the_settlements_gives_no_mean(found):
    rows = prints(0.0001, 0.0001, 0.0001)
    assert found(week(120, -300), funding=[rows[0], rows[2]]).get("funding_flow") is None
    assert found(week(120, -300), funding=rows).get("funding_flow_before") is None


def basis(day, percent, left):
    return {
        "venue": "CME",
        "source": "CME",
        "tenor": "front",
        "days": left,
        "annualised": percent / 100,
        "time": text(MONDAY + timedelta(days=day)),
    }


def test_a_basis_is_of_one_contract_with_a_week_to_go(found):
    flows = week(120, -300, -150, -450)
    sheet = found(flows, basis=[basis(0, 6.4, 22), basis(3, 5.3, 19)])
    assert sheet.get("basis_flow_annual").value == D("5.3")
    assert sheet.get("basis_flow_before_annual").value == D("6.4")
    rolled = found(flows, basis=[basis(0, 6.4, 22), basis(3, 5.3, 50)])
    near = found(flows, basis=[basis(0, 6.4, 9), basis(3, 5.3, float(LEAST_DAYS - 1))])
    assert rolled.get("basis_flow_annual") is near.get("basis_flow_annual") is None


def test_no_flow_is_said_to_be_missing(found):
    assert "flow" in found([]).why_missing("etf_flow")


def test_the_echo_is_ranked_among_earlier_spans_as_long(facts):
    rows = {"prices": [PRICE], "etf_flows": week(120, -300)}
    # From Wednesday to Thursday 200,000 to 194,000, a fall of 3%. Of eight days before, one fell by more: by 4%.
    levels = [194_000, 200_000, 200_000, 192_000, *[200_000] * 6]
    shared = {"venue": "all", "source": "CoinGlass"}
    held = [
        {**shared, "value_coin": value, "time": text(THURSDAY - timedelta(days=k))} for k, value in enumerate(levels)
    ]
    sheet = facts(price, open_interest, etf_flows, **rows, open_interest=held)
    assert (sheet.get("oi_flow_further").value, sheet.get("oi_flow_spans").value) == (1, 8)
    assert sheet.get("oi_flow_next").value == -4
    # A fall as large again: 194,000 less 6,000.
    assert sheet.get("oi_flow_twice").value == 188_000
    assert facts(price, open_interest, etf_flows, **rows, open_interest=held[:9]).get("oi_flow_spans") is None
