"""Another exchange."""

from random import Random

from commentary.runs.check_bench.claims import Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import capital_as, over, pick, put
from commentary.runs.check_bench.target import Target, Told

_EXCHANGES = (
    "Binance", "Bybit", "OKX", "Deribit", "Kraken", "Coinbase", "Bitget", "KuCoin", "Gate", "HTX", "BitMEX", "CME",
    "Hyperliquid", "dYdX", "Bitfinex", "MEXC", "Crypto.com", "Bitstamp", "Upbit", "Exchange Nine", "WhiteBIT",
)  # fmt: skip
_NAMED = frozenset({"venue", "venue_s", "at_venue", "at_venue_s"})
_BEHIND = (
    " on {other}", " at {other}", ", on {other},", " for {other} users", " in {other}'s order book", " ({other})",
    ", {other} figures show,", " on {other} alone", " on {other} and elsewhere", " across {other} accounts",
    " in {other} perpetuals", " on {other}'s futures desk", ", most of it on {other},",
)  # fmt: skip
_ALL = (
    "on all exchanges", "across the market", "on every exchange", "market-wide", "across exchanges", "on all venues",
    "on the major exchanges", "on offshore exchanges", "on decentralised exchanges", "on US exchanges",
    "on most exchanges", "on the CME", "on spot exchanges",
)  # fmt: skip


@operator("exchange's name")
def name(target: Target, chance: Random) -> Edit | None:
    """Write another exchange's name."""
    named = [(told, mine) for told in target.told if told.style in _NAMED for mine in [_name_in(told)] if mine]
    if not named:
        return None
    told, mine = chance.choice(named)
    other = chance.choice([each for each in _EXCHANGES if each != mine])
    return over(told, told.text.replace(mine, other), Other(told.fact.id, "venue", other))


@operator("exchange put in")
def put_in(target: Target, chance: Random) -> Edit | None:
    """Put a figure of no exchange, or of all of them, on one."""
    fitting = [
        each
        for each in target.figures
        if not target.asks
        and each.fact.subject.venue in (None, "all")
        and each.style in ("usd", "coin", "moved", "falls")
    ]
    told = pick(fitting, chance)
    if told is None:
        return None
    other = chance.choice([each for each in _EXCHANGES if each not in target.sentence])
    words = chance.choice(_BEHIND).format(other=other)
    return put(told.end, told.end, words, Other(told.fact.id, "venue", other))


@operator("all exchanges for one")
def all_of_them(target: Target, chance: Random) -> Edit | None:
    """Tell of all exchanges, or of another kind, what is true of one or of some."""
    told = pick([each for each in target.told if each.style in ("at_venue", "where")], chance)
    if told is None:
        return None
    return over(told, capital_as(told.text, chance.choice(_ALL)), Never("the data does not cover them"))


def _name_in(told: Told) -> str:
    """Return the exchange that a mention names, or nothing of one that is not named."""
    name = told.fact.subject.venue or ""
    return name if name and name in told.text else ""
