"""Positions of single holders, large and small, with their liquidation prices or without."""

import random
from typing import TYPE_CHECKING, Any

from commentary.runs.random_rows import Rows, families

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

_VENUES = ("Hyperliquid", "Hyperliquid", "Binance", "Exchange Nine")
_LEVERAGES = (1, 3, 5, 10, 20, 40)
_QUIET = ("bare",)
"""Kinds of snapshots in which nothing else is told."""


@families.add("positions")
def positions(maker: "Maker", chance: random.Random) -> Rows:
    """Return a position or three in about one snapshot of five; with the first, what is held on its venue."""
    quiet = maker.kind in _QUIET
    if chance.random() > (0.6 if quiet else 0.12):
        return {}
    venue = chance.choice(_VENUES)
    rows = [_position(maker, chance, venue) for _ in range(chance.choice((1, 1, 2, 3)))]
    made: Rows = {"positions": rows}
    if quiet or chance.random() < 0.6:
        coins = maker.shown(maker.oi_coin * chance.uniform(0.1, 0.4))
        made["open_interest"] = [_row(maker, venue, 6.5, source=venue, value_coin=coins)]
    if venue != "Binance" and (quiet or chance.random() < 0.5):
        made["prices"] = [_row(maker, venue, 3.5, source=venue, kind="mark", value=maker.shown(maker.price))]
    return made


def _row(maker: "Maker", venue: str, minutes: float, **fields: object) -> dict[str, Any]:
    return {**fields, "asset": maker.asset, "venue": venue, "time": maker.time(minutes)}


def _position(maker: "Maker", chance: random.Random, venue: str) -> dict[str, Any]:
    side = chance.choice(("long", "short"))
    sign = -1 if side == "long" else 1
    size = max(10 ** chance.uniform(7.2, 8.2), maker.oi_coin * maker.price * chance.uniform(0.001, 0.1))
    fields: dict[str, object] = {"side": side}
    if chance.random() < 0.85:
        fields["notional_usd"] = maker.shown(size, 4)
    else:
        fields["size_coin"] = maker.shown(size / maker.price, 4)
    leverage = chance.choice(_LEVERAGES)
    entry = maker.price * (1 + chance.uniform(-0.05, 0.05))
    if chance.random() < 0.7:
        fields["leverage"] = leverage
    if chance.random() < 0.6:
        fields["margin_mode"] = chance.choice(("cross", "isolated"))
    if chance.random() < 0.6:
        fields["entry_price"] = maker.shown(entry)
        move = maker.price / entry - 1
        if chance.random() < 0.6:
            fields["pnl_usd"] = round(-sign * move * size)
    if chance.random() < 0.7 and leverage > 1:
        away = 0.9 / leverage if chance.random() < 0.95 else -0.02
        fields["liquidation_price"] = maker.shown(maker.price * (1 + sign * away))
    if chance.random() < 0.3:
        fields["previous_notional_usd"] = maker.shown(size * chance.choice((0.4, 0.98, 1.0, 1.6)), 4)
    if chance.random() < 0.2:
        fields["count"] = chance.choice((1, 4, 37))
    if chance.random() < 0.96:
        fields["source"] = venue if chance.random() < 0.7 else maker.vendor
    return _row(maker, venue, chance.choice((3, 3, 12, 12, 900)), **fields)
