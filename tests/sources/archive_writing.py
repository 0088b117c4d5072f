"""Files as the exchange's archive has them, written for tests."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

from commentary.sources.archive_tables import COLUMNS

WHO = {"venue": "Binance", "source": "Binance"}
METRICS = ",".join(COLUMNS["metrics"])
FUNDING = ",".join(COLUMNS["fundingRate"])
DEPTH = ",".join(COLUMNS["bookDepth"])
FORCED = ",".join(COLUMNS["liquidationSnapshot"])
KLINES = ",".join(COLUMNS["klines"])
BAR = "1795330800000,76900.0,77150.0,76850.0,77100.0,412.5,1795334399999,31800000.5,9121,200.25,15400000.25,0"
"""07:00 on 2026-11-22, which is 1795334400 - 3600 seconds."""


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a time of 2026-11-22."""
    return datetime(2026, 11, 22, hour, minute, second, tzinfo=UTC)


def write(folder: Path, name: str, *lines: str) -> Path:
    """Write a CSV file, or a ZIP file of one."""
    place = folder / name
    text = "".join(f"{line}\n" for line in lines)
    if name.endswith(".zip"):
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name[:-4]}.csv", text)
    else:
        place.write_text(text, encoding="utf-8")
    return place
