"""Claims as data: which facts a sentence needs, which it may use, and when it is said.

data/claims/<topic>.toml holds one table a sentence, named as its say block:

    ["funding.rate"]
    modality = "observed"
    when = ["has funding_rate at=settled"]
    roles = { rate = "funding_rate at=settled", money = "funding_money like=rate" }
    optional = { baseline = "funding_baseline like=rate" }

`like=rate` asks for the same asset, side, venue, window and qualifier as the fact in role `rate`
(or those named: `like=rate:venue,window`), so that a sentence cannot mix two exchanges by accident.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, get_args

from commentary.errors import ConfigError
from commentary.records.fact import Fact, Subject
from commentary.records.plan import Claim, Modality
from commentary.records.query import Scope, find, judge
from commentary.records.sheet import FactSheet

_LIKE_ALL = ("asset", "side", "venue", "window", "at")


class ClaimSpec(NamedTuple):
    """How to make one claim from a fact sheet."""

    frame: str
    modality: Modality
    when: tuple[str, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    optional: tuple[tuple[str, tuple[str, ...]], ...]


class LeftOut(NamedTuple):
    """A claim that is not made, and why."""

    frame: str
    reason: str


def load_claims(folder: Path) -> Mapping[str, ClaimSpec]:
    """Read every claim under `folder`.

    Raises:
        ConfigError: a table has unknown keys, or two files name the same claim.
    """
    specs: dict[str, ClaimSpec] = {}
    for path in sorted(folder.glob("*.toml")):
        for frame, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if frame in specs:
                raise ConfigError(f"data/claims/{path.name}: {frame!r} is defined twice")
            unknown = set(table) - {"modality", "when", "roles", "optional"}
            if unknown or table.get("modality", "observed") not in get_args(Modality):
                raise ConfigError(f"data/claims/{path.name}: {frame!r} has {unknown or table['modality']}, not known")
            specs[frame] = ClaimSpec(
                frame,
                table.get("modality", "observed"),
                tuple(table.get("when", ())),
                _queries(table.get("roles", {})),
                _queries(table.get("optional", {})),
            )
    return specs


def _queries(table: Mapping[str, str | list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((role, (query,) if isinstance(query, str) else tuple(query)) for role, query in table.items())


def make_claim(spec: ClaimSpec, sheet: FactSheet, scope: Scope) -> Claim | LeftOut:
    """Return the claim, or the reason the facts do not carry it."""
    for condition in spec.when:
        verdict = judge(sheet, condition, scope)
        if not verdict.holds:
            return LeftOut(spec.frame, verdict.why)
    roles: dict[str, Fact] = {}
    for role, queries in spec.roles:
        fact = _first(queries, sheet, scope, roles)
        if fact is None:
            return LeftOut(spec.frame, f"{' or '.join(queries)}: missing")
        roles[role] = fact
    for role, queries in spec.optional:
        fact = _first(queries, sheet, scope, roles)
        if fact is not None:
            roles[role] = fact
    return Claim(spec.frame, tuple(roles.items()), spec.modality)


def _first(queries: tuple[str, ...], sheet: FactSheet, scope: Scope, roles: Mapping[str, Fact]) -> Fact | None:
    for query in queries:
        words = query.split()
        like = next((word for word in words if word.startswith("like=")), None)
        if like is None:
            fact = find(sheet, query, scope)
        else:
            words.remove(like)
            fact = _find_like(" ".join(words), like.removeprefix("like="), sheet, scope, roles)
        if fact is not None:
            return fact
    return None


def _find_like(
    query: str, like: str, sheet: FactSheet, scope: Scope, roles: Mapping[str, Fact]
) -> Fact | None:
    role, _, listed = like.partition(":")
    if role not in roles:
        return None
    subject = roles[role].subject
    wanted = tuple(listed.split(",")) if listed else _LIKE_ALL
    metric, *own = query.split()
    named = {condition.partition("=")[0] for condition in own}
    have = _parts(subject)
    for fact in sheet.all(metric):
        theirs = _parts(fact.subject)
        if all(theirs[key] == have[key] for key in wanted if key not in named) and _meets(own, theirs, scope):
            return fact
    return None


def _parts(subject: Subject) -> dict[str, object]:
    parts = (subject.asset, subject.side, subject.venue, subject.window_hours, subject.at)
    return dict(zip(_LIKE_ALL, parts, strict=True))


def _meets(own: list[str], theirs: Mapping[str, object], scope: Scope) -> bool:
    for condition in own:
        key, _, value = condition.partition("=")
        asked = scope.sides.get(value[1:], value) if value.startswith("$") else value.replace("_", " ")
        has = theirs[key]
        if str(has) != asked:
            return False
    return True
