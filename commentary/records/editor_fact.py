"""An editor's own figure or quotation: commentary.editor_facts/1, and the editor_facts of a draft.

It is what a source said, with the words in which it said so, and it stands in a text only beside that source's name.
Whoever signs answers for it; nobody else measured it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from commentary.records.canonical import sha256_of, timestamp
from commentary.records.fact import EDITOR, Fact, Quantity, Subject
from commentary.records.fact_file import Record
from commentary.records.values import Line, Name, Ticker, Time, day, number, refusal, utc

EditorUnit = Literal["usd", "price", "coin", "percent", "points", "hours", "days", "count", "ratio", "sigma"]
EditorQuantity = Literal["level", "delta", "rate", "share", "count", "ratio"]
_QUANTITIES: dict[str, Quantity] = {"count": "count", "ratio": "ratio"}


def _figure(value: object) -> Decimal | None:
    # A draft is read by a parser that makes floats; their shortest form is what stood in the file.
    return None if value is None else number(Decimal(repr(value)) if isinstance(value, float) else value)


def _when(value: object) -> date | datetime:
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value.upper()):
        return utc(value)
    return day(value)


def worded(remedy: str) -> Callable[[object], object]:
    """Return a check that a text holds a word, with what to write where it does not."""

    def check(value: object) -> object:
        if isinstance(value, str) and not any(character.isalpha() for character in value):
            raise refusal(remedy)
        return value

    return check


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _as_text(value: date | datetime) -> str:
    return timestamp(value) if isinstance(value, datetime) else value.isoformat()


Figure = Annotated[
    Decimal | None,
    PlainValidator(_figure),
    PlainSerializer(_plain, when_used="json"),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]}),
]
When = Annotated[
    date | datetime,
    PlainValidator(_when),
    PlainSerializer(_as_text, when_used="json"),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
Signer = Annotated[Name, BeforeValidator(worded("an editor's fact is signed: write the name of who answers for it"))]
Source = Annotated[Name, BeforeValidator(worded("write whose figure it is, as a text names it"))]
Words = Annotated[Line, BeforeValidator(worded("write the words that it is taken from, as the source gives them"))]


class Signature(NamedTuple):
    """What the rules must know of an editor's fact besides its value."""

    fact: str
    """The fact's id."""
    source: str
    speaker: str
    """Who said the words; empty where they are the source's own."""
    quote: str
    only_day: bool
    """The source gives a day and no time of day."""


class EditorFact(Record):
    """A figure, or a quotation, that an editor signs for."""

    value: Figure = None
    """In the unit's own scale, below nought for a fall; null where only words are quoted."""
    unit: EditorUnit | None = None
    quantity: EditorQuantity | None = None
    """"delta" for a change, "rate", "share"; without it a count is a count, a ratio a ratio, all else a level."""
    currency: str = "USD"
    """Of a price."""
    source: Source
    """Whose figure it is, as a text names it."""
    speaker: Name | None = None
    """Who said the words, if a person did."""
    quote: Words
    """The words it is taken from, as the source gives them."""
    date: When
    """The day, or the time, that it holds for; UTC."""
    signer: Signer
    signed_at: Time
    asset: Ticker | None = None
    """Without it, the asset that the text is about."""
    side: Literal["long", "short"] | None = None
    venue: Name | None = None
    window_hours: Figure = None

    @model_validator(mode="after")
    def _agrees(self) -> "EditorFact":
        if self.value is not None and self.unit is None:
            raise refusal("a figure has a unit; write one such as usd, percent, coin or count", "unit")
        if self.value is None and self.unit is not None:
            raise refusal("the unit is of a figure; write the value too, or leave the unit out", "value")
        if self.window_hours is not None and self.window_hours <= 0:
            raise refusal("write a number of hours above 0, or leave the field out", "window_hours")
        # A day is over in some place before it is in others; the day of the signature is no future.
        if self.as_of > self.signed_at:
            raise refusal("it lies after the signature, and nobody signs for the future; correct one of them", "date")
        return self

    @property
    def as_of(self) -> datetime:
        """The time it holds for; of a day, its beginning."""
        if isinstance(self.date, datetime):
            return self.date
        return datetime.combine(self.date, time(), UTC)

    def fact(self, asset: str) -> Fact:
        """Return the light form used inside the program, of `asset` where the record names none."""
        told = {"value": self.value, "unit": self.unit, "source": self.source, "speaker": self.speaker}
        digest = sha256_of({**told, "quote": self.quote, "date": _as_text(self.date)})[:8]
        quotes = self.value is None or self.unit is None
        subject = Subject(self.asset or asset, EDITOR, self.side, self.venue, self.window_hours, f"signed-{digest}")
        return Fact(
            subject=subject,
            value=self.source if quotes else self.value,  # type: ignore[arg-type]
            unit="name" if self.unit is None else self.unit,
            quantity="source" if quotes else self.quantity or _QUANTITIES.get(str(self.unit), "level"),
            evidence="asserted",
            source=(self.source, *((self.speaker,) if self.speaker else ())),
            as_of=self.as_of,
            formula=f"“{self.quote}”, signed by {self.signer} on {self.signed_at:%Y-%m-%d %H:%M} UTC",
            currency=self.currency,
        )

    def signature(self, asset: str) -> Signature:
        """Return what the rules must know of it besides its value."""
        only_day = not isinstance(self.date, datetime)
        return Signature(self.fact(asset).id, self.source, self.speaker or "", self.quote, only_day)


class EditorFacts(Record):
    """An editor's own figures and quotations: commentary.editor_facts/1."""

    format: Literal["commentary.editor_facts/1"] = "commentary.editor_facts/1"
    facts: tuple[EditorFact, ...]
