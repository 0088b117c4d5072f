"""Keys taken out of what is shown, logged or kept: a server may echo what it was sent."""

import json
import logging
import re
from collections.abc import Iterable
from types import TracebackType
from typing import Self
from urllib.parse import quote

from commentary.net.messages import Request

HIDDEN = "[key]"
SHORTEST = 8
"""Shorter words of a secret header are no keys: "Bearer", and a number that may stand in any reply."""
_LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy")
"""The first logs at INFO, the others at DEBUG. A filter works only on the logger it is attached to, not on those
below it."""
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_THEIRS = re.compile(r" (?:return_value|exception)=.*", re.DOTALL)
"""What a server sent: its headers, and what of its bytes an error quotes."""


class Scrubber(logging.Filter):
    """Knows the keys of all requests of one network. As a context it also watches the logs of the libraries below."""

    def __init__(self) -> None:
        super().__init__()
        self._secrets: set[tuple[str, str]] = set()
        self._forms: tuple[bytes, ...] = ()
        self._pattern: re.Pattern[bytes] | None = None

    def __enter__(self) -> Self:
        """Start to watch the logs."""
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the logs alone."""
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def learn(self, request: Request) -> None:
        """Take note of a request's keys."""
        if self._secrets.issuperset(request.secrets):
            return
        self._secrets.update(request.secrets)
        forms = {form for _, value in self._secrets for form in _forms(value)}
        # The longest first: a form may be part of another.
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))
        if forms:
            self._pattern = re.compile(b"|".join(re.escape(form) for form in self._forms), re.IGNORECASE)

    def finds(self, content: bytes) -> bool:
        """Return whether a key stands in it."""
        # Of a megabyte this takes a hundredth of what the pattern takes, and nearly nothing holds a key.
        lowered = content.lower() if self._forms else b""
        return any(form in lowered for form in self._forms)

    def content(self, content: bytes) -> bytes:
        """Return it without keys."""
        if self._pattern is None:
            return content
        if self.finds(content):
            content = self._pattern.sub(HIDDEN.encode(), content)
        # Written in JSON's escapes a key comes back when the reply is read; of such a reply nothing is kept.
        escaped = b"\\" in content and self.finds(_ESCAPE.sub(_unescaped, content))
        return HIDDEN.encode() if escaped else content

    def text(self, text: str) -> str:
        """Return it without keys."""
        return self.content(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def filter(self, record: logging.LogRecord) -> bool:
        """Take what a server sent, and keys, out of a log's record; it is kept."""
        record.msg = self.text(_THEIRS.sub("", record.getMessage()))
        record.args = ()
        return True


def scrubber_of(requests: Iterable[Request]) -> Scrubber:
    """Return one that knows the keys of these requests."""
    scrubber = Scrubber()
    for request in requests:
        scrubber.learn(request)
    return scrubber


def _unescaped(escape: re.Match[bytes]) -> bytes:
    """Return what a JSON escape stands for, as far as a key may have it."""
    code, letter = escape.groups()
    return chr(int(code, 16)).encode("utf-8", "surrogatepass") if code else letter


def _forms(secret: str) -> Iterable[bytes]:
    """Yield how a key may stand in a text: as it is, in a URL, in JSON; lower-case."""
    for word in {secret.strip(), *secret.split()}:
        if len(word) >= SHORTEST:
            for form in {word, quote(word, safe=""), quote(word), json.dumps(word)[1:-1]}:
                yield form.lower().encode()
