"""What a map story is about: the same prices are one event, however a map is redrawn, and others are another."""

from datetime import timedelta
from decimal import Decimal

import pytest

from commentary import Draft, NoStoryResult, Settings, draft_snapshots, read_snapshot
from commentary.metrics.told_clusters import Stretch, is_one
from commentary.pipeline.remembering import item_of
from commentary.records.draft import texts
from commentary.records.history import History
from commentary.records.laid_out import laid_out
from commentary.runs.samples import samples


def redrawn(hours, change=lambda level: level, price=None):
    """The rows of eth-two-sided some hours later, with the levels of its newest map changed."""
    rows = samples["eth-two-sided"]()
    passed = timedelta(hours=hours)
    for name in ("prices", "open_interest", "open_interest_changes"):
        rows[name] = [{**row, "time": row["time"] + passed} for row in rows[name]]
    newest = rows["liquidation_maps"][-1]
    newest |= {"time": newest["time"] + passed, "levels": [change(dict(one)) for one in newest["levels"]]}
    if price is not None:
        rows["prices"] = [{**row, "value": Decimal(price)} for row in rows["prices"]]
    return {**rows, "as_of": rows["as_of"] + passed, "candles": []}


def drafted(rows, *past):
    history = History.of("desk", [item_of(draft, "desk") for draft in past]) if past else None
    read = read_snapshot(laid_out(rows))
    return draft_snapshots([read], settings=Settings(), history=history, story="liquidation_map")


@pytest.fixture(scope="module")
def first():
    made = drafted(redrawn(0))
    assert isinstance(made, Draft)
    # The sample holds no more longs than 1.5 times its shorts within 5%, so that both sides head it and no cluster.
    assert made.emphasis == "two-sided"
    assert "within 5% of price" in made.headline.casefold()
    return made


def cluster_moved(level):
    """What lay from 2320 to 2337.5 lies 35 dollars nearer to the price of 2412.6, and the other way round."""
    price = Decimal(str(level["price"]))
    if level["side"] == "long" and Decimal(2320) <= price <= Decimal("2337.5"):
        level["price"] = price + 35
    elif level["side"] == "long" and Decimal(2355) <= price <= Decimal("2372.5"):
        level["price"] = price - 35
    return level


@pytest.mark.parametrize("change", [lambda level: level, cluster_moved], ids=["as it was", "another cluster leads"])
def test_what_both_sides_hold_is_not_told_again_while_it_stays(first, change):
    # Both stretches lie within 5% of price, from 2292 up: the sums stay 302.85 and 272.91 million dollars.
    again = drafted(redrawn(4, change), first)
    assert isinstance(again, NoStoryResult)
    assert again.reasons[0].reasons[0].startswith("it was told at 2026-10-06 12:00 UTC")


def test_what_both_sides_hold_is_told_again_with_both_sums_when_one_changed_by_a_quarter(first):
    def more(level):
        # Of longs outside the cluster, 150.46 million dollars within 5%, half as much again and more: 302.85 + 0.55 *
        # 150.46 = 385.6 million, 27% more.
        near = Decimal("2337.5") < Decimal(str(level["price"])) or Decimal(str(level["price"])) < 2320
        if level["side"] == "long" and near:
            level["notional_usd"] = int(level["notional_usd"] * Decimal("1.55"))
        return level

    again = drafted(redrawn(4, more), first)
    assert isinstance(again, Draft)
    assert again.story_key == first.story_key == "ETH/level/price-2410/2026-10-06"
    body = again.sections[0].paragraphs[0]
    for figure in ("$386 million", "$303 million", "12:00 UTC"):
        assert figure in body, body
    assert tuple(one for one in ("$386M", "$303M") if one in again.headline) == ("$386M", "$303M"), again.headline
    assert [one for one in again.checks.findings if one.severity == "error"] == []


@pytest.mark.parametrize(("times", "same"), [("1.045", True), ("1.052", False)])
def test_it_is_another_event_once_price_is_more_than_five_percent_away(first, times, same):
    # 2412.6 * 1.045 = 2521.1 and * 1.052 = 2538.1, and the map with it; sums within 5% are the same.
    def along(level):
        return {**level, "price": Decimal(str(level["price"])) * Decimal(times)}

    again = drafted(redrawn(4, along, price=Decimal("2412.6") * Decimal(times)), first)
    assert isinstance(again, NoStoryResult if same else Draft)
    assert same or again.story_key == "ETH/level/price-2540/2026-10-06"


def own(hours, price):
    """The rows of sol-own-map some hours later, at another price."""
    rows = samples["sol-own-map"]()
    passed = timedelta(hours=hours)
    for name in ("prices", "funding", "open_interest", "liquidation_maps"):
        rows[name] = [{**row, "time": row["time"] + passed} for row in rows[name]]
    rows["prices"] = [{**rows["prices"][0], "value": Decimal(price)}]
    return {**rows, "candles": [], "as_of": rows["as_of"] + passed}


def test_a_map_of_our_own_that_comes_near_is_told_as_an_update_of_its_cluster():
    made = drafted(own(0, "162.91"))
    assert made.story_key == "SOL/level/long-158/2026-08-18"
    assert isinstance(drafted(own(4, "161.5"), made), NoStoryResult)
    # The cluster begins at 158.22, 0.8% below 159.5: price has come to within a percent.
    near = drafted(own(8, "159.5"), made)
    assert near.story_key == made.story_key
    assert "0.8%" in near.headline
    assert "our own estimate" in near.headline.casefold()
    assert [one for _, one in texts(near) if "came closer" in one or "come closer" in one or "2.9%" in one]
    assert isinstance(drafted(own(12, "159.4"), made, near), NoStoryResult)


@pytest.mark.parametrize(
    ("then", "now", "same"),
    [
        # The second ends at 83,116, within the first, though the near edges lie 1.4% apart.
        (("83283", "82454"), ("84457", "83116"), True),
        # The near edges lie 0.4% apart.
        (("83283", "83283"), ("83616", "83400"), True),
        # They share no price, and the near edges lie 1.6% apart.
        (("83283", "82454"), ("81961", "81308"), False),
        (("84626", "85306"), ("87029", "87378"), False),
    ],
)
def test_two_clusters_are_one_where_their_prices_meet(then, now, same):
    told, stands = Stretch(*map(Decimal, then)), Stretch(*map(Decimal, now))
    assert is_one(told, stands, Decimal(1)) is is_one(stands, told, Decimal(1)) is same
