"""A caveat, and what a text says it does not know, go by the data that is held."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.records.draft import texts

FOLDER = Path(__file__).parents[2] / "data" / "snapshots"
SEEDS = (0, 1, 2)
FIXED = "fixed in dollars"


def held(name):
    """A bundled snapshot, to be changed."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def told(document, story="auto"):
    """The drafts of a snapshot in three wordings, each as one text."""
    read = read_snapshot(json.dumps(document).encode())
    made = [draft_snapshots([read], settings=Settings(), story=story, seed=seed) for seed in SEEDS]
    assert all(isinstance(draft, Draft) and draft.checks.ok for draft in made)
    return made


def whole(draft):
    return " ".join(" ".join(text for _, text in texts(draft)).split())


@pytest.mark.parametrize(("name", "story"), [("btc-week", "weekly_review"), ("btc-flush", "flush_reset")])
def test_linear_contracts_alone_have_no_caveat_on_contracts_fixed_in_dollars(name, story):
    document = held(name)
    assert any(FIXED in whole(draft) for draft in told(document, story))
    for row in document["open_interest"]:
        row["margin"] = "linear"
    document.pop("open_interest_changes", None)
    assert not any(FIXED in whole(draft) for draft in told(document, story))


def of_one_exchange(document):
    """The same with the open interest of Binance alone."""
    return {**document, "open_interest": [{**row, "venue": "Binance"} for row in document["open_interest"]]}


def test_the_split_of_one_exchange_by_exchange_is_not_unknown():
    # The change is of Binance: whether one exchange made it is no question.
    document = held("btc-flush")
    for draft in told(document, "flush_reset"):
        assert any("exchange" in line for line in draft.unknowns)
    for draft in told(of_one_exchange(document), "flush_reset"):
        assert not any("exchange" in line for line in draft.unknowns)


def test_a_conflict_on_a_figure_that_no_text_tells_is_not_disclosed():
    # Two counts of long and short accounts part by 0.04 of 0.52: no sentence is made of either.
    document = held("btc-flush")
    row = {"venue": "Binance", "kind": "accounts", "time": document["as_of"]}
    document["long_short"] = [
        {**row, "source": "Binance", "long_share": 0.48},
        {**row, "source": "CoinGlass", "long_share": 0.52},
    ]
    for draft in told(document, "flush_reset"):
        assert "source_conflict" in draft.flags
        assert "Sources disagree" not in whole(draft)
    assert all("Sources disagree" in whole(draft) for draft in told(held("btc-conflict")))


def test_a_turn_far_beyond_the_lowest_rate_held_is_told_as_its_multiple():
    document = held("btc-funding-flip")
    rows = [row for row in document["funding"] if row.get("kind", "settled") == "settled"]
    newest = max(rows, key=lambda row: row["time"])
    lowest = min(Decimal(str(row["rate"])) for row in rows)
    newest["rate"] = float(lowest * 3)
    for draft in told(document, "funding"):
        # The lowest of the ninety days before is minus 0.00377%, and -0.0177% is 4.7 times that.
        assert "4.7 times" in draft.headline
        assert "lowest" in draft.headline


def test_a_headline_names_no_exchange_beside_the_figure_of_another():
    # Candles of Binance and open interest of Binance are told together; beside that of Bybit, price is told by itself.
    document = {**held("btc-week"), "funding": [], "liquidations": []}
    for venue, joined in (("Binance", True), ("Bybit", False)):
        document["open_interest"] = [{**row, "venue": venue} for row in document["open_interest"]]
        for draft in told(document, "weekly_review"):
            assert ("open interest" in draft.headline) is joined
