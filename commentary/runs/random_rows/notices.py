"""Notices of exchanges: outages and auto-deleveraging by one source or two, changes of contracts."""

import random
from typing import TYPE_CHECKING, Any

from commentary.runs.random_rows import Rows, families

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

_VENUES = ("Binance", "Bybit", "OKX", "Exchange Nine")
_QUIET = ("bare",)
"""Kinds of snapshots in which nothing else is told."""
_OUTAGES = (None, "order entry unavailable", "Trading system maintenance", "matching engine paused")
_DRAWS = (None, "insurance fund draw", "ADL ranking active", "Auto-deleveraging notice")
_CHANGES = {
    "tiers": (None, "{}USDT leverage and margin tiers", "Margin tiers for {}USDT"),
    "interval": (None, "{}USDT funding interval", "Funding every 4 hours for {}USDT"),
    "listing": (None, "{}USDT perpetual futures", "{} perpetual with up to 50x leverage"),
    "delisting": (None, "{}USDT perpetual futures", "Delisting of {}USD quarterly futures"),
}


@families.add("notices")
def notices(maker: "Maker", chance: random.Random) -> Rows:
    """Return what went wrong on an exchange, or what it changes, in about one snapshot of four."""
    made: Rows = {"notices": []}
    part = 0.4 if maker.kind in _QUIET else 0.1
    if chance.random() < part:
        made["notices"] += _wrong(maker, chance)
    if chance.random() < part:
        change = _change(maker, chance)
        made["notices"].append(change)
        if change.get("text") and chance.random() < 0.5:
            hours = chance.choice((-3, 6, 49, 200))
            date = {name: value for name, value in change.items() if name in ("asset", "venue", "source")}
            made["calendar"] = [date | {"event": change["text"], "time": maker.time(-60 * hours)}]
    if made["notices"] and chance.random() < 0.6:
        venue = chance.choice(_VENUES)
        held = maker.shown(maker.oi_coin * chance.uniform(0.05, 0.5))
        made["open_interest"] = [_row(maker, venue, 8.5, source=venue, value_coin=held)]
    return made


def _row(maker: "Maker", venue: str, minutes: float, **fields: object) -> dict[str, Any]:
    return {**fields, "asset": maker.asset, "venue": venue, "time": maker.time(minutes)}


def _wrong(maker: "Maker", chance: random.Random) -> list[dict[str, Any]]:
    kind, texts = chance.choice((("outage", _OUTAGES), ("adl", _DRAWS)))
    venue, minutes = chance.choice(_VENUES), chance.choice((20, 130, 600))
    sources = chance.choice(((venue,), (venue, maker.vendor), (maker.vendor,), ("Status Page", maker.vendor)))
    text = chance.choice(texts)
    rows = []
    for i, source in enumerate(sources):
        words = {"text": text} if text else {}
        rows.append(_row(maker, venue, minutes - 7 * i, source=source, kind=kind, **words))
    return rows


def _change(maker: "Maker", chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(tuple(_CHANGES))
    venue = chance.choice(_VENUES)
    text = chance.choice(_CHANGES[kind])
    words = {"text": text.format(maker.asset)} if text else {}
    if chance.random() < 0.96:
        words["source"] = venue if chance.random() < 0.8 else maker.vendor
    return _row(maker, venue, chance.choice((90, 700, 1300)), kind=kind, **words)
