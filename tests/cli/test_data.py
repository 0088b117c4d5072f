"""facts, stories, explain, schema, config: data for reading and as JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from commentary.cli.output import dumps
from commentary.records.draft import Draft
from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story

Run = Callable[..., Result]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sheet(stages: SimpleNamespace) -> None:
    Path("s.json").write_text("{}")
    price = Fact(Subject("BTC", "price"), Decimal("77200.10"), "price", "level", "observed", ("Binance",), NOON)
    gap = MissingFact(Subject("BTC", "basis"), "percent", "the snapshot holds no basis")
    stages.sheet = FactSheet("BTC", NOON, (price,), (gap,), ("stale_data",))
    stages.stories = (
        Story("calm", "none", 0.5, ("|price_change| = 0.2 < 1",), False),
        NoStory("whale", ("positions: missing",)),
    )


def test_facts_are_listed_with_the_missing_ones(run: Run) -> None:
    result = run("facts", "s.json")
    assert "BTC/price  77200.1  price  observed  Binance  2026-11-22T12:00:00Z" in result.stdout
    assert "BTC/basis  the snapshot holds no basis" in result.stdout
    assert result.stderr == "1 facts, 1 missing; flags: stale_data\n"


def test_facts_as_json_are_the_facts_file(run: Run) -> None:
    data = json.loads(run("facts", "s.json", "--format", "json").stdout)
    assert (data["format"], data["facts"][0]["value"], data["facts"][1]["value"]) == (
        "commentary.facts/1",
        77200.1,
        None,
    )


def test_stories_say_why_and_why_not(run: Run) -> None:
    shown = run("stories", "s.json").stdout
    assert "calm: fires, score 0.50, emphasis none\n    |price_change| = 0.2 < 1" in shown
    assert "whale: does not fire\n    positions: missing" in shown
    data = json.loads(run("stories", "s.json", "--format", "json").stdout)["stories"]
    assert [(story["name"], story["fires"]) for story in data] == [("calm", True), ("whale", False)]


def test_explain_gathers_the_places_of_one_figure(
    run: Run, stages: SimpleNamespace, draft: Draft, draft_file: Path
) -> None:
    fact, price = draft.facts[3], draft.facts[0]
    places = ("/standfirst", "/sections/0/paragraphs/0")
    stages.explanations = tuple(
        SimpleNamespace(path=path, start=0, end=4, text="2.5%", style="plain", fact=fact, inputs=(price,))
        for path in places
    )
    assert run("explain", str(draft_file), "2.5%").stdout == (
        "“2.5%”\n"
        "    BTC/reach_distance/side=long = -2.49 percent\n"
        "        estimated, CoinGlass, 2026-11-22T08:55:00Z\n"
        "        = reach_price / price - 1\n"
        "    worked out from\n"
        "        BTC/price = 62140 price\n"
        "            observed, Binance, 2026-11-22T08:55:00Z\n"
        "    stands in /standfirst, /sections/0/paragraphs/0\n"
    )
    data = json.loads(run("explain", str(draft_file), "2.5%", "--format", "json").stdout)
    assert data["explanations"][0]["fact"]["value"] == -2.49


@pytest.mark.parametrize("name", ["facts", "draft", "findings"])
def test_schemas_name_their_format(run: Run, name: str) -> None:
    schema = json.loads(run("schema", name).stdout)
    assert schema["title"] == f"commentary.{name}/1"
    assert schema["properties"]["format"]["const"] == f"commentary.{name}/1"


def test_config_names_where_each_value_comes_from(run: Run) -> None:
    Path("commentary.toml").write_text('packs = ["uk"]')
    data = json.loads(run("config", "--format", "json").stdout)
    found = {row["key"]: (row["value"], row["from"]) for row in data["settings"]}
    assert found["packs"] == (["uk"], "commentary.toml")
    assert found["style.dates"] == ("Nov. 22", "default")
    assert "settings file: commentary.toml" in run("config").stderr


def test_decimals_are_json_numbers_digit_by_digit() -> None:
    assert json.loads(dumps({"a": Decimal("1E+3"), "b": [Decimal("0.10")]}), parse_float=str) == {
        "a": 1000,
        "b": ["0.10"],
    }
