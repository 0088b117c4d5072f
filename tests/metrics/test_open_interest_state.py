"""What a day's change of open interest amounts to beside the price, by exchange and by margin."""

from decimal import Decimal

import pytest

from commentary.metrics.open_interest import open_interest
from commentary.metrics.open_interest_state import change_at_first_price, open_interest_state, state_of
from commentary.metrics.price import price

D = Decimal
RULE = {
    "price_percent": D(1),
    "oi_percent": D(2),
    "surge_percent": D(3),
    "surge_share_percent": D(5),
    "surge_alone_percent": D(8),
}
NOW, DAY_BEFORE = "2026-05-22T09:00:00Z", "2026-05-21T09:00:00Z"
MOVE = {"window_hours": 24, "percent": -3, "venue": "Binance", "source": "Binance"}


def held(coins, time=NOW, **more):
    return {"venue": "all", "value_coin": coins, "time": time, "source": "CoinGlass", **more}


@pytest.mark.parametrize(
    ("oi", "move", "place", "state"),
    [
        ("2", "-1", None, "added as price fell"),
        ("-2", "1", None, "closed as price rose"),
        ("2", "-0.9", None, "none"),
        ("1.9", "-1", None, "none"),
        # Both ways together are no divergence.
        ("-4", "-3", None, "none"),
        ("4", "3", (4, 90), "surge"),
        # Five of ninety are more than a twentieth, four are less: 4 / 90 is 4.4 percent, 5 / 90 is 5.6 percent.
        ("4", "3", (5, 90), "none"),
        ("2.9", "3", (0, 90), "none"),
        ("3", None, (0, 90), "surge"),
        # Without a history the floor is another.
        ("7.9", "3", None, "none"),
        ("8", None, None, "surge"),
        ("-9", None, (0, 90), "none"),
    ],
)
def test_the_state_of_a_day(oi, move, place, state):
    known = None if place is None else (D(place[0]), D(place[1]))
    assert state_of(D(oi), None if move is None else D(move), known, RULE) == state


def test_two_changes_that_end_together_make_a_divergence(facts):
    rows = [held(100_000, DAY_BEFORE), held(104_000)]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows, price_changes=[MOVE])
    state = sheet.get("oi_state")
    assert state.text == "added as price fell"
    assert state.source == ("CoinGlass", "Binance")
    assert sheet.get("oi_added_test").number == D(102_000)
    assert sheet.get("oi_half_further").number == D(106_000)


def test_changes_that_end_apart_are_not_set_against_each_other(facts):
    rows = [held(100_000, DAY_BEFORE), held(104_000)]
    old = {**MOVE, "time": "2026-05-22T08:44:00Z"}
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows, price_changes=[old])
    assert sheet.get("oi_state").text == "none"


def test_without_a_change_in_coin_there_is_no_state(facts):
    sheet = facts(price, open_interest, open_interest_state, open_interest=[held(104_000)])
    assert sheet.get("oi_state") is None
    assert "change of open interest in coin is not known" in sheet.why_missing("oi_state")


def test_the_exchanges_stand_in_the_order_of_their_part_in_the_change(facts):
    # Of 4,000 coins Bybit has 3,000, 75 percent, and Binance 1,000, 25 percent; OKX lost some, so has no part.
    both = {"Binance": (40_000, 41_000), "Bybit": (20_000, 23_000), "OKX": (10_000, 9_500)}
    rows = [held(100_000, DAY_BEFORE), held(104_000)]
    for name, (before, now) in both.items():
        rows += [held(before, DAY_BEFORE, venue=name), held(now, venue=name)]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows)
    parts = [(fact.subject.venue, fact.number) for fact in sheet.all("oi_delta_share")]
    assert parts == [("Bybit", D(75)), ("Binance", D(25))]
    # 23,000 of 104,000 coins are 22.115384... percent.
    assert sheet.get("oi_share", venue="Bybit").number == D("22.1153846154")
    assert sheet.get("oi_share", venue="OKX") is not None


def test_an_exchange_by_another_source_has_no_part(facts):
    rows = [held(100_000, DAY_BEFORE), held(104_000)]
    rows += [held(one, time, venue="Bybit", source="Bybit") for one, time in ((20_000, DAY_BEFORE), (23_000, NOW))]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows)
    assert sheet.all("oi_share") == []


def test_what_price_alone_did_through_contracts_fixed_in_dollars(facts):
    # Of 104,000 coins 10,400 are inverse, 10 percent. At 3 percent less they were 10,400 * 0.97 = 10,088 at the same
    # dollars: 312 coins more by price alone, 0.3 percent of the 104,000 that the 10 percent are of too.
    rows = [
        held(90_000, DAY_BEFORE, margin="linear"),
        held(10_000, DAY_BEFORE, margin="inverse"),
        held(93_600, margin="linear"),
        held(10_400, margin="inverse"),
    ]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows, price_changes=[MOVE])
    assert sheet.get("oi_inverse_share").number == D(10)
    assert sheet.get("oi_margin_effect").number == D("0.3")
    # Had price stayed, 93,600 + 10,088 = 103,688 coins after 100,000: a rise of 3.688 percent, not of 4.
    assert sheet.get("oi_change_fixed").number == D("3.688")


def test_a_fall_without_what_price_did_is_larger_where_price_fell_and_smaller_where_it_rose():
    # Of 90 coins 20 are inverse. At 10 percent less, they were 18 coins before: 88 after 100 is -12, not -10.
    assert change_at_first_price(D(90), D(20), D(-10), D(100)) == D(-12)
    # At 10 percent more they were 22: 92 after 100 is -8.
    assert change_at_first_price(D(90), D(20), D(10), D(100)) == D(-8)


def test_a_count_of_one_kind_of_margin_has_no_share_of_the_other(facts):
    rows = [held(100_000, DAY_BEFORE), held(104_000)]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows, price_changes=[MOVE])
    assert sheet.get("oi_inverse_share") is None


def test_a_count_of_linear_contracts_alone_says_that_none_are_fixed_in_dollars(facts):
    linear = [held(one, time, venue="Binance", source="Binance", margin="linear")
              for one, time in ((100_000, DAY_BEFORE), (104_000, NOW))]  # fmt: skip
    sheet = facts(price, open_interest, open_interest_state, open_interest=linear)
    assert (sheet.get("oi_linear").value, sheet.get("oi_linear").subject.venue) == ("linear", "Binance")
    # of a count whose kind is not given, and of one that holds both kinds, it is not said
    unknown = [{key: value for key, value in row.items() if key != "margin"} for row in linear]
    both = [*linear, *({**row, "margin": "inverse"} for row in linear)]
    for rows in (unknown, both):
        assert facts(price, open_interest, open_interest_state, open_interest=rows).get("oi_linear") is None


def test_a_count_of_one_perpetual_says_which(facts):
    rows = [{"venue": "Binance", "source": "Binance", "margin": "linear", "value_coin": 90_000, "contract": "BTCUSDT"}]
    sheet = facts(price, open_interest, open_interest_state, open_interest=rows)
    assert (sheet.get("oi_contract").value, sheet.get("oi_contract").subject.venue) == ("BTCUSDT", "Binance")
    whole = [{key: value for key, value in rows[0].items() if key != "contract"}]
    assert facts(price, open_interest, open_interest_state, open_interest=whole).get("oi_contract") is None
