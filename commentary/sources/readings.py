"""What came back from live sources: rows of a snapshot, and a gap for each reply that is missing or cannot be read.

No reply is read in part: a call whose reply breaks the documented form gives no rows at all, since a feed that is
wrong in one place cannot be trusted in the next.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from commentary.errors import BadInputError
from commentary.net import Failure, Outcome, Reply
from commentary.records.rows import Row, Series
from commentary.records.snapshot import SECTION_OF, Gap
from commentary.sources.json_text import load, pointer, shown
from commentary.sources.live.base import Answer, Asked, Json, NotListedError, RefusedError, ReplyError, Source
from commentary.sources.questions import CLOCK, Question, Round
from commentary.sources.shapes.rows_asked import hold_rows
from commentary.sources.snapshot_file import CLOCK_MARGIN

Reason = Literal[
    "no_answer", "refused", "unreadable", "contradicted", "stale", "empty", "no_key", "clock", "not_listed", "not_kept"
]
LONGEST_DETAIL = 300
_OF_FAILURE: Mapping[str, Reason] = {
    "timeout": "no_answer",
    "connection": "no_answer",
    "status": "refused",
    "limit": "no_answer",
    "address": "refused",
    "size": "unreadable",
    "redirect": "unreadable",
    "offline": "not_kept",
}


class Missed(NamedTuple):
    """Why a call gave no rows."""

    reason: Reason
    detail: str
    """In words; a server's own are among them, so that they are shown only through `plain_line`."""


class Reading(NamedTuple):
    """A question with what came of it."""

    question: Question
    rows: tuple[Series, ...]
    missed: Missed | None = None

    @property
    def by_section(self) -> Iterator[tuple[str, Series]]:
        """Yield each row with the section of a snapshot that it belongs to."""
        for row in self.rows:
            yield SECTION_OF[type(row)], row


class Replies:
    """The replies of a round, each parsed once however many assets it is read for."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._outcomes = {(one.request.source, one.request.name): one for one in outcomes}
        self._parsed: dict[tuple[str, str], Json | Missed] = {}
        self._skews: dict[str, timedelta | None] = {}

    def payload(self, question: Question) -> "Json | Missed":
        """Return a reply without its envelope, or why there is none."""
        place = (question.request.source, question.request.name)
        if place not in self._parsed:
            self._parsed[place] = self._read(place, question)
        return self._parsed[place]

    def received_at(self, question: Question) -> datetime:
        """Return when the reply came, by our clock."""
        outcome = self._outcomes.get((question.request.source, question.request.name))
        return outcome.received_at if isinstance(outcome, Reply) else question.asked.now

    def skew(self, source: Source) -> timedelta | None:
        """Return how far a source's clock is ahead of ours; None where it does not tell."""
        if source.name not in self._skews:
            self._skews[source.name] = self._skew(source)
        return self._skews[source.name]

    def _skew(self, source: Source) -> timedelta | None:
        told = self._outcomes.get((source.name, CLOCK))
        if isinstance(told, Reply) and source.clock is not None:
            try:
                theirs = source.clock.read(source.unwrap(load(told.content, CLOCK)))
            except (BadInputError, ReplyError):
                return None
            return theirs - (told.sent_at + (told.received_at - told.sent_at) / 2)
        dates = [
            one.clock_skew
            for (name, _), one in self._outcomes.items()
            if name == source.name and isinstance(one, Reply)
        ]
        # A Date header has whole seconds, and may be of a cache: the smallest is the nearest to the truth.
        known = [each for each in dates if each is not None]
        return min(known, key=abs, default=None)

    def _read(self, place: tuple[str, str], question: Question) -> "Json | Missed":
        source = question.source
        outcome = self._outcomes.get(place)
        if outcome is None:
            return Missed("not_kept", "it was not asked")
        if isinstance(outcome, Failure):
            return _failed(outcome, source)
        try:
            payload = source.unwrap(load(outcome.content, "the reply"))
            hold_rows(payload, question.call)
            return payload
        except BadInputError as error:
            return Missed("unreadable", str(error))
        except ReplyError as error:
            return _refusal(error)


def readings(round_: Round, replies: Replies, asset: str, latest: datetime) -> tuple[Reading, ...]:
    """Return what the round's questions about an asset gave, in the order in which they were asked.

    Args:
        round_: what was asked.
        replies: what came back.
        asset: the ticker.
        latest: the end of the round; a row beyond it, by more than clocks may part, is of a clock that is off.
    """
    about = [one for one in round_.questions if one.asked.asset == asset]
    by_name = {(one.source.name, one.call.name): one for one in about}
    return tuple(_reading(one, by_name, replies, latest) for one in about)


def _reading(one: Question, by_name: Mapping[tuple[str, str], Question], replies: Replies, latest: datetime) -> Reading:
    payload = replies.payload(one)
    if isinstance(payload, Missed):
        return Reading(one, (), payload)
    needed: dict[str, Json] = {}
    for name in one.call.needs:
        other = replies.payload(by_name[one.source.name, name])
        if isinstance(other, Missed):
            return Reading(one, (), Missed(other.reason, f"{name}, which it needs: {other.detail}"))
        needed[name] = other
    answer = Answer(one.asked, payload, replies.received_at(one), needed)
    return _rows(one, lambda: tuple(one.call.read(answer)), latest)


def _rows(one: Question, read: Callable[[], tuple[Series, ...]], latest: datetime) -> Reading:
    try:
        rows = read()
    except ReplyError as error:
        return Reading(one, (), _refusal(error))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        told = f"{error.title}{pointer(tuple(first['loc']))}: {shown(first.get('input'))[:80]} ({first['msg']})"
        return Reading(one, (), Missed("unreadable", told))
    if not rows and not one.call.may_be_empty:
        return Reading(one, (), Missed("empty", "the reply holds no rows"))
    ahead = [time for time in _times(rows) if time > latest + CLOCK_MARGIN]
    if ahead:
        told = f"a row is of {max(ahead):%Y-%m-%dT%H:%M:%SZ}, after the end of the round, {latest:%Y-%m-%dT%H:%M:%SZ}"
        return Reading(one, (), Missed("clock", told))
    return Reading(one, rows)


def _times(rows: Iterable[Any]) -> Iterator[datetime]:
    for row in rows:
        if isinstance(row, Row) and row.time is not None and SECTION_OF[type(row)] != "calendar":
            yield row.time
        for part in ("bars", "levels", "cumulative"):
            for inner in getattr(row, part, ()):
                if inner.time is not None:
                    yield inner.time


def _failed(failure: Failure, source: Source) -> Missed:
    """Return why there is no reply; a refusal's body may tell it in the source's own words."""
    reason = _OF_FAILURE[failure.kind]
    if failure.status is not None and (failure.status >= 500 or failure.status in (418, 429)):
        reason = "no_answer"
    if failure.content:
        try:
            source.unwrap(load(failure.content, "the reply"))
        except NotListedError as error:
            return Missed("not_listed", str(error))
        except ReplyError as error:
            return Missed(reason, f"{failure.reason}; {error}")
        except BadInputError:
            pass
    return Missed(reason, failure.reason)


def _refusal(error: ReplyError) -> Missed:
    if isinstance(error, NotListedError):
        return Missed("not_listed", str(error))
    return Missed("refused" if isinstance(error, RefusedError) else "unreadable", str(error))


class Lack(NamedTuple):
    """A section that lacks what a source was asked for, and why."""

    source: Source
    section: str
    missed: Missed


def lacks(found: Iterable[Reading], without_key: Iterable[Source], asked: Asked) -> Iterator[Lack]:
    """Yield what the calls that gave no rows leave out, and what sources without a key would have given."""
    for one in found:
        if one.missed is not None:
            call = one.question.call
            for section in call.fills:
                yield Lack(
                    one.question.source, section, one.missed._replace(detail=f"{call.name}: {one.missed.detail}")
                )
    for source in without_key:
        variable = source.key.variable if source.key is not None else ""
        for section in dict.fromkeys(section for call in source.calls(asked) for section in call.fills):
            yield Lack(source, section, Missed("no_key", f"{variable} is not set"))


def gaps_of(lacking: Iterable[Lack], at: datetime) -> list[Gap]:
    """Return one gap for each source and section, with what was said of each of its calls; `at` is their time."""
    found: dict[tuple[str, str], list[Missed]] = {}
    for one in lacking:
        found.setdefault((one.source.title, one.section), []).append(one.missed)
    return [
        Gap(
            source=title,
            of=of,
            reason=each[0].reason,
            detail=plain_line("; ".join(one.detail for one in each)),
            time=at,
        )
        for (title, of), each in found.items()
    ]


def plain_line(words: str) -> str:
    """Return a line of plain characters, cut: a server's words are shown to the editor and to nobody else."""
    plain = " ".join("".join(each if each.isprintable() and each.isascii() else "?" for each in words).split())
    return plain if len(plain) <= LONGEST_DETAIL else f"{plain[: LONGEST_DETAIL - 3]}..."
