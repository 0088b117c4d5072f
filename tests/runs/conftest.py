"""Sentences made up for the benchmark of the check, with facts of a made-up market."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.fact_file import FactRecord, SubjectRecord
from commentary.runs.check_bench.target import Target, Told

# Name: metric, value, unit, and what its subject has besides the asset.
FACTS = {
    "longs": ("reach_size", "1070000000", "usd", {"side": "long", "at": "60593"}),
    "shorts": ("reach_size", "412000000", "usd", {"side": "short", "at": "64900"}),
    "end": ("reach_price", "60593", "price", {"side": "long", "at": "60593"}),
    "distance": ("reach_distance", "-2.49", "percent", {"side": "long", "at": "60593"}),
    "price": ("price", "60480", "price", {"venue": "Binance", "at": "mark"}),
    "fall": ("price_change", "-5.4", "percent", {"venue": "Binance", "window_hours": Decimal(24)}),
    "rate": ("funding_rate", "0.0024", "percent", {"venue": "Binance", "window_hours": Decimal(8), "at": "settled"}),
    "negative_rate": ("funding_rate", "-0.0012", "percent", {"venue": "Bybit", "window_hours": Decimal(8)}),
    "payer": ("funding_payer", "long", "name", {"venue": "Binance", "window_hours": Decimal(8), "at": "settled"}),
    "interest": ("oi_coin", "270300", "coin", {"venue": "all"}),
    "interest_before": ("oi_from_coin", "297700", "coin", {"venue": "all", "window_hours": Decimal(24)}),
    "share": ("test_share", "0.5", "ratio", {}),
    "share_long": ("liq_share", "89", "percent", {"side": "long", "venue": "all"}),
    "near": ("cluster_near", "10.70", "price", {"side": "short", "at": "1"}),
    "far": ("cluster_far", "10.81", "price", {"side": "short", "at": "1"}),
}
AS_OF = datetime(2026, 11, 22, 8, 50, tzinfo=UTC)


def record(name: str) -> FactRecord:
    metric, value, unit, parts = FACTS[name]
    subject = SubjectRecord(asset="BTC", metric=metric, **parts)
    source = ("Binance",) if parts.get("venue") == "Binance" else ("CoinGlass",)
    written = value if unit == "name" else Decimal(value)
    return FactRecord(
        id=f"BTC/{name}", subject=subject, value=written, unit=unit, quantity="level", evidence="estimated",
        source=source, as_of=AS_OF, inputs=("BTC/rate",) if name == "payer" else (),
    )  # fmt: skip


@pytest.fixture
def make_target():
    """A function from a sentence, and the words, style and fact of each mention, to what an operator is given."""

    def make(text: str, facts: list[list[str]], path: str = "/sections/0/paragraphs/0") -> Target:
        records = {f"BTC/{name}": record(name) for name in FACTS}
        told, at = [], 0
        for words, style, name in facts:
            start = text.index(words, at)
            at = start + len(words)
            told.append(Told(start, at, words, style, "", records[f"BTC/{name}"]))
        figures = tuple(each for each in told if each.is_figure)
        names = {"BTC": "Bitcoin"}
        return Target(path, text, 0, len(text), tuple(told), "fact", "made.up", "BTC", names, records, figures)

    return make
