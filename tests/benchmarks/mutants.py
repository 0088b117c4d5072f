"""Whether the tests notice a mistake in the checkers: changes of their code, and how many a test fails for.

    python tests/benchmarks/mutants.py [--mutants 400] [--seed 0] [--jobs 2] [--format json]

Drawn by the seed from commentary/checks and commentary/languages; `mutations.py` says what may be drawn, and
`mutant_tests.py` how the tests are run. A mutant is killed if one of them fails, or takes ten times as long as it did
and five seconds more. The others are printed, one a line; a mutant that no test runs is among them.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator

from mutant_tests import ROOT, SURVIVED, TIMEOUT, modules, results
from mutations import Mutation, mutations

TARGET = 0.92


def shown(mutant: Mutation) -> str:
    return f"{mutant.path.relative_to(ROOT)}:{mutant.line}: {mutant.operator}: {mutant.change}"


def rows(mutants: list[Mutation], found: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield operator, mutants and killed ones, and last all together."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for mutant, result in zip(mutants, found, strict=True):
        counts[mutant.operator].append(result != SURVIVED)
    for operator in sorted(counts):
        yield operator, len(counts[operator]), sum(counts[operator])
    yield "all", len(found), sum(result != SURVIVED for result in found)


def table(counted: Iterable[tuple[str, int, int]]) -> None:
    # Only now: a process that makes a mutant may not have imported what it changes.
    from commentary.runs.check_bench.tables import percent, wilson

    print(f"{'operator':20} {'mutants':>7} {'killed':>7} {'share':>7}  95% bounds")
    for operator, mutants, killed in counted:
        low, high = wilson(killed, mutants)
        print(f"{operator:20} {mutants:7} {killed:7} {percent(killed / mutants):>7}  {percent(low)} to {percent(high)}")


def main() -> int:
    """Print the table and the survivors; exit 1 if fewer are killed than should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    given = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    everything = [mutation for path in modules() for mutation in mutations(path)]
    mutants = random.Random(given.seed).sample(everything, given.mutants)
    begun = time.perf_counter()
    found, tests = results(mutants, given.jobs)
    survivors = sorted(shown(one) for one, result in zip(mutants, found, strict=True) if result == SURVIVED)
    counted = list(rows(mutants, found))
    if given.format == "json":
        counts = [{"operator": name, "mutants": of, "killed": killed} for name, of, killed in counted]
        print(json.dumps({"seed": given.seed, "counts": counts, "survivors": survivors}, indent=2))
    else:
        print(f"{given.mutants} of {len(everything):,} mutants, seed {given.seed}; {tests:,} tests", end="; ")
        print(f"{found.count(TIMEOUT)} killed by time; {time.perf_counter() - begun:.0f} s")
        table(counted)
        print(*survivors, sep="\n")
    return 0 if 1 - len(survivors) / given.mutants >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
