"""The largest moves of price over a day before the one told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.price import price
from commentary.metrics.price_before import price_before

D = Decimal
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)
BINANCE = {"venue": "Binance", "source": "Binance"}
FALL = {**BINANCE, "window_hours": 24, "percent": -6}
ID = "BTC/price_change_next/venue=Binance/window=24h"


def closes(days, hours, **at):
    """Closes of 100 over so many days before now, `hours` apart; at=p98 names others by their place before the last."""
    count = days * 24 // hours + 1
    values = [100] * count
    for place, value in at.items():
        values[-1 - int(place[1:])] = value
    return values


@pytest.fixture
def before(facts, candles):
    """Return a function: closes and the minutes between them in, the facts out."""

    def run(values, minutes=240, move=FALL, **more):
        bars = candles(values, interval_minutes=minutes, **{**BINANCE, **more})
        return facts(price, price_before, candles=[bars], price_changes=[move])

    return run


def test_the_next_fall_is_apart_from_the_one_told_and_named_by_its_end(before):
    # Four-hourly closes, 40 days. Twelve days ago one close of 97, three percent under that of a day before it: it
    # ends a fall of 3%, and begins a rise of 3.09% a day after. The newest closes, at 94, are of the move told.
    sheet = before(closes(40, 4, p72=97, p1=94, p0=94))
    found = sheet.get("price_change_next")
    assert (found.id, found.number, found.as_of) == (ID, D(-3), NOW - timedelta(days=12))
    assert sheet.get("price_change_further").number == 0
    assert (sheet.get("history_days", at="price changes").number) == 40


def test_larger_ones_are_counted_once_though_several_windows_hold_them(before):
    # Ten days ago price fell from 100 to 90 and stayed there for a day: six windows hold that fall, one is counted.
    # Twenty days ago it was at 93 at one close, a fall of 7%.
    dip = {f"p{place}": 90 for place in range(54, 60)}
    sheet = before(closes(40, 4, p120=93, **dip))
    assert sheet.get("price_change_further").number == 2
    assert sheet.get("price_change_next").number == D(-10)


def test_a_rise_is_held_against_rises(before):
    sheet = before(closes(40, 4, p72=97), move={**FALL, "percent": 6})
    # from 97 to 100 is +3.09278350515%
    assert sheet.get("price_change_next").number == D("3.09278350515")


def test_a_close_within_the_day_told_ends_no_earlier_move(before):
    # 20 hours ago price was at 95: a fall of 5% that shares 20 hours with the one told.
    sheet = before(closes(40, 4, p5=95))
    assert sheet.get("price_change_next") is None
    assert sheet.get("price_change_further").number == 0


def test_twenty_nine_days_are_too_few(before):
    sheet = before(closes(29, 4, p72=97))
    assert sheet.get("price_change_next") is None
    assert "needs 30 days of candles of at most four hours, the snapshot holds 29" in sheet.why_missing(
        "price_change_next"
    )


def test_daily_bars_are_too_long(before):
    assert "the snapshot holds 0" in before(closes(60, 24), minutes=1440).why_missing("price_change_next")


def test_candles_of_another_exchange_are_no_yardstick(before):
    sheet = before(closes(40, 4, p72=97), venue="Bybit", source="Bybit")
    assert sheet.get("price_change_next") is None


def test_pages_of_one_series_are_read_as_one_and_the_longest_series_is_used(facts, candles):
    # Hourly closes in two pages of 20 days each, 40 in all, and four-hourly ones of 35 days with a fall of 4%.
    fine = closes(40, 1, p288=97)
    pages = [candles(fine, interval_minutes=60, **BINANCE)]
    bars = pages[0]["bars"]
    pages = [{**pages[0], "bars": bars[:480]}, {**pages[0], "bars": bars[480:]}]
    coarse = candles(closes(35, 4, p72=96), interval_minutes=240, venue="Binance", source="CoinGlass")
    sheet = facts(price, price_before, candles=[*pages, coarse], price_changes=[FALL])
    assert sheet.get("history_days", at="price changes").number == 40
    assert sheet.get("price_change_next").number == D(-3)


def test_without_a_move_there_is_none_before_it(facts):
    assert "not known" in facts(price, price_before).why_missing("price_change_next")
