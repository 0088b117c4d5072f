"""Notices: since when, by whom, in which words; what they touch, and what other exchanges did meanwhile."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.funding import funding
from commentary.metrics.liquidations import liquidations
from commentary.metrics.notices import notices
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
BINANCE = {"venue": "Binance", "source": "Binance"}
OUTAGE = {**BINANCE, "kind": "outage", "time": "2026-05-22T06:20:00Z"}
TIERS = {**BINANCE, "kind": "tiers", "text": "BTCUSDT margin tiers", "time": "2026-05-22T06:00:00Z"}


@pytest.fixture
def told(facts):
    """Return a function: notice rows and other sections in, their facts out."""

    def run(*rows, **fields):
        return facts(price, open_interest, funding, liquidations, notices, notices=list(rows), **fields)

    return run


def at(hour, minute=0, day=22):
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def test_two_sources_make_one_event_from_its_first_notice_on(told):
    vendor = {"venue": "Binance", "source": "CoinGlass", "kind": "outage", "time": "2026-05-22T06:35:00Z"}
    sheet = told(vendor, OUTAGE)
    event = sheet.get("outage")
    assert (event.text, event.source, event.as_of, event.evidence) == (
        "outage",
        ("Binance", "CoinGlass"),
        at(6, 20),
        "reported",
    )
    assert sheet.get("outage_sources").number == 2
    assert sheet.get("outage_time").value == at(6, 20)
    # From 06:20 to 09:00.
    assert round(sheet.get("outage_age").number, 4) == D("2.6667")
    assert told(OUTAGE).get("outage").evidence == "observed"


def test_a_notice_by_others_alone_is_a_relay(told):
    vendor = {"venue": "Binance", "source": "CoinGlass", "kind": "outage", "time": "2026-05-22T06:35:00Z"}
    assert told(vendor).get("outage_relay").number == 1
    assert told(vendor, OUTAGE).get("outage_relay") is None
    assert told({**OUTAGE, "source": None}).get("outage_relay") is None


def test_a_notice_of_nobody_is_counted_as_such(told):
    sheet = told({**OUTAGE, "source": None})
    assert (sheet.get("outage_sources").number, sheet.get("outage").source) == (0, ())
    assert sheet.get("outage_text") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "auto-deleveraging"), ("BTCUSDT ADL", "auto-deleveraging"), ("Insurance fund draw", "insurance fund draw")],
)
def test_a_draw_on_the_fund_is_told_by_the_words_of_the_notice(told, text, words):
    row = {**OUTAGE, "kind": "adl", "text": text}
    assert told({key: value for key, value in row.items() if value}).get("outage").text == words


def test_the_words_are_those_of_their_own_source(told):
    vendor = {**OUTAGE, "source": "CoinGlass", "text": "Matching engine down", "time": "2026-05-22T06:40:00Z"}
    words = told(OUTAGE, vendor).get("outage_text")
    assert (words.text, words.source, words.as_of) == ("Matching engine down", ("CoinGlass",), at(6, 40))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**OUTAGE, "venue": None}, "names no exchange"),
        ({**OUTAGE, "venue": "all"}, "names no exchange"),
        ({**OUTAGE, "time": "2026-05-20T08:59:00Z"}, "too old"),
        ({**OUTAGE, "asset": "ETH"}, "no such notice"),
    ],
)
def test_an_outage_that_cannot_be_told_says_why(told, row, reason):
    sheet = told({key: value for key, value in row.items() if value is not None})
    assert sheet.get("outage") is None
    assert reason in sheet.why_missing("outage")


def test_the_newest_event_comes_first(told):
    deleveraging = {**OUTAGE, "kind": "adl", "venue": "OKX", "time": "2026-05-22T07:00:00Z"}
    sheet = told(OUTAGE, deleveraging, TIERS, {**TIERS, "kind": "listing", "text": "BTCUSDT"})
    assert [fact.subject.venue for fact in sheet.all("outage")] == ["OKX", "Binance"]
    assert [fact.text for fact in sheet.all("notice")] == ["margin tiers", "listing"]


def test_a_count_that_takes_in_an_outage_is_flagged(told):
    count = {"venue": "all", "source": "CoinGlass", "window_hours": 24, "total_usd": 5_000_000}
    sheet = told(OUTAGE, liquidations=[count])
    into = sheet.get("outage_into_count")
    # From 06:20 to 09:00, the end of the count.
    assert (round(into.number, 4), into.subject.window_hours) == (D("2.6667"), 24)
    assert "silent_feed" in sheet.flags


@pytest.mark.parametrize(
    ("notice", "count"),
    [
        ({"kind": "adl"}, {}),
        ({}, {"venue": "Bybit"}),
        ({}, {"window_hours": 1}),
        ({"time": "2026-05-21T08:59:00Z"}, {}),
        ({"time": "2026-05-22T08:58:00Z"}, {"time": "2026-05-22T08:50:00Z"}),
    ],
)
def test_a_count_that_does_not_take_it_in_is_not(told, notice, count):
    row = {"venue": "all", "source": "CoinGlass", "window_hours": 24, "total_usd": 5_000_000, **count}
    sheet = told({**OUTAGE, **notice}, liquidations=[row])
    assert sheet.get("outage_into_count") is None
    assert "silent_feed" not in sheet.flags


def test_the_part_of_open_interest_that_lies_there(told):
    there = {**BINANCE, "value_usd": 3_000_000_000, "value_coin": 40_000}
    everywhere = {"venue": "all", "source": "CoinGlass", "value_usd": 12_000_000_000}
    sheet = told(TIERS, open_interest=[there, everywhere])
    assert sheet.get("oi_venue_share").number == 25
    assert sheet.get("notice_oi").number == 3_000_000_000
    # A tenth less than 40,000.
    assert sheet.get("oi_venue_test").number == 36_000
    assert told(OUTAGE, open_interest=[there, everywhere]).get("oi_venue_test") is None
    earlier = {**everywhere, "time": "2026-05-22T07:59:00Z"}
    assert told(TIERS, open_interest=[there, earlier]).get("oi_venue_share") is None
    assert "both" in told(TIERS, open_interest=[there]).why_missing("oi_venue_share")


def test_other_exchanges_say_what_prices_did_meanwhile(told, candles):
    series = candles([100, 104, 98, 101], interval_minutes=60, venue="Bybit", source="Bybit")
    own = candles([100, 99, 97, 95], interval_minutes=60)
    sheet = told(OUTAGE, candles=[own, series])
    # The bar of 06:00 opens at 100; those to 09:00 run from 98 to 104 and close at 101.
    assert sheet.get("price_low_meanwhile").number == 98
    assert sheet.get("price_high_meanwhile").number == 104
    change = sheet.get("price_change_meanwhile")
    assert (change.number, change.subject.venue, change.subject.window_hours) == (1, "Bybit", 3)


def test_candles_that_end_before_it_or_have_a_gap_say_nothing(told, candles):
    before = candles([100, 104], interval_minutes=60, venue="Bybit", source="Bybit", ends="2026-05-22T06:00:00Z")
    assert told(OUTAGE, candles=[before]).get("price_change_meanwhile") is None
    holed = candles([100, 104, 98, 101], interval_minutes=60, venue="Bybit", source="Bybit")
    holed["bars"] = [bar for bar in holed["bars"] if "T07" not in bar["time"]]
    assert told(OUTAGE, candles=[holed]).get("price_change_meanwhile") is None
    assert told({**OUTAGE, "kind": "adl"}, candles=[]).get("price_change_meanwhile") is None


def test_a_date_of_the_same_exchange_and_words_is_when_it_is_in_force(told):
    date = {**BINANCE, "event": "BTCUSDT margin tiers", "time": "2026-05-23T09:00:00Z"}
    sheet = told(TIERS, calendar=[date])
    assert sheet.get("notice_in_force").value == at(9, day=23)
    assert sheet.get("notice_hours_left").number == 24
    for other in ({"event": "CPI"}, {"venue": "OKX"}, {"time": "2026-05-22T05:00:00Z"}):
        assert told(TIERS, calendar=[{**date, **other}]).get("notice_in_force") is None


def test_a_new_interval_shows_in_settlements_and_old_rates_are_scaled_alike(told):
    rows = [
        {**BINANCE, "rate": rate, "interval_hours": hours, "kind": "settled", "time": f"2026-05-22T{time}:00:00Z"}
        for rate, hours, time in ((0.0002, 4, "00"), (0.0004, 4, "04"), (0.00005, 1, "07"), (0.00006, 1, "08"))
    ]
    sheet = told({**TIERS, "kind": "interval"}, funding=rows)
    assert (sheet.get("funding_interval").number, sheet.get("funding_interval_before").number) == (1, 4)
    assert sheet.get("funding_interval_before").as_of == at(4)
    # 0.04% over four hours is 0.08% over eight.
    assert sheet.get("funding_previous_8h").number == D("0.08")
    assert told({**TIERS, "kind": "interval"}, funding=rows[:2]).get("funding_interval_before") is None
    assert told(TIERS, funding=rows).get("funding_interval") is None


def test_earlier_notices_of_the_kind_are_counted_by_the_day(told):
    days = ("2026-01-04T10:00:00Z", "2026-01-04T15:00:00Z", "2026-03-09T08:00:00Z")
    sheet = told(OUTAGE, *({**OUTAGE, "time": time} for time in days))
    assert sheet.get("outage_earlier").number == 2
    assert sheet.get("outage_earlier_first").value == datetime(2026, 1, 4, 10, tzinfo=UTC)
    assert sheet.get("outage_earlier_last").value == datetime(2026, 3, 9, 8, tzinfo=UTC)
    # Neither another exchange's nor one of another kind, nor one of nobody.
    others = ({"venue": "OKX", "source": "OKX"}, {"kind": "adl"}, {"source": None})
    assert told(OUTAGE, *({**OUTAGE, **other, "time": days[0]} for other in others)).get("outage_earlier") is None


def test_what_was_held_before_a_notice_is_what_its_test_goes_by(told):
    now = {**BINANCE, "value_coin": 970, "value_usd": 97_000, "time": "2026-05-22T08:50:00Z"}
    before = {**now, "value_coin": 1_000, "value_usd": 100_000, "time": "2026-05-22T05:50:00Z"}
    sheet = told(TIERS, open_interest=[before, now])
    assert (sheet.get("oi_venue_before").number, sheet.get("oi_venue_since").number) == (1_000, -3)
    assert (sheet.get("oi_venue_test").number, sheet.get("oi_venue_test_up").number) == (900, 1_100)
    # By another source, or of hours before, it is no level of the notice.
    for other in ({"source": "CoinGlass"}, {"time": "2026-05-22T03:00:00Z"}):
        sheet = told(TIERS, open_interest=[{**before, **other}, now])
        assert sheet.get("oi_venue_before") is None
        assert (sheet.get("oi_venue_test").number, sheet.get("oi_venue_test_up").number) == (873, 1_067)


def test_a_listing_is_measured_by_what_is_held_elsewhere(told):
    listing = {**BINANCE, "kind": "listing", "text": "X perpetual", "time": "2026-05-22T06:00:00Z"}
    held = {"venue": "all", "source": "CoinGlass", "value_usd": 200_000_000, "time": "2026-05-22T08:50:00Z"}
    # 2% of 200 million.
    assert told(listing, open_interest=[held]).get("notice_listing_test").number == 4_000_000


def test_a_move_around_a_notice_is_ranked_among_the_same_hours_of_earlier_days(told):
    def bars(days, falls):
        made = []
        for day in range(days, -1, -1):
            start = at(0) - timedelta(days=day)
            for hour in range(9 if day == 0 else 24):
                low = 100 - falls.get(day, 0) if hour >= 6 and hour < 9 else 100
                made.append({"time": (start + timedelta(hours=hour)).isoformat(), "open": 100, "high": 100,
                             "low": low, "close": low})  # fmt: skip
        return [{"venue": "OKX", "source": "OKX", "interval_minutes": 60, "bars": made}]

    falls = {day: 1 for day in range(1, 32)} | {0: 3, 4: 5}
    sheet = told(OUTAGE, candles=bars(31, falls))
    # From 06:00 to 09:00: 3% now, 5% on a single day of thirty, and 1% on the others.
    assert sheet.get("price_change_meanwhile").number == -3
    assert (sheet.get("meanwhile_rank").number, sheet.get("meanwhile_next").number) == (2, -5)
    assert sheet.get("history_days", at="meanwhile").number >= 30
    assert told(OUTAGE, candles=bars(20, falls)).get("meanwhile_rank") is None


TIERS_DATE = {"venue": "Binance", "event": "BTCUSDT margin tiers", "time": "2026-05-25T08:00:00Z"}


def test_two_dates_in_force_contradict_each_other_and_neither_is_told(told):
    dates = [{**TIERS_DATE, "source": "CoinDesk"}, {**TIERS_DATE, "source": "Binance", "time": "2026-06-25T08:00:00Z"}]
    sheet = told(TIERS, calendar=dates)
    assert sheet.get("notice_in_force") is None
    told_why = "the data has two dates of it, 2026-05-25 08:00 and 2026-06-25 08:00 UTC"
    assert sheet.why_missing("notice_in_force") == told_why
    assert "figures_contradict" in sheet.flags


def test_a_date_is_told_only_by_those_who_tell_of_the_notice(told):
    relayed = {**TIERS, "source": "CoinDesk"}
    own = told(relayed, calendar=[{**TIERS_DATE, "source": "Binance"}])
    assert own.get("notice_in_force") is None
    assert "given by Binance" in own.why_missing("notice_in_force")
    # The exchange has told of it itself, if only in its calendar.
    assert own.get("notice_relay") is None
    theirs = told(relayed, calendar=[{**TIERS_DATE, "source": "CoinDesk"}])
    assert (theirs.get("notice_in_force").value, theirs.get("notice_in_force").source) == (at(8, day=25), ("CoinDesk",))
    assert theirs.get("notice_relay").number == 1
