"""CoinGlass's open interest: of each exchange and of all now, and of all at the end of each four hours.

In US dollars and in coins, each contract counted once as far as CoinGlass says. Contracts margined in stablecoins (with
CME's, which are paid in dollars) are linear, those margined in coins inverse. Percentages are percent; of what, dollars
or coins, it does not say. The histories of the two kinds of margin come in dollars in one case and in coins in another,
so each is held against what the newest list tells in both. Documentation: "Exchange List", "Aggregated History (OHLC)",
"Aggregated Stablecoin Margin History", "Aggregated Coin Margin History", read 2026-11-30.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from commentary.records.snapshot import OpenInterest, OpenInterestChange, Series
from commentary.sources.live.base import Answer, Asked, Call, Read, ReplyError
from commentary.sources.live.coinglass import common
from commentary.sources.shapes.intervals import Interval
from commentary.sources.shapes.reading import Part

NOW = "open_interest"
NEAR = Decimal("1.4")
"""Two figures of one thing, a few hours apart, are within this factor: a proposal."""
_SECTION = ("open_interest",)
_WINDOWS = (1, 4, 24)
Margin = Literal["linear", "inverse"]
_PATHS: dict[Margin, str] = {
    "linear": "/api/futures/open-interest/aggregated-stablecoin-history",
    "inverse": "/api/futures/open-interest/aggregated-coin-margin-history",
}


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the list of exchanges; in full, also the history in coins, and that of each kind of margin."""
    fills = ("open_interest", "open_interest_changes")
    yield Call(NOW, "/api/futures/open-interest/exchange-list", _now, fills, params={"symbol": asked.asset})
    if asked.scope == "watch":
        return
    params = {"symbol": asked.asset, "interval": common.INTERVAL, "limit": common.MOST_ROWS}
    yield Call(
        "open_interest_history",
        "/api/futures/open-interest/aggregated-history",
        _history,
        _SECTION,
        # In dollars too most of a change is the price of a coin; the list tells those of the day.
        params={**params, "unit": "coin"},
        needs=(NOW,),
    )
    for margin, path in _PATHS.items():
        yield Call(
            f"open_interest_{margin}_history",
            path,
            _read(margin),
            _SECTION,
            params={**params, "exchange_list": ",".join(common.EXCHANGES)},
            needs=(NOW,),
        )


def _now(answer: Answer) -> Iterator[Series]:
    at = answer.received_at
    for row in common.held(Part.of(answer)):
        name = common.exchange(row["exchange"])
        if name is None:
            continue
        usd, coins = row["open_interest_usd"].size(), row["open_interest_quantity"].size()
        yield row.row(OpenInterest, venue=name, source=common.TITLE, value_usd=usd, value_coin=coins, time=at)
        parts: dict[Margin, tuple[Decimal, Decimal] | None] = {"linear": _linear(row), "inverse": _inverse(row)}
        # The parts of a sum that has only one are the sum.
        if all(part is not None and part[1] for part in parts.values()):
            for margin, part in parts.items():
                value_usd, value_coin = part or (None, None)
                yield row.row(
                    OpenInterest,
                    venue=name,
                    source=common.TITLE,
                    margin=margin,
                    value_usd=value_usd,
                    value_coin=value_coin,
                    time=at,
                )
        for hours in _WINDOWS:
            change = row.maybe(f"open_interest_change_percent_{hours}h")
            if change is not None:
                percent = change.number()
                yield change.row(
                    OpenInterestChange, venue=name, source=common.TITLE, window_hours=hours, percent=percent, time=at
                )


def _linear(row: Part) -> tuple[Decimal, Decimal] | None:
    """Return dollars and coins of contracts that are margined in stablecoins; None where they are not told."""
    usd = row.maybe("open_interest_by_stable_coin_margin")
    coins = row.maybe("open_interest_quantity_by_stable_coin_margin")
    return None if usd is None or coins is None else (usd.size(), coins.size())


def _inverse(row: Part) -> tuple[Decimal, Decimal] | None:
    """Return dollars and coins of contracts that are margined in coins: their dollars are what the others leave."""
    linear, coins = _linear(row), row.maybe("open_interest_quantity_by_coin_margin")
    if linear is None or coins is None:
        return None
    return max(row["open_interest_usd"].size() - linear[0], Decimal(0)), coins.size()


def _history(answer: Answer) -> Iterator[OpenInterest]:
    closes = _closes(answer)
    if closes:
        total = all_exchanges(answer)
        usd, coins = total["open_interest_usd"].size(), total["open_interest_quantity"].size()
        if _unit(closes[-1][0], usd, coins) != "value_coin":
            raise closes[-1][0].error(f"coins, near the {coins:f} of now, as they were asked for")
    for close, one in closes:
        value = close.size()
        yield close.row(OpenInterest, venue=common.ALL, source=common.TITLE, value_coin=value, time=one.end)


def _read(margin: Margin) -> Read:
    def read(answer: Answer) -> Iterator[OpenInterest]:
        return _margin(answer, margin)

    return read


def _margin(answer: Answer, margin: Margin) -> Iterator[OpenInterest]:
    closes = _closes(answer)
    if not closes:
        return
    common.all_listed(Part.of(answer, NOW))
    total = all_exchanges(answer)
    now = _linear(total) if margin == "linear" else _inverse(total)
    if now is None:
        raise total.error(f"dollars and coins of {margin} contracts, which tell the unit of their history")
    unit = _unit(closes[-1][0], *now)
    for close, one in closes:
        told = {unit: close.size()}
        yield close.row(OpenInterest, venue=common.ALL, source=common.TITLE, margin=margin, time=one.end, **told)


def _closes(answer: Answer) -> list[tuple[Part, Interval]]:
    found = ((one.part["close"], one) for one in common.finished(answer))
    return [(close, one) for close, one in found if close.value is not None]


def all_exchanges(answer: Answer) -> Part:
    """Return what the list of exchanges tells of all of them.

    Raises:
        ReplyError: it tells nothing of all.
    """
    rows = Part.of(answer, NOW)
    total = next((row for row in common.held(rows) if common.exchange(row["exchange"]) == common.ALL), None)
    if total is None:
        raise ReplyError(f"/{NOW}", None, "a row of all exchanges")
    return total


def _unit(newest: Part, usd: Decimal, coins: Decimal) -> Literal["value_usd", "value_coin"]:
    """Return what the newest figure of a history counts: that of usd and coins which it is near.

    Raises:
        ReplyError: it is near none of them, or near both, as where a coin costs about a dollar.
    """
    value = newest.size()
    is_usd, is_coins = (known / NEAR <= value <= known * NEAR for known in (usd, coins))
    if is_usd == is_coins:
        raise newest.error(f"a figure near either {usd:f} dollars or {coins:f} coins, which are those of now")
    return "value_usd" if is_usd else "value_coin"
