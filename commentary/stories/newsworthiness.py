"""How newsworthy each kind of data is, against its own history: what the day's facts say of themselves.

Parts and weights, each with its reason, stand in data/newsworthiness.toml. A kind of which nothing is known but its
value has no score: without a history nobody can call it unusual.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.config.newsworthiness import newsworthiness
from commentary.records.fact import Fact
from commentary.records.labels import short
from commentary.records.sheet import FactSheet
from commentary.records.story import Score

DAY = 24
WEEK = 168
ONE = Decimal(1)
_PLACES = Decimal("0.001")

Part = tuple[str, Decimal, str]
"""Its name, its size from 0 to 1, and why."""


def scores_of(sheet: FactSheet, asset: str | None = None) -> tuple[Score, ...]:
    """Return the score of each kind of data that has one, the highest first; of one asset, or of any."""
    parts = {
        "price": [*_price(sheet, asset)],
        "open_interest": [*_open_interest(sheet, asset)],
        "liquidations": [*_liquidations(sheet, asset)],
        "funding": [*_funding(sheet, asset)],
        "liquidation_map": [*_map(sheet, asset)],
    }
    weights = newsworthiness().weights
    made = []
    for kind, known in parts.items():
        if known:
            whole = sum((weights[name] for name, _, _ in known), Decimal(0))
            value = sum((weights[name] * size for name, size, _ in known), Decimal(0)) / whole
            made.append(Score(kind, value.quantize(_PLACES), "; ".join(why for _, _, why in known)))
    return tuple(sorted(made, key=lambda score: (-score.value, score.kind)))


def surprise(sheet: FactSheet, asset: str) -> Decimal:
    """Return how newsworthy an asset is now: its highest score, or that of its week; 0 where nothing has a history."""
    return max((_week(sheet, asset), *(score.value for score in scores_of(sheet, asset))))


def _week(sheet: FactSheet, asset: str) -> Decimal:
    """Return how large the move of the week is, by the usual moves of days: a quiet day may end a loud week."""
    move, usual = sheet.get("price_change", asset=asset, window=WEEK), sheet.get("daily_sigma", asset=asset)
    if move is None or usual is None or not usual.number:
        return Decimal(0)
    weekly = usual.number * Decimal(WEEK // DAY).sqrt()
    return _within(abs(move.number) / weekly / newsworthiness().full["week_sigmas"]).quantize(_PLACES)


def _price(sheet: FactSheet, asset: str | None) -> Iterator[Part]:
    if (sigma := sheet.get("price_sigma", asset=asset, window=DAY)) is not None:
        yield _size("the day's move", sigma)


def _open_interest(sheet: FactSheet, asset: str | None) -> Iterator[Part]:
    further = sheet.get("oi_change_further", asset=asset, window=DAY)
    days = sheet.get("history_days", asset=asset, at="open interest")
    if further is not None and days is not None and days.number:
        why = f"open interest changed more, the same way, on {further.number} of {days.number} days"
        yield "tail", _within(ONE - further.number / days.number), why


def _liquidations(sheet: FactSheet, asset: str | None) -> Iterator[Part]:
    rank, days = sheet.get("liq_rank", asset=asset), sheet.get("history_days", asset=asset, at="liquidations")
    if rank is not None and days is not None and days.number:
        why = f"the day's count is number {rank.number} of {days.number} days"
        yield "tail", _within(ONE - (rank.number - 1) / days.number), why
    if (part := sheet.get("liq_to_oi", asset=asset)) is not None:
        yield _part_of_all("what was recorded as liquidated", part, "liquidations_share_percent")


def _funding(sheet: FactSheet, asset: str | None) -> Iterator[Part]:
    below, equal = (
        sheet.get("funding_below_share", asset=asset, at="settled"),
        sheet.get("funding_equal_share", asset=asset, at="settled"),
    )
    if below is not None and equal is not None:
        # Ties stand in the middle of themselves: a rate at the baseline is no extreme.
        place = (below.number + equal.number / 2) / 100
        why = (
            f"{short(below.number, 'percent')} of settlements were below it and {short(equal.number, 'percent')} equal"
        )
        yield "tail", _within(abs(2 * place - ONE)), why


def _map(sheet: FactSheet, asset: str | None) -> Iterator[Part]:
    if "trigger_already_passed" in sheet.flags:
        # Price is beyond the map: nothing of it lies ahead.
        return
    distances = [fact for metric in ("reach_distance", "cluster_distance") for fact in sheet.all(metric, asset=asset)]
    if distances:
        nearest = min(distances, key=lambda fact: abs(fact.number))
        far = newsworthiness().full["distance_percent"]
        why = f"its nearest level is {short(abs(nearest.number), 'percent')} from the price"
        yield "proximity", _within(ONE - abs(nearest.number) / far), why
    shares = [fact for metric in ("reach_share", "cluster_oi_share") for fact in sheet.all(metric, asset=asset)]
    if shares:
        largest = max(shares, key=lambda fact: fact.number)
        yield _part_of_all("its largest sum", largest, "map_share_percent")


def _size(what: str, sigma: Fact) -> Part:
    full = newsworthiness().full["sigmas"]
    return "size", _within(sigma.number / full), f"{what} is {short(sigma.number, 'ratio')} usual daily moves"


def _part_of_all(what: str, share: Fact, full: str) -> Part:
    size = _within(share.number / newsworthiness().full[full])
    return "scale", size, f"{what} is {short(share.number, 'percent')} of open interest"


def _within(value: Decimal) -> Decimal:
    return min(max(value, Decimal(0)), ONE)
