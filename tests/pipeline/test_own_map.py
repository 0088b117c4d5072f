"""A map that commentary estimated itself, from snapshot to draft, update and follow-up; and what a source left out."""

import re
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.pipeline.remembering import item_of
from commentary.records.draft import texts
from commentary.records.history import History
from commentary.records.laid_out import laid_out
from commentary.runs.samples import samples

SHIFTED = ("prices", "funding", "open_interest", "liquidation_maps")
RANGE = re.compile(r"\$[0-9.]+(?: million|M)? (?:to|and) \$[0-9.]+ ?(?:million|billion|M|B)\b")
SUM = re.compile(r"\$[0-9.]+ ?(?:million|billion|M|B)\b")


def drafted(rows, **options):
    made = draft_snapshots([read_snapshot(laid_out(rows))], settings=Settings(), **options)
    assert isinstance(made, Draft)
    # A warning of style that another seed brings is none of ours.
    assert [one for one in made.checks.findings if one.severity == "error" or "unknowns" in one.path] == []
    return made


@cache
def first():
    return drafted(samples["sol-own-map"]())


def history():
    return History.of("feed", [item_of(first(), "feed")])


def later(hours, *, times=1, **changed):
    """The rows of sol-own-map so many hours on, with sums of the maps `times` as large."""
    rows = samples["sol-own-map"]()
    passed = timedelta(hours=hours)
    for name in SHIFTED:
        rows[name] = [{**row, "time": row["time"] + passed} for row in rows[name]]
    for row in rows["liquidation_maps"]:
        row["levels"] = [{**one, "notional_usd": int(one["notional_usd"] * times)} for one in row["levels"]]
    return {**rows, "candles": [], "as_of": rows["as_of"] + passed, **changed}


def body_of(made):
    return " ".join(text for path, text in texts(made) if path.startswith("/sections"))


@pytest.mark.parametrize("name", ["sol-own-map", "btc-own-map"])
@pytest.mark.parametrize("length", ["brief", "standard", "full"])
def test_every_sum_of_the_map_stands_in_a_range(name, length):
    made = drafted(samples[name](), length=length)
    for path, text in texts(made):
        # The test of the map is by the least that it has on the way, and says so.
        rest = RANGE.sub("", text).replace("at least $", "at least ")
        assert not SUM.findall(rest), (path, text)


def test_it_is_told_as_ours_and_as_nobody_elses():
    for path, text in texts(first()):
        assert "CoinGlass" not in text
        if path == "/headline" or path.startswith(("/digest", "/variants/push", "/variants/social")):
            assert "our own" in text.casefold(), (path, text)
    assert any("no exchange and no vendor" in text.casefold() for _, text in texts(first()))
    assert "our own estimate" in " ".join(first().disclosures)


def test_who_made_it_and_what_it_cannot_see_is_said_once():
    body = body_of(first())
    assert body.casefold().count("our own") == 1
    assert body.count("The software that wrote this text, commentary, made the estimate") == 1
    # The lowest leverage of the three mixes, and the highest that the default margin tiers of data/ allow.
    assert "three mixes of leverage, from 5 times to 25 times" in body
    assert "can lie outside the range" in body


def test_a_default_is_not_told_as_the_exchanges_margin_rules():
    # data/leverage_tiers.toml holds Binance's tiers of bitcoin, read in October 2024, and none of its tiers of solana.
    assert "Binance's margin rules as of October 2024" in body_of(drafted(samples["btc-own-map"]()))
    assert "margin rules as of" not in body_of(first())
    assert "We do not hold Binance's margin rules for solana" in body_of(first())


def test_a_test_that_no_day_could_fail_is_left_out():
    # To the end of the cluster lie at least 101.1 million dollars of longs, 8.9% of open interest; with ten times as
    # much open they are 0.89%, and half of that a change of any day.
    rows = samples["sol-own-map"]()
    rows["open_interest"] = [
        {**row, **{name: 10 * row[name] for name in ("value_coin", "value_usd") if name in row}}
        for row in rows["open_interest"]
    ]
    assert "310,000 SOL" in " ".join(text for _, text in texts(first()))
    assert "310,000 SOL" not in " ".join(text for _, text in texts(drafted(rows, story="liquidation_map")))


def test_a_label_tells_the_map_that_its_text_did_not():
    # A calm day tells no map, so that the reason of the skew gives its sums.
    assert "times the short side" in first().sentiment.rationale
    reason = drafted(samples["sol-own-map"](), story="calm").sentiment.rationale
    assert "our own estimate for binance" in reason.casefold()
    assert "$109 million to $145 million of longs" in reason


def test_it_is_no_skew_where_the_assumptions_do_not_agree():
    # Longs within 5% are 1.15 to 1.4 times the shorts in btc-own-map, 12 to 14 times in sol-own-map.
    assert drafted(samples["btc-own-map"]()).sentiment.risk_skew == "two-sided"
    assert first().sentiment.risk_skew == "downside"


def test_a_vendors_map_takes_its_place():
    rows = samples["sol-own-map"]()
    vendor = {"source": "CoinGlass", "window_hours": 168, "time": rows["as_of"]}
    sums = [
        {"price": 158, "side": "long", "notional_usd": 320_000_000},
        {"price": 170, "side": "short", "notional_usd": 150_000_000},
    ]
    made = drafted({**rows, "liquidation_maps": [*rows["liquidation_maps"], {**vendor, "cumulative": sums}]})
    assert "CoinGlass" in made.headline
    assert not [text for _, text in texts(made) if "our own" in text.casefold()]


def test_a_range_that_grew_by_a_third_is_told_again_with_both_ranges():
    made = drafted(later(8, times=Decimal("1.35")), history=history())
    # 94.4 and 123.8 million times 1.35 are 127.4 and 167.1 million
    body = " ".join(text for path, text in texts(made) if path.startswith("/sections"))
    for figure in ("$127 million", "$167 million", "$94.4 million", "$124 million"):
        assert figure in body


def test_the_test_of_a_range_is_settled_by_its_lower_end():
    # The least of the mixes has 101,119,618 dollars from the price to $157.43, 620,708 coins at $162.91. Half of them
    # is 310,000 in three digits; open interest lost 500,000.
    now = samples["sol-own-map"]()["as_of"] + timedelta(hours=30)
    held = [
        {"venue": "Binance", "time": now - timedelta(hours=24), "value_coin": 6_930_000, "source": "Binance"},
        {"venue": "Binance", "time": now, "value_coin": 6_430_000, "source": "Binance"},
    ]
    price = {"value": Decimal("154.90"), "kind": "mark", "venue": "Binance", "time": now, "source": "Binance"}
    rows = later(30, liquidation_maps=[], open_interest=held, prices=[price])
    made = drafted(rows, history=history())
    assert made.story == "follow_up"
    body = " ".join(text for path, text in texts(made) if path.startswith("/sections"))
    assert "310,000 SOL" in body
    assert "at least $101 million" in body
    assert "commentary" not in body


@pytest.mark.parametrize("name", ["btc-flush", "btc-calm", "btc-funding-flip", "market-liquidations"])
def test_a_gap_is_told_in_a_story_of_any_kind(name):
    rows = samples[name]()
    made = drafted({**rows, "gaps": [{"of": "open_interest", "reason": "refused", "source": "Bybit"}]})
    assert [
        line for line in made.unknowns if "Bybit" in line and "open interest" in line.casefold() and "refused" in line
    ]


def test_every_gap_is_told_beside_what_the_layout_has_room_for():
    rows = samples["btc-long-side"]()
    without = drafted(rows)
    silent = ("Bybit", "OKX", "Deribit", "Kraken")
    gaps = [{"of": "funding", "reason": "no_answer", "source": source} for source in silent]
    made = drafted({**rows, "gaps": gaps})
    assert len(made.unknowns) == len(without.unknowns) + len(gaps)
