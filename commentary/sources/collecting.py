"""A round with live sources from question to snapshot: what is asked, who answers, how long each may take.

What sends the requests is handed in: the network, or a folder of kept replies, from which the same snapshot comes out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from commentary.errors import BadInputError, ConfigError
from commentary.net import Outcome, Reply, Request
from commentary.records.canonical import timestamp
from commentary.records.snapshot import ReadSnapshot
from commentary.sources.live.base import Source, sources
from commentary.sources.live_snapshot import LiveSnapshot, live_snapshot
from commentary.sources.questions import Access, Round, round_of
from commentary.sources.readings import Replies, plain_line

Ask = Callable[[Sequence[Request], Mapping[str, float]], Sequence[Outcome]]
"""Sends requests, all at once, each source within its deadline in seconds; gives one outcome for each."""
Scope = Literal["full", "watch"]
_NOTHING: Mapping[str, ReadSnapshot] = MappingProxyType({})


class Collection(NamedTuple):
    """What one round gave."""

    round: Round
    access: Access
    as_of: datetime
    """The end of the round, by our clock: the time of its snapshots."""
    outcomes: tuple[Outcome, ...]
    snapshots: tuple[LiveSnapshot, ...]
    """One for each asset, in the order of the round."""

    @property
    def answered(self) -> frozenset[str]:
        """The sources that gave a reply at all."""
        return frozenset(one.request.source for one in self.outcomes if isinstance(one, Reply))

    @property
    def skews(self) -> Mapping[str, timedelta | None]:
        """How far each source's clock is ahead of ours."""
        replies = Replies(self.outcomes)
        return {source.name: replies.skew(source) for source in self.round.sources}

    @property
    def info(self) -> dict[str, object]:
        """What a folder of kept replies says of the round, so that it can be read again."""
        return {
            "assets": [one.asset for one in self.round.asked],
            "sources": [source.name for source in self.round.sources],
            "without_key": [source.name for source in self.round.without_key],
            "base_urls": {source.name: self.access.base_url(source) for source in self.round.sources},
            "scope": self.round.asked[0].scope,
            "asked_at": timestamp(self.round.asked[0].now),
            "as_of": timestamp(self.as_of),
        }


def chosen(names: Iterable[str], option: str = "--from") -> tuple[Source, ...]:
    """Return the sources of these names, each once, in their order.

    Raises:
        BadInputError: there is no such source.
    """
    found = []
    for name in dict.fromkeys(names):
        try:
            found.append(sources[name])
        except ConfigError:
            raise BadInputError(option, name, f"there are {', '.join(sources)}") from None
    return tuple(found)


def keyless() -> tuple[str, ...]:
    """Return the names of the sources that ask for no key."""
    return tuple(name for name, source in sources.items() if source.key is None)


def collect(
    assets: Sequence[str],
    asked: Iterable[Source],
    ask: Ask,
    clock: Callable[[], datetime],
    *,
    access: Access,
    scope: Scope = "full",
    names: Mapping[str, str] | None = None,
    own_map: bool = True,
    known: Mapping[str, ReadSnapshot] = _NOTHING,
) -> Collection:
    """Ask sources for assets and return what they gave.

    Args:
        assets: tickers.
        asked: the sources in order of preference.
        ask: sends the requests.
        clock: tells the time, UTC: read before the first question and after the last answer.
        access: addresses and keys.
        scope: how much is asked.
        names: assets in running text, by ticker.
        own_map: estimate liquidation maps where no source gives one with levels.
        known: earlier snapshots by asset, whose histories are rolled on.
    """
    round_ = round_of(assets, asked, _second(clock()), access, scope)
    outcomes = tuple(ask(round_.requests, deadlines(round_)))
    return collection_of(round_, outcomes, _second(clock()), access=access, names=names, own_map=own_map, known=known)


def collection_of(
    round_: Round,
    outcomes: Sequence[Outcome],
    as_of: datetime,
    *,
    access: Access,
    names: Mapping[str, str] | None = None,
    own_map: bool = True,
    known: Mapping[str, ReadSnapshot] = _NOTHING,
) -> Collection:
    """Return what a round gave, from what came back."""
    replies = Replies(outcomes)
    snapshots = tuple(
        live_snapshot(
            round_,
            replies,
            one.asset,
            as_of,
            name=(names or {}).get(one.asset),
            own_map=own_map,
            known=known.get(one.asset),
        )
        for one in round_.asked
    )
    return Collection(round_, access, as_of, tuple(outcomes), snapshots)


def deadlines(round_: Round) -> dict[str, float]:
    """Return how many seconds each source may take: its own deadline, and the time that its limits alone take."""
    found: dict[str, float] = {}
    for source in round_.sources:
        spent: dict[str, int] = {}
        for request in round_.requests:
            if request.source == source.name:
                for pool, cost in request.costs:
                    spent[pool] = spent.get(pool, 0) + cost
        waits = (spent[pool] / limit.most * limit.seconds for pool, limit in source.pools.items() if pool in spent)
        # What fits into one window need not wait at all.
        most = max(waits, default=0.0)
        longest = max((limit.seconds for limit in source.pools.values()), default=0.0)
        found[source.name] = source.deadline_seconds + (most * 1.2 if most > longest else 0.0)
    return found


def no_answer(collection: Collection, asset: str) -> str:
    """Return why no source gave a figure of an asset, one reason a source."""
    found = next(one for one in collection.snapshots if one.asset == asset)
    why: dict[str, str] = {}
    for one in found.readings:
        if one.missed is not None:
            title = one.question.source.title
            if one.missed.reason == "not_listed":
                # That explains whatever else it refuses.
                why[title] = "does not list it"
            why.setdefault(title, plain_line(one.missed.detail))
    each = [f"{title}: {reason}" for title, reason in why.items()]
    each += [f"{one.title}: it needs a key ({one.key.variable})" for one in collection.round.without_key if one.key]
    return "; ".join(each) or "none was asked"


def _second(time: datetime) -> datetime:
    return time.replace(microsecond=0)
