"""Another coin."""

import re
from random import Random

from commentary.runs.check_bench.claims import Claim, Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import capital_as, over, pick, tail
from commentary.runs.check_bench.target import Target

_COINS = {
    "bitcoin": "BTC", "ether": "ETH", "solana": "SOL", "XRP": "XRP", "dogecoin": "DOGE", "pepe": "PEPE",
    "litecoin": "LTC", "cardano": "ADA", "Avalanche": "AVAX", "Chainlink": "LINK", "polkadot": "DOT", "tron": "TRX",
    "toncoin": "TON", "sui": "SUI", "Arbitrum": "ARB", "BNB": "BNB", "aptos": "APT", "Hyperliquid's token": "HYPE",
    "Uniswap": "UNI", "near": "NEAR",
}  # fmt: skip
_NAMED = frozenset({"asset", "asset_lower"})
_MARKET = ("crypto", "crypto market", "market-wide", "digital-asset", "cryptocurrency", "all-coin")
_GROUPS = ("altcoin", "token", "memecoin", "stablecoin", "DeFi", "layer-one", "blue-chip crypto", "large-cap")
_CLAUSES = (
    ", in step with {other}", ", the same as in {other}", ", as {other} did", ", with {other} close behind",
    ", ahead of {other}", ", and {other} followed", ", while {other} stood still", ", and likewise in {other}",
    ", in {other} as well", ", with {other} showing the same", ", twice as much as {other}", ", unlike {other}",
)  # fmt: skip


@operator("asset's name")
def name(target: Target, chance: Random) -> Edit | None:
    """Write another coin's name."""
    told = pick([each for each in target.told if each.style in (*_NAMED, "asset_s")], chance)
    if told is None:
        return None
    other, ticker = _other(target, chance)
    ending = "'s" if told.style == "asset_s" else ""
    return over(told, capital_as(told.text, other) + ending, *_all_of(target, ticker))


@operator("asset's ticker")
def ticker(target: Target, chance: Random) -> Edit | None:
    """Write another coin behind a number of coins."""
    own = re.escape(target.asset)
    told = pick([each for each in target.told if re.search(rf" {own}$", each.text)], chance)
    if told is None:
        return None
    _, other = _other(target, chance)
    return over(told, told.text[: -len(target.asset)] + other, Other(told.fact.id, "asset", other))


@operator("all coins for one")
def all_coins(target: Target, chance: Random) -> Edit | None:
    """Tell of the whole market what is true of one coin."""
    told = pick([each for each in target.told if each.style == "asset_lower" and each.text != "crypto"], chance)
    if told is None or told.fact.subject.asset == "market":
        return None
    if chance.random() < 0.5:
        return over(told, chance.choice(_MARKET), *_all_of(target, "market"))
    return over(told, chance.choice(_GROUPS), Never("no row is of that group"))


@operator("another asset put in")
def put_in(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by a clause about another coin."""
    other, _ = _other(target, chance)
    return tail(target, chance, [clause.format(other=other) for clause in _CLAUSES], Never("no fact is of that coin"))


def _other(target: Target, chance: Random) -> tuple[str, str]:
    """Return another coin's name and ticker."""
    names = {name.lower() for name in target.names.values()}
    return chance.choice([(name, tag) for name, tag in _COINS.items() if name.lower() not in names])


def _all_of(target: Target, ticker: str) -> tuple[Claim, ...]:
    """Return the claims that every figure of the sentence that is the asset's is the other's too."""
    told = [each.fact.id for each in target.told if each.fact.subject.asset == target.asset]
    return tuple(Other(fact, "asset", ticker) for fact in dict.fromkeys(told)) or (Never("no fact is of that coin"),)
