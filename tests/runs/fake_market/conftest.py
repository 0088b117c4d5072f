"""A fake market whose clock stands, asked without a network: `reply` is what the server sends for a request."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.wire import HttpRequest

START = datetime(2026, 12, 1, 6, 30, 17, tzinfo=UTC)
"""A Tuesday; bars that run begin at 06:00 (an hour) and 04:00 (four hours)."""
ENVELOPES = {"bybit": "result", "okx": "data", "deribit": "result", "coinglass": "data"}


def asked(market, venue, path, body=None, **params):
    """Return the reply of a venue: status, headers by name, and JSON."""
    target = f"/{venue}{path}" + (f"?{urlencode(params)}" if params else "")
    sent = b"" if body is None else json.dumps(body).encode()
    headers = {"host": "127.0.0.1:1", "cg-api-key": "any", "api_key": "any"}
    reply = market.reply(HttpRequest("GET" if body is None else "POST", target, headers, sent, True))
    return reply.status, dict(reply.headers), json.loads(reply.body)


def data_of(market, venue, path, body=None, **params):
    """Return the data of a reply that has some, without its envelope."""
    status, _, payload = asked(market, venue, path, body, **params)
    assert status == 200, payload
    name = ENVELOPES.get(venue)
    if name is not None:
        assert name in payload, payload
        return payload[name]
    return payload


@pytest.fixture(scope="session")
def market():
    return FakeMarket(seed=5, assets=33, start=START, speed=0)


@pytest.fixture(scope="session")
def get(market):
    def get(venue, path, body=None, **params):
        return data_of(market, venue, path, body, **params)

    return get


@pytest.fixture(scope="session")
def ask(market):
    def ask(venue, path, body=None, **params):
        return asked(market, venue, path, body, **params)

    return ask


@pytest.fixture
def make():
    """Make a market of its own at START, which stands still."""

    def make(**options):
        return FakeMarket(**{"seed": 5, "assets": 2, "start": START, "speed": 0, **options})

    return make
