"""Random snapshots: partial, plausible, sometimes odd; the same seed gives the same snapshot."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from commentary.runs.random_rows import families

Json = dict[str, Any]

PRICES = {"BTC": 62140.0, "ETH": 3020.5, "SOL": 142.37, "XRP": 2.1834, "DOGE": 0.14213, "PEPE": 0.00001234, "QZX": 7.5}
VENUES = ("Binance", "Bybit", "OKX", "Hyperliquid", "Deribit", "Exchange Nine")
VENDORS = ("CoinGlass", "Coinalyze", "Our Desk")
KINDS = ("reach", "reach", "levels", "levels", "passed", "liquidations", "market", "flush", "squeeze", "calm", "bare")
_QUARTER = timedelta(minutes=15)
_BARS_OF_A_DAY = 6
"""Of four hours."""


class Maker:
    """Makes one snapshot; every choice comes from its own random numbers."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.kind = KINDS[seed % len(KINDS)]
        self.asset = self.random.choice(list(PRICES))
        self.price = PRICES[self.asset] * self.random.uniform(0.7, 1.4)
        self.as_of = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(minutes=15 * self.random.randrange(15000))
        self.vendor = self.random.choice(VENDORS)
        self.oi_coin = 10 ** self.random.uniform(8, 10.5) / self.price
        self.moved: float | None = None
        """The change of price over the last day in percent, where it is given."""

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self.random.random() < probability

    def time(self, minutes: float = 0.0) -> str:
        """Return the moment so many minutes before the snapshot's."""
        return (self.as_of - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def snapshot(self) -> Json:
        """Return the snapshot as JSON holds it."""
        made: Json = {"format": "commentary.snapshot/1", "asset": self.asset, "quote": "USD", "as_of": self.time()}
        if self.kind == "market" and self.chance(0.7):
            made |= {"asset": "market", "lead": self.asset}
        if self.chance(0.06):
            made |= {"quote": "EUR", "usd_rate": 1.0834}
        if self.asset == "PEPE" and self.chance(0.5):
            made |= {"contract": "1000PEPEUSDT", "contract_multiplier": 1000}
        sections: dict[str, Callable[[], list[Json]]] = {
            "prices": self.prices,
            "price_changes": self.price_changes,
            "candles": self.candles,
            "liquidation_maps": self.maps,
            "funding": self.funding,
            "open_interest": self.open_interest,
            "open_interest_changes": self.open_interest_changes,
            "liquidations": self.liquidations,
            "liquidation_orders": self.orders,
            "order_book": self.books,
            "price_levels": self.bands,
        }
        for name, rows in sections.items():
            found = rows()
            if found and not self.chance(0.04):
                self.random.shuffle(found)
                made[name] = found
        for name, rows_of in families.items():
            for section, more in rows_of(self, random.Random(f"{self.seed}/{name}")).items():
                if more:
                    made[section] = [*made.get(section, ()), *more]
        self._agree(made)
        return made

    def _agree(self, made: Json) -> None:
        """Set the levels of a day before to what the reported change makes of them; what contradicts is not told."""
        held = [(self._at(row), row) for row in made.get("open_interest", [])]
        for change in made.get("open_interest_changes", []):
            end = self._at(change)
            start, ratio = end - timedelta(hours=change["window_hours"]), 1 + change.get("percent", 0) / 100
            ends = [row for at, row in held if abs(at - end) <= _QUARTER and row.get("venue") == change.get("venue")]
            starts = [row for at, row in held if abs(at - start) <= _QUARTER]
            for now, before in product(ends, starts):
                if all(now.get(name) == before.get(name) for name in ("asset", "venue", "source", "margin")):
                    for unit in ("value_coin", "value_usd"):
                        if unit in now and unit in before:
                            before[unit] = self.shown(now[unit] / ratio)

    def _at(self, row: Json) -> datetime:
        return datetime.fromisoformat(row["time"]) if "time" in row else self.as_of

    def row(self, *, venue: str | None = None, source: str | None = None, minutes: float = 5, **fields: object) -> Json:
        """Return a row with its asset, source, venue and time; now and then without one of them, or old."""
        row: Json = {**fields, "asset": self.asset}
        if not self.chance(0.03):
            row["source"] = source or self.vendor
        if venue and not self.chance(0.03):
            row["venue"] = venue
        row["time"] = self.time(minutes * (200 if self.chance(0.02) else 1))
        return row

    def shown(self, value: float, digits: int = 6) -> float:
        """Return a value with as many digits as a feed gives."""
        return float(f"{value:.{digits}g}")

    def prices(self) -> list[Json]:
        """Return prices of some kinds."""
        kinds = [kind for kind in ("mark", "index", "last", "spot") if self.chance(0.5)] or ["mark"]
        if self.kind == "bare":
            kinds = kinds if self.chance(0.3) else []
        return [
            self.row(venue="Binance", source="Binance", minutes=4, kind=kind,
                     value=self.shown(self.price * self.random.uniform(0.999, 1.001)))
            for kind in kinds
        ]  # fmt: skip

    def move(self) -> float:
        """Return the change of price that the kind of market has."""
        ranges = {"flush": (-11, -1.2), "squeeze": (1.2, 11), "calm": (-0.95, 0.95)}
        return round(self.random.uniform(*ranges.get(self.kind, (-6, 6))), 2)

    def price_changes(self) -> list[Json]:
        """Return the change of price over a day."""
        if self.kind not in ("flush", "squeeze", "calm") and self.chance(0.3):
            return []
        self.moved = self.move()
        return [self.row(venue="Binance", source="Binance", minutes=0, window_hours=24, percent=self.moved)]

    def opened(self, close: float, bar: int, drawn: float) -> float:
        """Return the open of a bar of four hours, of which 1 is the newest; those of the last day go its way."""
        if self.moved is not None and bar <= _BARS_OF_A_DAY:
            drawn = drawn / 10 - self.moved / 100 / _BARS_OF_A_DAY
        return close * (1 + drawn)

    def candles(self) -> list[Json]:
        """Return bars of four hours, back from the price of now."""
        if self.kind != "calm" and not self.chance(0.35):
            return []
        days = 90 if self.kind == "calm" or self.chance(0.6) else self.random.choice((4, 12))
        bars, close = [], self.price
        start = self.as_of.replace(minute=0, hour=self.as_of.hour // 4 * 4)
        for i in range(1, days * 6 + 1):
            open_ = self.opened(close, i, self.random.gauss(0, 0.011))
            low, high = sorted((open_, close))
            bars.append({
                "time": (start - timedelta(hours=4 * i)).strftime("%Y-%m-%dT%H:%M:%SZ"), "open": self.shown(open_),
                "high": self.shown(high * 1.004), "low": self.shown(low * 0.996), "close": self.shown(close),
            })  # fmt: skip
            close = open_
        return [{"venue": "Binance", "source": "Binance", "interval_minutes": 240, "bars": bars}]

    def maps(self) -> list[Json]:
        """Return a liquidation map, of levels or of sums."""
        wanted = {"reach": 1.0, "levels": 1.0, "passed": 1.0, "bare": 1.0, "calm": 0.1}.get(self.kind, 0.25)
        if not self.chance(wanted):
            return []
        made: Json = {"source": self.vendor, "asset": self.asset, "time": self.time(10)}
        if not self.chance(0.1):
            made["window_hours"] = self.random.choice((24, 168, 720))
        if self.kind == "levels" or self.chance(0.1):
            made["levels"] = [*self.levels("long", -1), *self.levels("short", 1)]
        else:
            shorts = self.chance(0.7)
            made["cumulative"] = [*self.reaches("long", -1), *(self.reaches("short", 1) if shorts else [])]
        return [made]

    def reaches(self, side: str, sign: int) -> list[Json]:
        """Return the sums of one side up to a price or two."""
        turned = -1 if self.kind == "passed" and side == "long" else 1
        size, count = 10 ** self.random.uniform(7.8, 9.4), self.random.choice((1, 1, 2))
        return [
            {"price": self.shown(self.price * (1 + sign * turned * part)), "side": side,
             "notional_usd": self.shown(size * (1 + turned * part), 4)}
            for part in sorted({round(self.random.uniform(0.004, 0.09), 4) for _ in range(count)})
        ]  # fmt: skip

    def levels(self, side: str, sign: int) -> list[Json]:
        """Return the levels of one side, denser about one place."""
        count = self.random.choice((12, 60, 120))
        peak, size = self.random.uniform(0.1, 0.7), 10 ** self.random.uniform(6, 7.6)
        rows = {}
        for i in range(count):
            at = (i + 1) / count
            price = self.shown(self.price * (1 + sign * 0.12 * at))
            notional = size * (0.2 + 6 * (abs(at - peak) < 0.06)) * self.random.uniform(0.6, 1.4)
            rows[price] = {"price": price, "side": side, "notional_usd": self.shown(notional, 5)}
        return list(rows.values())

    def funding(self) -> list[Json]:
        """Return funding rates of some exchanges, with their history or without."""
        if self.kind == "bare":
            return [{"rate": 0.000024}] if self.chance(0.5) else []
        rows = []
        for venue in self.random.sample(VENUES, self.random.choice((0, 1, 1, 2, 3))):
            interval = self.random.choice((8, 8, 8, 4, 1))
            rate = self.random.choice((0.0001, 0.000024, -0.000012, round(self.random.gauss(0.00006, 0.0002), 7)))
            if self.kind == "calm":
                rate = self.random.choice((0.0001, 0.00006, 0.000024)) * interval / 8
            kind = "predicted" if self.chance(0.15) else "settled"
            newest = self.row(venue=venue, source=venue, minutes=60, rate=rate, interval_hours=interval, kind=kind)
            rows.append(newest)
            if kind == "settled" and self.chance(0.4):
                prints = self.random.choice((10, 100, 260))
                rows += [
                    {"asset": self.asset, "venue": venue, "source": venue, "interval_hours": interval, "kind": kind,
                     "rate": self.random.choice((0.0001, round(self.random.gauss(0.00006, 0.0001), 6))),
                     "time": self.time(60 + i * interval * 60)}
                    for i in range(1, prints)
                    if self.time(60 + i * interval * 60) != newest["time"]
                ]  # fmt: skip
        return rows

    def open_interest(self) -> list[Json]:
        """Return open interest, with its history or without, and now and then of a second source."""
        if self.kind in ("bare", "market") or self.chance(0.15):
            return []
        now = self.row(venue="all", minutes=10, value_coin=self.shown(self.oi_coin))
        if self.chance(0.5):
            now["value_usd"] = self.shown(self.oi_coin * self.price)
        rows = [now]
        if self.chance(0.4):
            rows += [
                {"asset": self.asset, "venue": "all", "source": now.get("source", self.vendor),
                 "time": self.time(10 + 1440 * i),
                 "value_coin": self.shown(self.oi_coin * self.random.uniform(0.93, 1.07))}
                for i in range(1, 91)
            ]  # fmt: skip
        if self.chance(0.1):
            rows.append(self.row(venue="all", source="Second Count", minutes=10,
                                 value_coin=self.shown(self.oi_coin * self.random.choice((1.001, 1.12)))))  # fmt: skip
        return rows

    def open_interest_changes(self) -> list[Json]:
        """Return the change of open interest over a day."""
        ranges = {"flush": (-14, -2.6), "squeeze": (-12, -2.6), "calm": (-1.9, 1.9)}
        if self.kind not in ranges and self.chance(0.4):
            return []
        change = round(self.random.uniform(*ranges.get(self.kind, (-5, 5))), 2)
        return [self.row(venue="all", minutes=10, window_hours=24, percent=change, of="coin")]

    def liquidations(self) -> list[Json]:
        """Return recorded liquidations of a day, of the coin or of all, with history or without."""
        wanted = {"liquidations": 1.0, "market": 1.0, "flush": 1.0, "squeeze": 1.0, "calm": 0.4}.get(self.kind, 0.3)
        if not self.chance(wanted):
            return []
        size = 10 ** (self.random.uniform(5, 7) if self.kind in ("calm", "bare") else self.random.uniform(8.2, 9.3))
        share = {"flush": 0.9, "squeeze": 0.1}.get(self.kind, self.random.uniform(0.05, 0.95))
        rows = [self.sided(size, share, minutes=5)]
        if self.kind == "market" or self.chance(0.2):
            rows.append({**self.sided(size * 2.3, share, minutes=5), "asset": "market"})
        if self.chance(0.3) or self.kind == "calm":
            for i in range(1, self.random.choice((12, 91))):
                past = self.sided(10 ** self.random.gauss(7.6, 0.4), self.random.uniform(0.1, 0.9), minutes=5)
                rows.append({**past, "time": self.time(5 + 1440 * i), "source": rows[0].get("source", self.vendor)})
        return rows

    def sided(self, size: float, share: float, minutes: float) -> Json:
        """Return recorded liquidations of this size, of which longs have this share."""
        longs, shorts = round(size * share), round(size * (1 - share))
        return self.row(venue="all", minutes=minutes, window_hours=24, long_usd=longs, short_usd=shorts,
                        total_usd=longs + shorts)  # fmt: skip

    def orders(self) -> list[Json]:
        """Return one large order."""
        if not self.chance(0.2):
            return []
        size = self.shown(10 ** self.random.uniform(5, 7.5), 4)
        return [self.row(venue="Bybit", minutes=300, side="long", notional_usd=size)]

    def books(self) -> list[Json]:
        """Return the order book to three percent each way."""
        if not self.chance(0.3):
            return []
        return [
            self.row(venue="Binance", source="Binance", minutes=2, to_price=self.shown(self.price * (1 + sign * 0.03)),
                     **{field: self.shown(10 ** self.random.uniform(7, 8.5), 4)})
            for sign, field in ((-1, "bids_usd"), (1, "asks_usd"))
        ]  # fmt: skip

    def bands(self) -> list[Json]:
        """Return a band that a desk marked."""
        if not self.chance(0.3):
            return []
        foot = self.price * self.random.uniform(0.97, 1.02)
        return [self.row(source="Our Desk", minutes=7200, kind="support", low=self.shown(foot, 4),
                         high=self.shown(foot * 1.017, 4))]  # fmt: skip
