"""A draft's facts, held to one another: each that was computed has the value that its inputs give.

draft.fact: a fact is no fact that we compute: its metric, formula or inputs are not.
draft.value: a fact's value is not what its formula makes of its inputs, or contradicts what it is a part of.
draft.evidence: a fact is told as better known, by another source or of another time than its inputs are.

What a row of the snapshot said has no inputs, and where the rows decide (a median, a rank, the levels of a map) the
inputs are not all: those can be changed together, and are held to the snapshot alone (`check draft.json --facts`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

from commentary.checks.contradictions import beyond_total, is_open, leading_nowhere
from commentary.checks.formulas import FORMS
from commentary.checks.formulas.base import Form
from commentary.records.draft import REMAKE, Draft
from commentary.records.fact import Fact, MissingFact, Subject, twelve_digits, weakest
from commentary.records.fact_file import FactRecord
from commentary.records.finding import Finding
from commentary.records.labels import exact, label
from commentary.records.sheet import FactSheet

_ELSEWHERE = frozenset(
    {
        "price",
        "price_usd",
        "price_then",
        "price_change",
        "price_flow",
        "daily_sigma",
        "example_notional",
        "usd_rate",
        "contract_multiplier",
        "day_volume",
    }
)
"""What measures a thing and is of another venue, window or place than it."""
_OF_PLACES = frozenset(
    {"basis_apart", "cluster_within_share", "conflict_gap", "depth_ratio", "reach_beyond_price", "reach_beyond_size"}
)
"""What is made of figures that stand at other places than it."""
_STARTS = {
    "price_change": "price_from",
    "oi_change_coin": "oi_from_coin",
    "oi_change_usd": "oi_from_usd",
    "oi_delta_coin": "oi_from_coin",
    "oi_delta_usd": "oi_from_usd",
}
"""Changes, and the level before each."""
_CLOSE = Decimal("1e-10")
"""A file keeps about 16 digits of what was computed to twelve; no spelling shows so many."""
_ROUNDED = Decimal("1e-13")
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_MARGIN = timedelta(minutes=2)


def miscomputed(draft: Draft, sheet: FactSheet, ruled: Sequence[Fact]) -> Iterator[Finding]:
    """Yield what a draft's facts contradict in one another.

    Args:
        draft: the draft.
        sheet: its facts.
        ruled: what the rules of the desk make of the sheet: its label, and the figures of its story.
    """
    rules = {fact.id: fact for fact in ruled}
    metrics = {fact.subject.metric for fact in ruled}
    places = {record.id: i for i, record in enumerate(draft.facts)}
    every: tuple[Fact | MissingFact, ...] = (*sheet.facts, *sheet.missing)
    for one in every:
        if FactRecord.of(one) != draft.facts[places[one.id]]:
            why = "holds more than a fact has, such as a value and the reason why there is none"
            yield _finding("fact", f"/facts/{places[one.id]}", one, sheet, why)
    for fact in sheet:
        if fact.subject.metric in metrics:
            found = _by_rule(fact, rules.get(fact.id))
        else:
            found = _computed(fact, sheet) or _told(fact, sheet, draft)
        if found is not None:
            code, why = found
            yield _finding(code, f"/facts/{places[fact.id]}", fact, sheet, why)
    for start in leading_nowhere(sheet):
        why = "is no price from which the reported change leads to a price of the draft"
        yield _finding("value", f"/facts/{places[start.id]}", start, sheet, why)
    for part in beyond_total(sheet):
        why = "is more than its total, or the two sides are not their total, and no flag says so"
        yield _finding("value", f"/facts/{places[part.id]}", part, sheet, why)


def _by_rule(fact: Fact, rule: Fact | None) -> tuple[str, str] | None:
    if rule is None:
        return "fact", "is made by no rule of ours of these facts"
    if not _same(fact, rule.value):
        return "value", f"is {_exact(fact, rule.value)} by the rules of ours and these facts"
    source = fact.source if fact.evidence == "asserted" else rule.source
    if fact != replace(rule, value=fact.value, source=source):
        return "fact", "is told of another kind, or by another rule, than the one of ours"
    return None


def _computed(fact: Fact, sheet: FactSheet) -> tuple[str, str] | None:
    """Return what is wrong with a fact that was computed or given."""
    forms = FORMS.get(fact.subject.metric)
    if forms is None:
        return "fact", "is none that we compute"
    inputs = [sheet[name] for name in fact.inputs if name in sheet]
    if len(inputs) < len(fact.inputs):
        return "fact", "is made of a fact that the draft does not hold"
    for form in forms:
        numbers = _read(form, fact, inputs, sheet)
        if numbers is not None:
            return _held(form, fact, inputs, numbers, sheet)
    said = f"by the formula {fact.formula!r}" if fact.formula else "without a formula"
    return "fact", f"is not made {said} of these inputs"


def _read(form: Form, fact: Fact, inputs: Sequence[Fact], sheet: FactSheet) -> tuple[Decimal, ...] | None:
    """Return the numbers in a formula that a form says; None where it says another."""
    if not _made_of(form.of, inputs):
        return None
    rate = sheet.get("usd_rate")
    says = form.says.replace("{rate}", str(rate.value) if rate else "").replace("{quote}", _at(rate))
    says = says.replace("{hours}", f"{_hours(inputs):f}")
    formula = fact.formula
    for i, one in sorted(enumerate(inputs), key=lambda entry: -len(entry[1].id)):
        formula = formula.replace(one.id, f"{{{i}}}")
    found = _pattern(says).fullmatch(formula)
    return tuple(Decimal(number) for number in found.groups()) if found else None


@cache
def _pattern(says: str) -> re.Pattern[str]:
    return re.compile(re.escape(says).replace(r"\#", f"({_NUMBER})").replace(r"\~", ".+"))


def _made_of(of: str, inputs: Sequence[Fact]) -> bool:
    wanted = of.split()
    if wanted == ["..."]:
        return bool(inputs)
    return len(wanted) == len(inputs) and all(
        one == "*" or fact.subject.metric in one.split("|") for one, fact in zip(wanted, inputs, strict=True)
    )


def _held(
    form: Form, fact: Fact, inputs: Sequence[Fact], numbers: tuple[Decimal, ...], sheet: FactSheet
) -> tuple[str, str] | None:
    if form.value is None:
        return _counted(fact, sheet) if not form.says else None
    if any(not _of_the_same(form, fact, one) for one in inputs):
        return "fact", "is made of inputs of another asset, side, venue or window"
    try:
        more = [_more(name, fact, inputs, sheet) for name in form.more]
        made = form.value(*(one.number for one in inputs), *numbers, *more)
        value = made if isinstance(made, str) else twelve_digits(made)
    except (ArithmeticError, ValueError, TypeError):
        return "value", "cannot be computed from its inputs"
    if not _same(fact, value, inputs):
        return "value", f"is {_exact(fact, value)} by its formula and inputs"
    return _known(fact, inputs)


def _counted(fact: Fact, sheet: FactSheet) -> tuple[str, str] | None:
    """Return that a change is told as given, where the level before it is one that a row gives: it is counted then."""
    own = fact.subject
    start_id = own._replace(metric=_STARTS.get(own.metric, "")).id
    if start_id not in sheet or sheet[start_id].inputs or is_open(sheet[start_id]):
        return None
    start = sheet[start_id]
    return "fact", f"is told as given, and the draft holds the level before it, {_exact(start, start.value)}"


def _known(fact: Fact, inputs: Sequence[Fact]) -> tuple[str, str] | None:
    """Return what is better known, or by others, than the inputs of a fact."""
    measured = tuple(one for one in inputs if not one.is_house) or tuple(inputs)
    if not inputs:
        return None
    if fact.evidence != weakest(measured):
        return "evidence", f"is told as {fact.evidence}, and its inputs are {weakest(measured)}"
    sources = tuple(dict.fromkeys(name for one in inputs for name in one.source))
    if fact.source != sources:
        return "evidence", f"is told by {_names(fact.source)}, and its inputs are by {_names(sources)}"
    if fact.as_of not in {one.as_of for one in inputs}:
        return "evidence", "is of another time than its inputs"
    return None


def _told(fact: Fact, sheet: FactSheet, draft: Draft) -> tuple[str, str] | None:
    """Return what is wrong with how well a fact is known, whatever its value."""
    quote = _at(sheet.get("usd_rate")) or "USD"
    known = {quote, "USD"} if fact.unit != "price" else {"USD" if fact.subject.metric == "price_usd" else quote}
    if fact.currency not in known:
        return "evidence", f"is told in {fact.currency}, and the prices are in {quote}"
    if fact.as_of > max(draft.as_of, draft.generated_at) + _MARGIN:
        return "evidence", "is of a later time than the draft"
    if fact.subject.metric == "stale_age":
        hours = Decimal(int((draft.generated_at - fact.as_of).total_seconds())) / 3600
        held = _same(fact, twelve_digits(hours))
        return None if held else ("value", f"is {_exact(fact, twelve_digits(hours))} at generated_at")
    own = fact.source == (fact.subject.venue,)
    if fact.evidence == "observed" and not fact.inputs and not own:
        return "evidence", "is told as observed, and is not of the venue that is its source"
    if fact.evidence == "asserted" and not fact.subject.metric.startswith(("band_", "example_", "wrap_")):
        return "evidence", "is told as asserted, and is no figure of the desk"
    return None


def _of_the_same(form: Form, fact: Fact, one: Fact) -> bool:
    """Say whether an input is of what the fact is of, as far as both say so."""
    own, other = fact.subject, one.subject
    if other.metric in _ELSEWHERE:
        return True
    if own.asset != other.asset:
        return False
    if other.metric.startswith("told_"):
        # A map that is drawn again ends its sum a little nearer or farther.
        other = other._replace(at=None)
    pairs: list[tuple[object, object]] = []
    if "other side" not in form.says:
        pairs.append((own.side, other.side))
    if "hours" not in form.more:
        pairs.append((own.window_hours, other.window_hours))
    if own.metric != "conflict_gap" and (own.metric, other.metric) != ("reach_sum_depth", "depth"):
        pairs += [(own.venue, other.venue)] if "all" not in (own.venue, other.venue) else []
    alike = all(None in pair or pair[0] == pair[1] for pair in pairs)
    return alike and (own.metric in _OF_PLACES or _at_one_place(own, other))


def _at_one_place(own: Subject, other: Subject) -> bool:
    """Say whether two things are of one place: a whole of a second source has no place, its parts have one."""
    if own.at is None or other.at is None or own.at == other.at:
        return True
    if (own.metric, other.metric) == ("reach_sum_depth", "depth"):
        return own.at.split("; ")[0] == other.at.split("; ")[0]
    return own.at.endswith(f"; {other.at}") or other.at.endswith(f"; {own.at}")


def _same(fact: Fact, value: object, inputs: Sequence[Fact] = ()) -> bool:
    if not isinstance(value, Decimal) or not isinstance(fact.value, Decimal):
        return fact.value == value
    alike = [abs(one.number) for one in inputs if one.unit == fact.unit]
    room = abs(value) * _CLOSE + _ROUNDED * (Decimal(1) if fact.unit == "percent" else Decimal(0))
    return abs(fact.value - value) <= room + max(alike, default=Decimal(0)) * _ROUNDED / 100


def _hours(inputs: Sequence[Fact]) -> Decimal:
    return (inputs[0].subject.window_hours or Decimal(0)) if inputs else Decimal(0)


def _at(rate: Fact | None) -> str:
    return (rate.subject.at or "") if rate else ""


def _more(name: str, fact: Fact, inputs: Sequence[Fact], sheet: FactSheet) -> object:
    """Return what a form makes a value of besides inputs: "60593; second source" stands at 60593."""
    if name == "hours":
        return _hours(inputs)
    if name == "rate":
        return rate.number if (rate := sheet.get("usd_rate")) else None
    if name == "side":
        return fact.side
    found = re.match(_NUMBER, fact.subject.at or "")
    return Decimal(found[0]) if found else None


def _exact(fact: Fact, value: object) -> str:
    if not isinstance(value, Decimal | str):
        return str(value)
    return exact(value, fact.unit, asset=fact.subject.asset, currency=fact.currency)


def _names(sources: Sequence[str]) -> str:
    return " and ".join(sources) or "nobody"


def _finding(code: str, path: str, fact: Fact | MissingFact, sheet: FactSheet, why: str) -> Finding:
    named = f"“{label(fact.subject, sheet.asset)}”"
    value = _exact(fact, fact.value) if isinstance(fact, Fact) else "nothing"
    told = f"the draft says {value} of {named}, which {why}; {REMAKE}"
    return Finding(
        code=f"draft.{code}", severity="error", path=path, span=(0, 0), text="", message=told, facts=(fact.id,)
    )
