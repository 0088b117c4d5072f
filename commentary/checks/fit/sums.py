"""A sum of a map's levels stands with the price where it ends, and a single level with its price or as the largest."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.fit.reading import Objection, Reading

_PRICED = ("reach_sum", "reach_sum_depth", "cluster_level")
_LARGEST = re.compile(
    r"\b(?:largest|biggest|heaviest|fattest|tallest|greatest|thickest|densest|bulkiest|highest|chunkiest|fullest|most"
    r"|tops?|peak(?:s|ed|ing)?|no (?:single )?(?:bucket|level|bar|price)|nothing)\b",
    re.I,
)
_SUMMED = frozenset({"money", "multiple"})
_MANY = re.compile(r"(?:thousand|million|billion|trillion|[kmbtKMBT]n?)\Z|%|times\Z|x\Z")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def ended(reading: Reading) -> Iterator[Objection]:
    """The end of a sum of levels is named beside it; the size of one level with its price, or as its side's largest."""
    metric, scene = reading.metric, reading.scene
    if not metric.startswith(("reach_sum", "cluster_level")):
        return
    text = scene.text[scene.start : scene.end]
    if metric.endswith("_price"):
        others = (one for one in reading.vocabulary.figures(text) if scene.start + one.core != reading.span[0])
        summed = _SUMMED | {"percent"} if scene.said("kind:depth") else _SUMMED
        if not any(one.kind in summed and _MANY.search(one.text) for one in others):
            yield Objection("roles.metric", reading.span, f"{reading.fact.id} is the end of a sum; give the sum")
        return
    if metric == "cluster_level_largest" and _LARGEST.search(text) and not _names_other(reading, text):
        return
    if metric.startswith(_PRICED) and not _names(reading, text):
        message = f"{reading.fact.id} is of the levels to one price; name that price beside it"
        yield Objection("roles.metric", reading.span, message)


def _names(reading: Reading, text: str) -> bool:
    """Say whether the price that a fact is of stands in its sentence."""
    return any(price == _price(reading) for price in _prices(reading, text))


def _names_other(reading: Reading, text: str) -> bool:
    """Say whether the prices of its clause are of other levels: "the fattest bucket, $24.0 million, is at $2,480"."""
    low, high = reading.clause
    found = set(_prices(reading, reading.scene.text[low:high])) or set(_prices(reading, text))
    return bool(found) and _price(reading) not in found


def _price(reading: Reading) -> Decimal:
    return Decimal((reading.fact.subject.at or "0").partition(";")[0])


def _prices(reading: Reading, text: str) -> Iterator[Decimal]:
    for one in reading.vocabulary.figures(text):
        digits = _NUMBER.search(one.text)
        if one.kind == "money" and digits and not _MANY.search(one.text):
            yield Decimal(digits[0].replace(",", ""))
