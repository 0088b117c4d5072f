"""A market by rule: a price, open interest, settled funding and recorded liquidations that move where a test says.

Everything is a function of the time alone, so that a snapshot of any time can be had, twice alike. Histories reach two
days back, by the hour, as the watch looks by the hour in these tests.
"""

import json
import math
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HELD = 50
"""Hours of history."""


class Move(NamedTuple):
    """What happens from one hour to another, counted from START; it goes evenly, and stays."""

    start: float
    end: float
    price_percent: float = 0.0
    coins_percent: float = 0.0
    longs_usd: float = 0.0
    shorts_usd: float = 0.0
    funding: float | None = None
    """The rate that is settled from `end` on."""

    def part(self, hour: float) -> float:
        """How much of it has happened."""
        return min(1.0, max(0.0, (hour - self.start) / (self.end - self.start)))


class Market(NamedTuple):
    """One asset's market."""

    asset: str = "BTC"
    moves: tuple[Move, ...] = ()
    price: float = 60_000.0
    coins: float = 100_000.0
    source: str = "CoinGlass"

    def price_at(self, hour: float) -> float:
        # A wobble of a tenth of a percent keeps figures apart and moves no story.
        value = self.price * (1 + 0.001 * math.sin(hour))
        for move in self.moves:
            value *= 1 + move.price_percent / 100 * move.part(hour)
        return round(value, 1)

    def coins_at(self, hour: float) -> float:
        value = self.coins * (1 + 0.001 * math.cos(hour))
        for move in self.moves:
            value *= 1 + move.coins_percent / 100 * move.part(hour)
        return round(value)

    def liquidated(self, hour: float) -> tuple[int, int]:
        """Longs and shorts of the 24 hours before, USD: a million each of any day, and what the moves add."""
        longs = shorts = 1_000_000.0
        for move in self.moves:
            part = move.part(hour) - move.part(hour - 24)
            longs += move.longs_usd * part
            shorts += move.shorts_usd * part
        return round(longs), round(shorts)

    def liquidated_rows(self, rows: list[dict[str, object]]) -> list[dict[str, object]]:
        """Those that the source gives."""
        return rows

    def rate_at(self, hour: float) -> float:
        return next((one.funding for one in reversed(self.moves) if one.funding is not None and one.end <= hour), 1e-4)

    def snapshot(self, at: datetime, *, without: tuple[str, ...] = (), gaps: tuple[str, ...] = ()) -> bytes:
        """The snapshot of a time; sections left out, and sections that have a gap and nothing else."""
        now = (at - START) / HOUR
        hours = [math.floor(now) - back for back in range(HELD, -1, -1)]
        # As vendors do: counted at the minute of the question, an hour apart.
        held = [now - back for back in range(HELD, -1, -1)]
        liquidations = []
        for hour in held:
            longs, shorts = self.liquidated(hour)
            row = {"venue": "all", "window_hours": 24, "time": clock(hour), "long_usd": longs, "short_usd": shorts}
            liquidations.append({**row, "total_usd": longs + shorts, "source": self.source})
        document = {
            "format": "commentary.snapshot/1",
            "asset": self.asset,
            "quote": "USD",
            "as_of": clock(now),
            "prices": [
                {
                    "value": self.price_at(now),
                    "kind": "mark",
                    "venue": "Binance",
                    "source": "Binance",
                    "time": clock(now),
                }
            ],
            "candles": [
                {
                    "venue": "Binance",
                    "source": "Binance",
                    "interval_minutes": 60,
                    "bars": [self._bar(hour) for hour in hours[:-1]],
                }
            ],
            "open_interest": [
                {"venue": "all", "time": clock(hour), "value_coin": self.coins_at(hour), "source": self.source}
                for hour in held
            ],
            "funding": [
                {
                    "venue": "Binance",
                    "source": "Binance",
                    "rate": self.rate_at(hour),
                    "interval_hours": 8,
                    "kind": "settled",
                    "time": clock(hour),
                }
                for hour in hours
                if hour % 8 == 0
            ],
            "liquidations": self.liquidated_rows(liquidations),
        }
        for section in (*without, *gaps):
            document.pop(section)
        if gaps:
            document["gaps"] = [
                {"of": section, "source": self.source, "reason": "no_answer", "time": clock(now)} for section in gaps
            ]
        return json.dumps(document).encode()

    def _bar(self, hour: int) -> dict[str, object]:
        first, last = self.price_at(hour), self.price_at(hour + 1)
        prices = [first, last, self.price_at(hour + 0.5)]
        return {"time": clock(hour), "open": first, "high": max(prices), "low": min(prices), "close": last}


def clock(hour: float) -> str:
    return (START + hour * HOUR).isoformat().replace("+00:00", "Z")


def at(hour: float) -> datetime:
    return START + hour * HOUR
