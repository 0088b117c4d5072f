"""A fact as it stands in a file: commentary.facts/1, and the facts of a draft."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StrictStr, WithJsonSchema

from commentary.records.canonical import timestamp
from commentary.records.fact import Evidence, Fact, MissingFact, Quantity, Subject, Unit

_LARGEST_EXPONENT = 40
"""A snapshot's numbers have up to 19 digits; a product of two has twice as many."""
_DIGITS = 64
_LONGEST_EXPONENT = 8
"""Of a window in hours: ten thousand years."""


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as a JSON number without losing a digit that a reader could see."""
    if value == value.to_integral_value():
        return int(value)
    return float(value)


Number = Annotated[Decimal, PlainSerializer(plain_number, when_used="json"), WithJsonSchema({"type": "number"})]


class Record(BaseModel):
    """A part of a file: fixed once made, without fields of other names, without NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SubjectRecord(Record):
    """What a fact is about."""

    asset: str
    metric: str
    side: Literal["long", "short"] | None = None
    venue: str | None = None
    window_hours: Number | None = None
    at: str | None = None


class FactRecord(Record):
    """A fact as it stands in a file; `value` is null in a missing fact, which has a `reason`."""

    id: str
    subject: SubjectRecord
    value: Annotated[StrictStr | Number | None, Field(union_mode="left_to_right")]
    """A time is written in RFC 3339; `unit` tells it from a name."""
    unit: Unit
    quantity: Quantity | None = None
    evidence: Evidence | None = None
    source: tuple[str, ...] = ()
    as_of: AwareDatetime | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()
    currency: str = "USD"
    contract: str = ""
    """The one perpetual that an exchange's open interest is of; empty: all of its contracts."""
    reason: str | None = None

    @classmethod
    def of(cls, fact: Fact | MissingFact) -> "FactRecord":
        """Return the file form of a fact."""
        subject = SubjectRecord(**fact.subject._asdict())
        if isinstance(fact, MissingFact):
            return cls(id=fact.id, subject=subject, value=None, unit=fact.unit, reason=fact.reason)
        return cls(
            id=fact.id,
            subject=subject,
            value=timestamp(fact.value) if isinstance(fact.value, datetime) else fact.value,
            unit=fact.unit,
            quantity=fact.quantity,
            evidence=fact.evidence,
            source=fact.source,
            as_of=fact.as_of,
            formula=fact.formula,
            inputs=fact.inputs,
            currency=fact.currency,
            contract=fact.contract,
        )

    def fact(self) -> Fact | MissingFact:
        """Return the light form used inside the program.

        Raises:
            ValueError: the record's id is not the id of its subject.
        """
        _check_size(self.subject.window_hours, _LONGEST_EXPONENT)
        subject = Subject(**{name: getattr(self.subject, name) for name in Subject._fields})
        if subject.id != self.id:
            raise ValueError(f"fact {self.id!r} does not match its subject, whose id is {subject.id!r}")
        if self.value is None:
            return MissingFact(subject, self.unit, self.reason or "no reason given")
        if self.quantity is None or self.evidence is None or self.as_of is None:
            raise ValueError(f"fact {self.id!r} has a value but no quantity, evidence or time")
        return Fact(
            subject=subject,
            value=self._value(),
            unit=self.unit,
            quantity=self.quantity,
            evidence=self.evidence,
            source=self.source,
            as_of=self.as_of,
            formula=self.formula,
            inputs=self.inputs,
            currency=self.currency,
            contract=self.contract,
        )

    def _value(self) -> Decimal | datetime | str:
        if self.unit == "time":
            time = datetime.fromisoformat(str(self.value))
            if time.tzinfo is None:
                raise ValueError(f"{self.value!r} is a time without its zone")
            return time
        if self.unit == "name":
            return str(self.value)
        number = Decimal(str(self.value))
        _check_size(number)
        return number


def _check_size(number: Decimal | None, largest: int = _LARGEST_EXPONENT) -> None:
    """Refuse what is no size of anything in a market.

    Raises:
        ValueError: it is not finite, or has more digits before or behind the point than any fact.
    """
    if number is None or not number:
        return
    if not number.is_finite() or abs(number.adjusted()) > largest or len(number.as_tuple().digits) > _DIGITS:
        raise ValueError(f"{f'{number:.3g}'} is no size of anything; check the value and its unit")


class FactsFile(Record):
    """All facts of a snapshot: commentary.facts/1."""

    format: Literal["commentary.facts/1"] = "commentary.facts/1"
    asset: str
    as_of: AwareDatetime
    facts: tuple[FactRecord, ...]
