"""Whale: a single position above the floor in dollars and above its part of open interest."""

import pytest

from commentary.records.story import NoStory

SIZE = ("position_size", 96_000_000, "usd", "short", {"venue": "Hyperliquid"})
SHARE = ("position_share", "4.3", "percent", "short", {"venue": "Hyperliquid"})
LEVEL = ("position_liquidation", 2874, "price", "short", {"venue": "Hyperliquid"})
DISTANCE = ("position_distance", "16.3", "percent", "short", {"venue": "Hyperliquid"})
PRICE = ("price", 2471, "price", None, {"at": "mark"})


def sized(value):
    return (*SIZE[:1], value, *SIZE[2:])


def shared(value):
    return (*SHARE[:1], value, *SHARE[2:])


def test_a_large_position_is_told_from_its_own_side(told):
    story = told("whale", SIZE, SHARE, LEVEL, DISTANCE, PRICE)
    assert (story.name, story.emphasis) == ("whale", "short")
    assert told("whale", SIZE, SHARE).emphasis == "short"


@pytest.mark.parametrize(("size", "share"), [(49_999_999, "9"), (50_000_000, "1.99")])
def test_both_floors_have_to_be_met(told, size, share):
    assert isinstance(told("whale", sized(size), shared(share)), NoStory)
    assert told("whale", sized(50_000_000), shared("2")).name == "whale"


def test_a_position_whose_part_is_not_known_is_none(told, reasons):
    assert "position as a share of open interest" in reasons(told("whale", SIZE))


def test_a_liquidation_price_that_price_has_passed_cannot_be_of_now(told):
    assert isinstance(told("whale", SIZE, SHARE, LEVEL, PRICE), NoStory)
    # Without a price nothing says that it was passed.
    assert told("whale", SIZE, SHARE, LEVEL).name == "whale"


def test_without_a_position_the_reasons_say_so(told, reasons):
    assert "size of the position" in reasons(told("whale", PRICE))
