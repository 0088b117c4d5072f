"""Questions that no venue can read: each is refused in the venue's own words, and nothing is made up for it."""

import pytest

from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.venues.base import venues
from tests.runs.fake_market.conftest import START, asked


@pytest.fixture(scope="module")
def small():
    return FakeMarket(seed=5, assets=1, start=START, speed=0)


REFUSALS = {
    "binance": lambda status, payload: status == 400 and payload["code"] in (-1102, -1120, -1121, -1130),
    "bybit": lambda status, payload: (status, payload["retCode"], payload["result"]) == (200, 10001, {}),
    "okx": lambda status, payload: (
        (status, payload["code"]) in ((400, "50014"), (400, "51000"), (200, "51001")) and payload["data"] == []
    ),
    "hyperliquid": lambda status, payload: (
        (status, payload) in ((500, None), (422, "Failed to deserialize the JSON body into the target type"))
    ),
    "deribit": lambda status, payload: (status, payload["error"]["code"]) == (400, -32602),
    "coinalyze": lambda status, payload: status == 400 and payload["message"].startswith("Invalid parameter"),
    "coinglass": lambda status, payload: (status, payload["code"]) == (400, "400"),
}
"""How each refuses a question that it cannot read."""
OPEN = {
    "binance": "/fapi/v1/ping /fapi/v1/time /fapi/v1/exchangeInfo /fapi/v1/fundingInfo",
    "bybit": "/v5/market/time",
    "okx": "/api/v5/public/time",
    "hyperliquid": "exchangeStatus meta predictedFundings allMids metaAndAssetCtxs",
    "deribit": "/api/v2/public/get_time",
    "coinalyze": "/v1/exchanges /v1/future-markets",
    "coinglass": "/api/futures/supported-coins /api/futures/supported-exchange-pairs"
    " /api/futures/funding-rate/exchange-list /api/futures/coins-markets"
    " /api/etf/bitcoin/flow-history /api/hyperliquid/whale-position",
}
"""What each answers whatever the question names: lists of all there is, and the time."""
NAMED = {
    "binance": {"symbol": "BTCUSDT", "pair": "BTCUSDT"},
    "bybit": {"symbol": "BTCUSDT", "category": "linear"},
    "okx": {"instId": "BTC-USDT-SWAP", "ccy": "BTC"},
    "hyperliquid": {"coin": "BTC"},
    "deribit": {"instrument_name": "BTC-PERPETUAL", "currency": "BTC"},
    "coinalyze": {"symbols": "BTCUSDT_PERP.A"},
    "coinglass": {"symbol": "BTC"},
}
JUNK = ("nan", "-1", "99999999999999999999")


def _refuses(name, status, payload):
    return REFUSALS[name](status, payload)


def _answers(name, status, payload):
    """Whether a reply holds data, of a venue that tells an error with status 200 too."""
    word = {"bybit": "retCode", "okx": "code", "coinglass": "code"}.get(name)
    return status == 200 and payload is not None and (word is None or str(payload[word]) == "0")


def replies(market, name, junk, named):
    """What every path of a venue answers where all that it may be asked for is junk, but what is named."""
    names = "symbol pair instId interval bar period limit startTime endTime after start end range unit exchange"
    for path in venues[name].routes:
        if path.startswith("/"):
            status, _, payload = asked(market, name, path, **{**dict.fromkeys(names.split(), junk), **named})
        else:
            body = dict.fromkeys(("coin", "startTime", "req", "user", "nSigFigs"), junk)
            status, _, payload = asked(market, name, "/info", {**body, **named, "type": path})
        yield path, status, payload


@pytest.mark.parametrize("name", list(venues))
@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_refused_by_every_path_in_the_words_of_the_venue(small, name, junk):
    for path, status, payload in replies(small, name, junk, {}):
        does = _answers if path in OPEN[name].split() else _refuses
        assert does(name, status, payload), (path, status, payload)


@pytest.mark.parametrize("name", list(venues))
@pytest.mark.parametrize("junk", ["", *JUNK])
def test_a_contract_with_junk_beside_it_is_answered_or_refused_as_the_venue_does(small, name, junk):
    for path, status, payload in replies(small, name, junk, NAMED[name]):
        assert _answers(name, status, payload) or _refuses(name, status, payload), (path, status, payload)
