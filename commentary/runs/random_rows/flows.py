"""Random rows of funds: sessions with a history or without, sums, and now and then a basis beside them."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from commentary.runs.random_rows import Json, Rows, families
from commentary.runs.random_rows.expiries import QUIET

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker


@families.add("flows")
def flows(maker: "Maker", chance: random.Random) -> Rows:
    """Return sessions of funds in about one snapshot of five, more often where little else is news."""
    if chance.random() >= (0.38 if maker.kind in QUIET else 0.15):
        return {}
    close = maker.as_of.replace(hour=20, minute=0) - timedelta(days=1)
    days = [close - timedelta(days=k) for k in range(chance.choice((1, 3, 9, 45)))]
    sessions = [day for day in days if day.weekday() < 5]
    lean = chance.choice((-2e8, 0, 3e8))
    rows = [_row(maker, time, round(chance.gauss(lean, 2e8), -5), 1) for time in sessions]
    if sessions and chance.random() < 0.3:
        rows.append(_row(maker, sessions[0], round(chance.gauss(lean, 6e8), -5), chance.choice((4, 5, None))))
    found: Rows = {"etf_flows": [row for row in rows if row["net_usd"]]}
    ends = [close - timedelta(days=k) for k in range(12)]
    if chance.random() < 0.7:
        # Of a source of its own, so that the newest of the others stays what it is.
        found["open_interest"] = [
            {"asset": maker.asset, "venue": "all", "source": maker.vendor, "time": _text(time),
             "value_coin": maker.shown(maker.oi_coin * chance.uniform(0.96, 1.04))}
            for time in ends
        ]  # fmt: skip
    if chance.random() < 0.5:
        found["basis"] = [
            {"asset": maker.asset, "venue": "CME", "source": "CME", "tenor": "front", "days": 21 - k,
             "annualised": round(chance.gauss(0.06, 0.03), 4), "time": _text(time)}
            for k, time in enumerate(reversed(ends))
        ]  # fmt: skip
    return found


def _row(maker: "Maker", time: object, net_usd: float, sessions: int | None) -> Json:
    row: Json = {"asset": maker.asset, "source": "SoSoValue", "net_usd": net_usd, "time": _text(time)}
    return row if sessions is None else row | {"sessions": sessions}


def _text(time: object) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"
