"""Which facts can play the roles of a claim together."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from commentary.errors import ConfigError
from commentary.planning.claims import ClaimSpec, fitting
from commentary.records.fact import Fact
from commentary.records.query import Scope, judge
from commentary.records.sheet import FactSheet

Cast = Mapping[str, Fact]
Choice = Callable[[str, list[Fact]], list[Fact]]
"""Which of the facts that can play a role are tried, in order."""


class Casting:
    """Hands out roles to the facts of one sheet.

    Args:
        sheet: the facts.
        scopes: what `$side` and the thresholds of the conditions can stand for.
    """

    def __init__(self, sheet: FactSheet, scopes: Iterable[Scope]) -> None:
        self._sheet = sheet
        self._scopes = tuple(scopes)
        self._held: dict[str, tuple[Scope, ...]] = {}

    def casts(self, spec: ClaimSpec, roles: frozenset[str], choice: Choice) -> Iterator[Cast]:
        """Yield every way to play a claim whose conditions hold, with the optional roles that are asked for."""
        optional = tuple(entry for entry in spec.optional if entry[0] in roles)
        if roles <= {role for role, _ in (*spec.roles, *optional)}:
            for scope in self._scopes_of(spec):
                yield from self._filled((*spec.roles, *optional), scope, choice, {})

    def _filled(
        self, left: tuple[tuple[str, tuple[str, ...]], ...], scope: Scope, choice: Choice, cast: dict[str, Fact]
    ) -> Iterator[Cast]:
        if not left:
            yield dict(cast)
            return
        (role, queries), *rest = left
        for fact in choice(role, list(fitting(queries, self._sheet, scope, cast))):
            yield from self._filled(tuple(rest), scope, choice, {**cast, role: fact})

    def _scopes_of(self, spec: ClaimSpec) -> tuple[Scope, ...]:
        """Return the scopes under which a claim's conditions hold; one does where they all ask the same."""
        if spec.frame not in self._held:
            held = tuple(scope for scope in self._scopes if self._holds(spec, scope))
            asked = " ".join(
                (*spec.when, *(query for _, queries in (*spec.roles, *spec.optional) for query in queries))
            )
            self._held[spec.frame] = held if "$" in asked else held[:1]
        return self._held[spec.frame]

    def _holds(self, spec: ClaimSpec, scope: Scope) -> bool:
        try:
            return all(judge(self._sheet, condition, scope).holds for condition in spec.when)
        except ConfigError:
            # A threshold of another story.
            return False
