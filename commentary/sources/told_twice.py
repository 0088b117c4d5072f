"""One figure that a source tells in two calls, each rounded as that call rounds: the more exact row is kept.

A vendor's list of exchanges may have cents where its history has a ten-thousandth of a cent. Two such rows are one; a
reader of files would refuse them as a contradiction, and all that the later call gave would be lost. Where they differ
by more than the rounding of the coarser one, that of the first call stands, as between calls it always does, and the
other is a gap; the rest of its call is used. Candles and maps are made of rows of their own, and are left to the
reader.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from commentary.records.rows import Row, Series
from commentary.records.snapshot import LiquidationMap
from commentary.sources.placed import Doubted, Placed
from commentary.sources.readings import Missed


class Once(NamedTuple):
    """Rows of a round, each thing told once by a source."""

    placed: list[Placed]
    contradicted: Doubted
    """By reading and section, the first figure that an earlier call of the same source contradicts."""


def told_once(placed: Sequence[Placed], asset: str) -> Once:
    """Return the rows without those that say again, less exactly, what another of the same source says.

    Args:
        placed: the rows of a round about one asset.
        asset: that of rows that name none.
    """
    groups: dict[object, list[Placed]] = {}
    for i, one in enumerate(placed):
        is_plain = isinstance(one.row, Row) and not isinstance(one.row, LiquidationMap)
        about = (one.section, one.row.asset or asset, *one.row.key[1:], one.row.source)
        groups.setdefault(about if is_plain else i, []).append(one)
    kept: list[Placed] = []
    contradicted: Doubted = {}
    for first, *others in groups.values():
        agreeing = [first]
        for one in others:
            if why := _contradiction(first.row, one.row):
                contradicted.setdefault((one.owner, one.section), Missed("contradicted", why))
            else:
                agreeing.append(one)
        kept.append(_most_exact(agreeing))
    return Once(kept, contradicted)


def _contradiction(first: Series, other: Series) -> str:
    """Return in which field two rows of one thing differ by more than their rounding; empty where they do not."""
    for field in first.VALUES:
        then, now = getattr(first, field), getattr(other, field)
        if then is not None and now is not None and not _agree(then, now):
            earlier, later = (f"{one:f}" if isinstance(one, Decimal) else str(one) for one in (then, now))
            return f"{field} is {later}, and {earlier} in an earlier call for the same thing and time"
    return ""


def _agree(one: object, other: object) -> bool:
    """Say whether two values are one, rounded or cut off to the digits of the coarser."""
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return one == other
    return abs(one - other) < Decimal(1).scaleb(-min(_digits(one), _digits(other)))


def _digits(value: Decimal) -> int:
    """Return the digits behind the point; trailing zeros are not kept in a row, so there may have been more."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _most_exact(group: Sequence[Placed]) -> Placed:
    """Return the row with the most digits, with what only others of them say; the first of those that are alike."""
    best = max(group, key=lambda one: sum(_all_digits(getattr(one.row, field) for field in one.row.VALUES)))
    said = {
        field: value
        for one in group
        for field in one.row.VALUES
        if getattr(best.row, field) is None and (value := getattr(one.row, field)) is not None
    }
    return best._replace(row=best.row.model_copy(update=said)) if said else best


def _all_digits(values: Iterable[object]) -> Iterable[int]:
    return (_digits(value) for value in values if isinstance(value, Decimal))
