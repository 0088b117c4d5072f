"""The checksum that the archive keeps beside each of its files: NAME.CHECKSUM, as sha256sum writes it.

One line, the sha256 in hexadecimal digits, two blanks, and the name of the file (README of binance/binance-public-data,
read 2026-11-22). A file without one beside it is taken as it is.
"""

import hashlib
import re
from pathlib import Path

from commentary.errors import BadInputError
from commentary.sources.json_text import read_bytes

SUFFIX = ".CHECKSUM"
_LINE = re.compile(rb"(?P<sha256>[0-9a-fA-F]{64}) [ *](?P<name>[^\r\n]{1,200})\r?\n?")
_LONGEST = 400


def hold(place: Path, content: bytes) -> None:
    """Hold a file against the checksum beside it.

    Args:
        place: of the file.
        content: of the file, as it lies there.

    Raises:
        BadInputError: they do not fit, or the checksum is none, or of another file.
    """
    beside = place.with_name(place.name + SUFFIX)
    if not beside.exists():
        return
    found = _LINE.fullmatch(read_bytes(beside, beside.name)[:_LONGEST])
    if found is None:
        raise BadInputError(beside.name, None, "it is no line of sha256sum; fetch it again, or take it away")
    named = found["name"].decode("utf-8", "replace")
    if named != place.name:
        raise BadInputError(beside.name, named, f"it is the checksum of another file; fetch that of {place.name}")
    told, own = found["sha256"].decode().lower(), hashlib.sha256(content).hexdigest()
    if told != own:
        raise BadInputError(place.name, own, f"its sha256 has to be {told} ({beside.name}); fetch both again")
