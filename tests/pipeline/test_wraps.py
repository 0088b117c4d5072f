"""Several snapshots make a wrap: ranked, checked, written again, and held to each of their snapshots."""

import json
import tomllib
from decimal import Decimal
from functools import cache

import pytest

from commentary import Draft, NoStoryResult, Settings, check_text, draft_snapshots, read_snapshot, render
from commentary.errors import BadInputError
from commentary.pipeline import check_draft, sheet_of
from commentary.pipeline.tracing import traced
from commentary.resources import folder

FOLDER = folder("data") / "snapshots"
WRAPS = tomllib.loads((FOLDER / "wraps.toml").read_text(encoding="utf-8"))


def read(file, **changes):
    content = json.loads((FOLDER / f"{file}.json").read_bytes()) | changes
    return read_snapshot(json.dumps(content).encode())


@cache
def wrap(name, seed=None):
    reads = [read_snapshot((FOLDER / f"{one}.json").read_bytes()) for one in WRAPS[name]["snapshots"]]
    return draft_snapshots(reads, settings=Settings(), seed=seed)


@pytest.mark.parametrize("name", WRAPS)
def test_its_assets_come_in_the_order_of_how_unlike_their_past_they_are(name):
    made = wrap(name)
    assert isinstance(made, Draft)
    assert (made.story, list(made.assets)) == ("daily_wrap", WRAPS[name]["assets"])
    assert made.sentiment.label == "none"


@pytest.mark.parametrize("name", WRAPS)
@pytest.mark.parametrize("seed", range(6))
def test_no_wording_has_an_error(name, seed):
    found = [*wrap(name, seed).checks.findings, *check_draft(wrap(name, seed)).findings]
    assert [(one.code, one.path, one.text) for one in found] == []


@pytest.mark.parametrize("name", WRAPS)
def test_its_printed_text_has_no_error_against_its_own_facts(name):
    made = wrap(name)
    found = check_text(render(made, "text"), sheet_of(made), settings=Settings(), scope="article").findings
    assert [(one.code, one.text) for one in found if one.severity == "error"] == []


@pytest.mark.parametrize("name", WRAPS)
def test_each_asset_with_a_label_is_told_in_the_body_and_the_first_two_are(name):
    made = wrap(name)
    body = " ".join(text for section in made.sections for text in section.paragraphs).casefold()
    labelled = made.sentiment.rationale.casefold()
    told = [asset for asset in made.assets if made.names[asset].casefold() in body]
    assert told[:2] == list(made.assets[:2])
    assert [asset for asset in made.assets if made.names[asset].casefold() in labelled] == told


def test_the_order_of_the_files_does_not_matter():
    reads = [read(one) for one in WRAPS["october"]["snapshots"]]
    assert draft_snapshots(reads[::-1], settings=Settings()).sha256 == wrap("october").sha256


def test_it_is_held_to_each_of_its_snapshots_and_to_no_other():
    made = wrap("october")
    for one in WRAPS["october"]["snapshots"]:
        assert list(traced(made, read(one), Settings())) == []
    (strange,) = traced(made, read("btc-calm"), Settings())
    assert "was not made from this snapshot of BTC" in strange.message


def test_a_changed_fact_of_one_asset_is_found_by_its_snapshot():
    made = wrap("october")
    facts = [
        fact.model_copy(update={"value": Decimal(9_999)}) if fact.id.startswith("SOL/price/") else fact
        for fact in made.facts
    ]
    altered = made.model_copy(update={"facts": tuple(facts)})
    assert any("9,999" in one.message for one in traced(altered, read("sol-liquidations"), Settings()))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["btc-calm", "btc-calm"], "two snapshots are of this asset"),
        (["btc-calm", "eth-october"], "1 hour apart"),
        (["market-liquidations", "btc-calm"], "all coins"),
    ],
)
def test_snapshots_that_make_no_wrap_are_refused(names, said):
    with pytest.raises(BadInputError, match=said):
        draft_snapshots([read(name) for name in names], settings=Settings())


def test_more_assets_than_a_reader_can_follow_are_refused():
    reads = [read("xrp-october", asset=f"C{i}", name=f"Coin{chr(65 + i)}") for i in range(9)]
    with pytest.raises(BadInputError, match="8 at most"):
        draft_snapshots(reads, settings=Settings())


def test_an_asset_without_a_price_behind_the_first_makes_no_wrap():
    reads = [read("btc-calm"), read("eth-august", prices=[], candles=[], price_changes=[])]
    made = draft_snapshots(reads, settings=Settings(), story="daily_wrap")
    assert isinstance(made, NoStoryResult)
    assert "ETH" in " ".join(made.reasons[0].reasons)
