"""Deribit's dated contracts: what a future costs a year, what is open in options, and at what they settled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.records.snapshot import Basis, Options
from commentary.sources.live.base import Asked, NotListedError, ReplyError, sources
from commentary.sources.live.deribit.dated import Open, max_pain
from tests.sources.live.replies import NOW, kept, rows, with_value

SOURCE = "deribit"
WHO = {"venue": "Deribit", "source": "Deribit"}
OPEN = {"of": "open_interest", "unit": "coin", **WHO}


def at(hour: int, milliseconds: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def test_the_premium_of_a_future_is_scaled_to_a_year_by_the_time_to_its_hour():
    # A year has 31536000 seconds. To 08:00 on 27 November there are five days less an hour, 428400 whole ones:
    # (77077 / 77000 - 1) * 31536000 / 428400 = 0.0736134453782, and 428400 / 86400 = 4.95833333333 days.
    # 25 December: (77462 / 77000 - 1) * 31536000 / 2847600 = 0.0664475347661, 32.9583333333 days.
    # 26 March: (76615 / 77000 - 1) * 31536000 / 10710000 = -0.0147226890756, 123.958333333 days.
    # 23 November is too near for a rate of a year; the perpetual has no expiry.
    found = rows(SOURCE, "futures", kept(SOURCE, "futures"))
    assert found == [
        Basis(annualised=Decimal(annualised), days=Decimal(days), time=at(9, -800), **WHO)
        for annualised, days in (
            ("0.0736134453782", "4.95833333333"),
            ("0.0664475347661", "32.9583333333"),
            ("-0.0147226890756", "123.958333333"),
        )
    ]


def test_options_are_counted_in_coins_by_expiry_and_in_all():
    # 27 November: calls 120 + 150 + 80 = 350, puts 100 + 60.5 = 160.5; 510.5 coins at the newest index, 77010, are
    # 39313605 dollars. A settlement at 75000 pays 5000 * 60.5 = 302500, one at 70000 605000, at 80000 600000 and at
    # 85000 1950000, so max pain is 75000.
    # 25 December: 300 calls and 210 puts, and neither pays at 60000 or at 100000: no single max pain.
    # 2 April has a call alone; nothing is open for 9 April.
    found = rows(SOURCE, "options", kept(SOURCE, "options"))
    assert found == [
        Options(
            expiry=date(2026, 11, 27),
            calls=350,
            puts=Decimal("160.5"),
            notional_usd=Decimal(39313605),
            max_pain=75000,
            time=at(9, -700),
            **OPEN,
        ),
        Options(expiry=date(2026, 12, 25), calls=300, puts=210, notional_usd=39270000, time=at(9, -900), **OPEN),
        Options(expiry=date(2027, 4, 2), calls=5, puts=0, notional_usd=385000, time=at(9, -900), **OPEN),
        # 655 calls, 370.5 puts: 1025.5 * 77010 = 78973755.
        Options(calls=655, puts=Decimal("370.5"), notional_usd=78973755, time=at(9, -700), **OPEN),
    ]


def test_of_a_reply_about_all_coins_against_usdc_only_the_own_ones_count():
    found = rows(SOURCE, "usdc_options", kept(SOURCE, "usdc_options"), asset="SOL")
    assert [(row.expiry, row.calls, row.puts) for row in found] == [
        (date(2026, 11, 27), Decimal(1200), Decimal(800)),
        (None, Decimal(1200), Decimal(800)),
    ]
    assert found[0].notional_usd == Decimal(296000)  # 2000 * 148


def test_a_small_strike_has_a_d_for_its_point():
    # A put at 2.5 and a call at 2.25: a settlement at 2.25 pays 0.25 * 30000 = 7500, one at 2.5 0.25 * 51000 = 12750.
    reply = kept(SOURCE, "usdc_options")
    reply["result"][3]["instrument_name"] = "XRP_USDC-27NOV26-2d5-P"
    found = rows(SOURCE, "usdc_options", reply, asset="XRP")
    assert found[0].max_pain == Decimal("2.25")


@pytest.mark.parametrize(
    ("call", "asset"), [("usdc_options", "DOGE"), ("usdc_futures", "DOGE"), ("usdc_futures", "SOL")]
)
def test_a_coin_without_dated_contracts_is_not_listed(call, asset):
    """SOL has a perpetual among the futures of the reply, and no dated one."""
    reply = kept(SOURCE, "usdc_options")
    if call == "usdc_futures":
        reply["result"] = [{"instrument_name": "SOL_USDC-PERPETUAL"}]
    with pytest.raises(NotListedError, match=f"of {asset}"):
        rows(SOURCE, call, reply, asset=asset)


def test_max_pain_far_from_the_price_is_left_out_since_a_snapshot_takes_it_for_a_slip():
    reply = kept(SOURCE, "options")
    call, put = reply["result"][7], reply["result"][7].copy()
    put.update(instrument_name="BTC-2APR27-260000-P", open_interest=Decimal(1))
    reply["result"] = [call, put]
    # At 250000 the put pays 10000 and the call nothing, so the least stands there: 3.2 times the index of 77000.
    found = rows(SOURCE, "options", reply)
    assert (found[0].calls, found[0].puts, found[0].max_pain) == (5, 1, None)


strikes = st.integers(1, 12).map(lambda step: Decimal(1000 * step))
boards = st.lists(st.builds(Open, strikes, st.booleans(), st.integers(0, 50).map(Decimal)), min_size=1, max_size=12)


def paid(settlement: Decimal, board: list[Open]) -> Decimal:
    calls = sum(max(settlement - one.strike, Decimal(0)) * one.coins for one in board if one.is_call)
    return calls + sum(max(one.strike - settlement, Decimal(0)) * one.coins for one in board if not one.is_call)


@given(boards)
def test_no_settlement_pays_holders_less_than_max_pain(board):
    found = max_pain(board)
    if found is not None:
        prices = [Decimal(250 * step) for step in range(60)]
        assert all(paid(found, board) <= paid(price, board) for price in prices)


@given(boards, st.randoms(use_true_random=False))
def test_max_pain_does_not_depend_on_the_order_of_the_options(board, chance):
    shuffled = board.copy()
    chance.shuffle(shuffled)
    assert max_pain(shuffled) == max_pain(board)


def test_settlements_of_fridays_are_told_with_their_hour():
    # 13 and 20 November 2026 are Fridays; the others are days on which only daily options expire.
    assert rows(SOURCE, "deliveries", kept(SOURCE, "deliveries")) == [
        Options(
            expiry=date(2026, 11, 20), settlement=Decimal("75810.35"), time=datetime(2026, 11, 20, 8, tzinfo=UTC), **WHO
        ),
        Options(
            expiry=date(2026, 11, 13), settlement=Decimal("74011.08"), time=datetime(2026, 11, 13, 8, tzinfo=UTC), **WHO
        ),
    ]


def test_no_settlement_is_told_before_its_hour():
    before = datetime(2026, 11, 20, 7, 59, tzinfo=UTC)
    found = rows(SOURCE, "deliveries", kept(SOURCE, "deliveries"), now=before)
    assert [row.expiry for row in found] == [date(2026, 11, 13)]


def test_the_volatility_index_is_the_last_finished_hour_as_a_fraction():
    # The hour from 08:00 closed at 40.92% at 09:00; the one from 09:00 still runs.
    found = rows(SOURCE, "volatility", kept(SOURCE, "volatility"))
    assert found == [Options(implied_volatility=Decimal("0.4092"), time=at(9), **WHO)]


def test_only_bitcoin_and_ether_are_asked_for_a_volatility_index():
    asked = {asset: [call.name for call in sources[SOURCE].calls(Asked(asset, NOW))] for asset in ("ETH", "SOL")}
    assert "volatility" in asked["ETH"]
    assert "volatility" not in asked["SOL"]


def test_summaries_against_usdc_are_asked_for_once_and_those_of_a_coin_by_itself():
    shared = {
        asset: {call.name: call.params["currency"] for call in sources[SOURCE].calls(Asked(asset, NOW)) if call.shared}
        for asset in ("BTC", "SOL")
    }
    assert shared == {"BTC": {}, "SOL": {"usdc_futures": "USDC", "usdc_options": "USDC"}}


def test_a_candle_of_the_volatility_index_with_too_few_values_is_an_error():
    reply = with_value(kept(SOURCE, "volatility"), "/result/data/2", [Decimal(1795334400000), Decimal(40)])
    with pytest.raises(ReplyError, match="/data/2/4"):
        rows(SOURCE, "volatility", reply)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        *product(["futures", "options"], ["BTC-31NOV26", "BTC-25DEZ26", "BTC-25DEC2026", "BTC-", "x"]),
        ("options", "BTC-25DEC26"),
        ("options", "BTC-25DEC26-100000-X"),
        ("options", "BTC-25DEC26-1.5-C"),
    ],
)
def test_a_name_that_is_none_of_a_dated_contract_is_an_error_so_that_no_contract_is_left_out(call, name):
    with pytest.raises(ReplyError) as caught:
        rows(SOURCE, call, with_value(kept(SOURCE, call), "/result/1/instrument_name", name))
    assert caught.value.path == "/1/instrument_name"


@pytest.mark.parametrize("text", ["20 November", "2026-11-31", "1795132800000"])
def test_a_day_that_is_none_is_an_error(text):
    with pytest.raises(ReplyError, match="a date such as"):
        rows(SOURCE, "deliveries", with_value(kept(SOURCE, "deliveries"), "/result/data/2/date", text))
