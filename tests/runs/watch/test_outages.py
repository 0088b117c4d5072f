"""Sources that do not answer, leave a part out, or stand still; and what is made up for when they are back."""

import json
from datetime import timedelta

import pytest


@pytest.fixture
def market(rules):
    """Within one hour, from 100 to 101, price falls by 7% and 12% of positions close; at 104 funding has turned."""
    return rules.Market(
        moves=(
            rules.Move(100, 101, price_percent=-7, coins_percent=-12, longs_usd=640e6, shorts_usd=90e6),
            rules.Move(103, 104, funding=-0.0003),
        )
    )


@pytest.fixture
def asking(rules):
    """Return a function: a market and hours with what is wrong in them; what asks that market."""

    def of(market, wrong):
        def collect(names, moment):
            hour = (moment - rules.START) / timedelta(hours=1)
            answer = wrong(hour)
            return {market.asset: market.snapshot(moment) if answer is None else answer}

        return collect

    return of


def test_what_came_about_while_no_source_answered_is_told_of_its_time(desk, market, silent):
    desk.run([market], 98, 99)
    assert not desk.run([market], 100, 106, collect=silent)
    assert [one for one in desk.said if "no source answered" in one] == [
        "sources: no source answered with anything to read: CoinGlass did not answer within 10 s"
    ]
    desk.run([market], 107, 107)
    # At 107 the hours 100 to 106 are read out of histories: the fall at 101, the turn of funding at 104.
    assert desk.firsts == [("flush_reset", 101), ("funding", 104)]
    late = next(one.alert for one in desk.alerts if one.alert.story == "funding")
    assert late.why_now[0].startswith("made up for at 2026-11-05 11:00 UTC")
    assert desk.hour(late.created) == 107


@pytest.mark.slow
def test_the_same_is_told_after_an_outage_as_without_one(desk, market, silent):
    desk.run([market], 98, 99)
    desk.run([market], 100, 106, collect=silent)
    desk.run([market], 107, 110)
    after = {(one.story, one.event_key, one.as_of) for one in desk.items}
    desk.path.unlink()
    desk.run([market], 98, 110)
    assert after == {(one.story, one.event_key, one.as_of) for one in desk.items}


def test_beyond_two_days_nothing_is_made_up_for(desk, rules):
    old = rules.Market(moves=(rules.Move(101, 102, funding=-0.0003), rules.Move(110, 112, funding=0.0001)))
    desk.run([old], 99, 99)
    desk.run([old], 170, 170)
    assert desk.told == []


def test_histories_that_lack_a_part_are_not_drafted_from(desk, rules, market):
    # The source gives liquidations of now alone: an hour that was missed is not told without them.
    class Short(rules.Market):
        def liquidated_rows(self, rows):
            return rows[-1:]

    short = Short(*market)
    desk.run([short], 98, 99)
    desk.run([short], 105, 105)
    assert desk.told[0] == ("flush_reset", 105)


def test_a_gap_is_held_back_and_made_up_for(desk, market, rules, asking):
    def wrong(hour):
        return market.snapshot(rules.at(hour), gaps=("open_interest",)) if hour == 101 else None

    collect = asking(market, wrong)
    desk.run([market], 99, 101, collect=collect)
    assert desk.told == []
    assert "BTC: held back: open_interest of CoinGlass (no answer)" in desk.said
    assert desk.hour(desk.progress["BTC"].held_since) == 101
    desk.run([market], 102, 102, collect=collect)
    assert desk.firsts == [("flush_reset", 101)]
    assert desk.progress["BTC"].held_since is None


@pytest.mark.slow
def test_what_is_missing_for_longer_is_done_without(desk, market, rules, asking):
    def wrong(hour):
        return market.snapshot(rules.at(hour), gaps=("open_interest",)) if hour >= 101 else None

    desk.run([market], 99, 103, collect=asking(market, wrong))
    # Without open interest nobody can call it a flush; that much was liquidated is told, an hour after it was held.
    assert desk.firsts == [("realised_liquidations", 102)]


def test_a_gap_beside_what_the_source_always_gave_holds_nothing_back(desk, market, rules, asking):
    """A part that the source never gives has a gap each time, and the part that it gives is there."""

    def wrong(hour):
        made = json.loads(market.snapshot(rules.at(hour)))
        gap = {"of": "liquidations", "source": "CoinGlass", "reason": "empty", "time": made["as_of"]}
        return json.dumps({**made, "gaps": [gap]}).encode()

    desk.run([market], 99, 101, collect=asking(market, wrong))
    assert desk.firsts == [("flush_reset", 101)]


def test_a_gap_where_a_part_was_holds_back_though_another_is_there(desk, market, rules, asking):
    """The source goes on to count one exchange, and its count of all is missing for an hour."""

    def wrong(hour):
        made = json.loads(market.snapshot(rules.at(hour)))
        rows = made["liquidations"]
        made["liquidations"] = [*rows, {**rows[-1], "venue": "OKX", "long_usd": 1, "short_usd": 1, "total_usd": 2}]
        if hour == 101:
            made["liquidations"] = made["liquidations"][-1:]
            made["gaps"] = [
                {"of": "liquidations", "source": "CoinGlass", "reason": "unreadable", "time": made["as_of"]}
            ]
        return json.dumps(made).encode()

    collect = asking(market, wrong)
    desk.run([market], 99, 101, collect=collect)
    assert desk.told == []
    assert "BTC: held back: liquidations of CoinGlass (unreadable)" in desk.said
    desk.run([market], 102, 102, collect=collect)
    # Of the one exchange there is no history, so that 101 cannot be made up for.
    assert desk.firsts == [("flush_reset", 102)]


def test_a_gap_that_is_there_to_stay_holds_nothing_back(desk, market, rules, asking):
    def wrong(hour):
        made = market.snapshot(rules.at(hour), gaps=("funding",))
        return made.replace(b'"no_answer"', b'"no_key"')

    desk.run([market], 99, 101, collect=asking(market, wrong))
    assert desk.firsts == [("flush_reset", 101)]


def test_another_source_of_the_same_event_is_no_news(desk, market, rules, asking):
    other = market._replace(source="Coinalyze")

    def wrong(hour):
        return other.snapshot(rules.at(hour)) if hour >= 102 else None

    desk.run([market], 99, 103, collect=asking(market, wrong))
    assert desk.firsts == [("flush_reset", 101)]


def test_data_that_stands_still_is_not_taken_for_a_quiet_market(desk, market, rules, asking):
    def wrong(hour):
        return market.snapshot(rules.at(99)) if 100 <= hour <= 102 else None

    collect = asking(market, wrong)
    desk.run([market], 98, 102, collect=collect)
    assert desk.hour(desk.progress["BTC"].tick) == 99
    assert "BTC: its data is still of 2026-11-05 03:00 UTC" in desk.said
    desk.run([market], 103, 103, collect=collect)
    assert desk.firsts == [("flush_reset", 101)]


def test_stale_figures_are_not_drafted_as_news(desk, market, rules, asking):
    """The source goes on to answer with open interest and liquidations of hours ago, when the fall was new."""

    def wrong(hour):
        fresh = json.loads(market.snapshot(rules.at(hour)))
        old = json.loads(market.snapshot(rules.at(101)))
        return json.dumps(
            {**fresh, "open_interest": old["open_interest"], "liquidations": old["liquidations"]}
        ).encode()

    desk.run([market], 103, 104, collect=asking(market, wrong))
    assert {story for story, _ in desk.told} <= {"funding"}
