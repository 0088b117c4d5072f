"""What became of the feed's tests, hand-worked: levels reached or not, open interest against the bound, the score."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.bars import candles as bars_of
from commentary.metrics.base import Given
from commentary.metrics.liquidations import liquidations
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price
from commentary.metrics.publications import publications
from commentary.metrics.told_figures import told
from commentary.records.fact import Fact, Subject
from commentary.records.fact_file import FactRecord, SubjectRecord
from commentary.records.history import OWN, History, Outcome, PublishedCondition, PublishedItem
from commentary.records.sheet import FactSheet

AS_OF = datetime(2026, 5, 22, 9, tzinfo=UTC)
"""Of every snapshot here."""
TOLD = datetime(2026, 5, 21, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def record(metric, value, unit, side=None, *, venue=None, window=None, at=None, source=("CoinGlass",), when=TOLD):
    subject = Subject("BTC", metric, side, venue, Decimal(window) if window else None, at)
    return FactRecord(
        id=subject.id,
        subject=SubjectRecord(**subject._asdict()),
        value=Decimal(str(value)),
        unit=unit,
        quantity="delta" if unit == "percent" else "level",
        evidence="estimated" if metric.startswith("reach") else "reported",
        source=source,
        as_of=when,
    )


LEVEL = record("reach_price", 60593, "price", "long", window=168, at="60593")
BOUND = record("reach_test", 8600, "coin", "long", window=168, at="60593")
MEASURE = record("oi_coin", 297000, "coin", venue="all")


def condition(**changes):
    """A test of a map: at the level, open interest is to shrink by 8,600 coins in 24 hours."""
    fields = {
        "metric": "oi_delta_coin",
        "relation": "below",
        "threshold": BOUND,
        "window_hours": 24,
        "deadline": TOLD + 72 * HOUR,
        "level": LEVEL,
        "measure": MEASURE,
        "text": "The test.",
    }
    return PublishedCondition(**fields | changes)


def item(*conditions, name="first", told_at=TOLD, key="BTC/level/long-60600/2026-05-21", figures=(), assets=("BTC",)):
    return PublishedItem(
        id=name,
        feed="desk",
        event_key=key,
        story_key=key,
        story="liquidation_map",
        emphasis="long",
        length="standard",
        assets=assets,
        slug="btc-liquidation-map-2026-05-21",
        as_of=told_at,
        generated_at=told_at,
        headline="A headline",
        skeletons=(),
        wordings=(),
        label="neutral",
        figures={one.id: one for one in figures},
        headlined=tuple(one.id for one in figures[:1]),
        conditions=conditions,
    )


@pytest.fixture
def settle(read):
    """Return a function: items of a history and rows of a snapshot in, the sheet with what became of tests out."""

    def run(*items, **rows):
        snapshot = read(**rows)
        sheet = FactSheet("BTC", snapshot.snapshot.as_of, ())
        for find in (price, open_interest, liquidations, publications):
            history = History.of("desk", items) if items is not None else None
            made = bars_of(snapshot.snapshot, snapshot.conflicts, snapshot.snapshot.as_of)
            given = Given(snapshot.snapshot, snapshot.conflicts, sheet.as_of, sheet, made, history=history)
            found = list(find(given))
            facts = tuple(one for one in found if isinstance(one, Fact))
            gaps = tuple(one for one in found if not isinstance(one, Fact) and hasattr(one, "reason"))
            sheet = FactSheet("BTC", sheet.as_of, (*sheet.facts, *facts), (*sheet.missing, *gaps))
        return sheet

    return run


def mark(value, time="2026-05-22T09:00:00Z"):
    return {"value": value, "kind": "mark", "venue": "Binance", "source": "Binance", "time": time}


def oi(*coins, ends="2026-05-22T09:00:00Z"):
    """Rows a day apart, the last at `ends`."""
    last = datetime.fromisoformat(ends)
    return [
        {
            "venue": "all",
            "source": "CoinGlass",
            "value_coin": value,
            "time": (last - timedelta(days=len(coins) - 1 - i)).isoformat().replace("+00:00", "Z"),
        }
        for i, value in enumerate(coins)
    ]


def result(sheet):
    fact = sheet.get("settled_result")
    return fact.value if fact else None


def test_without_a_history_nothing_is_settled_and_it_says_so(read):
    snapshot = read()
    given = Given(snapshot.snapshot, (), AS_OF, FactSheet("BTC", AS_OF, ()), ())
    (gap,) = publications(given)
    assert gap.reason == "no history of a feed was given"


def test_a_fall_past_the_bound_while_price_gets_there_is_a_hit(settle):
    # 297,000 to 285,000 is a fall of 12,000 coins; the bound is 8,600.
    sheet = settle(item(condition()), prices=[mark(60500)], open_interest=oi(297000, 285000))
    assert result(sheet) == "hit"
    assert sheet.get("settled_level").number == 60593
    assert sheet.get("settled_bound").number == 8600
    assert sheet.get("settled_told").value == TOLD
    assert sheet.get("settled_until").value == TOLD + 72 * HOUR
    assert set(sheet.get("settled_result").source) == {"CoinGlass", OWN, "Binance"}


@pytest.mark.parametrize(("now", "expected"), [(288_400, "hit"), (288_401, "miss"), (299_000, "miss")])
def test_the_bound_itself_is_enough_and_a_coin_less_is_not(settle, now, expected):
    # 297,000 - 8,600 = 288,400.
    sheet = settle(item(condition()), prices=[mark(60593)], open_interest=oi(297000, now))
    assert result(sheet) == expected


def test_a_price_short_of_the_level_settles_nothing_before_the_end(settle):
    sheet = settle(item(condition()), prices=[mark(60594)], open_interest=oi(297000, 285000))
    assert result(sheet) is None
    assert sheet.why_missing("settled_result") == "the feed's next open test of BTC ends at 2026-05-24 08:00 UTC"


def test_a_level_of_shorts_is_reached_from_below(settle):
    level = record("reach_price", 64900, "price", "short", window=168, at="64900")
    bound = record("reach_test", 3300, "coin", "short", window=168, at="64900")
    test = condition(level=level, threshold=bound)
    rows = {"open_interest": oi(297000, 290000)}
    assert result(settle(item(test), prices=[mark(64899)], **rows)) is None
    assert result(settle(item(test), prices=[mark(64900)], **rows)) == "hit"


def test_closings_from_before_the_test_was_set_do_not_count(settle):
    # Set twenty hours ago: the 24 hours to now begin before that.
    late = item(condition(), told_at=AS_OF - 20 * HOUR)
    assert result(settle(late, prices=[mark(60500)], open_interest=oi(297000, 285000))) is None


def test_open_interest_of_another_source_is_not_the_one_the_test_was_set_in(settle):
    rows = [row | {"source": "Coinalyze"} for row in oi(297000, 285000)]
    assert result(settle(item(condition()), prices=[mark(60500)], open_interest=rows)) is None


def test_a_last_price_is_no_mark_price(settle):
    last = mark(60500) | {"kind": "last"}
    assert result(settle(item(condition()), prices=[last], open_interest=oi(297000, 285000))) is None


def test_a_close_beyond_the_level_reaches_it_and_a_wick_does_not(settle, candles):
    rows = {"prices": [mark(60900)], "open_interest": oi(297000, 285000)}
    closed = candles([61500, 60500, 60900], interval_minutes=240)
    wick = candles([61500, 61000, 60900], interval_minutes=240, lows={1: 60400})
    assert result(settle(item(condition()), candles=[closed], **rows)) == "hit"
    assert result(settle(item(condition()), candles=[wick], **rows)) is None


OVER = condition(deadline=AS_OF - HOUR)
"""A test that ended an hour ago."""


def test_a_level_that_was_not_reached_in_time_lapses(settle, candles):
    rows = candles([61500] * 8)
    sheet = settle(item(OVER), prices=[mark(61400)], candles=[rows])
    assert result(sheet) == "lapsed"
    assert sheet.get("settled_lowest").number == 61500
    level = sheet.get("settled_level").number
    assert sheet.get("settled_gap").number == pytest.approx((61500 / level - 1) * 100)


def test_how_far_price_went_the_other_way_is_told_too(settle, candles):
    # The map of the test had a side of shorts as well: the story has to say whether price got to that level.
    sheet = settle(item(OVER), prices=[mark(61400)], candles=[candles([61500, 62400, 61900] + [61500] * 5)])
    assert sheet.get("settled_lowest", side="long").number == 61500
    assert sheet.get("settled_highest", side="short").number == 62400


def test_a_wick_within_the_time_leaves_it_unsettled(settle, candles):
    sheet = settle(item(OVER), prices=[mark(61400)], candles=[candles([61500] * 8, lows={4: 60500})])
    assert (result(sheet), sheet.get("settled_why").value) == ("unsettled", "wick")


def test_what_a_bar_that_outlasts_the_test_touched_may_have_come_after_it(settle, candles):
    # The last bar runs from 05:00 to 09:00, and the test ended at 08:00.
    sheet = settle(item(OVER), prices=[mark(61400)], candles=[candles([61500] * 8, lows={7: 60500})])
    assert (result(sheet), sheet.get("settled_why").value) == ("unsettled", "candles")


def test_without_candles_it_waits_a_day_and_is_unsettled_then(settle):
    assert result(settle(item(OVER), prices=[mark(61400)])) is None
    long_over = condition(deadline=AS_OF - 25 * HOUR)
    sheet = settle(item(long_over, told_at=AS_OF - 90 * HOUR), prices=[mark(61400)])
    assert (result(sheet), sheet.get("settled_why").value) == ("unsettled", "candles")


def test_a_level_reached_in_hours_without_open_interest_is_unsettled_a_day_later(settle, candles):
    bars = candles([61500, 60400, *[61000] * 12])
    sheet = settle(item(condition(), told_at=AS_OF - 56 * HOUR), prices=[mark(61000)], candles=[bars])
    assert (result(sheet), sheet.get("settled_why").value) == ("unsettled", "open interest")
    assert sheet.get("settled_close").number == 60400


def test_a_test_long_over_is_no_news(settle, candles):
    old = condition(deadline=AS_OF - 8 * 24 * HOUR)
    assert result(settle(item(old, told_at=AS_OF - 11 * 24 * HOUR), candles=[candles([61500] * 70)])) is None


def test_of_an_event_the_newest_test_is_settled(settle):
    update = condition(threshold=record("reach_test", 13000, "coin", "long", window=168, at="60593"))
    items = (item(condition(), told_at=TOLD - HOUR), item(update, name="second"))
    sheet = settle(*items, prices=[mark(60500)], open_interest=oi(297000, 285000))
    # 12,000 coins are past the first bound and short of the second.
    assert [fact.value for fact in sheet.all("settled_result")] == ["miss"]


def test_a_settled_test_is_settled_once(settle):
    outcome = Outcome(result="hit", reached=True, as_of=AS_OF - HOUR, item="follow")
    sheet = settle(item(condition(outcome=outcome)), prices=[mark(60500)], open_interest=oi(297000, 285000))
    assert result(sheet) is None
    assert sheet.get("score_stories").number == 1


def test_another_asset_is_not_ours_to_settle(settle):
    sheet = settle(item(condition(), assets=("ETH",)), prices=[mark(60500)], open_interest=oi(297000, 285000))
    assert sheet.why_missing("settled_result") == "the feed has no open test of BTC"


CLOSES = condition(
    metric="price",
    relation="above",
    threshold=LEVEL,
    level=None,
    measure=None,
    closes=2,
    bar_hours=Decimal(4),
    deadline=AS_OF - HOUR,
)


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ([60000, 60700, 60800, 60000, 60000, 60000, 60000, 60000], "hit"),
        ([60000, 60700, 60500, 60700, 60500, 60000, 60000, 60000], "miss"),
        ([60000] * 7 + [60700], "miss"),
    ],
)
def test_closes_have_to_come_in_a_row_and_in_time(settle, candles, closes, expected):
    assert result(settle(item(CLOSES), candles=[candles(closes)])) == expected


def test_the_second_bound_has_to_hold_too(settle, candles):
    beside = record("oi_half_regain", 284000, "coin", venue="all", window=24)
    test = CLOSES.model_copy(update={"beside": beside, "beside_relation": "above"})
    bars = {"candles": [candles([60000, 60700, 60800, *[60000] * 5])]}
    assert result(settle(item(test), open_interest=oi(285000), **bars)) == "hit"
    assert result(settle(item(test), open_interest=oi(283000), **bars)) == "miss"


def regain(**changes):
    bound = record("oi_half_regain", 284000, "coin", venue="all", window=24)
    return condition(metric="oi_coin", relation="above", threshold=bound, level=None, measure=None, **changes)


def test_open_interest_past_its_bound_meets_its_test_at_once(settle):
    assert result(settle(item(regain()), open_interest=oi(284001))) == "hit"
    assert result(settle(item(regain()), open_interest=oi(284000))) is None


def test_open_interest_that_was_never_past_it_misses_at_the_end(settle):
    rows = [
        {"venue": "all", "source": "CoinGlass", "value_coin": 280000, "time": time.isoformat().replace("+00:00", "Z")}
        for time in (AS_OF - k * 4 * HOUR for k in range(7))
    ]
    ended = regain(deadline=AS_OF)
    assert result(settle(item(ended), open_interest=rows)) == "miss"
    # One row at the end does not show what was between.
    assert result(settle(item(ended), open_interest=rows[:1])) is None


def test_a_count_is_settled_by_the_one_of_its_hour(settle):
    bound = record("liq_test", 90_000_000, "usd", venue="all", window=24)
    test = condition(metric="liq_total", threshold=bound, level=None, measure=None, deadline=AS_OF)
    row = {"venue": "all", "source": "CoinGlass", "window_hours": 24, "long_usd": 41e6, "short_usd": 29e6}
    count = {key: int(value) if isinstance(value, float) else value for key, value in row.items()}
    # 41 and 29 million are 70 million, under the 90 that were set.
    assert result(settle(item(test), liquidations=[count])) == "hit"
    assert result(settle(item(test), liquidations=[count | {"time": "2026-05-22T07:30:00Z"}])) is None


def test_the_score_counts_each_event_once_with_the_one_of_now(settle):
    def settled(name, outcome, reached, day):
        made = Outcome(result=outcome, reached=reached, as_of=AS_OF - day * 24 * HOUR, item="x")
        told_at = AS_OF - (day + 3) * 24 * HOUR
        return item(condition(outcome=made), name=name, key=f"BTC/level/{name}", told_at=told_at)

    past = (
        settled("a", "hit", True, 20),
        settled("b", "lapsed", False, 15),
        settled("c", "miss", True, 10),
        settled("d", "unsettled", None, 8),
    )
    again = past[0].model_copy(update={"id": "e", "as_of": past[0].as_of + HOUR})
    sheet = settle(*past, again, item(condition()), prices=[mark(60500)], open_interest=oi(297000, 285000))
    named = ("stories", "reached", "stood", "lapsed", "failed", "unknown")
    counts = {name: sheet.get(f"score_{name}").number for name in named}
    assert counts == {"stories": 5, "reached": 3, "stood": 2, "lapsed": 1, "failed": 1, "unknown": 1}
    # Each story came out one way.
    assert sum(counts[name] for name in ("stood", "lapsed", "failed", "unknown")) == counts["stories"]
    assert sheet.get("score_since").value == AS_OF - 20 * 24 * HOUR


SIZE = record("reach_size", 1_070_000_000, "usd", "long", window=168, at="60593")
DISTANCE = record("reach_distance", "-2.5", "percent", "long", window=168, at="60593")


def now(metric, value, unit, at="60593", side="long"):
    subject = Subject("BTC", metric, side, None, Decimal(168), at)
    quantity = "delta" if unit == "percent" else "level"
    return Fact(subject, Decimal(str(value)), unit, quantity, "estimated", ("CoinGlass",), AS_OF)


def test_what_was_told_is_a_fact_of_then_and_its_change_one_of_now():
    sheet = FactSheet("BTC", AS_OF, (now("reach_size", 1_391_000_000, "usd"), now("reach_distance", -2, "percent")))
    made = {fact.subject.metric: fact for fact in told(item(figures=(SIZE, DISTANCE)), sheet, Decimal(1))}
    then = made["told_reach_size"]
    assert (then.number, then.as_of, then.source) == (1_070_000_000, TOLD, ("CoinGlass", OWN))
    assert then.evidence == "estimated"
    # 1.391 / 1.07 = 1.3; -2 - -2.5 = 0.5.
    assert made["since_reach_size"].number == 30
    assert (made["since_reach_distance"].number, made["since_reach_distance"].unit) == (Decimal("0.5"), "points")
    assert made["told_key"].value == "BTC/level/long-60600/2026-05-21"
    assert made["since_most"].number == 30


@pytest.mark.parametrize(("at", "is_one"), [("60600", True), ("61199", False), ("60000", True), ("59900", False)])
def test_a_level_within_a_percent_is_the_one_that_was_told(at, is_one):
    # One percent of 60,593 is 605.93.
    sheet = FactSheet("BTC", AS_OF, (now("reach_size", 1_070_000_000, "usd", at),))
    made = {fact.subject.metric for fact in told(item(figures=(SIZE,)), sheet, Decimal(1))}
    assert ("since_reach_size" in made) is is_one
