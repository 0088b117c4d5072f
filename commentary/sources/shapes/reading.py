"""Strict reading of replies: a value with its place, so that an error can say where it stands.

    rows = Part.of(answer)["list"].items()
    rate = rows[0]["fundingRate"].number()
    at = rows[0]["fundingRateTimestamp"].time()

What is asked for must be there and be what it is asked as; what is not asked for is not looked at. Numbers come as
JSON numbers or as text, by server and by year, so both are read, exactly. Times come in seconds or milliseconds and are
told apart by their size. A value that a server leaves empty where it has none ("" or null) is read with `maybe`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from commentary.records.values import FIRST_YEAR, LAST_YEAR
from commentary.sources.json_text import pointer
from commentary.sources.live.base import Answer, Json, ReplyError

S = TypeVar("S", bound=BaseModel)
C = TypeVar("C")

MOST_SECONDS = Decimal("1e11")
"""A time below it is in seconds, else in milliseconds: 1e11 is the year 5138 in the one and 1973 in the other."""
LARGEST, SMALLEST = Decimal("1e18"), Decimal("1e-18")
"""Those of rows (records.values); beyond them a number is a slip, and text of a few letters may stand for gigabytes."""
DIGITS = 28
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,60}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,3})?")


class Part:
    """A value in a reply and its place there. Errors are ReplyError, with the place as a JSON Pointer."""

    __slots__ = ("path", "value")

    def __init__(self, value: Json, path: tuple[str | int, ...] = ()) -> None:
        self.value = value
        self.path = path

    @classmethod
    def of(cls, answer: Answer, call: str | None = None) -> "Part":
        """Return a reply without its envelope.

        Args:
            answer: to the call that is read.
            call: one that it needs, whose reply is meant; its places begin with the call's name.
        """
        return cls(answer.payload) if call is None else cls(answer.needed[call], (call,))

    def __getitem__(self, key: str | int) -> "Part":
        """Return what stands under a name of an object, or at an index of a list; negative ones count from the end."""
        if isinstance(key, str):
            if not isinstance(self.value, dict):
                raise self.error("an object in { }")
            if key not in self.value:
                raise ReplyError(pointer((*self.path, key)), None, "a value")
            return Part(self.value[key], (*self.path, key))
        held = self._list()
        place = key if key >= 0 else len(held) + key
        if not 0 <= place < len(held):
            raise ReplyError(pointer((*self.path, place)), None, "a value")
        return Part(held[place], (*self.path, place))

    def maybe(self, key: str | int) -> "Part | None":
        """Return what stands there; None where nothing does, or null, or an empty text."""
        if isinstance(key, str) and isinstance(self.value, dict) and key not in self.value:
            return None
        if isinstance(key, int) and key >= len(self._list()):
            return None
        part = self[key]
        return None if part.value is None or part.value == "" else part

    def items(self) -> "list[Part]":
        """Return the parts of a list, in its order."""
        return [Part(item, (*self.path, place)) for place, item in enumerate(self._list())]

    def entries(self) -> "list[tuple[str, Part]]":
        """Return the names of an object and what stands under each, in its order."""
        if not isinstance(self.value, dict):
            raise self.error("an object in { }")
        return [(key, Part(item, (*self.path, key))) for key, item in self.value.items()]

    def number(self) -> Decimal:
        """Return a finite number, exactly, from a JSON number or from text that is one."""
        value = self.value
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = Decimal(value)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.error("a number")
        exact = Decimal(value)
        if not exact.is_finite():
            raise self.error("a finite number")
        # copy_abs and comparisons are exact; abs() and normalize() would round to the context's digits.
        if exact and not SMALLEST <= exact.copy_abs() <= LARGEST:
            raise self.error("a number of a size that there is, from 1e-18 to 1e18")
        if len(_digits(exact)) > DIGITS:
            raise self.error(f"a number of at most {DIGITS} digits")
        return exact

    def size(self) -> Decimal:
        """Return a number that is 0 or more."""
        exact = self.number()
        if exact < 0:
            raise self.error("a size, which is 0 or more")
        return exact

    def positive(self) -> Decimal:
        """Return a number above 0."""
        exact = self.number()
        if exact <= 0:
            raise self.error("a number above 0")
        return exact

    def time(self) -> datetime:
        """Return a UTC time from seconds or milliseconds since 1970, of the years that a row may be of."""
        exact = self.number()
        seconds = exact if exact < MOST_SECONDS else exact / 1000
        try:
            moment = _EPOCH + timedelta(microseconds=int(seconds * 1_000_000))
        except OverflowError:
            raise self._no_time() from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise self._no_time()
        return moment

    def text(self) -> str:
        """Return text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            raise self.error("a text")
        return self.value

    def choice(self, meanings: Mapping[str, C]) -> C:
        """Return what a word means, of those that the source documents."""
        word = self.text()
        if word not in meanings:
            raise self.error("one of " + ", ".join(meanings))
        return meanings[word]

    def row(self, of: type[S], /, **fields: object) -> S:
        """Return a row made of this part; what its type refuses (a high below a low) is an error of this place."""
        try:
            return of(**fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(step) for step in first["loc"]) or of.__name__
            raise ReplyError(pointer(self.path), self.value, f"a {of.__name__} ({field}: {first['msg']})") from None

    def error(self, wanted: str) -> ReplyError:
        """Return the error of a value that is not what was asked for."""
        return ReplyError(pointer(self.path), self.value, wanted)

    def _list(self) -> list[Json]:
        if not isinstance(self.value, list):
            raise self.error("a list in [ ]")
        return self.value

    def _no_time(self) -> ReplyError:
        return self.error(f"a time of the years {FIRST_YEAR} to {LAST_YEAR} in seconds or milliseconds")


def _digits(exact: Decimal) -> str:
    """Return the digits without zeros at either end."""
    return "".join(str(digit) for digit in exact.as_tuple().digits).strip("0")
