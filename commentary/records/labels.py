"""A fact's subject and value in words an editor reads: in reasons, lists and explanations, never in a text.

A published text spells facts by the styles of its language; these words stand beside it. They are made
of the names themselves, so that a new metric needs no entry here; a name that is a term of the trade of
programs has its words in `_PHRASES`.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from commentary.records.fact import Subject, Unit, Value

if TYPE_CHECKING:
    from commentary.records.fact_file import FactRecord, SubjectRecord

_WORDS = {
    "8h": "per 8 hours",
    "apr": "per year",
    "liq": "liquidations",
    "oi": "open interest",
    "usd": "in dollars",
    "coin": "in coin",
}
"""Words of metric names that are short for something."""
_PHRASES = {
    "basis_below_share": "share of lower readings of the basis",
    "basis_state": "turn or extreme of the basis",
    "cluster_oi_share": "cluster as a share of open interest",
    "daily_sigma": "usual daily move",
    "daily_sigma_twice": "twice the usual daily move",
    "editor": "an editor's figure",
    "etf_flow": "flow of funds",
    "etf_flow_rank": "rank of the last session's flow",
    "etf_flow_to_oi": "flow of funds as a share of open interest",
    "etf_run": "sessions of one sign in a row",
    "event_hours": "hours to the next date",
    "event_stage": "whether figures of the event still move",
    "event_time": "next date",
    "flush_state": "flush or squeeze",
    "funding_interval": "funding interval",
    "funding_interval_before": "funding interval before",
    "funding_alike": "other exchanges where the same side paid",
    "funding_others": "other exchanges with a settled rate",
    "funding_beyond_end": "funding rate as a multiple of the furthest before",
    "funding_previous_8h": "last funding rate of the interval before, over 8 hours",
    "funding_previous_interval": "last funding rate of the interval before",
    "funding_spread_least": "least spread of three stretches",
    "funding_state": "turn or extreme of the funding rate",
    "funding_step": "change of the funding rate since the settlement before",
    "turn_share": "share of one side in liquidations at which the label turns",
    "oi_turn": "open interest in coin at which the label turns",
    "price_turn": "price at which the label turns",
    "turn_funding": "funding rate at which the label turns",
    "turn_deadline": "time at which the label may turn",
    "liq_share": "share of one side in liquidations",
    "liq_to_before": "liquidations as a share of the open interest before them",
    "liq_to_oi": "liquidations as a share of open interest",
    "meanwhile_next": "largest change in those hours of an earlier day",
    "meanwhile_rank": "rank of the change around the notice",
    "notice_age": "time since the notice",
    "notice_earlier": "number of earlier notices of the kind",
    "notice_earlier_first": "day of the first of them",
    "notice_earlier_last": "day of the last of them",
    "notice_hours_left": "time to the date in force",
    "notice_check": "a day after the date in force",
    "notice_in_force": "date in force",
    "notice_listing_test": "open interest that would show the contract in use",
    "notice_oi": "open interest that the notice touches",
    "notice_oi_coin": "open interest in coin that the notice touches",
    "notice_relay": "number of sources of the notice that are not the exchange",
    "notice_sources": "number of sources that tell of the notice",
    "notice_text": "words of the notice",
    "oi_change_flow": "open interest change over the sessions",
    "oi_linear": "kind of contract counted in open interest",
    "oi_contract": "perpetual counted in open interest",
    "oi_state": "divergence or surge of open interest",
    "oi_venue_before": "open interest in coin on the exchange at the notice",
    "oi_venue_share": "share of open interest that is on the exchange",
    "oi_venue_since": "change of open interest on the exchange since the notice",
    "oi_venue_test": "open interest in coin that would show positions leaving",
    "oi_venue_test_up": "open interest in coin that would show positions added",
    "options_days_left": "days to the expiry",
    "options_notional": "notional value of the options",
    "options_phase": "phase of the options expiry",
    "options_rank": "rank of the options expiry",
    "options_removed_usd": "options that ran out, in dollars",
    "options_share": "share of open options that expire",
    "options_worthless_rank": "rank of the share that ended worthless",
    "outage_age": "time since the outage was first told",
    "outage_gap": "distance in price from another exchange",
    "outage_earlier": "number of earlier outages told of",
    "outage_earlier_first": "day of the first of them",
    "outage_earlier_last": "day of the last of them",
    "outage_into_count": "hours of a count since the outage",
    "outage_relay": "number of sources of the outage that are not the exchange",
    "outage_sources": "number of sources that tell of the outage",
    "outage_text": "words of the notice of the outage",
    "price_change_flow": "change of price over the sessions",
    "oi_change_fixed": "change of open interest in coin had price stayed",
    "oi_from_worth": "open interest in dollars before the change",
    "oi_path_change": "change of open interest in the hours that hold most of it",
    "oi_path_from": "open interest at the start of those hours",
    "oi_path_share": "share of the change in the shortest hours that hold most of it",
    "oi_path_since": "change of open interest since those hours",
    "oi_path_to": "open interest at the end of those hours",
    "position_change": "change of the position's size",
    "position_coin": "size of the position in coin",
    "position_count": "number of positions added up",
    "position_distance": "distance to the liquidation price of the position",
    "position_entry": "entry price of the position",
    "position_entry_move": "change of price since the entry",
    "position_funding": "funding that the position receives",
    "position_liquidation": "liquidation price of the position",
    "position_margin": "margin of the position",
    "position_mean": "average size of the positions added up",
    "position_next": "largest position of an earlier day",
    "position_other_distance": "distance to the liquidation price of another position",
    "position_other_liquidation": "liquidation price of another position",
    "position_previous": "size of the position before",
    "position_rank": "rank of the position",
    "position_reach_days": "days on which price went as far",
    "position_reach_most": "furthest that price went in a day",
    "position_result": "unrealised result of the position",
    "position_share": "position as a share of open interest",
    "position_size": "size of the position",
    "position_test": "half of the position",
    "position_test_coin": "half of the position in coin",
    "position_test_up": "the position and half as much again",
    "price_change_further": "earlier days with a larger move of price",
    "price_change_next": "largest earlier move of price over a day",
    "price_change_meanwhile": "change of price around the notice",
    "price_from_meanwhile": "price before the notice",
    "price_high_meanwhile": "highest price around the notice",
    "price_low_meanwhile": "lowest price around the notice",
    "price_path_change": "change of price in the hours that hold most of the change of open interest",
    "price_path_from": "price at the start of those hours",
    "price_path_to": "price at the end of those hours",
    "price_to_meanwhile": "newest price since the notice",
    "reach_distance": "distance to the end of the sum",
    "reach_price": "price the sum runs to",
    "reach_share": "sum up to a price as a share of open interest",
    "reach_sigma": "distance to the end of the sum in usual daily moves",
    "reach_size": "sum up to a price",
    "reset_age": "time since half of the fall was first back",
    "reset_depth": "fall of open interest to its low",
    "reset_fall": "largest fall of open interest",
    "reset_hours": "time from the low until half was back",
    "reset_rank": "rank of that fall",
    "reset_share": "share of the fall that is back",
    "settled_result": "outcome of a test of ours",
    "since_change": "what has changed since then",
    "since_label": "since then the label",
    "since_most": "since then the largest change of a figure of the headline",
    "size_gap": "difference of two sums",
    "size_ratio": "ratio of two sums",
    "stale_age": "staleness",
    "told_stage": "the stage at which it was told",
    "told_story": "the story as which it was told",
    "total_ratio": "ratio of two totals",
    "venue_gap_against": "side whose margin a mark price off the others' lowers",
    "venue_gap": "gap of one exchange to the others",
    "venue_state": "one exchange against the others",
}
_PREFIXES = {
    "told_": "as it was told, the ",
    "since_": "since then the change of the ",
    "distance_percent_": "distance to the ",
    "distance_": "distance to the ",
    "move_from_": "move from the ",
}
"""What the name of a fact that is worked out for a sentence begins with, before the name of another."""
_UNITS: dict[Unit, str] = {
    "percent": "%",
    "points": " percentage points",
    "hours": " hours",
    "days": " days",
    "sigma": " daily standard deviations",
    "ratio": "",
    "count": "",
}
_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))


def metric_words(metric: str) -> str:
    """Return the name of a metric in words: "open interest change in coin"."""
    for prefix, words in _PREFIXES.items():
        if metric.startswith(prefix) and metric not in _PHRASES:
            return words + metric_words(metric.removeprefix(prefix))
    return _PHRASES.get(metric) or " ".join(_WORDS.get(word, word) for word in metric.split("_"))


def label(subject: "Subject | SubjectRecord", asset: str | None = None) -> str:
    """Return what a fact is about: "funding rate, Binance, settled, 8 hours".

    Args:
        subject: the fact's subject.
        asset: the asset that goes without saying.
    """
    parts = [metric_words(subject.metric)]
    if subject.asset not in ("", asset):
        parts.append(subject.asset)
    if subject.side:
        parts.append(f"{subject.side} side")
    if subject.venue:
        parts.append("all exchanges" if subject.venue == "all" else subject.venue)
    if subject.at:
        parts.append(_at(subject.metric, subject.at))
    if subject.window_hours is not None:
        parts.append(window_words(subject.window_hours))
    return ", ".join(parts)


def _at(metric: str, at: str) -> str:
    if not at.replace(".", "", 1).isdigit():
        return at
    return f"number {at}" if metric.startswith("cluster") and "level" not in metric else f"at {Decimal(at):,f}"


def window_words(hours: Decimal) -> str:
    """Return the length of a window: "8 hours", "7 days"."""
    if hours > 24 and hours % 24 == 0:
        return f"{hours / 24:f} days"
    return "1 hour" if hours == 1 else f"{hours.normalize():f} hours"


def exact(value: Value, unit: Unit, *, asset: str = "", currency: str = "USD") -> str:
    """Return a value with every digit it has and its unit: "-2.48953974895%", "270,300 BTC"."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if not isinstance(value, Decimal):
        return value
    number = f"{value.normalize():,f}"
    if unit in ("usd", "price"):
        return f"{number} {'USD' if unit == 'usd' else currency}"
    if unit == "coin":
        return f"{number} {asset or 'coins'}"
    return f"{number}{_UNITS.get(unit, '')}"


def value_of(record: "FactRecord") -> str:
    """Return a fact's value as `exact` writes it; that it is not known, of a missing one."""
    if record.value is None:
        return "not known"
    value: Value = record.value
    if record.unit == "time":
        value = datetime.fromisoformat(str(value))
    return exact(value, record.unit, asset=record.subject.asset, currency=record.currency)


def origin_of(record: "FactRecord") -> str:
    """Return how good a fact is, who says so, and the time it holds for."""
    who = " and ".join(record.source) or "source not named"
    when = exact(record.as_of, "time") if record.as_of else ""
    return ", ".join(part for part in (record.evidence or "", who, when) if part)


def short(value: Value, unit: Unit) -> str:
    """Return a value as a reason states it: four digits, and a word for the scale of money."""
    if not isinstance(value, Decimal):
        return exact(value, unit)
    for scale, word in _SCALES if unit in ("usd", "coin") else ():
        if abs(value) >= scale:
            return _money(_four(value / scale), unit) + f" {word}"
    return _money(_four(value), unit) + _UNITS.get(unit, "")


def _money(number: str, unit: Unit) -> str:
    if unit != "usd":
        return number
    return f"-${number[1:]}" if number.startswith("-") else f"${number}"


def _four(value: Decimal) -> str:
    places = max(0, 3 - value.adjusted()) if value else 0
    return f"{round(value, places).normalize():,f}"
