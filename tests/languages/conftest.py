"""Facts and editions for tests of spelling."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.languages import language
from commentary.languages.base import Language
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, Subject

NOON = datetime(2026, 11, 25, 14, tzinfo=UTC)
NAMES = (("BTC", "Bitcoin"), ("XRP", "XRP"), ("TRX", "TRON"), ("BCH", "Bitcoin Cash"))


@pytest.fixture(scope="session")
def english() -> Language:
    return language("en")


@pytest.fixture(scope="session")
def make_fact() -> Callable[..., Fact]:
    """Return a fact of BTC, with whatever else the test says of it."""

    def make(value, unit, **options) -> Fact:
        asset = options.get("asset", "BTC")
        window = options.get("window")
        subject = Subject(
            asset,
            options.get("metric", "thing"),
            options.get("side"),
            options.get("venue"),
            None if window is None else Decimal(str(window)),
            options.get("at"),
        )
        is_number = unit not in ("name", "time")
        return Fact(
            subject=subject,
            value=Decimal(value) if is_number else value,
            unit=unit,
            quantity=options.get("quantity", "level" if is_number else "entity"),
            evidence=options.get("evidence", "reported"),
            source=tuple(options.get("source", ("CoinGlass",))),
            as_of=options.get("as_of", NOON),
            currency=options.get("currency", "USD"),
            contract=options.get("contract", ""),
        )

    return make


@pytest.fixture(scope="session")
def make_edition() -> Callable[..., Edition]:
    def make(billions="$1.07 billion", dates="Nov. 22") -> Edition:
        return Edition(NOON, NAMES, HouseStyle(billions=billions, dates=dates))

    return make
