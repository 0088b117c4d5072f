"""One draft's part of a run: its mutants checked both ways, and what is found in it as it is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from commentary.publishing.markdown import escape
from commentary.records.draft import texts
from commentary.records.finding import Finding
from commentary.runs.check_bench.choosing import mutants
from commentary.runs.check_bench.drafts import Made, make
from commentary.runs.check_bench.entering import WAYS, Entrance, Seen, Way
from commentary.runs.check_bench.judging import Verdict, judge, overlaps
from commentary.runs.check_bench.mutant import Mutant
from commentary.runs.check_bench.oracle import Oracle
from commentary.runs.check_bench.target import targets_of

Fate = Verdict | Literal["spared"]


class Miss(NamedTuple):
    """A mutant that survived, for whoever writes the rules."""

    kind: str
    operator: str
    way: Way
    verdict: Verdict
    number: int
    """Of the draft."""
    path: str
    changed: str
    """The new words."""
    before: str
    """The sentence as it was."""
    after: str
    """The sentence as it is."""
    codes: tuple[str, ...]
    """Everything that was found in the sentence."""


class Batch(NamedTuple):
    """What one draft gives."""

    number: int
    drafted: bool
    verdicts: tuple[tuple[str, str, Way, Fate], ...] = ()
    """Class, operator, way and what became of the mutant."""
    misses: tuple[Miss, ...] = ()
    words: int = 0
    clean: tuple[tuple[Way, str, str], ...] = ()
    """Way, severity and code of each finding in the draft as it is."""
    wordings: tuple[tuple[str, int], ...] = ()
    """Each wording of a template in the printed text, and the errors in it."""


def work(seed: int, number: int, wanted: Mapping[str, int], asked_clean: bool) -> Batch:
    """Return one draft's part.

    Args:
        seed: of the run.
        number: of the snapshot.
        wanted: mutants by class.
        asked_clean: whether the draft as it is counts among the clean ones.
    """
    made = make(seed, number)
    if made is None:
        return Batch(number, drafted=False)
    entrance = Entrance(made.draft)
    clean = {way: entrance.clean(way) for way in WAYS}
    verdicts, misses = _mutated(made, entrance, clean, wanted, number)
    if not asked_clean:
        return Batch(number, True, verdicts, misses)
    found = tuple((way, finding.severity, finding.code) for way in WAYS for finding in clean[way])
    wordings = tuple(_wordings(entrance, clean["bare"]))
    return Batch(number, True, verdicts, misses, len(entrance.printed.split()), found, wordings)


def _mutated(
    made: Made, entrance: Entrance, clean: Mapping[Way, tuple[Finding, ...]], wanted: Mapping[str, int], number: int
) -> tuple[tuple[tuple[str, str, Way, Fate], ...], tuple[Miss, ...]]:
    """Return what became of a draft's mutants, and those that survived."""
    oracle = Oracle(made.snapshot, [fact.model_dump(mode="json") for fact in made.draft.facts])
    targets = [target for target in targets_of(made.draft) if target.path in entrance.fields]
    fates: list[tuple[str, str, Way, Fate]] = []
    misses: list[Miss] = []
    for mutant in mutants(targets, wanted, made.chance):
        true = oracle.stays_true(mutant)
        for way in WAYS:
            if true:
                fates.append((mutant.kind, mutant.operator, way, "spared"))
                continue
            seen = entrance.enter(mutant, way)
            verdict = judge(mutant, seen, clean[way])
            fates.append((mutant.kind, mutant.operator, way, verdict))
            if verdict != "found":
                misses.append(_miss(mutant, seen, way, verdict, number))
    return tuple(fates), tuple(misses)


def _miss(mutant: Mutant, seen: Seen, way: Way, verdict: Verdict, number: int) -> Miss:
    start, end = mutant.sentence
    grown = len(mutant.text) - len(mutant.before)
    codes = Counter(
        f"{finding.code}{'' if overlaps(finding.span, seen.changed) else ' elsewhere'}"
        f"{'' if finding.severity == 'error' else f' ({finding.severity})'}"
        for finding in seen.findings
        if finding.path == seen.path and overlaps(finding.span, seen.sentence)
    )
    return Miss(
        mutant.kind,
        mutant.operator,
        way,
        verdict,
        number,
        mutant.path,
        mutant.text[slice(*mutant.changed)],
        mutant.before[start : max(start, end - grown)],
        mutant.text[start:end],
        tuple(sorted(codes)),
    )


def _wordings(entrance: Entrance, found: tuple[Finding, ...]) -> Iterator[tuple[str, int]]:
    """Yield each wording of a template that a draft prints, and the errors in it as bare text."""
    errors = [finding.span for finding in found if finding.severity == "error"]
    fields = dict(texts(entrance.draft))
    for sentence in entrance.draft.sentences:
        if sentence.path not in entrance.fields or not sentence.origin.startswith("template@"):
            continue
        begun = entrance.begun(sentence.path)
        text = fields[sentence.path]
        span = begun + len(escape(text[: sentence.start])), begun + len(escape(text[: sentence.end]))
        yield sentence.origin.removeprefix("template@"), sum(overlaps(span, error) for error in errors)
