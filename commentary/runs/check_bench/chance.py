"""Chance acceptance: how many figures from nowhere a checker takes for true because they happen to fit a fact.

A sentence of a clean draft gets, in the place of one of its figures, a random one within 50% of a fact of that
unit, printed to as many digits as the old one, and goes to the checker as bare text. What the oracle finds true
is left out; of the rest the share without an error is what chance lets through.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.pipeline import TextChecker, sheet_of
from commentary.records.draft import Draft
from commentary.records.fact_file import Record
from commentary.runs.check_bench.drafts import make
from commentary.runs.check_bench.mutant import Edit, Mutant
from commentary.runs.check_bench.operators import Operator
from commentary.runs.check_bench.operators.base import amount, over
from commentary.runs.check_bench.oracle import Oracle
from commentary.runs.check_bench.parallel import MOST_JOBS, parallel
from commentary.runs.check_bench.target import Target, Told, targets_of
from commentary.runs.check_bench.written import Figure, figure_in, grouped

UNITS = ("usd", "price", "percent", "coin", "ratio", "count", "days")
_ROUND = 8
_EACH = 60
"""The most figures of one unit from one draft."""
_WITHIN = 0.5
_LONG = ((12, "trillion"), (9, "billion"), (6, "million"))
_COMPACT = ((12, "T"), (9, "B"), (6, "M"), (3, "K"))


class Accepted(Record):
    """What chance let through of one unit."""

    unit: str
    figures: int
    """Without those that happen to be true."""
    accepted: int
    true: int


class ChanceResult(Record):
    """A run."""

    seed: int
    each: int
    units: tuple[Accepted, ...]


def chance_acceptance(
    each: int = 10_000, seed: int = 0, jobs: int = 1, progress: Callable[[str], None] = lambda _: None
) -> ChanceResult:
    """Return the share of random figures accepted, by unit.

    Raises:
        BadInputError: a number is out of its bounds.
    """
    bounds = (("--each", each, 1, 10**7), ("--seed", seed, 0, 10**6), ("--jobs", jobs, 1, MOST_JOBS))
    for option, value, least, most in bounds:
        if not least <= value <= most:
            raise BadInputError(option, value, f"write a whole number, {least} to {most}")
    counts: Counter[tuple[str, str]] = Counter()
    left = dict.fromkeys(UNITS, each)
    number, most = 0, 40 * (each // _EACH + _ROUND)
    with parallel(jobs, _work) as mapped:
        while any(count > 0 for count in left.values()) and number < most:
            wanted = {unit: min(_EACH, -(-count // _ROUND)) for unit, count in left.items() if count > 0}
            for found in mapped([(seed, number + i, wanted) for i in range(_ROUND)]):
                counts.update(found)
                for unit, fate in found:
                    left[unit] -= fate != "true"
            number += _ROUND
            short = ", ".join(f"{unit} {count}" for unit, count in left.items() if count > 0)
            progress(f"{number} snapshots; to come: {short or 'none'}")
    units = tuple(
        Accepted(
            unit=unit,
            figures=counts[unit, "accepted"] + counts[unit, "refused"],
            accepted=counts[unit, "accepted"],
            true=counts[unit, "true"],
        )
        for unit in UNITS
    )
    return ChanceResult(seed=seed, each=each, units=units)


def _work(asked: tuple[int, int, Mapping[str, int]]) -> list[tuple[str, str]]:
    """Return the unit of each random figure of one draft, and whether it was accepted, refused or true."""
    seed, number, wanted = asked
    made = make(seed, number)
    if made is None:
        return []
    oracle = Oracle(made.snapshot, [fact.model_dump(mode="json") for fact in made.draft.facts])
    reader = _Reader(made.draft)
    targets = list(targets_of(made.draft))
    return [
        (unit, "true" if oracle.stays_true(mutant) else reader.fate(mutant))
        for unit, count in wanted.items()
        for mutant in _figures(targets, unit, count, made.chance)
    ]


class _Reader:
    """Gives sentences of one draft to the checker, each as a passage of its own."""

    def __init__(self, draft: Draft) -> None:
        self._checker = TextChecker(sheet_of(draft), settings=Settings(), names=draft.names)
        self._clean: dict[str, set[tuple[str, str]]] = {}

    def fate(self, mutant: Mutant) -> str:
        """Return whether a sentence with a random figure is accepted: nothing is found that was not before."""
        start, end = mutant.sentence
        before = mutant.before[start : end - len(mutant.text) + len(mutant.before)]
        if before not in self._clean:
            self._clean[before] = self._errors(before)
        return "refused" if self._errors(mutant.text[start:end]) - self._clean[before] else "accepted"

    def _errors(self, text: str) -> set[tuple[str, str]]:
        found = self._checker.check(text, "passage").findings
        return {(finding.code, finding.text) for finding in found if finding.severity == "error"}


def _figures(targets: list[Target], unit: str, count: int, chance: Random) -> Iterator[Mutant]:
    """Yield sentences with a random figure in the place of one of a unit."""
    fitting = [target for target in targets if any(told.fact.unit == unit for told in target.figures)]
    operator = Operator("chance", unit, lambda target, chance: _edit(target, unit, chance))
    tried = 0
    while fitting and count and tried < 20 * _EACH:
        tried += 1
        made = operator(chance.choice(fitting), chance)
        if made is not None:
            count -= 1
            yield made


def _edit(target: Target, unit: str, chance: Random) -> Edit | None:
    told = chance.choice([each for each in target.figures if each.fact.unit == unit])
    like = figure_in(told.text)
    sizes = [
        abs(Decimal(fact.value))
        for fact in target.facts.values()
        if fact.unit == unit and isinstance(fact.value, Decimal) and fact.value != 0
    ]
    if like is None or not sizes:
        return None
    own = abs(told.fact.value) if isinstance(told.fact.value, Decimal) else sizes[0]
    # Half of them near the figure that stood there, where a reader would not start.
    size = own if chance.random() < 0.5 else chance.choice(sizes)
    if unit == "ratio" and "%" in told.text:
        size *= 100
    new = _printed(size * Decimal(repr(1 + chance.uniform(-_WITHIN, _WITHIN))), like, told)
    text = told.text[: like.start] + new + told.text[like.whole[1] :] if new else ""
    read = figure_in(text)
    return over(told, text, amount(told, read)) if read and text != told.text else None


def _printed(value: Decimal, like: Figure, told: Told) -> str:
    """Return a value as figures of its kind are printed; nothing where it comes to no figure."""
    scaled = told.fact.unit in ("usd", "coin") and told.style != "money"
    if not scaled:
        _, _, decimals = like.digits.partition(".")
        fixed = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
        return grouped(f"{fixed:f}") if fixed else ""
    digits = len(like.digits.replace(",", "").replace(".", "").strip("0")) or 1
    if value <= 0:
        return ""
    fixed = value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP)
    compact = len(like.scale) == 1
    for exponent, word in _COMPACT if compact else _LONG:
        if fixed >= Decimal(10) ** exponent:
            return grouped(f"{fixed.scaleb(-exponent):f}") + ("" if compact else " ") + word
    return grouped(f"{fixed:f}")
