"""Liquidation prices: every worked figure, to the cent, and what holds for all of them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.liquidation_map.prices import binance, bybit, deribit, hyperliquid, okx
from commentary.liquidation_map.tiers import continuous, tier_table

D = Decimal
BINANCE = tier_table("Binance", "BTC").tiers
HYPERLIQUID = tier_table("Hyperliquid", "BTC").tiers
HALF_PERCENT = continuous([(D(0), D("0.005"), D(100))])
CENT = D("0.01")


def cents(price):
    return price.quantize(CENT, ROUND_HALF_UP)


# (6,000 + 50 - 60,000) / (0.005 - 1) = -53,950 / -0.995, notional 54,221 is in the second tier: 0.5%, cum 50;
# the short (6,000 + 50 + 60,000) / (0.005 + 1) = 66,050 / 1.005, notional 65,721 in the second tier too
@pytest.mark.parametrize(("side", "price"), [("long", "54221.11"), ("short", "65721.39")])
def test_binance_isolated(side, price):
    assert cents(binance.linear(side, D(1), D(60_000), D(6_000), BINANCE)) == D(price)


def test_binance_takes_the_tier_of_the_notional_at_the_liquidation_price():
    # 10 BTC at 62,000 are 620,000, of the third tier, at 59,190.95 they are 591,909.55, of the second:
    # (31,000 + 50 - 620,000) / (10 * 0.005 - 10) = -588,950 / -9.95
    assert cents(binance.linear("long", D(10), D(62_000), D(31_000), BINANCE)) == D("59190.95")


def test_binance_crossed():
    # (10,000 - 200 - 1,500 + 50 - 60,000) / -0.995 = -51,650 / -0.995
    price = binance.linear(
        "long", D(1), D(60_000), D(10_000), BINANCE, other_maintenance=D(200), other_unrealised=D(-1_500)
    )
    assert cents(price) == D("51909.55")


# long 600 * 1.004 / (0.1 / 100 + 600 / 60,000) = 602.4 / 0.011; short 600 * -0.996 / (0.001 - 0.01) = 597.6 / 0.009
@pytest.mark.parametrize(("side", "price"), [("long", "54763.64"), ("short", "66400.00")])
def test_binance_coin_margined(side, price):
    assert cents(binance.coin_margined(side, D(600), D(100), D(60_000), D("0.1"), D("0.004"))) == D(price)


def test_bybit_at_entry_as_in_its_own_example():
    # 20,000 - (20,000 / 50 - 20,000 * 0.005) = 20,000 - 300
    assert bybit.linear_at_entry("long", D(1), D(20_000), D(50), D("0.005")) == D(19_700)


@pytest.mark.parametrize(("side", "price"), [("long", 54_300), ("short", 65_700)])
def test_bybit_at_entry(side, price):
    # 6,000 - 300 = 5,700 either way
    assert bybit.linear_at_entry(side, D(1), D(60_000), D(10), D("0.005")) == D(price)


# (6,000 - 60,000) / (0.005 - 1) = 54,000 / 0.995; 66,000 / 1.005
@pytest.mark.parametrize(("side", "price"), [("long", "54271.36"), ("short", "65671.64")])
def test_bybit_at_the_mark(side, price):
    assert cents(bybit.linear(side, D(1), D(60_000), D(10), HALF_PERCENT)) == D(price)


# 60,000 * 1.005 / (1.2 + 0.12) = 60,300 / 1.32; 60,000 * 0.995 / (1.2 - 0.12) = 59,700 / 1.08
@pytest.mark.parametrize(("side", "price"), [("long", "45681.82"), ("short", "55277.78")])
def test_bybit_inverse(side, price):
    assert cents(bybit.inverse(side, D(60_000), D(50_000), D(10), D("0.005"))) == D(price)


# 60,000 / (1.2 + 0.12 - 0.006) = 60,000 / 1.314; 60,000 / (1.2 - 0.114) = 60,000 / 1.086
@pytest.mark.parametrize(("side", "price"), [("long", "45662.10"), ("short", "55248.62")])
def test_bybit_inverse_at_entry(side, price):
    assert cents(bybit.inverse_at_entry(side, D(60_000), D(50_000), D(10), D("0.005"))) == D(price)


# (6,000 - 60,000) / (0.004 + 0.0005 - 1) = 54,000 / 0.9955; 66,000 / 1.0045
@pytest.mark.parametrize(("side", "price"), [("long", "54244.10"), ("short", "65704.33")])
def test_okx_linear(side, price):
    args = (D(100), D("0.01"), D(60_000), D(6_000), D("0.004"), D("0.0005"))
    assert cents(okx.linear(side, *args)) == D(price)


# 60,000 * 1.0045 / (0.1 + 1) = 60,270 / 1.1; 60,000 * 0.9955 / (1 - 0.1) = 59,730 / 0.9
@pytest.mark.parametrize(("side", "price"), [("long", "54790.91"), ("short", "66366.67")])
def test_okx_inverse(side, price):
    args = (D(600), D(100), D(60_000), D("0.1"), D("0.004"), D("0.0005"))
    assert cents(okx.inverse(side, *args)) == D(price)


# 40 times at most: l = 1/80; 60,000 - (6,000 - 750) / (1 - 0.0125) = 60,000 - 5,316.46;
# 60,000 + 5,250 / 1.0125 = 60,000 + 5,185.19; crossed with 10,000: 60,000 - 9,250 / 0.9875 = 60,000 - 9,367.09
@pytest.mark.parametrize(
    ("side", "margin", "price"),
    [("long", 6_000, "54683.54"), ("short", 6_000, "65185.19"), ("long", 10_000, "50632.91")],
)
def test_hyperliquid(side, margin, price):
    assert cents(hyperliquid.perpetual(side, D(1), D(60_000), D(margin), HYPERLIQUID)) == D(price)


def test_hyperliquid_as_a_real_reply_has_it():
    # 475.23904 / 0.2259 / (1 - 0.01), since 50 times at most make l = 0.01
    tiers = continuous([(D(0), hyperliquid.rate_of(D(50)), D(50))])
    price = hyperliquid.from_raw("long", D("0.2259"), D("-475.23904"), tiers)
    assert price.quantize(D("0.00001"), ROUND_HALF_UP) == D("2125.00856")


def test_deribit():
    price = deribit.inverse("long", D(60_000), D(60_000), D("0.1"))
    assert cents(price) == D("55093.88")
    # 0.1 + 1 - 60,000 / P is what is left; 60,000 / P = 1.0890502 coins owe 1% + 0.005% * 1.0890502 = 1.00545%
    size = 60_000 / price
    assert abs(D("0.1") + 1 - size - size * (D("0.01") + D("0.00005") * size)) < D("1e-12")


def test_deribit_refuses_a_balance_that_does_not_carry_the_position():
    with pytest.raises(ValueError, match="does not carry"):
        deribit.inverse("long", D(60_000), D(60_000), D("0.01"))


def test_what_is_fully_paid_for_is_never_closed():
    assert binance.linear("long", D(1), D(60_000), D(60_000), BINANCE) is None
    # a short of one coin's worth that holds the coin loses nothing, however far the price rises
    assert binance.coin_margined("short", D(600), D(100), D(60_000), D(1), D("0.004")) is None
    assert bybit.inverse("short", D(60_000), D(60_000), D(1), D("0.005")) is None
    assert bybit.inverse_at_entry("short", D(60_000), D(60_000), D(1), D("0.005"), D("0.006")) is None
    assert okx.inverse("short", D(600), D(100), D(60_000), D(1), D("0.004"), D("0.0005")) is None
    assert deribit.inverse("short", D(60_000), D(60_000), D(1)) is None


def of_venue(name, side, entry, leverage):
    """The liquidation price of one coin at a leverage, isolated."""
    margin, value = entry / leverage, entry
    rate, fee = D("0.004"), D("0.0005")
    return {
        "binance": lambda: binance.linear(side, D(1), entry, margin, BINANCE),
        "binance coin": lambda: binance.coin_margined(side, value, D(1), entry, 1 / leverage, rate),
        "bybit": lambda: bybit.linear(side, D(1), entry, leverage, BINANCE),
        "bybit at entry": lambda: bybit.linear_at_entry(side, D(1), entry, leverage, rate),
        "bybit inverse": lambda: bybit.inverse(side, value, entry, leverage, rate),
        "bybit inverse at entry": lambda: bybit.inverse_at_entry(side, value, entry, leverage, rate),
        "okx": lambda: okx.linear(side, D(1), D(1), entry, margin, rate, fee),
        "okx inverse": lambda: okx.inverse(side, value, D(1), entry, 1 / leverage, rate, fee),
        "hyperliquid": lambda: hyperliquid.perpetual(side, D(1), entry, margin, HYPERLIQUID),
        "deribit": lambda: deribit.inverse(side, value, entry, 1 / leverage),
    }[name]()


VENUES = ["binance", "binance coin", "bybit", "bybit at entry", "bybit inverse", "bybit inverse at entry", "okx",
          "okx inverse", "hyperliquid", "deribit"]  # fmt: skip


@pytest.mark.parametrize("venue", VENUES)
@given(st.decimals(100, 45_000, places=2), st.integers(2, 30))
def test_longs_are_closed_below_their_entry_and_shorts_above_and_nearer_with_more_leverage(venue, entry, leverage):
    for side, s in (("long", -1), ("short", 1)):
        near, far = (of_venue(venue, side, entry, D(each)) for each in (leverage + 1, leverage))
        assert s * (near - entry) > 0
        assert s * (far - near) > 0


@given(st.integers(1, len(BINANCE) - 1), st.sampled_from(["long", "short"]))
def test_the_price_does_not_jump_where_a_tier_begins(place, side):
    # a position whose notional at the liquidation price is just the floor of a tier, or a cent to either side of it
    floor, size = BINANCE[place].floor, D(1)
    s = 1 if side == "long" else -1

    def margin_for(price):
        # what equity must be at `price` by the tier below the floor, put back to an entry of 1.2 (0.8) times it
        owed = price * BINANCE[place - 1].rate - BINANCE[place - 1].cum
        return owed - s * size * (price - entry)

    entry = floor * (1 + D("0.2") * s)
    at = binance.linear(side, size, entry, margin_for(floor), BINANCE)
    assert abs(at - floor) < D("1e-9")
    shifts = [binance.linear(side, size, entry, margin_for(floor) + cent, BINANCE) - at for cent in (-CENT, CENT)]
    assert max(abs(shift) for shift in shifts) < 2 * CENT
