"""Fact sheets from a few facts in a test, and the story files as shipped."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.config.storybook import storybook
from commentary.records.fact import Fact, Subject
from commentary.records.sheet import FactSheet
from commentary.stories import stories

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
QUANTITIES = {"name": "entity", "percent": "delta", "ratio": "ratio", "count": "count", "days": "count"}


def fact(metric, value, unit="usd", side=None, *, window=None, at=None, asset="BTC", venue=None):
    number = value if isinstance(value, str) and unit == "name" else Decimal(str(value))
    hours = Decimal(window) if window is not None else None
    subject = Subject(asset, metric, side, venue, hours, at)
    return Fact(subject, number, unit, QUANTITIES.get(unit, "level"), "reported", ("CoinGlass",), NOW)


@pytest.fixture
def reasons():
    """Return a function: why a story does not fire, as one text of plain words, whatever their form."""
    return lambda story: " / ".join(story.reasons).replace("_", " ")


@pytest.fixture
def told():
    """Return a function: name of a story, (metric, value, unit, side, …) tuples, flags in; what the story says out."""

    def judge(name, *rows, flags=(), asset="BTC"):
        facts = tuple(fact(*row[:4], **row[4]) if isinstance(row[-1], dict) else fact(*row) for row in rows)
        return stories[name](FactSheet(asset, NOW, facts, flags=tuple(flags)), storybook(name))

    return judge
