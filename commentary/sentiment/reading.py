"""The sentiment label: a reading of positioning and forced flow, by rules an editor can read.

Two groups of rules give points. Mechanics is what was forced in the window; positioning is what is
left in the book, and argues the other way. The liquidation map sets the risk skew and never the
label. Parameters, each with its reason, stand in data/sentiment.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from commentary.records.draft import Contribution
from commentary.records.fact import Fact, Quantity, Subject, Unit
from commentary.records.history import DEVELOPING, STAGE
from commentary.records.sheet import FactSheet
from commentary.resources import folder
from commentary.sentiment.turning import RULES, labels, turning

Label = Literal["bullish", "bearish", "neutral", "none"]
Strength = Literal["slight", "clear", "none"]
Coverage = Literal["low", "medium", "high"]
Skew = Literal["upside", "downside", "two-sided", "none"]


@dataclass(frozen=True, slots=True)
class SentimentReading:
    """The label with everything that led to it."""

    label: Label
    strength: Strength
    coverage: Coverage
    risk_skew: Skew
    contributions: tuple[Contribution, ...]

    def facts(self, sheet: FactSheet) -> tuple[Fact, ...]:
        """Return the reading as facts, so that a sentence can state and explain it."""
        inputs = tuple(fact.id for fact in sheet if fact.subject.metric in _READ)
        values = {
            "sentiment_label": self.label,
            "sentiment_strength": self.strength,
            "sentiment_coverage": self.coverage,
            "risk_skew": self.risk_skew,
        }
        named = tuple(
            Fact(
                Subject(sheet.asset, metric),
                value,
                "name",
                "entity",
                "estimated",
                (),
                sheet.as_of,
                RULES,
                inputs,
            )
            for metric, value in values.items()
        )
        counted = tuple(
            Fact(
                Subject(sheet.asset, "sentiment_points", at=entry.rule),
                Decimal(str(entry.points)),
                "count",
                "count",
                "estimated",
                (),
                sheet.as_of,
                RULES,
                inputs,
            )
            for entry in self.contributions
        )
        rules: tuple[tuple[str, Decimal, Unit, Quantity], ...] = (
            ("skew_bound", parameters()["skew"]["lopsided"], "ratio", "ratio"),
            ("flow_bound", parameters()["guards"]["flow_oi_percent"], "percent", "level"),
            ("flow_share_bound", parameters()["guards"]["flow_share_percent"], "percent", "share"),
        )
        bounds = tuple(
            Fact(Subject(sheet.asset, metric), value, unit, quantity, "asserted", (), sheet.as_of, RULES)
            for metric, value, unit, quantity in rules
        )
        told = (labels if sheet.assets else turning)(sheet, _named, parameters())
        return (*named, *counted, *bounds, *told)


_READ = ("price_change", "liq_share", "liq_total", "liq_to_oi", "oi_change_coin", "funding_8h", "reach_ratio")


@cache
def parameters() -> Mapping[str, Mapping[str, Decimal]]:
    """Return the numbers of data/sentiment.toml by table."""
    return {
        table: {name: Decimal(entry["value"]) for name, entry in entries.items()}
        for table, entries in _file().items()
        if table != "text"
    }


@cache
def wording() -> Mapping[str, tuple[str, ...]]:
    """Return which sentences argue for the label, and which name what flips it."""
    return {name: tuple(entries) for name, entries in _file()["text"].items()}


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, Decimal]]]:
    text = (folder("data") / "sentiment.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def read_sentiment(sheet: FactSheet) -> SentimentReading:
    """Return the label for one fact sheet; several assets have none in common."""
    if sheet.assets:
        return SentimentReading("none", "none", coverage(sheet), "none", ())
    if _is_developing(sheet):
        return SentimentReading("none", "none", "low", risk_skew(sheet), ())
    mechanics = [*_price(sheet), *_liquidations(sheet), *_quadrant(sheet)]
    positioning = [*_funding(sheet), *_reset(sheet), *_build(sheet)]
    label, strength = _label(
        sum((Decimal(str(entry.points)) for entry in mechanics), Decimal(0)),
        sum((Decimal(str(entry.points)) for entry in positioning), Decimal(0)),
        has_data=_can_be_read(sheet),
        forced=_forced(sheet) if mechanics and _positions_changed(sheet) else 0,
    )
    return SentimentReading(label, strength, coverage(sheet), risk_skew(sheet), (*mechanics, *positioning))


def _positions_changed(sheet: FactSheet) -> bool:
    """Say whether a day's change in coin open interest is one from which forced flow can be read."""
    coin = sheet.get("oi_change_coin", window=24)
    return coin is not None and abs(coin.number) >= parameters()["guards"]["flow_oi_percent"]


def _forced(sheet: FactSheet) -> int:
    """Return which way the side presses that dominates what was recorded as liquidated: longs down, -1, shorts up, 1.

    Nought where neither dominates.
    """
    share = sheet.get("liq_share", asset=sheet.asset)
    if share is None or share.number < parameters()["guards"]["flow_share_percent"]:
        return 0
    return -1 if share.side == "long" else 1


def _label(s: Decimal, p: Decimal, *, has_data: bool, forced: int) -> tuple[Label, Strength]:
    cutoffs, weights = parameters()["cutoffs"], parameters()["weights"]
    if not has_data:
        return "none", "none"
    total = weights["mechanics"] * s + weights["positioning"] * p
    opposed = s * p < 0 and min(abs(s), abs(p)) >= cutoffs["opposed"]
    # Funding and maps alone never name a direction: they say who would be forced, not that anyone is.
    if forced * total <= 0 or abs(total) < cutoffs["slight"] or (opposed and abs(total) < cutoffs["opposed_under"]):
        return "neutral", "none"
    strength: Strength = "clear" if abs(total) >= cutoffs["clear"] else "slight"
    return ("bullish" if total > 0 else "bearish"), strength


def coverage(sheet: FactSheet) -> Coverage:
    """Say how much of what the label can draw on was at hand."""
    steps = parameters()["coverage"]
    count = len(_groups(sheet))
    return "high" if count >= steps["high_from"] else "medium" if count >= steps["medium_from"] else "low"


def _groups(sheet: FactSheet) -> set[str]:
    groups = {
        "price": sheet.get("price_change", window=24),
        "open interest": sheet.get("oi_change_coin", window=24),
        "liquidations": sheet.get("liq_share", asset=sheet.asset),
        "funding": sheet.get("funding_8h"),
        "map": (sheet.get("reach_size") or sheet.get("cluster_size")) if _map_is_current(sheet) else None,
        "history": sheet.get("history_days"),
    }
    return {name for name, fact in groups.items() if fact is not None}


def _can_be_read(sheet: FactSheet) -> bool:
    """Say whether there is more than a price that is stale, or a count over all coins without their open interest."""
    groups = _groups(sheet)
    if sheet.asset == "market" and "open interest" not in groups:
        return False
    return bool(groups) and not (groups <= {"price", "history"} and "stale_data" in sheet.flags)


def _named(sheet: FactSheet) -> tuple[str, str]:
    read = read_sentiment(sheet)
    return read.label, read.strength


def _is_developing(sheet: FactSheet) -> bool:
    """Say whether an exchange is told to be out of order, or figures still move.

    What is counted meanwhile has gaps, or is a count so far, and carries no label.
    """
    stage = sheet.get(STAGE)
    return sheet.get("outage") is not None or (stage is not None and stage.text == DEVELOPING)


def _map_is_current(sheet: FactSheet) -> bool:
    return sheet.get("level_passed") is None and sheet.get("stale_age", at="liquidation map") is None


def risk_skew(sheet: FactSheet) -> Skew:
    """Say on which side of price the modelled sums are larger at like distance."""
    if not _map_is_current(sheet):
        return "none"
    ratio = sheet.get("within_ratio", at="5%") or sheet.get("reach_ratio")
    if ratio is not None:
        # Of a map of our own every assumption on leverage has to say the same.
        least = sheet.get("within_ratio_low", at="5%") if ratio.is_ours else None
        if (least or ratio).number < parameters()["skew"]["lopsided"]:
            return "two-sided"
        return "downside" if ratio.side == "long" else "upside"
    return "none"


def _price(sheet: FactSheet) -> list[Contribution]:
    change = sheet.get("price_change", window=24, asset=sheet.asset)
    if change is None:
        return []
    points = parameters()["points"]
    sigma = sheet.get("daily_sigma")
    full_at = 2 * sigma.number if sigma is not None and sigma.number > 0 else points["price_full_at_percent"]
    share = max(Decimal(-1), min(Decimal(1), change.number / full_at))
    return [_contribution("price", share * points["price_most"], "the day's price move against its usual size")]


def _liquidations(sheet: FactSheet) -> list[Contribution]:
    share = sheet.get("liq_share", asset=sheet.asset)
    total = sheet.get("liq_total", asset=sheet.asset)
    if share is None or total is None or "below_size_floor" in sheet.flags:
        return []
    points = parameters()["points"]
    to_oi = sheet.get("liq_to_oi", asset=sheet.asset)
    if to_oi is not None:
        size = to_oi.number / points["liquidations_full_at_oi_percent"]
    else:
        size = total.number / points["liquidations_full_at_usd"]
    imbalance = 2 * share.number / 100 - 1
    value = min(Decimal(1), size) * imbalance * points["liquidations_most"]
    bearish = share.side == "long"
    why = "longs were forced to sell" if bearish else "shorts were forced to buy back"
    return [_contribution("liquidations", -value if bearish else value, why)]


def _quadrant(sheet: FactSheet) -> list[Contribution]:
    price = sheet.get("price_change", window=24, asset=sheet.asset)
    coin = sheet.get("oi_change_coin", window=24)
    if price is None or coin is None:
        return []
    points = parameters()["points"]
    if coin.number < points["quadrant_oi_percent"] or abs(price.number) < points["quadrant_price_percent"]:
        return []
    if price.number < 0:
        return [_contribution("quadrant", -points["quadrant"], "positions were added as price fell")]
    return [_contribution("quadrant", points["quadrant"], "positions were added as price rose")]


def _funding(sheet: FactSheet) -> list[Contribution]:
    rate = sheet.get("funding_8h", at="settled")
    if rate is None or "venue_divergence" in sheet.flags:
        return []
    points, bounds = parameters()["points"], parameters()["funding_8h"]
    if rate.number >= bounds["extreme"]:
        return [_contribution("funding", points["funding_extreme"], "longs pay an extreme rate")]
    if rate.number >= bounds["high"]:
        return [_contribution("funding", points["funding_high"], "longs pay a high rate")]
    if rate.number <= bounds["very_negative"]:
        return [_contribution("funding", points["funding_very_negative"], "shorts pay an extreme rate")]
    if rate.number <= bounds["negative"]:
        return [_contribution("funding", points["funding_negative"], "shorts pay")]
    return []


def _reset(sheet: FactSheet) -> list[Contribution]:
    coin = sheet.get("oi_change_coin", window=24)
    state = sheet.get("flush_state")
    if coin is None or state is None or state.text == "none":
        return []
    points = parameters()["points"]
    fall = -coin.number
    size = points["reset_small"]
    if fall >= points["reset_huge_from"]:
        size = points["reset_huge"]
    elif fall >= points["reset_large_from"]:
        size = points["reset_large"]
    if state.text.startswith("short"):
        return [_contribution("reset", size * points["after_squeeze"], "fewer shorts are left to force")]
    return [_contribution("reset", size, "fewer positions are left to force")]


def _build(sheet: FactSheet) -> list[Contribution]:
    coin = sheet.get("oi_change_coin", window=24)
    to_baseline = sheet.get("funding_to_baseline", at="settled")
    points = parameters()["points"]
    if coin is None or to_baseline is None or coin.number < points["build_from"] or to_baseline.number <= 1:
        return []
    return [_contribution("build", points["build"], "positions grow while longs pay above baseline")]


def _contribution(rule: str, points: Decimal, why: str) -> Contribution:
    return Contribution(rule=rule, points=float(round(points, 1)), why=why)
