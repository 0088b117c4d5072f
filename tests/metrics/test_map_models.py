"""Which model a source's maps are drawn by is a fact where the source says so, and none where it does not."""

import pytest

from commentary.metrics.map_models import map_models

SUM = {"price": 60_593, "side": "long", "notional_usd": 1_070_000_000}
MAP = {"source": "CoinGlass", "window_hours": 168, "cumulative": [SUM]}


@pytest.mark.parametrize(
    ("maps", "words"),
    [
        ([MAP], None),
        ([{**MAP, "model": "v2"}], "v2"),
        ([{**MAP, "prior": "low"}], "low prior"),
        ([{**MAP, "model": "v2", "prior": "base"}, {**MAP, "model": "v2", "prior": "low"}], "v2, base prior"),
        ([{**MAP, "model": "v2"}, {**MAP, "model": "v1"}], "v1; v2"),
        ([{**MAP, "model": "v2"}, MAP], "no model named; v2"),
    ],
)
def test_the_models_of_a_source_are_one_fact(facts, maps, words):
    fact = facts(map_models, liquidation_maps=maps).get("map_model")
    assert (fact.text if fact else None) == words


def test_each_source_and_window_has_its_own(facts):
    sheet = facts(
        map_models,
        liquidation_maps=[
            {**MAP, "model": "v2"},
            {**MAP, "model": "a", "source": "Coinalyze"},
            {**MAP, "model": "v1", "window_hours": 24},
        ],
    )
    found = {(one.subject.at, one.subject.window_hours): one.text for one in sheet.all("map_model")}
    assert found == {("CoinGlass", 168): "v2", ("Coinalyze", 168): "a", ("CoinGlass", 24): "v1"}
