"""What a label says would turn it turns it: each bound is put on the sheet, and the label read again by its rules."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, facts_of, read_snapshot
from commentary.records.sheet import FactSheet
from commentary.sentiment import parameters, read_sentiment
from commentary.sentiment.turning import day, funded, rounded

SNAPSHOTS = Path(__file__).parents[1] / "data" / "snapshots"
INDEX = tomllib.loads((SNAPSHOTS / "index.toml").read_text(encoding="utf-8"))
LABELLED = sorted(name for name, entry in INDEX.items() if entry["label"] != "none")
FAR = (Decimal(1), Decimal("1.001"), Decimal(4))
"""How far past a bound a day may be: on it, just past it, far past it."""
TURNS = {"long": "bearish", "short": "bullish"}


@cache
def sheet_of(name):
    sheet = facts_of(read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes()), settings=Settings())
    return sheet.with_facts(read_sentiment(sheet).facts(sheet))


@cache
def draft_of(name):
    return draft_snapshots([read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes())], settings=Settings())


def bound(sheet, metric, side=None, at=None):
    fact = sheet.get(metric, asset=sheet.asset, side=side, at=at)
    return None if fact is None else fact.number


def percent(value, now):
    return (value / now - 1) * 100


def told_above(bound):
    """The least count that a text tells as more than a bound, as it tells four digits."""
    return bound + Decimal(1).scaleb(bound.adjusted() - 3) / 2


def day_on(sheet, side, far):
    """The day on which price, open interest and a share are so far past the bounds of a side; of any sum at all."""
    price, oi = bound(sheet, "price"), bound(sheet, "oi_coin")
    move = percent(bound(sheet, "price_turn", side), price) * far
    change = percent(told_above(bound(sheet, "oi_turn")), oi) * far
    share = min(bound(sheet, "turn_share", side) * far, Decimal(100))
    figures = {"price_change": move, "oi_change_coin": change, "liq_total": Decimal(0), "liq_to_oi": Decimal(0)}
    return figures, share


def read_on(sheet, side, figures, share):
    """Read the label of a day; funding that bars a direction is just past its own bound."""
    found = day(sheet, figures, (side, share))
    payer = "short" if side == "long" else "long"
    rate = sheet.get("turn_funding", asset=sheet.asset, side=payer)
    if rate is not None:
        eight = rate.number / rate.subject.window_hours * 8
        found = funded(found, eight - Decimal("0.0001") if payer == "long" else eight + Decimal("0.0001"))
    return read_sentiment(found).label


def bounded():
    """The labels of which something is said that turns them, and to which side."""
    found = [
        (name, side) for name in LABELLED for side in TURNS if bound(sheet_of(name), "price_turn", side) is not None
    ]
    assert len(found) >= len(LABELLED)
    return found


def test_a_day_past_the_bounds_of_a_side_has_its_label():
    for name, side in bounded():
        for far in FAR:
            figures, share = day_on(sheet_of(name), side, far)
            assert read_on(sheet_of(name), side, figures, share) == TURNS[side], (name, side, far)


def test_a_day_that_falls_short_in_open_interest_or_share_stays_neutral():
    guards = parameters()["guards"]
    for name, side in bounded():
        figures, share = day_on(sheet_of(name), side, Decimal(1))
        few = {**figures, "oi_change_coin": guards["flow_oi_percent"] - Decimal("0.1")}
        assert read_on(sheet_of(name), side, few, share) == "neutral", (name, side)
        assert read_on(sheet_of(name), side, figures, guards["flow_share_percent"] - 1) == "neutral", (name, side)


def test_both_directions_take_the_same_move_in_price():
    for name in {name for name, _ in bounded()}:
        sheet = sheet_of(name)
        down, up = (bound(sheet, "price_turn", side) for side in TURNS)
        if down is not None and up is not None:
            price = bound(sheet, "price")
            # Three digits of each bound are told, the further ones cut off away from price.
            step = max(Decimal(1).scaleb(one.adjusted() - 2) for one in (down, up))
            assert abs((up - price) - (price - down)) < step, name


def test_open_interest_works_out_from_what_is_told():
    for name in dict(bounded()):
        sheet = sheet_of(name)
        # Half of a loss regained, and the same threshold in a test of the story, are worked out elsewhere.
        if not any(sheet.get(metric) for metric in ("oi_half_regain", "oi_event_high", "oi_expiry_high")):
            now, turn = bound(sheet, "oi_coin"), bound(sheet, "oi_turn")
            grown = 1 + parameters()["guards"]["flow_oi_percent"] / 100
            on_page = rounded(rounded(now, 4) * grown, 4)
            # One digit further only where a count told as more than that figure may be too little of a change.
            expected = on_page if told_above(on_page) >= now * grown else rounded(now * grown, 4)
            assert turn == expected, name


@pytest.mark.parametrize("name", LABELLED)
def test_a_threshold_that_a_test_of_the_story_shares_is_the_same_figure(name):
    sheet = sheet_of(name)
    for metric in ("oi_event_high", "oi_expiry_high"):
        other, turn = bound(sheet, metric), bound(sheet, "oi_turn")
        if other is not None and turn is not None:
            assert rounded(other, 4) == turn


def labelled():
    """The drafts of which a label is told."""
    found = [(name, draft_of(name)) for name in LABELLED]
    return [(name, draft) for name, draft in found if isinstance(draft, Draft) and draft.sentiment.label != "none"]


def test_both_directions_are_told_the_nearer_one_first():
    turned = dict(bounded())
    tried = [(name, draft) for name, draft in labelled() if draft.sentiment.label == "neutral" and name in turned]
    assert tried
    for name, draft in tried:
        flips, sheet = [one.lower() for one in draft.sentiment.flips], sheet_of(name)
        assert {side for side in TURNS if bound(sheet, "price_turn", side) is not None} == set(TURNS), name
        nearer = sheet.get("turn_nearer").value
        assert TURNS[nearer] in flips[0], name
        assert TURNS["short" if nearer == "long" else "long"] in flips[1], name


@pytest.mark.parametrize("name", ["sol-funding-hourly", "sol-whale-long"])
def test_the_open_interest_of_one_exchange_gives_no_bound_for_what_is_liquidated_on_all(name):
    sheet = sheet_of(name)
    assert sheet.get("oi_usd", asset=sheet.asset).subject.venue == "Hyperliquid"
    assert all(bound(sheet, "price_turn", side) is None for side in TURNS)
    assert "65%" in draft_of(name).sentiment.flips[0]


@pytest.mark.parametrize("name", ["sui-interval"])
def test_a_direction_that_funding_bars_is_not_reached_until_the_rate_has_changed(name):
    sheet = sheet_of(name)
    assert sheet.get("turn_funding", side="long") is not None
    # Longs pay a high rate, and where open interest grows as well both take from 0.55 x (15 + 28): 0.35 x (15 + 10).
    figures, share = day_on(sheet, "short", Decimal(1))
    grown = {**figures, "oi_change_coin": parameters()["points"]["build_from"]}
    assert read_sentiment(day(sheet, grown, ("short", share))).label == "neutral"
    assert read_on(sheet, "short", grown, share) == "bullish"


@pytest.mark.parametrize("name", [name for name in LABELLED if INDEX[name]["label"] in ("bullish", "bearish")])
def test_a_direction_is_gone_once_open_interest_or_the_share_is_back_within_its_bound(name):
    sheet = sheet_of(name)
    share = sheet.get("liq_share", asset=sheet.asset)
    kept = {
        metric: bound(sheet, metric)
        for metric in ("price_change", "oi_change_coin", "liq_total", "liq_to_oi")
        if bound(sheet, metric) is not None
    }
    assert read_sentiment(day(sheet, kept, (share.side, share.number))).label == INDEX[name]["label"]
    still = {**kept, "oi_change_coin": bound(sheet, "flow_bound") - Decimal("0.01")}
    least = bound(sheet, "turn_share", at="either side") - Decimal("0.01")
    assert read_sentiment(day(sheet, still, (share.side, share.number))).label == "neutral"
    for side in ("long", "short"):
        assert read_sentiment(day(sheet, kept, (side, least))).label == "neutral"


def test_a_label_names_what_would_turn_it_by_figures_that_were_tried():
    for name, draft in labelled():
        told, sheet = " ".join(draft.sentiment.flips), sheet_of(name)
        assert told, name
        sides = [side for side in TURNS if bound(sheet, "price_turn", side) is not None]
        if draft.sentiment.label == "neutral" and sides:
            assert any(TURNS[side] in told.lower() for side in sides), name
            deadline = sheet.get("turn_deadline").value
            assert deadline == sheet.as_of + timedelta(hours=24), name
            assert f"{deadline:%H:%M} UTC" in told, name


@pytest.mark.parametrize("name", LABELLED)
def test_the_short_horizon_does_not_deny_the_direction_of_the_label(name):
    draft = draft_of(name)
    if isinstance(draft, Draft) and draft.sentiment.label in ("bullish", "bearish"):
        assert "no direction" not in draft.sentiment.short_term.lower()


def wrap(*names):
    reads = [read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes()) for name in names]
    return draft_snapshots(reads, settings=Settings())


def test_each_asset_of_a_wrap_has_the_label_that_it_has_alone():
    names = ("eth-october", "bnb-october", "sol-liquidations")
    draft = wrap(*names)
    said = {one.subject.asset: one.value for one in draft.facts if one.subject.metric == "asset_label"}
    alone = {sheet_of(name).asset: read_sentiment(sheet_of(name)).label for name in names}
    assert said == alone
    assert draft.sentiment.label == "none"
    assert all(name in draft.sentiment.rationale for name in ("Ether", "Solana", "BNB"))
    assert draft.sentiment.flips[0]


def test_an_asset_whose_label_hangs_on_a_flag_that_may_be_anothers_has_none_in_a_wrap():
    # Longs that pay an extreme rate oppose a rise, unless exchanges part and no rate is read.
    changed = {"funding_8h": Decimal("0.06"), "liq_to_oi": Decimal("0.1")}
    sheet = sheet_of("doge-august")
    facts = tuple(replace(fact, value=changed.get(fact.subject.metric, fact.value)) for fact in sheet)
    for flags, told in (((), {"DOGE", "ETH"}), (("venue_divergence",), {"ETH"})):
        wrapped = FactSheet(sheet.asset, sheet.as_of, facts, (), flags, assets=(sheet.asset, "ETH"))
        made = read_sentiment(wrapped).facts(wrapped)
        assert {fact.subject.asset for fact in made if fact.subject.metric == "asset_label"} == told


def test_bounds_hold_for_every_mix_of_days_past_them():
    sheet = sheet_of("btc-funding-flip")
    # Liquidations of nothing, and of four times what gives all the points: 0.5% of open interest.
    sums = (Decimal(0), Decimal(2))
    for side, (price, added, to_oi) in product(TURNS, product(FAR, FAR, sums)):
        figures, share = day_on(sheet, side, Decimal(1))
        move, change = figures["price_change"] * price, figures["oi_change_coin"] * added
        worth = bound(sheet, "oi_usd") * (1 + move / 100) * (1 + change / 100)
        mixed = {"price_change": move, "oi_change_coin": change, "liq_total": to_oi * worth / 100, "liq_to_oi": to_oi}
        assert read_on(sheet, side, mixed, share) == TURNS[side]


@pytest.mark.parametrize("metric", ["oi_coin", "oi_usd"])
def test_nothing_is_told_of_what_would_turn_a_label_where_open_interest_is_nought(metric):
    sheet = facts_of(read_snapshot((SNAPSHOTS / "btc-calm.json").read_bytes()), settings=Settings())
    facts = tuple(replace(fact, value=Decimal(0)) if fact.subject.metric == metric else fact for fact in sheet)
    none = FactSheet(sheet.asset, sheet.as_of, facts, sheet.missing, sheet.flags)
    assert not [fact for fact in read_sentiment(none).facts(none) if fact.subject.metric == "price_turn"]
    assert [fact for fact in read_sentiment(sheet).facts(sheet) if fact.subject.metric == "price_turn"]
