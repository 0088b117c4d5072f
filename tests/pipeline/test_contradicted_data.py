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
    return render(draft, "text")


def test_a_change_of_open_interest_against_its_own_levels():
    def change(document):
        # The file reports -1.1% to 270,300 BTC; from 200,000 BTC it is +35%.
        now = document["open_interest"][0]
        document["open_interest"].append({**now, "value_coin": 200_000, "time": "2026-11-21T08:50:00Z"})

    draft = changed("btc-long-side", change)
    assert "figures_contradict" in draft.flags
    assert "1.1%" not in text_of(draft)
    assert SAYS_SO in text_of(draft).replace("\n", " ")
