"""A file of the archive, unpacked: one CSV file in a ZIP file, or a CSV file as it is, within a size.

Nothing is written to disk, and what would unpack to more than the limit is not unpacked.
"""

import io
import zipfile
import zlib
from pathlib import Path

from commentary.errors import BadInputError
from commentary.sources.archive.checksum import hold
from commentary.sources.json_text import read_bytes

MOST_BYTES = 16 * 1024 * 1024
"""Of one file, unpacked: a month of one-minute candles has about 5 million."""


def content_of(place: Path, file: str) -> bytes:
    """Return the CSV text of a file, unpacked, once it fits the checksum beside it.

    Args:
        place: of the file.
        file: its name, for errors.

    Raises:
        BadInputError: it cannot be read, is damaged, too large, or not packed as the archive packs.
    """
    content = read_bytes(place, file)
    if len(content) > MOST_BYTES:
        raise _too_large(file)
    hold(place, content)
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
