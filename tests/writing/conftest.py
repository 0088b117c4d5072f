"""Facts and tiny templates for tests of the writer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.languages import language
from commentary.records.edition import Edition
from commentary.records.fact import Fact, Subject
from commentary.writing.dealing import Seeded
from commentary.writing.realise import Realiser
from commentary.writing.templates import load_text

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
EDITION = Edition(NOW, (("BTC", "Bitcoin"),))


def _fact(metric, value, unit, side=None, quantity="level"):
    return Fact(Subject("BTC", metric, side), Decimal(value), unit, quantity, "observed", ("CoinGlass",), NOW)


@pytest.fixture
def size():
    """$1.07 billion of longs."""
    return _fact("reach_size", 1_070_000_000, "usd", "long")


@pytest.fixture
def move():
    """A fall of 2.5%."""
    return _fact("price_change", "-2.5", "percent", quantity="delta")


@pytest.fixture
def load():
    """Return a function: a template's text in, its say blocks out."""
    return lambda source: load_text(source, "test.j2", language("en"))


@pytest.fixture
def realiser(load):
    """Return a function: a template's text and a seed in, a writer out."""

    def make(source, seed=0):
        return Realiser({say.name: say for say in load(source)}, language("en"), EDITION, Seeded(seed))

    return make


@pytest.fixture
def edition():
    """The edition that the writer spells in."""
    return EDITION
