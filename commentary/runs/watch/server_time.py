"""What a server says the time is."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.errors import BadInputError, RemoteError
from commentary.net import Reply, Request
from commentary.sources.collecting import Ask
from commentary.sources.json_text import load
from commentary.sources.live.base import ReplyError, Source
from commentary.sources.questions import Access, round_of

_NAME = "clock"
_SECONDS = 5.0
"""A server that takes longer tells a time that has passed."""
_FIELDS = ("time", "now", "serverTime")
_MILLISECONDS = Decimal(100_000_000_000)
"""A number this large counts milliseconds, since as seconds it lies in the year 5138."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def server_time(ask: Ask, url: str) -> Callable[[], datetime]:
    """Return what asks a server for its time.

    It answers in JSON: with a time, or with an object that has one as `time`, `now` or `serverTime`. A time is RFC
    3339 text with a zone, or a number of seconds or milliseconds since 1970.

    Args:
        ask: sends the request.
        url: the address.
    """

    def told() -> datetime:
        (outcome,) = ask([Request(_NAME, _NAME, url)], {_NAME: _SECONDS})
        if not isinstance(outcome, Reply):
            raise RemoteError(f"{url} {outcome.reason}")
        try:
            return time_in(load(outcome.content, url))
        except (BadInputError, ValueError, OverflowError) as error:
            raise RemoteError(f"{url} tells no time: {error}") from error

    return told


def source_time(ask: Ask, source: Source, access: Access) -> Callable[[], datetime]:
    """Return what asks a live source for its time, as it documents it.

    Args:
        ask: sends the request.
        source: the source.
        access: addresses and keys.

    Raises:
        BadInputError: the source tells no time.
    """
    clock = source.clock
    requests = round_of((), (source,), _EPOCH, access).clocks
    if clock is None or not requests:
        raise BadInputError("--clock", "server", f"{source.title} tells no time; name an address with --clock-url")

    def told() -> datetime:
        (outcome,) = ask(requests, {source.name: _SECONDS})
        if not isinstance(outcome, Reply):
            raise RemoteError(f"{source.title} {outcome.reason}")
        try:
            return clock.read(source.unwrap(load(outcome.content, source.title)))
        except (BadInputError, ReplyError) as error:
            raise RemoteError(f"{source.title} tells no time: {error}") from error

    return told


def time_in(payload: object) -> datetime:
    """Return the time that an answer holds, in UTC.

    Raises:
        ValueError: it holds none, or one without a zone.
    """
    if isinstance(payload, Mapping):
        payload = next((payload[name] for name in _FIELDS if name in payload), None)
    if isinstance(payload, int | Decimal) and not isinstance(payload, bool):
        number = Decimal(payload)
        seconds = number / 1000 if number >= _MILLISECONDS else number
        return _EPOCH + timedelta(microseconds=int(seconds * 1_000_000))
    if isinstance(payload, str):
        time = datetime.fromisoformat(payload)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
        raise ValueError(f"{payload!r} has no zone")
    raise ValueError(f"none of {', '.join(_FIELDS)} is in the answer")
