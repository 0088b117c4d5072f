"""Bundled snapshots with a figure that the same data contradicts: the text leaves it out and says why."""

import json
from pathlib import Path

from commentary import Draft, Settings, draft_snapshots, read_snapshot, render

SNAPSHOTS = Path(__file__).parents[2] / "data" / "snapshots"
SAYS_SO = "Figures in the data contradict each other by an amount that matters"


def changed(name, change):
    """The draft of a bundled snapshot after `change` was made to it."""
    document = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
    change(document)
    return draft_snapshots([read_snapshot(json.dumps(document).encode())], settings=Settings())


def text_of(draft):
    assert isinstance(draft, Draft)
    assert draft.checks.ok
    return " ".join(render(draft, "text").split())


def test_a_change_of_open_interest_against_its_own_levels():
    def change(document):
        # The file reports -1.1% to 270,300 BTC; from 200,000 BTC it is +35%.
        now = document["open_interest"][0]
        document["open_interest"].append({**now, "value_coin": 200_000, "time": "2026-11-21T08:50:00Z"})

    draft = changed("btc-long-side", change)
    assert "figures_contradict" in draft.flags
    assert "1.1%" not in text_of(draft)
    assert SAYS_SO in text_of(draft)


def test_a_total_of_liquidations_against_its_own_sides():
    def change(document):
        # 512 million of longs and 61 million of shorts are 573 million.
        row = max(document["liquidations"], key=lambda row: row["time"])
        row.update(long_usd=512_000_000, short_usd=61_000_000, total_usd=9_000_000_000)

    draft = changed("btc-level-passed", change)
    assert "period_mismatch" in draft.flags
    assert "liquidations, $9 billion, contradicts its own $512 million of longs and $61 million of" in text_of(draft)


def test_two_sources_of_one_settlement_are_both_told_where_the_rate_is():
    def change(document):
        settled = [row for row in document["funding"] if row["venue"] == "Binance"]
        newest = max(settled, key=lambda row: row["time"])
        document["funding"].append({**newest, "rate": 0.0003, "source": "CoinGlass"})

    draft = changed("btc-funding-flip", change)
    assert "source_conflict" in draft.flags
    # 0.0003 is 0.03%, and longs would have paid; Binance itself has shorts paying.
    assert "CoinGlass" in text_of(draft).split("0.03% per eight hours")[0].rsplit(".", 1)[-1]


def test_an_event_with_two_dates_is_not_told():
    def change(document):
        (due,) = [row for row in document["calendar"] if row["time"] > document["as_of"]]
        document["calendar"].append({**due, "time": "2026-10-15T12:30:00Z"})

    draft = changed("btc-macro-cpi", change)
    assert not isinstance(draft, Draft) or "CPI" not in text_of(draft)


def test_a_sum_given_as_zero_is_told_as_zero():
    def change(document):
        shorts = document["liquidation_maps"][0]["cumulative"][1]
        shorts["notional_usd"] = 0

    text = text_of(changed("btc-long-side", change))
    assert "$0" in text
    assert "no sum for shorts" not in text
    assert "single side" not in text
