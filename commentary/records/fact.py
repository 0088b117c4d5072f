"""A fact: one value with its unit, source, time and derivation; or a missing one with its reason.

Units (the value's own scale; signs as stated):
    usd      US dollars of notional or money
    price    units of `currency` for one coin
    coin     coins of `subject.asset`
    percent  percent: -9.2 is minus 9.2%; a funding rate of 0.0024% per interval is 0.0024
    points   percentage points, the difference of two percents
    hours, days, count, ratio, sigma (daily standard deviations)
    time     an aware UTC datetime
    name     text: a side, a state, a venue, a price kind
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from decimal import ROUND_HALF_UP as HALF_UP
from typing import Literal, NamedTuple

Unit = Literal["usd", "price", "coin", "percent", "points", "hours", "days", "count", "ratio", "sigma", "time", "name"]
Quantity = Literal["level", "delta", "rate", "share", "count", "ratio", "time", "entity", "source"]
Evidence = Literal["observed", "reported", "estimated", "asserted"]
Side = Literal["long", "short"]
Value = Decimal | datetime | str

OTHER_SIDE: Mapping[str, Side] = {"long": "short", "short": "long"}

EVIDENCE_ORDER: tuple[Evidence, ...] = ("observed", "reported", "estimated", "asserted")

OURS = "commentary"
"""The source of a liquidation map that we estimated ourselves, as its rows name it."""
LOW, HIGH = "_low", "_high"
"""Ends of the names of a sum's two ends, where our own map gives it as a range."""

BOUNDS = ("_test", f"_test{LOW}", f"_test{HIGH}", "_regain")
"""Ends of the names of bounds that something is tested by: nobody measured them."""

EDITOR = "editor"
"""The metric of every figure that an editor signs for: what it measures, its own words say."""

_OF_SUMS = ("share", "ratio")
_SETTLED = "settled_"
_OF_CONTRACTS = "oi_"

_TWELVE_DIGITS = Context(prec=12, rounding=HALF_UP)


class Subject(NamedTuple):
    """What a fact is about."""

    asset: str
    """Ticker, or "market" for all coins."""
    metric: str
    side: Side | None = None
    venue: str | None = None
    """Exchange, "all", or the vendor whose series it is; None where it is not known."""
    window_hours: Decimal | None = None
    """Length of the window that ends at the fact's time; for a funding rate its interval."""
    at: str | None = None
    """What else tells it apart: a price, a price kind, "settled", a date."""

    @property
    def id(self) -> str:
        """The fact's id: the same subject has the same id in every run."""
        parts = [self.asset, self.metric]
        if self.side:
            parts.append(f"side={self.side}")
        if self.venue:
            parts.append(f"venue={self.venue}")
        if self.window_hours is not None:
            parts.append(f"window={self.window_hours.normalize():f}h")
        if self.at:
            parts.append(f"at={self.at}")
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that a text may state."""

    subject: Subject
    value: Value
    unit: Unit
    quantity: Quantity
    evidence: Evidence
    source: tuple[str, ...]
    """Who says so, in the order to be named; empty where the snapshot does not say."""
    as_of: datetime
    """The time the value holds for; the end of its window. UTC."""
    formula: str = ""
    """How it was derived, in words and input names; empty for an observed value."""
    inputs: tuple[str, ...] = ()
    """Ids of the facts it was derived from."""
    currency: str = "USD"
    """Of a price."""
    contract: str = ""
    """The one perpetual that an exchange's open interest is of, in the exchange's name for it; empty: all contracts."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.subject.id)

    @property
    def number(self) -> Decimal:
        """The value of a numeric fact."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.id} is {self.value!r}, not a number")
        return self.value

    @property
    def text(self) -> str:
        """The value of a name."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.id} is {self.value!r}, not a name")
        return self.value

    @property
    def is_signed(self) -> bool:
        """An editor's own figure: what a source said, signed for, and told only beside the source's name."""
        return self.subject.metric == EDITOR

    @property
    def is_house(self) -> bool:
        """The desk's own, such as a bound of a rule or the size of an example: nobody measured it or said it."""
        return self.evidence == "asserted" and not self.is_signed

    @property
    def is_ours(self) -> bool:
        """Our own estimate, or made of one: no exchange and no vendor gives it."""
        return OURS in self.source and self.evidence == "estimated"

    @property
    def is_range_end(self) -> bool:
        """One end of what our own map gives as a range."""
        return self.is_ours and self.subject.metric.endswith((LOW, HIGH))

    @property
    def is_point_of_range(self) -> bool:
        """A sum of our own map, or what is worked out of one, by one assumption alone: told only as a range."""
        if not self.is_ours or self.is_range_end or not isinstance(self.value, Decimal):
            return False
        if self.subject.metric.startswith(_SETTLED):
            # The bound of a test is made of one end, and was published as such.
            return False
        return self.unit in ("usd", "coin") or (self.unit in ("percent", "ratio") and self.quantity in _OF_SUMS)

    @property
    def side(self) -> Side:
        """The side of the market it is about."""
        if self.subject.side is None:
            raise TypeError(f"{self.id} has no side")
        return self.subject.side


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A value that could not be had, and why; never 0, never NaN."""

    subject: Subject
    unit: Unit
    reason: str
    """A clause an editor can read, such as "the snapshot holds no settled funding rate"."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.subject.id)


class Flag(NamedTuple):
    """A condition of the data that the reader must be told."""

    name: str
    """A word of the flag vocabulary, such as "stale_data"."""
    why: str
    """The values that raised it, for the editor."""


def weakest(facts: tuple[Fact, ...]) -> Evidence:
    """Return the weakest evidence among `facts`: a derived fact is no better than its inputs."""
    return max((fact.evidence for fact in facts), key=EVIDENCE_ORDER.index)


def twelve_digits(value: float | Decimal) -> Decimal:
    """Fix a computed number to 12 significant digits, half up.

    Raises:
        ValueError: the number is NaN or infinite.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a finite number")
    return _TWELVE_DIGITS.plus(number)


def three_digits(number: Decimal) -> Decimal:
    """Return a number as a text tells it, so that half of it is half of what the reader sees.

    17,219 coins are told as 17,200, and the test counts from those.
    """
    return _in_steps(number, Decimal(1).scaleb(number.adjusted() - 2)) if number else number


def before_change(value: Decimal, percent: Decimal) -> Decimal:
    """Return what stood before a change, with no digit smaller than half a unit of the percent's last digit.

    68,940 after +5.8% was between 65,130 and 65,192, so it is told as 65,200.
    """
    before = value / (1 + percent / 100)
    half_unit = Decimal(1).scaleb(int(percent.as_tuple().exponent)) / 2
    unsure = before * half_unit / (100 + percent)
    return _in_steps(before, Decimal(1).scaleb(unsure.adjusted() + 1))


def is_change(before: Decimal, value: Decimal, percent: Decimal) -> bool:
    """Say whether a change between two values is a percent, as far as the percent's digits tell."""
    half_unit = Decimal(1).scaleb(int(percent.as_tuple().exponent)) / 2
    return abs((value / before - 1) * 100 - percent) <= half_unit


def _in_steps(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_HALF_EVEN) * step


def derive(
    subject: Subject,
    value: float | Decimal,
    unit: Unit,
    quantity: Quantity,
    inputs: tuple[Fact, ...],
    formula: str,
    *,
    as_of: datetime | None = None,
) -> Fact:
    """Make a numeric fact from others: weakest evidence, joined sources, time of the latest input."""
    sources = tuple(dict.fromkeys(name for fact in inputs for name in fact.source))
    return Fact(
        subject=subject,
        value=twelve_digits(value),
        unit=unit,
        quantity=quantity,
        evidence=weakest(inputs),
        source=sources,
        as_of=as_of or max(fact.as_of for fact in inputs),
        formula=formula,
        inputs=tuple(fact.id for fact in inputs),
        currency=inputs[0].currency,
        contract=_contract(subject, inputs),
    )


def _contract(subject: Subject, inputs: tuple[Fact, ...]) -> str:
    """Return the one contract that what is worked out of open interest is of, as its inputs are."""
    if not subject.metric.startswith(_OF_CONTRACTS):
        return ""
    return next((fact.contract for fact in inputs if fact.contract), "")
