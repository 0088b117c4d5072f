"""Random rows of a calendar: a date or two ahead, near or far, of a source or none."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_rows.expiries import QUIET

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

EVENTS = ("US CPI", "US employment report", "FOMC rate decision", "US payrolls", "Fed minutes")


@families.add("dates")
def dates(maker: "Maker", chance: random.Random) -> Rows:
    """Return dates ahead in about one snapshot of three, as nearly all other news comes before them."""
    if chance.random() >= (0.2 if maker.kind in QUIET else 0.35):
        return {}
    found: Rows = {"calendar": [_event(maker, chance, event) for event in chance.sample(EVENTS, chance.choice((1, 2)))]}
    if maker.kind == "bare" and chance.random() < 0.85:
        price: Json = {"asset": maker.asset, "venue": "Binance", "source": "Binance", "kind": "mark"}
        found["prices"] = [price | {"value": maker.shown(maker.price), "time": maker.time(3)}]
        found["open_interest"] = [
            {"asset": maker.asset, "venue": "all", "source": maker.vendor, "time": maker.time(9),
             "value_coin": maker.shown(max(maker.oi_coin, 5e9 / maker.price))}
        ]  # fmt: skip
        change = round(chance.uniform(-4, 4), 2)
        found["open_interest_changes"] = [
            {"asset": maker.asset, "venue": "all", "source": maker.vendor, "time": maker.time(9), "window_hours": 24,
             "percent": change, "of": "coin"}
        ]  # fmt: skip
    return found


def _event(maker: "Maker", chance: random.Random, event: str) -> Json:
    hours = 70 if maker.kind in QUIET else 110
    ahead = timedelta(minutes=15 * chance.randrange(1, 4 * hours))
    row: Json = {"event": event, "time": (maker.as_of + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return row if chance.random() < 0.2 else row | {"source": "TradingEconomics"}
