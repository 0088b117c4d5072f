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
from commentary.records.story import NoStory, Score, Story

Run = Callable[..., Result]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sheet(stages: SimpleNamespace) -> None:
    Path("s.json").write_text("{}")
    price = Fact(Subject("BTC", "price"), Decimal("77200.10"), "price", "level", "observed", ("Binance",), NOON)
    gap = MissingFact(Subject("BTC", "basis"), "percent", "the snapshot holds no basis")
    stages.sheet = FactSheet("BTC", NOON, (price,), (gap,), ("stale_data",))
    stages.scores = (
        Score("open_interest", Decimal("0.9"), "open interest changed more, the same way, on 9 of 90 days"),
    )
    stages.stories = (
        Story("calm", "none", 0.5, ("price change is 0.2%, in size below 1%",), False),
        NoStory("whale", ("positions is not known", "positions is not known; and basis is not known")),
    )


def test_facts_are_listed_with_the_missing_ones(run: Run) -> None:
    result = run("facts", "s.json")
    gap = " " * (78 - len("price") - len("77,200.1 USD"))
    assert result.stdout == (
        f"price{gap}77,200.1 USD\n"
        "    observed, Binance, 2026-11-22 12:00 UTC\n"
        "    BTC/price\n"
        "\n"
        "basis\n"
        "    not known: the snapshot holds no basis\n"
        "    BTC/basis\n"
    )
    assert result.stderr == "\nBTC, 2026-11-22 12:00 UTC: 1 facts known, 1 missing\nflags: stale data\n"


def test_facts_as_json_are_the_facts_file(run: Run) -> None:
    data = json.loads(run("facts", "s.json", "--format", "json").stdout)
    assert (data["format"], data["facts"][0]["value"], data["facts"][1]["value"]) == (
        "commentary.facts/1",
        77200.1,
        None,
    )


def test_stories_say_why_and_why_not(run: Run) -> None:
    shown = [" ".join(line.split()) for line in run("stories", "s.json").stdout.splitlines()]
    assert shown == [
        "calm fires, score 0.50, told from no side",
        "- price change is 0.2%, in size below 1%",
        "- no history shows it as unusual: it fires by its floor",
        "",
        "whale does not fire",
        "- positions is not known",
        "- basis is not known",
        "",
        "newsworthiness 0 to 1, against each kind's own history",
        "- open interest 0.9: open interest changed more, the same way, on 9 of 90",
        "days",
    ]
    data = json.loads(run("stories", "s.json", "--format", "json").stdout)["stories"]
    assert [(story["name"], story["fires"]) for story in data] == [("calm", True), ("whale", False)]


def test_explain_follows_a_figure_to_its_inputs_and_its_places(
    run: Run, stages: SimpleNamespace, draft: Draft, draft_file: Path
) -> None:
    fact, price = draft.facts[3], draft.facts[0]
    start = draft.standfirst.index("2.5%")
    stages.explanations = (
        SimpleNamespace(
            path="/standfirst", start=start, end=start + 4, text="2.5%", style="plain", fact=fact, inputs=(price,)
        ),
    )
    shown = run("explain", str(draft_file), "2.5%").stdout.splitlines()
    assert [" ".join(line.split()) for line in shown] == [
        "“2.5%”",
        "distance to the end of the sum, long side -2.49%",
        "estimated, CoinGlass, 2026-11-22 08:55 UTC",
        "= reach_price / price - 1",
        "BTC/reach_distance/side=long",
        "worked out from",
        "price 62,140 USD",
        "observed, Binance, 2026-11-22 08:55 UTC",
        "BTC/price",
        "stands in",
        "standfirst: CoinGlass's sum spans a 2.5% fall. Over a rise to $64,900…",
    ]
    data = json.loads(run("explain", str(draft_file), "2.5%", "--format", "json").stdout)
    assert data["explanations"][0]["fact"]["value"] == -2.49


@pytest.mark.parametrize("name", ["facts", "draft", "findings"])
def test_schemas_name_their_format(run: Run, name: str) -> None:
    schema = json.loads(run("schema", name).stdout)
    assert schema["title"] == f"commentary.{name}/1"
    assert schema["properties"]["format"]["const"] == f"commentary.{name}/1"


def test_config_names_where_each_value_comes_from(run: Run) -> None:
    Path("commentary.toml").write_text('[publisher]\nname = "Harbour Wire"')
    data = json.loads(run("config", "--format", "json").stdout)
    found = {row["key"]: (row["value"], row["from"]) for row in data["settings"]}
    assert found["publisher.name"] == ("Harbour Wire", "commentary.toml")
    assert found["packs"] == (["global"], "default")
    assert found["style.dates"] == ("Nov. 22", "default")
    assert "settings file: commentary.toml" in run("config").stderr


def test_decimals_are_json_numbers_digit_by_digit() -> None:
    assert json.loads(dumps({"a": Decimal("1E+3"), "b": [Decimal("0.10")]}), parse_float=str) == {
        "a": 1000,
        "b": ["0.10"],
    }
