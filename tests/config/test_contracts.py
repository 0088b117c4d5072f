"""Contracts under another name than the coin's: each with its source, its day, and a power of ten."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commentary.config import contracts
from commentary.config.contracts import Contract, contract, has_futures
from commentary.errors import ConfigError


def test_a_coin_that_is_listed_by_the_thousand_has_its_symbol_and_its_coins() -> None:
    assert contract("Binance", "PEPE") == Contract("1000PEPEUSDT", Decimal(1000))
    assert contract("Binance", "MOG") == Contract("1000000MOGUSDT", Decimal(1_000_000))
    assert contract("Bybit", "SHIB") == Contract("SHIB1000USDT", Decimal(1000))
    assert contract("Bybit", "SATS") == Contract("10000SATSUSDT", Decimal(10_000))


def test_a_coin_that_is_listed_as_all_others_has_no_entry() -> None:
    assert contract("Binance", "BTC") is None
    # 1INCH begins with a digit that counts nothing.
    assert contract("Binance", "1INCH") is None
    assert contract("OKX", "PEPE") is None


def test_futures_are_known_by_exchange_and_coin() -> None:
    assert has_futures("Binance", "BTC")
    assert not has_futures("Binance", "PEPE")
    assert not has_futures("Hyperliquid", "BTC")


DATED = 'source = "a list"\nread = 2026-11-30\n'
FUTURES = '[[futures]]\nvenue = "OKX"\nassets = ["BTC"]\n' + DATED


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a reader of other content of the file."""

    def content(text: str) -> Contract | None:
        (tmp_path / "contracts.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(contracts, "folder", lambda name: tmp_path)
        contracts._tables.cache_clear()
        return contract("OKX", "PEPE")

    yield content
    monkeypatch.undo()
    contracts._tables.cache_clear()


def _perpetuals(row: str, dated: str = DATED) -> str:
    return f'[[perpetuals]]\nvenue = "OKX"\n{dated}contracts = [{{ {row} }}]\n{FUTURES}'


PEPE = 'asset = "PEPE", symbol = "1000PEPE"'


def test_an_entry_is_read(read: Any) -> None:
    assert read(_perpetuals(f"{PEPE}, coins = 1000")) == Contract("1000PEPE", Decimal(1000))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_perpetuals(f"{PEPE}, coins = 500"), "power of ten"),
        (_perpetuals(f"{PEPE}, coins = 0"), "power of ten"),
        (_perpetuals(PEPE), "coins"),
        (_perpetuals(f"{PEPE}, coins = 1000", dated=""), "needs source and read"),
        (_perpetuals(f"{PEPE}, coins = 1000", dated='source = "a list"\nread = "soon"\n'), "needs source and read"),
        ("perpetuals = 1", "cannot be read"),
    ],
)
def test_an_entry_that_cannot_be_traced_or_divided_by_is_refused(read: Any, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read(text)
