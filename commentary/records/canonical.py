r"""The one spelling of a JSON document, over which every sha256 of ours is made.

Another program gets the same bytes from a file of ours, read with exact decimals, by these rules:

- UTF-8, no white space between the parts, no byte order mark;
- an object's names in the order of their code points, each once;
- a number in plain decimal digits: no exponent, no plus sign, no zeros after the last digit of a
  fraction, no point without one, and 0 for minus nought: 1e-05 is 0.00001, 1.50 is 1.5, 2.0 is 2;
- text as it is, but for the quotation mark and the backslash (with a backslash before them) and the control
  characters below U+0020 (\b \f \n \r \t, the others as \u00 and two small hexadecimal digits);
- a time as RFC 3339 text in UTC with a Z, and microseconds only where there are any; a date as 2026-05-22.

A draft's `sha256` is over the draft without `sha256` and `checks`; that of its `checks` over
`{"findings": [...], "sha256": ...}` with the draft's; that of an input over the snapshot as read, rows filled
in and sorted.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache


def sha256_of(value: object) -> str:
    """Return the sha256 of a document in its canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: object) -> bytes:
    """Return the canonical form of a document."""
    return dump(value).encode()


def dump(value: object) -> str:
    """Return the canonical form as text."""
    # Values come by the hundred thousand: those of plain types are asked for first.
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Decimal):
        return plain(value)
    if value is None:
        return "null"
    if isinstance(value, dict | Mapping):
        return "{" + ",".join([f"{_quoted(key)}:{dump(value[key])}" for key in sorted(value)]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([dump(item) for item in value]) + "]"
    return _scalar(value)


def plain(number: Decimal) -> str:
    """Return a number in plain digits.

    Raises:
        ValueError: it is NaN or infinite.
    """
    if not number.is_finite():
        raise ValueError(f"{number} is not a finite number")
    text = f"{number:f}" if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def timestamp(time: datetime) -> str:
    """Return a time with its zone as RFC 3339 in UTC: "2026-05-22T09:00:00Z"."""
    told = time if time.tzinfo is UTC else time.astimezone(UTC)
    return f"{told.isoformat()[:-6]}Z"


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # The shortest decimal that reads back as the same float is what a JSON writer puts in the file.
        return plain(Decimal(repr(value)))
    if isinstance(value, datetime):
        return f'"{timestamp(value)}"'
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return json.dumps(value, allow_nan=False)
