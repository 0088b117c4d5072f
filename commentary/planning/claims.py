"""Claims as data: which facts a sentence needs, which it may use, and when it is said.

data/claims/<topic>.toml holds one table a sentence, named as its say block (or `say` names the block):

    ["funding.rate"]
    modality = "observed"
    when = ["has funding_rate at=settled"]
    roles = { rate = "funding_rate at=settled", money = "funding_money like=rate" }
    optional = { baseline = "funding_baseline like=rate" }

`until=size` asks for one whose time is that of the fact in role `size`, `apart=size` for one whose time is not.
`of=share` asks for a fact that the one in role `share` was made of.
`said = ["share"]` says the sentence only after one that has the fact of that role: a caveat follows its figure.
`unsaid = ["second"]` says it only where no sentence before it has the fact.
`other=rate:venue` asks for a fact that differs from the one in role `rate` in what is named.
`like=rate` asks for the same asset, side, venue, window and qualifier as the fact in role `rate`
(or those named: `like=rate:venue,window`; `source` only if it is named), so that a sentence cannot mix two
exchanges by accident. `like=change:asset,venue,time` asks for the same time too, as vendors refresh their counts.
"""

import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from commentary.errors import ConfigError
from commentary.records.fact import Fact
from commentary.records.plan import Claim, Modality
from commentary.records.query import Scope, find_all, judge
from commentary.records.sheet import FactSheet

_RELATIONS = ("like=", "other=", "of=", "until=", "apart=")
_LIKE_ALL = ("asset", "side", "venue", "window", "at")
_REFRESHED = timedelta(minutes=15)
"""Two counts of one vendor may be this far apart and be of one time."""


class ClaimSpec(NamedTuple):
    """How to make one claim from a fact sheet."""

    frame: str
    say: str
    """The block of the templates that words it: its own name, or that of a claim worded alike."""
    modality: Modality
    when: tuple[str, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    optional: tuple[tuple[str, tuple[str, ...]], ...]
    said: tuple[str, ...] = ()
    """Roles whose facts a sentence before it has to have."""
    unsaid: tuple[str, ...] = ()
    """Roles whose facts no sentence before it may have."""


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
            unknown = set(table) - {"say", "modality", "when", "roles", "optional", "said", "unsaid"}
            if unknown or table.get("modality", "observed") not in get_args(Modality):
                raise ConfigError(f"data/claims/{path.name}: {frame!r} has {unknown or table['modality']}, not known")
            specs[frame] = ClaimSpec(
                frame,
                table.get("say", frame),
                table.get("modality", "observed"),
                tuple(table.get("when", ())),
                _queries(table.get("roles", {})),
                _queries(table.get("optional", {})),
                tuple(table.get("said", ())),
                tuple(table.get("unsaid", ())),
            )
    return specs


def _queries(table: Mapping[str, str | list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((role, (query,) if isinstance(query, str) else tuple(query)) for role, query in table.items())


def make_claim(spec: ClaimSpec, sheet: FactSheet, scope: Scope, told: Container[str] = ()) -> Claim | LeftOut:
    """Return the claim, or the reason the facts do not carry it.

    Args:
        spec: how the claim is made.
        sheet: the facts.
        scope: what the names in its questions stand for.
        told: the ids of the facts in the sentences before it.
    """
    for condition in spec.when:
        verdict = judge(sheet, condition, scope)
        if not verdict.holds:
            return LeftOut(spec.frame, verdict.why)
    roles: dict[str, Fact] = {}
    for role, queries in spec.roles:
        fact = next(fitting(queries, sheet, scope, roles), None)
        if fact is None:
            return LeftOut(spec.frame, f"{' or '.join(queries)}: missing")
        roles[role] = fact
    for role in spec.said:
        if roles[role].id not in told:
            return LeftOut(spec.frame, f"{roles[role].id}: no sentence before it has the figure")
    for role in spec.unsaid:
        if roles[role].id in told:
            return LeftOut(spec.frame, f"{roles[role].id}: a sentence before it has the figure")
    for role, queries in spec.optional:
        fact = next(fitting(queries, sheet, scope, roles), None)
        if fact is not None:
            roles[role] = fact
    if (point := next((fact for fact in roles.values() if fact.is_point_of_range), None)) is not None:
        return LeftOut(spec.frame, f"{point.id}: our own estimate is told as a range, and this is one point of it")
    return Claim(spec.say, tuple(roles.items()), spec.modality)


def fitting(queries: tuple[str, ...], sheet: FactSheet, scope: Scope, roles: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts that can play a role beside those that play the roles before it, the preferred first."""
    for query in queries:
        yield from _fitting(query, sheet, scope, roles)


class _Query(NamedTuple):
    """A question for a role, taken apart."""

    question: str
    """Without its relation."""
    metric: str
    conditions: tuple[tuple[str, str], ...]
    relation: str
    """like, other, of, until or apart; empty where there is none."""
    role: str
    """The role that it is set against."""
    keys: tuple[str, ...]
    """What has to be alike, or differ."""


@cache
def _parsed(query: str) -> _Query:
    words = query.split()
    relation = next((word for word in words if word.startswith(_RELATIONS)), "")
    if relation:
        words.remove(relation)
    kind, _, target = relation.partition("=")
    role, _, listed = target.partition(":")
    conditions = tuple((key, value) for key, _, value in (word.partition("=") for word in words[1:]))
    named = {key for key, _ in conditions}
    keys = tuple(key for key in (listed.split(",") if listed else _LIKE_ALL) if key not in named)
    return _Query(" ".join(words), words[0], conditions, kind, role, keys)


def _fitting(query: str, sheet: FactSheet, scope: Scope, roles: Mapping[str, Fact]) -> Iterable[Fact]:
    asked = _parsed(query)
    if not asked.relation:
        return find_all(sheet, asked.question, scope)
    other = roles.get(asked.role)
    if other is None:
        return ()
    if asked.relation in ("until", "apart"):
        found = find_all(sheet, asked.question, scope)
        return [fact for fact in found if (fact.as_of == other.as_of) == (asked.relation == "until")]
    if asked.relation == "of":
        made_of = (sheet[name] for name in other.inputs if name in sheet)
        return [fact for fact in made_of if fact.subject.metric == asked.metric]
    own = [(key, scope.value(value)) for key, value in asked.conditions]
    have = _parts(other)
    related = []
    for fact in sheet.all(asked.metric):
        theirs = _parts(fact)
        alike = (_at_once(fact, other) if key == "time" else theirs[key] == have[key] for key in asked.keys)
        fits = all(alike) if asked.relation == "like" else not any(alike)
        if fits and all(str(theirs[key]) == value for key, value in own):
            related.append(fact)
    return related


def _at_once(one: Fact, other: Fact) -> bool:
    return abs(one.as_of - other.as_of) <= _REFRESHED


def _parts(fact: Fact) -> dict[str, object]:
    subject = fact.subject
    parts = (subject.asset, subject.side, subject.venue, subject.window_hours, subject.at)
    return {**dict(zip(_LIKE_ALL, parts, strict=True)), "source": fact.source}
