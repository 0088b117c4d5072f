"""A marked band, and what four-hour closes made of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.band import Band, band, state_of
from commentary.metrics.bars import Candle
from commentary.metrics.price import price

D = Decimal
MARKED = datetime(2026, 5, 20, tzinfo=UTC)
SUPPORT = Band("support", D(60000), D(61000), MARKED)
RESISTANCE = Band("resistance", D(60000), D(61000), MARKED)
ROW = {"kind": "support", "low": 60000, "high": 61000, "source": "our desk", "time": "2026-05-20T00:00:00Z"}
BINANCE = {"venue": "Binance", "source": "Binance"}


def at(value):
    return [{"value": value, "kind": "mark", **BINANCE}]


def bars(*closes):
    """Return four-hour bars after the mark; each trades from the close before it to its own."""
    return [
        Candle(MARKED + timedelta(hours=4) * (place + 1), D(min(pair)), D(max(pair)), D(pair[1]))
        for place, pair in enumerate(zip([closes[0], *closes], closes, strict=False))
    ]


def state(marked, closes, now=None):
    found = bars(*closes)
    touch = min((bar.end for bar in found if marked.touched_by(bar)), default=None)
    return state_of(marked, found, touch, D(now) if now else None)


@pytest.mark.parametrize(
    ("closes", "now", "told"),
    [
        ([62000, 61800], 61500, "untested"),
        ([62000, 60800], 60500, "inside"),
        ([62000, 60800], 61500, "touched"),
        ([62000, 60800, 61200], 61200, "held"),
        ([62000, 60800, 61200], 60900, "held"),
        ([62000, 61300], 61300, "untested"),
        ([62000, 60800, 59900], 59900, "touched"),
        ([62000, 60800, 59900, 60100], 60100, "inside"),
        ([62000, 60800, 59900, 60100, 59900], 59900, "touched"),
        ([62000, 60800, 59900, 59800], 59800, "broken"),
        ([62000, 60800, 59900, 59800], 60500, "broken"),
        ([62000, 60800, 59900, 59800, 60000], 60000, "broken"),
        ([62000, 60800, 59900, 59800, 60001], 60100, "reclaimed"),
        ([62000, 60800, 59900, 59800, 60001, 61500], 61500, "reclaimed"),
        ([62000, 60800, 59900, 59800, 60001, 59900, 59800], 59800, "broken"),
        ([62000, 60800, 61200, 59900, 59800], 59800, "broken"),
    ],
)
def test_the_state_of_a_support(closes, now, told):
    assert state(SUPPORT, closes, now) == told


@pytest.mark.parametrize(
    ("closes", "now", "told"),
    [
        ([59000, 60500, 59500], 59500, "held"),
        ([59000, 60500, 61100, 61200], 61200, "broken"),
        ([59000, 60500, 61100, 61200, 60900], 60900, "reclaimed"),
        ([59000, 60500], 60500, "inside"),
        ([59000, 59500], 59500, "untested"),
    ],
)
def test_a_resistance_is_the_mirror_image(closes, now, told):
    assert state(RESISTANCE, closes, now) == told


def test_a_band_and_the_distance_to_its_edges(facts):
    sheet = facts(price, band, prices=at(60480), price_levels=[ROW])
    low, high = sheet.get("band_low"), sheet.get("band_high")
    assert (low.number, high.number, low.source, low.evidence) == (60000, 61000, ("our desk",), "reported")
    assert low.subject.at == "support"
    assert sheet.get("band_marked").value == MARKED
    # 60,480 - 60,000 and 61,000 - 60,480
    assert sheet.get("band_to_foot").number == 480
    assert sheet.get("band_to_top").number == 520
    assert sheet.get("band_to_top").as_of == sheet.get("price").as_of


def test_a_band_without_a_source_is_asserted(facts):
    row = {key: value for key, value in ROW.items() if key != "source"}
    fact = facts(price, band, price_levels=[row]).get("band_low")
    assert (fact.evidence, fact.source) == ("asserted", ())


def test_outside_the_band_there_is_no_distance_to_its_edges(facts):
    sheet = facts(price, band, prices=at(61500), price_levels=[ROW])
    assert sheet.get("band_to_foot") is None
    assert sheet.get("band_to_top") is None


def test_price_alone_can_say_inside_and_nothing_else(facts):
    assert facts(price, band, prices=at(61000), price_levels=[ROW]).get("band_state").text == "inside"
    sheet = facts(price, band, prices=at(61500), price_levels=[ROW])
    assert sheet.get("band_state") is None
    assert sheet.why_missing("band_state").endswith("was marked at 00:00 UTC on 2026-05-20")


def test_the_newest_band_with_both_edges_counts(facts):
    rows = [
        ROW,
        {"kind": "support", "low": 58000, "high": 59000, "time": "2026-05-21T00:00:00Z"},
        {"kind": "support", "low": 57000, "time": "2026-05-22T00:00:00Z"},
    ]
    assert facts(price, band, price_levels=rows).get("band_low").number == 58000


def test_of_two_bands_of_one_time_the_one_around_the_price_counts(facts):
    above = {**ROW, "kind": "resistance", "low": 63000, "high": 64000}
    assert facts(price, band, prices=at(63500), price_levels=[ROW, above]).get("band_low").number == 63000


def test_closes_since_the_mark_give_the_state_and_the_extremes(facts, candles):
    # marked May 20 00:00; as_of May 22 09:00; 16 bars, the first ends May 19 20:00, the last May 22 08:00
    before, after = [59000, 62000], [61800, 61500, 61200, 60800, 60600, 60410, 60500]
    closes = [*before, *after, 60600, 60700, 60500, 60450, 60600, 60500, 60480]
    series = candles(closes, ends="2026-05-22T08:00:00Z")
    sheet = facts(price, band, prices=at(60480), price_levels=[ROW], candles=[series])
    lowest = sheet.get("band_lowest_close", window=4)
    # The 59,000 and the 62,000 closed by the time of the mark; 61,800 is the first close after it.
    assert (lowest.number, sheet.get("band_highest_close").number) == (60410, 61800)
    assert f"{lowest.as_of:%d %H:%M}" == "22 08:00"
    assert lowest.source == ("Binance",)
    found = sheet.get("band_state")
    assert (found.text, found.source) == ("inside", ("our desk", "Binance"))


def test_hourly_candles_are_put_together_to_four_hours(facts, candles):
    # 32 hours from the mark on May 21 00:00 to 08:00 the next day, eight four-hour closes
    hourly = [60500 + hour for hour in range(33)]
    series = candles(hourly, ends="2026-05-22T08:00:00Z", interval_minutes=60)
    row = {**ROW, "time": "2026-05-21T00:00:00Z"}
    sheet = facts(price, band, prices=at(60500), price_levels=[row], candles=[series])
    # The first of 33 bars ends at 00:00; the bar that ends at 04:00 is the fifth, 60,504; the last is 60,532.
    assert sheet.get("band_lowest_close").number == 60504
    assert sheet.get("band_highest_close").number == 60532


def test_a_missing_close_leaves_the_state_open(facts, candles):
    series = candles([61500] * 20, ends="2026-05-22T08:00:00Z")
    del series["bars"][-5]
    sheet = facts(price, band, prices=at(61500), price_levels=[ROW], candles=[series])
    assert sheet.get("band_state") is None
    assert sheet.get("band_lowest_close") is None


def test_candles_that_begin_after_the_mark_leave_the_state_open(facts, candles):
    series = candles([61500] * 5, ends="2026-05-22T08:00:00Z")
    sheet = facts(price, band, prices=at(61500), price_levels=[ROW], candles=[series])
    assert sheet.get("band_state") is None


def test_candles_that_ended_more_than_a_candle_ago_leave_the_state_open(facts, candles):
    series = candles([61500] * 20, ends="2026-05-22T04:00:00Z")
    sheet = facts(price, band, prices=at(61500), price_levels=[ROW], candles=[series])
    assert sheet.get("band_state") is None


def test_a_wick_before_the_mark_is_no_touch(facts, candles):
    # marked in the middle of the bar from 00:00 to 04:00, whose low of 60,500 may have come before
    row = {**ROW, "time": "2026-05-22T02:00:00Z"}
    series = candles([61500] * 4, ends="2026-05-22T08:00:00Z", lows={2: 60500})
    sheet = facts(price, band, prices=at(61500), price_levels=[row], candles=[series])
    assert sheet.get("band_state").text == "untested"


def test_just_after_the_mark_no_close_is_known(facts, candles):
    row = {**ROW, "time": "2026-05-22T08:30:00Z"}
    series = candles([61500] * 4, ends="2026-05-22T08:00:00Z")
    sheet = facts(price, band, prices=at(61500), price_levels=[row], candles=[series])
    reason = "no four-hour candle is known to have closed since the band was marked"
    assert sheet.why_missing("band_state") == reason


def test_without_a_band_the_reason_says_so(facts):
    sheet = facts(price, band, prices=at(60480), price_levels=[{"kind": "support", "low": 60000}])
    assert sheet.why_missing("band_low") == "the snapshot holds no band with a foot and a top"
