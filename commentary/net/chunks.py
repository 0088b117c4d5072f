"""Where a body in chunks ends (RFC 9112 §7.1, read 2026-11-30), counted beside the reader of it.

The reader of HTTP keeps to itself what came behind an answer's end, and would read it as the next answer. So the ends
of chunks are followed here once more. What this cannot follow has no end, and its connection is not used again.
"""

import re

_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,16})[ \t]*(?:;.*)?", re.DOTALL)
_LONGEST_LINE = 65_536


class Chunks:
    """Follows a body in chunks to its end."""

    def __init__(self) -> None:
        self.surplus = 0
        """Bytes behind the end."""
        self.ended = False
        self._held = bytearray()
        """What came of a line that has no end yet."""
        self._skip = 0
        """Bytes of a chunk, with the two behind it, that are still to come."""
        self._in_trailer = False
        self._lost = False

    def came(self, data: bytes) -> None:
        """Take in the next bytes of the body."""
        while data and not (self.ended or self._lost):
            if self._skip:
                skipped = min(self._skip, len(data))
                self._skip -= skipped
                data = data[skipped:]
                continue
            self._held += data
            line, found, rest = bytes(self._held).partition(b"\r\n")
            if not found:
                self._lost = len(line) > _LONGEST_LINE
                return
            self._held.clear()
            data = rest
            self._read(line)
        if self.ended:
            self.surplus += len(data)

    def _read(self, line: bytes) -> None:
        if self._in_trailer:
            self.ended = not line
            return
        size = _SIZE.fullmatch(line)
        if size is None:
            self._lost = True
        elif count := int(size[1], 16):
            self._skip = count + 2
        else:
            self._in_trailer = True
