"""Options of an expiry: what is open before it, what is left after it, and its place among earlier ones."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.metrics.open_interest import open_interest
from commentary.metrics.options import options
from commentary.metrics.options_history import EXPIRIES_NEEDED
from commentary.metrics.price import price

D = Decimal
PRICE = {"value": 64000, "kind": "mark", "venue": "Binance", "source": "Binance"}
AT = "2026-05-23"
"""The day after the snapshot's, which is of 2026-05-22T09:00:00Z."""


def row(expiry=AT, time="2026-05-22T08:30:00Z", venue="Deribit", **fields):
    return {"venue": venue, "source": venue, "expiry": expiry, "time": time, **fields}


OPEN = row(of="open_interest", unit="coin", calls=80_000, puts=60_000, notional_usd=8_960_000_000, max_pain=65_280)


@pytest.fixture
def found(facts):
    """Return a function: rows of options in, the sheet out."""
    return lambda *rows, **more: facts(price, open_interest, options, prices=[PRICE], options=list(rows), **more)


def value(sheet, metric, at=AT):
    fact = sheet.get(metric, at=at)
    return None if fact is None else fact.value


def test_what_is_open_is_told_with_its_unit_and_its_ratio_of_open_interest(found):
    sheet = found(OPEN)
    assert value(sheet, "options_notional") == 8_960_000_000
    assert [(value(sheet, f"options_{kind}"), sheet.get(f"options_{kind}").unit) for kind in ("calls", "puts")] == [
        (80_000, "coin"),
        (60_000, "coin"),
    ]
    # 60,000 / 80,000
    assert value(sheet, "options_put_call") == D("0.75")
    assert value(sheet, "options_total") == 140_000
    assert sheet.get("options_volume_put_call") is None
    assert sheet.get("options_calls").evidence == "observed"


def test_max_pain_has_a_distance_from_price_and_a_band_of_a_percent(found):
    sheet = found(OPEN)
    # 65,280 / 64,000 = 1.02; one percent of 65,280 is 652.80.
    assert value(sheet, "options_max_pain_distance") == 2
    assert (value(sheet, "options_pain_low"), value(sheet, "options_pain_high")) == (D("64627.2"), D("65932.8"))


def test_volatility_is_of_a_year_and_skew_is_calls_less_puts_in_points(found):
    sheet = found(row(of="open_interest", notional_usd=1e9, implied_volatility=0.382, skew_25d=-0.034))
    assert value(sheet, "options_volatility") == D("38.2")
    # 38.2 / 19.1049731745, the root of 365
    assert round(value(sheet, "options_daily_move"), 5) == D("1.99948")
    skew = sheet.get("options_skew")
    assert (skew.value, skew.unit) == (D("-3.4"), "points")


def test_the_hour_is_the_exchange_s_and_hours_are_counted_from_the_count(found):
    sheet = found(OPEN)
    assert value(sheet, "options_expiry") == datetime(2026, 5, 23, tzinfo=UTC)
    assert value(sheet, "options_expires") == datetime(2026, 5, 23, 8, tzinfo=UTC)
    # From 08:30 to 08:00 of the next day.
    assert value(sheet, "options_hours_left") == D("23.5")
    assert value(sheet, "options_days_left") == 1
    assert value(sheet, "options_phase") == "ahead"


def test_of_an_exchange_whose_hour_is_not_known_the_day_is_told(found):
    sheet = found({**OPEN, "venue": "Nowhere", "source": "Nowhere"})
    assert value(sheet, "options_days_left") == 1
    assert sheet.get("options_expires") is None
    assert "hour" in sheet.why_missing("options_expires")


def test_a_ratio_of_volume_is_another_metric(found):
    sheet = found(OPEN, row(of="volume", unit="contracts", calls=1000, puts=1500))
    assert value(sheet, "options_volume_put_call") == D("1.5")
    assert sheet.get("options_volume_calls").unit == "count"
    assert value(sheet, "options_put_call") == D("0.75")


def test_counts_that_do_not_say_what_they_count_are_left_out(found):
    sheet = found(row(unit="coin", calls=80_000, puts=60_000))
    assert sheet.get("options_calls") is None
    assert "volume" in sheet.why_missing("options_calls")


def test_the_share_is_of_all_that_is_open_there(found):
    whole = {"venue": "Deribit", "source": "Deribit", "of": "open_interest", "notional_usd": 35_840_000_000}
    # 8.96 / 35.84
    sheet = found(OPEN, whole)
    assert value(sheet, "options_share") == 25
    # A sum in dollars moves with price, so it is no measure of what is opened or closed.
    assert value(sheet, "options_rest") is None
    assert found(OPEN, {**whole, "source": "Another"}).get("options_share") is None


def test_a_part_larger_than_the_whole_is_no_share_of_it(found):
    whole = {"venue": "Deribit", "source": "Deribit", "of": "open_interest", "unit": "coin"}
    # 8.96 of 5 billion would be 179%; 140,000 of 70,000 coins are twice the whole.
    in_dollars = found(OPEN, {**whole, "notional_usd": 5_000_000_000})
    in_coins = found(OPEN, {**whole, "calls": 50_000, "puts": 20_000})
    for sheet in (in_dollars, in_coins):
        assert sheet.get("options_share") is sheet.get("options_all_notional") is sheet.get("options_all_total") is None
        assert "figures_contradict" in sheet.flags
    assert value(in_coins, "options_notional") == 8_960_000_000


@pytest.mark.parametrize(("each", "kept"), [(1.09, True), (0.92, True), (1.11, False), (0.1, False)])
def test_dollars_that_the_coins_of_the_row_contradict_are_not_told(found, each, kept):
    # 140,000 coins at 64,000 are 8.96 billion; a tenth either way is allowed, which is to 1.1 and from 0.909.
    sheet = found({**OPEN, "notional_usd": 8_960_000_000 * each})
    assert (value(sheet, "options_notional") is not None) is kept
    assert ("figures_contradict" in sheet.flags) is not kept
    assert value(sheet, "options_calls") == 80_000
    # Nothing is said of what was counted hours from the price.
    old = row(of="open_interest", unit="coin", calls=1, puts=1, notional_usd=1, time="2026-05-22T06:00:00Z")
    assert value(found(old), "options_notional") == 1


def test_what_is_left_without_the_expiry_is_counted_in_coins_or_contracts(found):
    whole = {"venue": "Deribit", "source": "Deribit", "of": "open_interest", "unit": "coin"}
    sheet = found(OPEN, {**whole, "calls": 250_000, "puts": 200_000})
    assert (value(sheet, "options_all_total"), value(sheet, "options_all_put_call")) == (450_000, D("0.8"))
    # 450,000 - 140,000 are of other days; a tenth of that either way.
    assert (value(sheet, "options_rest"), sheet.get("options_rest").unit) == (310_000, "coin")
    assert (value(sheet, "options_rest_low"), value(sheet, "options_rest_high")) == (240_000, 380_000)
    # Contracts and coins are not set against each other.
    assert found(OPEN, {**whole, "unit": "contracts", "calls": 250_000, "puts": 200_000}).get("options_rest") is None


def test_a_contract_comes_to_the_notional_value_by_their_number(found):
    # 8.96 billion by 140,000 contracts
    assert value(found({**OPEN, "unit": "contracts"}), "options_each_usd") == 64_000
    assert found(OPEN).get("options_each_usd") is None


def earlier(count, **fields):
    days = [f"2026-05-{1 + k:02}" for k in range(count)]
    return [row(day, f"{day}T00:00:00Z", **{name: of(k) for name, of in fields.items()}) for k, day in enumerate(days)]


def test_the_rank_is_among_earlier_expiries_with_a_known_size(found):
    sizes = earlier(EXPIRIES_NEEDED, of=lambda _: "open_interest", notional_usd=lambda k: (k + 3) * 1e9)
    sheet = found(OPEN, *sizes)
    # 3, 4 … 10 billion before it: two of them, 9 and 10, are larger than 8.96.
    assert (value(sheet, "options_rank"), value(sheet, "options_expiries_held")) == (3, 8)
    assert value(sheet, "options_next") == 10_000_000_000
    short = found(OPEN, *sizes[1:])
    assert short.get("options_rank") is None
    assert "7" in short.why_missing("options_rank")


def test_what_was_open_long_before_an_expiry_ranks_nothing(found):
    old = [{**one, "time": "2026-04-20T00:00:00Z"} for one in earlier(8, of=lambda _: "open_interest",
           notional_usd=lambda _: 1e9)]  # fmt: skip
    assert found(OPEN, *old).get("options_rank") is None


SETTLED = row("2026-05-22", "2026-05-22T08:05:00Z", unit="coin", settlement=64_260, worthless_share=0.83,
              open_interest_removed=137_000)  # fmt: skip
BEFORE = row("2026-05-22", "2026-05-21T20:00:00Z", of="open_interest", unit="coin", calls=80_000, puts=60_000,
             notional_usd=8_960_000_000, max_pain=63_000)  # fmt: skip


def test_after_the_settlement_it_is_told_what_is_left(found):
    sheet = found(SETTLED, BEFORE, OPEN)
    today = "2026-05-22"
    assert sheet.get("options_phase").value == "settled"
    assert value(sheet, "options_settlement", today) == 64_260
    assert value(sheet, "options_worthless", today) == 83
    assert value(sheet, "options_removed", today) == 137_000
    # 137,000 * 64,260
    assert value(sheet, "options_removed_usd", today) == 8_803_620_000
    # 64,260 / 63,000 = 1.02
    assert value(sheet, "options_settlement_distance", today) == 2
    assert value(sheet, "options_max_pain_distance", today) is None
    # The next one comes after it.
    assert [fact.value for fact in sheet.all("options_phase")] == ["settled", "ahead"]


def test_a_settlement_told_before_its_hour_is_none(found):
    # The snapshot is of 09:00 UTC on May 22, and the options expire at 08:00 UTC on the day after.
    sheet = found({**SETTLED, "expiry": AT}, OPEN)
    assert [fact.value for fact in sheet.all("options_phase")] == ["ahead"]
    assert (value(sheet, "options_settlement"), value(sheet, "options_worthless")) == (None, None)
    (gap,) = [one for one in sheet.missing if one.subject.metric == "options_settlement"]
    assert gap.reason == "a row tells of a settlement that is due at 2026-05-23 08:00 UTC, after the snapshot"


def test_the_usual_share_is_the_median_of_earlier_ones(found):
    shares = earlier(EXPIRIES_NEEDED, worthless_share=lambda k: round(0.7 + k / 100, 2))
    sheet = found(SETTLED, *shares)
    # 70, 71 … 77 percent: the middle is 73.5.
    assert value(sheet, "options_worthless_median", "2026-05-22") == D("73.5")
    assert value(sheet, "options_worthless_held", "2026-05-22") == 8
    # 83 percent is over all of them.
    assert value(sheet, "options_worthless_rank", "2026-05-22") == 1


def test_the_bound_for_futures_is_two_and_a_half_percent_under_what_they_hold(found):
    held = [{"venue": "all", "value_coin": 200_000, "source": "CoinGlass"}]
    # 200,000 * 0.975
    assert found(SETTLED, open_interest=held).get("oi_expiry_test").value == 195_000
    assert found(SETTLED, open_interest=held).get("oi_expiry_high").value == 205_000
    assert found(OPEN, open_interest=held).get("oi_expiry_test") is None


def test_an_expiry_past_without_a_word_of_it_is_not_told(found):
    sheet = found(row("2026-05-22", "2026-05-21T20:00:00Z", of="open_interest", notional_usd=1e9))
    assert sheet.get("options_notional") is None
    assert "ahead" in sheet.why_missing("options_notional")


def test_of_two_near_ones_the_larger_comes_first(found):
    small = row("2026-05-24", of="open_interest", notional_usd=10e9)
    assert found(OPEN, small).get("options_notional").value == 10_000_000_000
