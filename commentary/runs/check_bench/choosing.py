"""Which mutants are made of a draft: of each class a few, its operators in turn, no edit twice."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from commentary.runs.check_bench.mutant import Mutant
from commentary.runs.check_bench.operators import Operator, by_class
from commentary.runs.check_bench.target import Target


def mutants(targets: Sequence[Target], wanted: Mapping[str, int], chance: Random) -> Iterator[Mutant]:
    """Yield up to so many mutants of each class as are wanted.

    Args:
        targets: the sentences of one draft.
        wanted: the number by class.
        chance: the draft's own random numbers.
    """
    for kind, operators in by_class().items():
        turn = list(operators)
        chance.shuffle(turn)
        yield from _of_class(targets, turn, wanted.get(kind, 0), chance)


def _of_class(targets: Sequence[Target], turn: list[Operator], count: int, chance: Random) -> Iterator[Mutant]:
    known: set[tuple[str, int, int, str]] = set()
    left = count
    while left and turn:
        operator = turn.pop(0)
        made = _first(targets, operator, known, chance)
        if made is None:
            continue
        known.add((made.path, made.start, made.end, made.replacement))
        turn.append(operator)
        left -= 1
        yield made


def _first(
    targets: Sequence[Target], operator: Operator, known: set[tuple[str, int, int, str]], chance: Random
) -> Mutant | None:
    """Return the mutant of the first sentence, in random order, on which an operator has a hold."""
    for target in chance.sample(targets, len(targets)):
        made = operator(target, chance)
        if made and (made.path, made.start, made.end, made.replacement) not in known:
            return made
    return None
