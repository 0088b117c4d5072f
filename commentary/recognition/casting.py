"""Which facts can play the roles of a claim together."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.planning.claims import ClaimSpec, fitting
from commentary.records.fact import Fact, Subject
from commentary.records.query import Scope, judge
from commentary.records.sheet import FactSheet

Choice = Callable[[str, list[Fact]], list[Fact]]
"""Which of the facts that can play a role are tried, in order."""

_NAME = re.compile(r"\$(\w+)")
_LIKE = re.compile(r"\blike=(\w+)")
_SIDES = frozenset({"side", "other"})


_FEW = 100
"""So many casts of a claim are kept; more are found anew for each sentence, among the facts that it names."""


class Cast(NamedTuple):
    """The facts of one claim."""

    roles: Mapping[str, Fact]
    side: str | None
    """The side that the story would put first; None where the claim does not depend on it."""


class Telling(NamedTuple):
    """One way to tell a story: from which side, by which thresholds, of which facts."""

    scope: Scope
    sheet: FactSheet


class Casting:
    """Hands out roles to facts.

    Args:
        tellings: the ways to tell the stories.
    """

    def __init__(self, tellings: Iterable[Telling]) -> None:
        self._tellings = tuple(tellings)
        self._few: dict[tuple[str, frozenset[str]], tuple[Cast, ...] | None] = {}
        self._held: dict[str, tuple[tuple[Telling, str | None], ...]] = {}

    def casts(self, spec: ClaimSpec, roles: frozenset[str], choice: Choice) -> Iterable[Cast]:
        """Return the ways to play a claim whose conditions hold, with the optional roles that are asked for.

        Where there are few they are all returned, each found once for all texts; else those that are chosen.
        """
        key = (spec.frame, roles)
        if key not in self._few:
            every = tuple(islice(self._casts(spec, roles, _all), _FEW + 1))
            self._few[key] = every if len(every) <= _FEW else None
        few = self._few[key]
        return self._casts(spec, roles, choice) if few is None else few

    def _casts(self, spec: ClaimSpec, roles: frozenset[str], choice: Choice) -> Iterator[Cast]:
        asked = _with_givers(spec, roles)
        optional = tuple(entry for entry in spec.optional if entry[0] in asked)
        if roles <= {role for role, _ in (*spec.roles, *optional)}:
            for telling, side in self._tellings_of(spec):
                for filled in self._filled((*spec.roles, *optional), telling, choice, {}):
                    yield Cast(filled, side)

    def _filled(
        self, left: tuple[tuple[str, tuple[str, ...]], ...], telling: Telling, choice: Choice, cast: dict[str, Fact]
    ) -> Iterator[dict[str, Fact]]:
        if not left:
            yield dict(cast)
            return
        (role, queries), *rest = left
        facts = list(fitting(queries, telling.sheet, telling.scope, cast))
        # Where a claim leaves the side or the window open, it means the preferred fact's.
        alike = [fact for fact in facts if _open(fact.subject) == _open(facts[0].subject)]
        for fact in choice(role, alike):
            yield from self._filled(tuple(rest), telling, choice, {**cast, role: fact})

    def _tellings_of(self, spec: ClaimSpec) -> tuple[tuple[Telling, str | None], ...]:
        """Return the tellings in which a claim's conditions hold, one of those that ask the same."""
        if spec.frame not in self._held:
            asked = _names_in(spec)
            held: dict[tuple[object, ...], tuple[Telling, str | None]] = {}
            for telling in self._tellings:
                scope = telling.scope
                values = (scope.names.get(name) or scope.thresholds.get(name) for name in asked)
                key = (id(telling.sheet), *values)
                if key not in held and _holds(spec, telling):
                    held[key] = telling, scope.names["side"] if _SIDES & set(asked) else None
            self._held[spec.frame] = tuple(held.values())
        return self._held[spec.frame]


def _with_givers(spec: ClaimSpec, roles: frozenset[str]) -> frozenset[str]:
    """Return roles with those that they are like: "reach_distance like=osize" needs osize, printed or not."""
    every = dict((*spec.roles, *spec.optional))
    given = {name for role in roles for query in every.get(role, ()) for name in _LIKE.findall(query)}
    return roles if given <= roles else _with_givers(spec, roles | given)


def _holds(spec: ClaimSpec, telling: Telling) -> bool:
    try:
        return all(judge(telling.sheet, condition, telling.scope).holds for condition in spec.when)
    except ConfigError:
        # A threshold of another story.
        return False


def _all(_: str, facts: list[Fact]) -> list[Fact]:
    return facts


@cache
def _names_in(spec: ClaimSpec) -> tuple[str, ...]:
    """Return what a claim's questions name with a $."""
    return tuple(sorted(set(_NAME.findall(" ".join((*spec.when, *_queries(spec)))))))


def _queries(spec: ClaimSpec) -> Iterator[str]:
    for _, queries in (*spec.roles, *spec.optional):
        yield from queries


def _open(subject: Subject) -> tuple[object, ...]:
    return subject.asset, subject.side, subject.window_hours
