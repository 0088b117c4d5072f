"""Hyperliquid: trades with their accounts, and what one account holds."""

from commentary.runs.fake_market.books import orders
from commentary.runs.fake_market.noise import key
from commentary.runs.fake_market.positions import Position, positions
from commentary.runs.fake_market.venues.base import (
    HOUR,
    Ask,
    Json,
    Refused,
    fixed,
    ms,
)
from commentary.runs.fake_market.venues.hyperliquid import HYPERLIQUID, Coin, coin_of, coins, venue


@venue.at("recentTrades")
def _trades(ask: Ask) -> Json:
    coin = coin_of(ask, ask.body)
    found = orders(ask.market, coin.coin.name, ask.now - 3 * HOUR, ask.now, HYPERLIQUID)
    rows = []
    for at, side, price, usd in reversed(found[-10:]):
        number = key("trade", coin.name, at, side)
        users = [f"0x{key('user', number, place):016x}{'0' * 24}" for place in range(2)]
        sold = {"side": "A" if side == "long" else "B", "px": coin.price(price), "sz": coin.size(usd / price)}
        rows.append(
            {
                "coin": coin.name,
                **sold,
                "time": ms(at),
                "hash": f"0x{number:064x}",
                "tid": number % 10**15,
                "users": users,
            }
        )
    return rows


@venue.at("clearinghouseState")
def _state(ask: Ask) -> Json:
    user = str(ask.body.get("user", ""))
    if not (user.startswith("0x") and len(user) == 42):
        raise Refused("parameter", "user")
    held = [
        (coin, position)
        for coin in coins(ask).values()
        for position in positions(ask.market, coin.coin.name, ask.now)
        if position.user == user
    ]
    value = sum(position.value_usd for _, position in held)
    margin = sum(position.margin_usd for _, position in held)
    profit = sum(position.profit_usd for _, position in held)
    summary = {
        "accountValue": fixed(margin + profit, 6),
        "totalNtlPos": fixed(value, 6),
        "totalRawUsd": fixed(margin + profit - sum(position.size * position.mark for _, position in held), 6),
        "totalMarginUsed": fixed(margin, 6),
    }
    return {
        "marginSummary": summary,
        "crossMarginSummary": summary,
        "crossMaintenanceMarginUsed": fixed(sum(p.value_usd / (2 * coin.leverage) for coin, p in held), 6),
        "withdrawable": "0.0",
        "assetPositions": [{"type": "oneWay", "position": _position(coin, position)} for coin, position in held],
        "time": ms(ask.now),
    }


def _position(coin: Coin, position: Position) -> Json:
    raw = position.margin_usd - position.size * position.entry
    leverage: dict[str, Json] = {"type": "cross" if position.cross else "isolated", "value": position.leverage}
    if not position.cross:
        leverage["rawUsd"] = fixed(raw, 6)
    return {
        "coin": coin.name,
        "szi": coin.size(position.size),
        "leverage": leverage,
        "entryPx": coin.price(position.entry),
        "positionValue": fixed(position.value_usd, 6),
        "unrealizedPnl": fixed(position.profit_usd, 6),
        "returnOnEquity": fixed(position.profit_usd / position.margin_usd, 10),
        "liquidationPx": None if position.liquidation is None else coin.price(position.liquidation),
        "marginUsed": fixed(position.margin_usd, 6),
        "maxLeverage": coin.leverage,
        "cumFunding": {"allTime": "0.0", "sinceOpen": "0.0", "sinceChange": "0.0"},
    }
