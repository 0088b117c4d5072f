"""Scripted moves: what was written happens at every venue, to the figure, and nothing else does.

Volatility 0 leaves bitcoin at 77,000 USD, 48e9 / 77,000 = 623,376.6234 coins open, funding at 0.0063 %, and
48e9 * 0.0004 / 24 = 800,000 USD of ordinary liquidations an hour on each side.
"""

from datetime import UTC, datetime
from math import log

import pytest

from commentary.errors import BadInputError
from commentary.runs.fake_market.script import read_script, script_of, time_of
from commentary.runs.fake_market.series import Market
from tests.runs.fake_market.conftest import START, data_of

BEGUN = START.timestamp()
FLUSH = {
    "volatility": 0,
    "move": [
        {
            "asset": "BTC",
            "from": "+1h",
            "to": "+3h",
            "price_percent": -7,
            "open_interest_percent": -12,
            "funding": -0.0001,
            "long_liquidations_usd": 640e6,
            "short_liquidations_usd": 90e6,
        }
    ],
}
OPEN = 48e9 / 77_000


@pytest.fixture
def flushed(make):
    """The market four hours after its start: an hour after the flush."""
    market = make(script=script_of(FLUSH, BEGUN))
    market.advance(4 * 3600)
    return market


def test_before_the_move_nothing_has_happened(make):
    market = make(script=script_of(FLUSH, BEGUN))
    assert market.market.price("BTC", BEGUN) == pytest.approx(77_000)
    assert market.market.open_interest("BTC", BEGUN) == pytest.approx(OPEN)
    assert market.market.liquidated("BTC", BEGUN - 86400, BEGUN) == pytest.approx((24 * 800_000, 24 * 800_000))


def test_halfway_it_is_half_done(make):
    market = make(script=script_of(FLUSH, BEGUN)).market
    half = BEGUN + 2 * 3600
    assert market.price("BTC", half) == pytest.approx(77_000 * 0.965)
    assert market.open_interest("BTC", half) == pytest.approx(OPEN * 0.94)
    # Halfway from 0.000063 to -0.0001.
    assert market.funding("BTC", half, "Binance") == pytest.approx(-0.0000185)
    # Half of 640 million, and half a day's worth of hours: 2 hours of 800,000.
    assert market.liquidated("BTC", BEGUN, half) == pytest.approx((320e6 + 1.6e6, 45e6 + 1.6e6))


def test_the_fall_is_seen_at_every_venue(flushed):
    # 77,000 * 0.93 = 71,610; venues part by less than 0.01 %.
    prices = [
        data_of(flushed, "binance", "/fapi/v1/ticker/price", symbol="BTCUSDT")["price"],
        data_of(flushed, "bybit", "/v5/market/tickers", category="linear", symbol="BTCUSDT")["list"][0]["lastPrice"],
        data_of(flushed, "okx", "/api/v5/market/ticker", instId="BTC-USDT-SWAP")[0]["last"],
        data_of(flushed, "hyperliquid", "/info", {"type": "allMids"})["BTC"],
        data_of(flushed, "deribit", "/api/v2/public/ticker", instrument_name="BTC-PERPETUAL")["last_price"],
        data_of(flushed, "coinglass", "/api/futures/coins-markets")[0]["current_price"],
    ]
    assert [float(price) for price in prices] == [pytest.approx(71_610, rel=1e-4)] * 6


def test_the_fall_of_open_interest_is_seen_at_every_venue(flushed):
    held = OPEN * 0.88
    binance = data_of(flushed, "binance", "/fapi/v1/openInterest", symbol="BTCUSDT")["openInterest"]
    bybit = data_of(flushed, "bybit", "/v5/market/tickers", category="linear", symbol="BTCUSDT")["list"][0]
    okx = data_of(flushed, "okx", "/api/v5/public/open-interest", instType="SWAP", instId="BTC-USDT-SWAP")[0]
    contexts = data_of(flushed, "hyperliquid", "/info", {"type": "metaAndAssetCtxs"})[1]
    coinglass = data_of(flushed, "coinglass", "/api/futures/open-interest/exchange-list", symbol="BTC")[0]
    # Shares of dollar-settled contracts: Binance 28 %, Bybit 17 %, both sides of it, OKX 10 %, Hyperliquid 11 %.
    assert float(binance) == pytest.approx(held * 0.28, rel=1e-6)
    assert float(bybit["openInterest"]) == pytest.approx(held * 0.17 * 2, rel=1e-6)
    assert float(okx["oiCcy"]) == pytest.approx(held * 0.10, rel=1e-6)
    assert float(contexts[0]["openInterest"]) == pytest.approx(held * 0.11, rel=1e-6)
    assert coinglass["open_interest_quantity"] == pytest.approx(held, rel=1e-6)
    # In dollars it fell with the price too: 0.93 * 0.88 - 1 = -18.16 %.
    assert coinglass["open_interest_change_percent_24h"] == pytest.approx(-18.16, abs=0.01)


def test_its_funding_is_seen_at_every_venue(flushed):
    binance = data_of(flushed, "binance", "/fapi/v1/premiumIndex", symbol="BTCUSDT")["lastFundingRate"]
    bybit = data_of(flushed, "bybit", "/v5/market/tickers", category="linear", symbol="BTCUSDT")["list"][0]
    okx = data_of(flushed, "okx", "/api/v5/public/funding-rate", instId="BTC-USDT-SWAP")[0]
    contexts = data_of(flushed, "hyperliquid", "/info", {"type": "metaAndAssetCtxs"})[1]
    coinglass = data_of(flushed, "coinglass", "/api/futures/funding-rate/exchange-list")[0]["stablecoin_margin_list"]
    assert float(binance) == float(bybit["fundingRate"]) == float(okx["fundingRate"]) == -0.0001
    # An hour is an eighth: -0.0000125.
    assert float(contexts[0]["funding"]) == -0.0000125
    assert {row["exchange"]: row["funding_rate"] for row in coinglass}["Binance"] == pytest.approx(-0.01)


def test_its_liquidations_are_told_on_top_of_the_ordinary_ones(flushed):
    rows = data_of(flushed, "coinglass", "/api/futures/liquidation/exchange-list", symbol="BTC", range="24h")
    told = {row["exchange"]: row for row in rows}
    assert told["All"]["longLiquidation_usd"] == pytest.approx(640e6 + 24 * 800_000)
    assert told["All"]["shortLiquidation_usd"] == pytest.approx(90e6 + 24 * 800_000)
    # Bybit has 24 % of liquidations.
    assert told["Bybit"]["longLiquidation_usd"] == pytest.approx(0.24 * (640e6 + 24 * 800_000))
    largest = data_of(
        flushed,
        "coinglass",
        "/api/futures/liquidation/order",
        exchange="Bybit",
        symbol="BTC",
        min_liquidation_amount="1000000",
    )
    # Ten minutes of the flush have 640e6 / 12 of longs; half of Bybit's part is one order: 6.4 million.
    assert max(row["usd_value"] for row in largest if row["side"] == 2) == pytest.approx(0.12 * 640e6 / 12, rel=0.01)


def test_the_wick_of_the_hour_holds_the_fall(flushed):
    rows = data_of(flushed, "binance", "/fapi/v1/klines", symbol="BTCUSDT", interval="1h", limit="5")
    assert [float(row[1]) >= float(row[4]) for row in rows] == [True] * 5
    assert float(rows[0][1]) == 77_000.0
    assert float(rows[-1][4]) == 71_610.0


def test_price_and_open_interest_stay_and_funding_lasts_until_the_next_move(make):
    laid = {
        "volatility": 0,
        "move": [
            {"asset": "BTC", "from": "+1h", "to": "+2h", "price_percent": 10, "funding": 0.0003},
            {"asset": "BTC", "from": "+50h", "to": "+51h", "price_percent": -10, "funding": 0.00005},
        ],
    }
    market = make(script=script_of(laid, BEGUN)).market
    assert market.price("BTC", BEGUN + 40 * 3600) == pytest.approx(84_700)
    assert market.funding("BTC", BEGUN + 40 * 3600, "OKX") == pytest.approx(0.0003)
    # 77,000 * 1.1 * 0.9.
    assert market.price("BTC", BEGUN + 100 * 3600) == pytest.approx(76_230)
    assert market.funding("BTC", BEGUN + 100 * 3600, "OKX") == pytest.approx(0.00005)


def test_a_move_at_one_venue_leaves_the_others(make):
    move = {"asset": "BTC", "venue": "Bybit", "from": "+1h", "to": "+2h", "funding": 0.001, "open_interest_percent": 50}
    market = make(script=script_of({"volatility": 0, "move": [move]}, BEGUN)).market
    at = BEGUN + 3 * 3600
    assert market.funding("BTC", at, "Bybit") == pytest.approx(0.001)
    assert market.funding("BTC", at, "Binance") == pytest.approx(0.000063)
    assert market.open_interest("BTC", at, "Bybit") == pytest.approx(OPEN * 0.19 * 1.5)
    assert market.open_interest("BTC", at, "OKX") == pytest.approx(OPEN * 0.13)


def test_other_assets_do_not_move_unless_the_move_is_of_all(make):
    moves = [{"asset": "BTC", "from": "+1h", "to": "+2h", "price_percent": -7}]
    market = make(script=script_of({"volatility": 0, "move": moves}, BEGUN)).market
    assert market.price("ETH", BEGUN + 3 * 3600) == pytest.approx(2600)
    moves[0]["asset"] = "*"
    market = make(script=script_of({"volatility": 0, "move": moves}, BEGUN)).market
    assert market.price("ETH", BEGUN + 3 * 3600) == pytest.approx(2600 * 0.93)


def test_a_script_changes_nothing_before_it_begins_nor_another_asset():
    plain, scripted = Market(5, 2), Market(5, 2, script_of({"move": FLUSH["move"]}, BEGUN))
    for back in (0, 3600, 86400, 7 * 86400):
        assert plain.price("BTC", BEGUN - back) == scripted.price("BTC", BEGUN - back)
        assert plain.open_interest("BTC", BEGUN - back) == scripted.open_interest("BTC", BEGUN - back)
    assert plain.price("ETH", BEGUN + 9 * 3600) == scripted.price("ETH", BEGUN + 9 * 3600)


def test_a_quiet_week_moves_by_its_share_and_goes_on_from_there():
    calm = {"asset": "BTC", "from": "+1d", "to": "+8d", "share": 0.1}
    minute = BEGUN // 60 * 60
    plain, quiet = Market(5, 2), Market(5, 2, script_of({"calm": [calm]}, minute))

    def moved(market, first, last):
        return log(market.price("BTC", minute + last * 86400) / market.price("BTC", minute + first * 86400))

    assert moved(quiet, 0, 1) == pytest.approx(moved(plain, 0, 1))
    assert moved(quiet, 1, 5) == pytest.approx(0.1 * moved(plain, 1, 5))
    assert moved(quiet, 1, 8) == pytest.approx(0.1 * moved(plain, 1, 8))
    assert moved(quiet, 8, 12) == pytest.approx(moved(plain, 8, 12))


def test_a_written_level_stands_in_the_map_until_the_price_has_passed_it(make):
    laid = {**FLUSH, "cluster": [{"asset": "BTC", "side": "long", "price": 73_000, "notional_usd": 400e6}]}
    market = make(script=script_of(laid, BEGUN))
    asked = {"venue": "coinglass", "path": "/api/futures/liquidation/aggregated-map", "symbol": "BTC", "range": "7d"}
    assert data_of(market, **asked)["data"]["73000"] == [[73_000, 400e6, None, None]]
    # At 71,610 it lies above the price, where no long is liquidated any more.
    market.advance(4 * 3600)
    assert "73000" not in data_of(market, **asked)["data"]


def test_times_are_zoned_or_counted_from_the_start():
    assert time_of("2026-12-01T06:30:17Z", 0.0, "") == BEGUN
    assert time_of("2026-12-01T07:30:17+01:00", 0.0, "") == BEGUN
    assert time_of("+1d2h3m4s", 100.0, "") == 100.0 + 86400 + 7200 + 180 + 4
    assert time_of(1796106617000, 0.0, "") == BEGUN
    assert time_of(datetime(2026, 12, 1, 6, 30, 17, tzinfo=UTC), 0.0, "") == BEGUN


def test_a_file_of_toml_and_one_of_json_are_the_same_script(tmp_path):
    (tmp_path / "a.toml").write_text(
        '[[move]]\nasset = "BTC"\nfrom = 2026-12-01T07:30:17Z\nto = "+2h"\nprice_percent = -3\n', encoding="utf-8"
    )
    (tmp_path / "a.json").write_text(
        '{"move": [{"asset": "BTC", "from": "+1h", "to": "+2h", "price_percent": -3}]}', encoding="utf-8"
    )
    assert read_script(tmp_path / "a.toml", BEGUN) == read_script(tmp_path / "a.json", BEGUN)


@pytest.mark.parametrize(
    ("laid", "path"),
    [
        ({"moves": []}, "/moves"),
        ({"move": [{"asset": "BTC", "from": "+1h", "to": "+2h", "percent": 1}]}, "/move/0/percent"),
        ({"move": [{"asset": "BTC", "from": "+1h"}]}, "/move/0/to"),
        ({"move": [{"from": "+1h", "to": "+2h"}]}, "/move/0/asset"),
        ({"move": [{"asset": "BTC", "from": "+2h", "to": "+1h"}]}, "/move/0/to"),
        ({"move": [{"asset": "BTC", "from": "2026-12-01T00:00:00", "to": "+1h"}]}, "/move/0/from"),
        ({"move": [{"asset": "BTC", "from": "+1h", "to": "+2h", "price_percent": 1, "venue": "OKX"}]}, "/move/0/venue"),
        ({"outage": [{"venue": "okx", "from": "soon", "to": "+1h"}]}, "/outage/0/from"),
        ({"outage": [{"venue": "okx", "from": "+1h", "to": "+2h", "fault": "tired"}]}, "/outage/0/kind"),
    ],
)
def test_what_a_script_cannot_say_is_an_error_with_its_place(laid, path):
    with pytest.raises(BadInputError) as error:
        script_of(laid, BEGUN)
    assert error.value.path == path
