"""Recorded liquidations: a total above its floor, told from the side that was liquidated."""

from commentary.records.story import NoStory

LONGS = ("liq_share", "83", "percent", "long")


def total(value, **more):
    return ("liq_total", value, "usd", None, {"window": 24, **more})


def test_a_large_total_of_a_coin_is_a_story_of_its_larger_side(told):
    assert told("realised_liquidations", total(150_000_000), LONGS).emphasis == "long"
    shorts = ("liq_share", "70", "percent", "short")
    assert told("realised_liquidations", total(150_000_000), shorts).emphasis == "short"


def test_the_floor_counts_to_the_dollar(told):
    assert told("realised_liquidations", total(100_000_000), LONGS).name == "realised_liquidations"
    assert isinstance(told("realised_liquidations", total(99_999_999), LONGS), NoStory)


def test_a_small_total_is_a_story_where_it_is_a_large_part_of_open_interest(told):
    assert told("realised_liquidations", total(6_000_000), LONGS, ("liq_to_oi", "0.5", "percent")).emphasis == "long"


def test_a_market_total_has_its_own_floor(told):
    rows = (total(893_000_000, asset="market"), ("liq_share", "83", "percent", "long", {"asset": "market"}))
    assert told("realised_liquidations", *rows, asset="market").emphasis == "long"


def test_a_total_below_the_size_floor_or_too_old_is_none(told):
    assert isinstance(told("realised_liquidations", total(150_000_000), LONGS, flags=["below_size_floor"]), NoStory)
    old = ("stale_age", 9, "hours", None, {"at": "liquidations"})
    assert isinstance(told("realised_liquidations", total(150_000_000), LONGS, old), NoStory)


def test_a_high_rank_makes_it_unusual_and_scores_more(told):
    plain = told("realised_liquidations", total(150_000_000), LONGS)
    ranked = told("realised_liquidations", total(150_000_000), LONGS, ("liq_rank", 9, "count"))
    assert (plain.ranked, ranked.ranked) == (False, True)
    assert ranked.score > plain.score
