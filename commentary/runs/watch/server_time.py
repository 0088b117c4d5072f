"""What a server says the time is."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.errors import BadInputError, RemoteError
from commentary.net import Reply, Request
from commentary.records.values import FIRST_YEAR, LAST_YEAR
from commentary.sources.collecting import Ask
from commentary.sources.json_text import load
from commentary.sources.live.base import ReplyError, Source
from commentary.sources.questions import Access, round_of
from commentary.sources.readings import plain_line

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
        except (BadInputError, ValueError) as error:
            raise RemoteError(f"{url} tells no time: {plain_line(str(error))}") from error

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
            raise RemoteError(f"{source.title} tells no time: {plain_line(str(error))}") from error

    return told


def time_in(payload: object) -> datetime:
    """Return the time that an answer holds, in UTC.

    Raises:
        ValueError: it holds none, one without a zone, or one that cannot be.
    """
    if isinstance(payload, Mapping):
        payload = next((payload[name] for name in _FIELDS if name in payload), None)
    if isinstance(payload, int | Decimal) and not isinstance(payload, bool):
        return _held(_since_1970(Decimal(payload)), payload)
    if isinstance(payload, str):
        time = datetime.fromisoformat(payload)
        if time.tzinfo is None:
            raise ValueError(f"{payload!r} has no zone")
        return _held(time, payload)
    raise ValueError(f"none of {', '.join(_FIELDS)} is in the answer")


def _since_1970(number: Decimal) -> datetime:
    if not number.is_finite():
        raise ValueError(f"{number} is no time")
    # Before anything is computed: a number of a few letters may have gigabytes of digits.
    if number.adjusted() > _MILLISECONDS.adjusted() + 3:
        raise _beyond(number)
    seconds = number / 1000 if number >= _MILLISECONDS else number
    try:
        return _EPOCH + timedelta(microseconds=int(seconds * 1_000_000))
    except OverflowError:
        raise _beyond(number) from None


def _held(time: datetime, written: object) -> datetime:
    """Return a time in UTC, of the years that a snapshot may be of.

    Raises:
        ValueError: it is of none.
    """
    # Before the zone is taken off, which is not possible at either end of the calendar.
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        raise _beyond(written)
    return time.astimezone(UTC)


def _beyond(written: object) -> ValueError:
    return ValueError(f"{str(written)[:40]!r} is not of the years {FIRST_YEAR} to {LAST_YEAR}")
