"""The row types of a snapshot, and the tolerances that go with them."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.config.tolerances import age_limit_minutes, tolerance, tolerances
from commentary.records import market_rows, price_rows
from commentary.records.snapshot import Funding, Price, Row, Series, Snapshot

AS_OF = datetime(2026, 5, 22, 9, tzinfo=UTC)
ROWS = [
    kind
    for module in (price_rows, market_rows)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Series) and kind not in (Series, Row)
]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_every_field_of_a_row_is_in_its_key_or_its_values(kind):
    told = {*kind.KEY, *kind.VALUES, "asset", "venue", "source", "time", "levels", "cumulative", "bars"}
    assert set(kind.model_fields) <= told
    assert not set(kind.KEY) & set(kind.VALUES)
    assert "Key: " in (kind.__doc__ or "")
    assert tolerance(kind.METRIC).max_age_minutes > 0


def test_there_is_no_tolerance_without_a_row_type():
    assert set(tolerances()) == {kind.METRIC for kind in ROWS}


def test_a_fact_has_the_age_limit_of_its_longest_known_beginning():
    assert age_limit_minutes("price") == 15
    assert age_limit_minutes("price_change") == 60
    assert age_limit_minutes("funding_8h") == 510
    assert age_limit_minutes("oi_change_coin") == 60
    assert age_limit_minutes("publisher") is None


def test_keys_and_values_compare_rows():
    row = Funding(venue="Binance", rate=Decimal("0.0001"), interval_hours=8, kind="settled", time=AS_OF)
    assert row.key == (None, "Binance", 8, "settled", AS_OF)
    assert row.values == (Decimal("0.0001"),)


def test_a_float_is_not_taken_for_an_exact_number():
    with pytest.raises(ValueError, match="Decimal"):
        Price(value=0.1)


def test_the_schema_takes_numbers_as_numbers_only():
    schema = Snapshot.model_json_schema()
    assert schema["$defs"]["Price"]["properties"]["value"]["type"] == "number"
    assert "pattern" not in json.dumps(schema)
    assert set(schema["required"]) == {"format", "asset", "quote", "as_of"}
    assert Snapshot.model_json_schema(mode="serialization")["$defs"]["Price"]["properties"]["value"]["type"] == "number"
