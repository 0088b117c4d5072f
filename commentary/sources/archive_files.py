"""Files of the exchange's public archive, read offline: rows of a snapshot from CSV files, or ZIP files of one each.

    rows_of(["BTCUSDT-metrics-2026-11-21.zip", "BTCUSDT-fundingRate-2026-10.zip", "BTCUSDT-1h-2026-10.csv"])

The files are those of data.binance.vision, futures and spot, as they come (README of binance/binance-public-data, read
2026-11-22); sources.archive_tables says what their columns mean. A file's name tells its contract, what it holds and
its day or month, so it has to keep it. All files of one call are of one contract. Nothing is written to disk, and a
file that would unpack to more than the limit is not unpacked.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args

from commentary.errors import BadInputError
from commentary.records.canonical import timestamp
from commentary.records.rows import Row, Series
from commentary.records.snapshot import FORMAT, SECTIONS, CandleSeries, Snapshot
from commentary.sources.archive_contract import Contract, contract_of
from commentary.sources.archive_tables import COLUMNS, INTERVALS, series_of
from commentary.sources.json_text import LARGEST_BYTES, read_bytes
from commentary.sources.live.base import ReplyError
from commentary.sources.shapes.reading import Part

MOST_BYTES = 16 * 1024 * 1024
"""Of one file, unpacked: a month of one-minute candles has about 5 million."""
MOST_TOGETHER = LARGEST_BYTES
"""Of all files, unpacked: a year of one-minute candles has about 60 million."""
_NAME = re.compile(
    r"(?P<symbol>[A-Z0-9_]{1,30})-(?P<holds>[A-Za-z0-9]{1,30})-(?P<of>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)\.(?P<kind>zip|csv)"
)
_OTHER_PRICES = ("markPriceKlines", "indexPriceKlines", "premiumIndexKlines")
"""Folders whose files are named as candles are and hold no trades."""


class _Named(NamedTuple):
    """What a file's name says."""

    file: str
    contract: Contract
    holds: str
    """metrics, fundingRate, bookDepth, liquidationSnapshot, or the interval of candles."""


def rows_of(paths: Iterable[str | Path]) -> list[Series]:
    """Return the rows that archive files hold, in the order of the files, per coin.

    Raises:
        BadInputError: a file is not one of the archive's, is damaged or too large, or they are of several contracts.
    """
    return _read(paths)[1]


def archive_snapshot(paths: Iterable[str | Path], *, as_of: datetime | None = None) -> dict[str, object]:
    """Return commentary.snapshot/1 of archive files, as JSON holds it (records.canonical.dump writes it).

    Args:
        paths: the files.
        as_of: rows that are later are left out; default: the newest row, or the end of the newest candle.

    Raises:
        BadInputError: as rows_of; or no row is as early as `as_of`.
    """
    contract, rows = _read(paths)
    rows = [kept for row in rows if (kept := _until(row, as_of)) is not None]
    if not rows:
        raise BadInputError(
            "as_of", None if as_of is None else timestamp(as_of), "no row is as early; give a later time"
        )
    sections: dict[str, list[object]] = {}
    for row in rows:
        sections.setdefault(_SECTION_OF[type(row)], []).append(_plain(row))
    head: dict[str, object] = {
        "format": FORMAT,
        "asset": contract.asset,
        "quote": "USD",
        "as_of": as_of or max(map(_end, rows)),
    }
    if contract.power:
        head.update(contract=contract.symbol, contract_multiplier=contract.coins)
    return {**head, **{section: sections[section] for section in SECTIONS if section in sections}}


def _read(paths: Iterable[str | Path]) -> tuple[Contract, list[Series]]:
    places = [Path(path) for path in paths]
    if not places:
        raise BadInputError("paths", None, "name at least one file of the archive")
    named = [_named(place) for place in places]
    for one in named:
        if one.contract != named[0].contract:
            first = f"{named[0].file} is of {named[0].contract.symbol}"
            raise BadInputError(one.file, one.contract.symbol, f"{first}; read the files of one contract at a time")
    left = MOST_TOGETHER
    rows: list[Series] = []
    for place, one in zip(places, named, strict=True):
        content = _content(place, one.file)
        left -= len(content)
        if left < 0:
            raise BadInputError(
                one.file, None, f"the files have more than {MOST_TOGETHER:,} bytes; read fewer at a time"
            )
        lines = _lines(content, one)
        try:
            rows += series_of(one.holds, lines, one.contract)
        except ReplyError as error:
            raise BadInputError(
                one.file + error.path, error.value, f"wanted here: {error.wanted}; fetch it again"
            ) from None
    if not rows:
        raise BadInputError(named[0].file, None, "the files hold no rows; name others")
    return named[0].contract, rows


def _named(place: Path) -> _Named:
    found = _NAME.fullmatch(place.name)
    if found is None:
        remedy = "keep the archive's name, such as BTCUSDT-metrics-2026-11-21.zip: it tells contract, content and day"
        raise BadInputError(place.name, None, remedy)
    if other := next((part for part in place.parts[:-1] if part in _OTHER_PRICES), None):
        raise BadInputError(place.name, other, "these are no prices of trades; name files of klines")
    holds = found["holds"]
    if holds not in COLUMNS and holds not in INTERVALS:
        known = ", ".join([*COLUMNS, *INTERVALS])
        raise BadInputError(place.name, holds, f"name a file that holds one of {known}")
    return _Named(place.name, contract_of(found["symbol"], place.name), holds)


def _content(place: Path, file: str) -> bytes:
    """Return the CSV text of a file, unpacked."""
    content = read_bytes(place, file)
    if len(content) > MOST_BYTES:
        raise _too_large(file)
    return _unpacked(content, file) if place.suffix == ".zip" else content


def _unpacked(content: bytes, file: str) -> bytes:
    wanted = f"{file.removesuffix('.zip')}.csv"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            held = archive.infolist()
            if len(held) != 1 or held[0].filename != wanted:
                other = next((one.filename for one in held if one.filename != wanted), None)
                shown = None if other is None else ascii(other)[1:-1]
                raise BadInputError(file, shown, f"a file of the archive holds {wanted} alone; fetch it again")
            if held[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or held[0].flag_bits & 1:
                raise BadInputError(file, None, "it is encrypted, or packed as the archive does not; fetch it again")
            # What a file says of its size may be wrong, so no more than the limit is unpacked either.
            with archive.open(held[0]) as packed:
                unpacked = packed.read(MOST_BYTES + 1) if held[0].file_size <= MOST_BYTES else None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise BadInputError(file, None, f"it is no ZIP file, or is damaged ({error}); fetch it again") from None
    if unpacked is None or len(unpacked) > MOST_BYTES:
        raise _too_large(file)
    return unpacked


def _too_large(file: str) -> BadInputError:
    return BadInputError(
        file, None, f"it has more than {MOST_BYTES:,} bytes unpacked, which no file of the archive has"
    )


def _lines(content: bytes, one: _Named) -> list[Part]:
    """Return the lines as objects by column, each with its number; old files have no header."""
    try:
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(one.file, None, f"it is no CSV file ({error}); fetch it again") from None
    columns: Sequence[str] = COLUMNS["klines" if one.holds in INTERVALS else one.holds]
    if not table:
        raise BadInputError(one.file, None, "it is empty; fetch it again")
    has_header = not table[0] or not table[0][0][:1].isdigit()
    header = table[0] if has_header else columns
    if missing := [name for name in columns if name not in header]:
        raise BadInputError(
            f"{one.file}/1", ",".join(table[0]), f"the header lacks {', '.join(missing)}; fetch it again"
        )
    lines = []
    for number, cells in enumerate(table[has_header:], start=1 + has_header):
        if len(cells) != len(header):
            remedy = f"a line has {len(header)} columns, {', '.join(header)}; fetch the file again"
            raise BadInputError(f"{one.file}/{number}", ",".join(cells), remedy)
        lines.append(Part(dict(zip(header, cells, strict=True)), (number,)))
    return lines


def _sections() -> Mapping[type[Series], str]:
    return {get_args(Snapshot.model_fields[name].annotation)[0]: name for name in SECTIONS}


_SECTION_OF = _sections()


def _until(row: Series, as_of: datetime | None) -> Series | None:
    """Return a row, or the bars of a series, that are no later than a time; None where nothing is."""
    if as_of is None:
        return row
    if isinstance(row, CandleSeries):
        length = timedelta(minutes=float(row.interval_minutes))
        bars = tuple(bar for bar in row.bars if bar.time + length <= as_of)
        return row.model_copy(update={"bars": bars}) if bars else None
    return row if isinstance(row, Row) and row.at <= as_of else None


def _end(row: Series) -> datetime:
    if isinstance(row, CandleSeries):
        return max(bar.time for bar in row.bars if bar.time) + timedelta(minutes=float(row.interval_minutes))
    assert isinstance(row, Row)
    return row.at


def _plain(row: Series) -> dict[str, Any]:
    """Return a row as JSON holds it, without the fields that say nothing."""
    told = {name: getattr(row, name) for name in type(row).model_fields}
    return {
        name: [_plain(inner) for inner in value] if isinstance(value, tuple) else value
        for name, value in told.items()
        if value is not None
    }
