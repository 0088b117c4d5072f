"""How a story is judged and ranked."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.config.storybook import storybook, with_thresholds
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory
from commentary.stories.base import fire


def test_what_failed_and_only_that_is_a_reason(told, reasons):
    rows = [("price_change", "4", "percent", None, {"window": 24}), ("daily_sigma", "2", "percent", None, {})]
    story = told("calm", *rows)
    assert isinstance(story, NoStory)
    assert "price change" in reasons(story)
    assert "usual daily move" not in reasons(story)


def test_an_unusual_story_scores_more_and_the_score_is_at_most_one():
    book = storybook("flush_reset")._replace(fires=(), unusual=("asset is BTC",), score=Decimal("0.95"))
    sheet = FactSheet("BTC", datetime(2026, 5, 22, tzinfo=UTC), ())
    assert fire(book, sheet, "none").score == 1.0
    assert fire(book._replace(score=Decimal("0.5")), sheet, "none").score == pytest.approx(0.6)
    assert fire(book._replace(score=Decimal("0.5"), unusual=()), sheet, "none").score == pytest.approx(0.5)


def test_a_newsroom_raises_a_threshold():
    book = with_thresholds(storybook("liquidation_map"), {"floor_usd": Decimal(2_000_000_000)})
    assert book.thresholds["floor_usd"] == 2_000_000_000
    assert storybook("liquidation_map").thresholds["floor_usd"] == 100_000_000
