"""Whatever the ticker is, a source asks the same places the same things: no path or query can be made of it."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.sources.live.base import Source, sources
from commentary.sources.questions import Access, round_of

NOW = datetime(2026, 11, 30, 9, 7, 30, tzinfo=UTC)
ACCESS = Access(environment={source.key.variable: "k" for _, source in sources.items() if source.key})
ODD = (
    "1INCH",
    "PEPE",
    "0",
    "A" * 20,
    "BTC&symbol=ETH",
    "../../x",
    "BTC/../ETH",
    "B?T#C",
    "B%2e%2e",
    'B","x":"1',
    "ß\n",
)
"""A digit first, one by the thousand, and what no ticker is and no command lets through."""
OF_THEIR_OWN = {"BTC", "ETH", "SOL", "XRP"}
"""Coins with dated contracts or funds, of which more is asked."""


def asked(source: Source, ticker: str, scope: str = "full") -> list[tuple[str, str, tuple[str, ...], object]]:
    """Return what is sent: method, address without the query, and the names of query and body."""
    made = []
    for request in round_of([ticker], [source], NOW, ACCESS, scope).requests:  # type: ignore[arg-type]
        url = urlsplit(request.url)
        assert url.fragment == ""
        query = [name for name, _ in parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query))]
        body = json.loads(request.body) if request.body else None
        made.append((request.method, f"{url.scheme}://{url.netloc}{url.path}", tuple(query), _shape(body)))
    return made


def _shape(body: object) -> object:
    """Return the names of a body and what they name, but for the texts."""
    if isinstance(body, dict):
        return {name: _shape(value) for name, value in body.items()}
    return type(body).__name__ if isinstance(body, str) else body


@pytest.mark.parametrize("scope", ["full", "watch"])
@pytest.mark.parametrize("ticker", ODD)
@pytest.mark.parametrize("name", list(sources))
def test_an_odd_ticker_is_asked_for_where_any_other_coin_is(name: str, ticker: str, scope: str) -> None:
    assert asked(sources[name], ticker, scope) == asked(sources[name], "SUI", scope)


@given(st.text(max_size=12).filter(lambda text: text not in OF_THEIR_OWN), st.sampled_from(list(sources)))
def test_any_text_at_all_changes_no_address_and_no_name(ticker: str, name: str) -> None:
    assert asked(sources[name], ticker) == asked(sources[name], "SUI")
