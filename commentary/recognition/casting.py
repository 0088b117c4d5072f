"""Which facts can play the roles of a claim together."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.planning.claims import ClaimSpec, fitting
from commentary.records.fact import Fact, Subject
from commentary.records.query import Scope, judge
from commentary.records.sheet import FactSheet

Choice = Callable[[str, list[Fact]], list[Fact]]
"""Which of the facts that can play a role are tried, in order."""

_NAME = re.compile(r"\$(\w+)")
_SIDES = frozenset({"side", "other"})


class Cast(NamedTuple):
    """The facts of one claim."""

    roles: Mapping[str, Fact]
    side: str | None
    """The side that the story would put first; None where the claim does not depend on it."""


class Casting:
    """Hands out roles to the facts of one sheet.

    Args:
        sheet: the facts.
        scopes: what `$side` and the thresholds of the conditions can stand for.
    """

    def __init__(self, sheet: FactSheet, scopes: Iterable[Scope]) -> None:
        self._sheet = sheet
        self._scopes = tuple(scopes)
        self._held: dict[str, tuple[tuple[Scope, str | None], ...]] = {}

    def casts(self, spec: ClaimSpec, roles: frozenset[str], choice: Choice) -> Iterator[Cast]:
        """Yield every way to play a claim whose conditions hold, with the optional roles that are asked for."""
        optional = tuple(entry for entry in spec.optional if entry[0] in roles)
        if roles <= {role for role, _ in (*spec.roles, *optional)}:
            for scope, side in self._scopes_of(spec):
                for filled in self._filled((*spec.roles, *optional), scope, choice, {}):
                    yield Cast(filled, side)

    def _filled(
        self, left: tuple[tuple[str, tuple[str, ...]], ...], scope: Scope, choice: Choice, cast: dict[str, Fact]
    ) -> Iterator[dict[str, Fact]]:
        if not left:
            yield dict(cast)
            return
        (role, queries), *rest = left
        facts = list(fitting(queries, self._sheet, scope, cast))
        # Where a claim leaves the side or the window open, it means the preferred fact's.
        alike = [fact for fact in facts if _open(fact.subject) == _open(facts[0].subject)]
        for fact in choice(role, alike):
            yield from self._filled(tuple(rest), scope, choice, {**cast, role: fact})

    def _scopes_of(self, spec: ClaimSpec) -> tuple[tuple[Scope, str | None], ...]:
        """Return the scopes under which a claim's conditions hold, one of those that ask the same."""
        if spec.frame not in self._held:
            asked = set(_NAME.findall(" ".join((*spec.when, *_queries(spec)))))
            held: dict[tuple[str, ...], tuple[Scope, str | None]] = {}
            for scope in self._scopes:
                key = tuple(str(scope.names.get(name) or scope.thresholds.get(name)) for name in sorted(asked))
                if key not in held and self._holds(spec, scope):
                    held[key] = scope, scope.names["side"] if asked & _SIDES else None
            self._held[spec.frame] = tuple(held.values())
        return self._held[spec.frame]

    def _holds(self, spec: ClaimSpec, scope: Scope) -> bool:
        try:
            return all(judge(self._sheet, condition, scope).holds for condition in spec.when)
        except ConfigError:
            # A threshold of another story.
            return False


def _queries(spec: ClaimSpec) -> Iterator[str]:
    for _, queries in (*spec.roles, *spec.optional):
        yield from queries


def _open(subject: Subject) -> tuple[object, ...]:
    return subject.asset, subject.side, subject.window_hours
