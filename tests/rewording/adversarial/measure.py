"""How many false rewordings a judge refuses, and how many true ones it accepts.

    python -m tests.rewording.adversarial.measure [--only hand|generated|true] [--judge MODULE:NAME] [--show N]

prints for each class what was refused of what there is, the accepted false ones and the refused true ones, and ends
with 1 where a floor is not kept: 99% of the generated, 95% of the hand-written.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from commentary.rewording.slots import OpenSentence
from tests.rewording.adversarial.entries import CLASSES, read, sentence_of
from tests.rewording.adversarial.generate import made

Judge = Callable[[OpenSentence, str, str], Sequence[Any]]
"""Returns what is wrong with a text; nothing where it may be published."""
GENERATED_FLOOR = 0.99
HAND_WRITTEN_FLOOR = 0.95


class Tried(NamedTuple):
    """One output and what became of it."""

    wrong: str
    where: str
    source: str
    output: str
    why: str
    refused: tuple[str, ...]
    """The codes of the faults found; empty where it was accepted."""


def judge_of(named: str) -> Judge:
    """Return the function of a module, imported only now: `commentary.rewording.judge:faults`."""
    module, _, name = named.partition(":")
    return getattr(import_module(module), name)


def hand_written(judge: Judge, folder: str = "hand_written") -> list[Tried]:
    """Return what became of the entries of a folder."""
    return [
        _tried(
            judge, sentence_of(one.say, one.number), one.output, one.wrong or "true", f"{one.say} {one.number}", one.why
        )
        for one in read(folder)
    ]


def generated(judge: Judge) -> list[Tried]:
    """Return what became of the generated outputs."""
    return [
        _tried(judge, one.sentence, one.output, one.wrong, f"{one.say} {one.number}", one.pattern) for one in made()
    ]


def _tried(judge: Judge, sentence: OpenSentence, output: str, wrong: str, where: str, why: str) -> Tried:
    found = judge(sentence, output, "en")
    return Tried(wrong, where, sentence.text, output, why, tuple(str(getattr(one, "code", one)) for one in found))


def table(title: str, tried: Iterable[Tried]) -> list[str]:
    """Return lines of refused and all by class."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in tried:
        for key in (one.wrong, "all"):
            counts[key][0] += bool(one.refused)
            counts[key][1] += 1
    lines = [title]
    for key in (*CLASSES, "true", "all"):
        if key in counts:
            refused, of = counts[key]
            lines.append(f"  {key:11} {refused:5} / {of:5}  {refused / of:7.2%}")
    return lines


def share(tried: Sequence[Tried]) -> float:
    """Return the share of the outputs that were refused."""
    return sum(bool(one.refused) for one in tried) / len(tried)


def _listed(title: str, tried: Sequence[Tried], most: int) -> list[str]:
    lines = [f"{title}: {len(tried)}"]
    for one in tried[:most]:
        lines += [f"  {one.wrong} | {one.where} | {one.why or ' '.join(one.refused)}", f"    {one.source}"]
        lines.append(f"    {one.output}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 0 where the floors are kept."""
    parser = argparse.ArgumentParser(description="measures a judge of rewordings")
    parser.add_argument("--judge", default="commentary.rewording.judge:faults", metavar="MODULE:NAME")
    parser.add_argument("--only", choices=("hand", "generated", "true"), help="one of the three alone")
    parser.add_argument("--show", type=int, default=1000, metavar="N", help="list at most so many of each")
    given = parser.parse_args(arguments)
    judge = judge_of(given.judge)
    lines: list[str] = []
    kept = True
    if given.only in (None, "hand"):
        tried = hand_written(judge)
        kept &= share(tried) >= HAND_WRITTEN_FLOOR
        lines += table("hand-written, refused", tried)
        lines += _listed("accepted though wrong", [one for one in tried if not one.refused], given.show)
    if given.only in (None, "generated"):
        begun = time.monotonic()
        tried = generated(judge)
        kept &= share(tried) >= GENERATED_FLOOR
        lines += table(f"generated, refused ({time.monotonic() - begun:.0f} s)", tried)
        lines += _listed("accepted though wrong", [one for one in tried if not one.refused], given.show)
    if given.only in (None, "true"):
        tried = hand_written(judge, "true")
        lines += table("true ones, refused", tried)
        lines.append(f"true ones, accepted: {1 - share(tried):.2%}")
        lines += _listed("refused though true", [one for one in tried if one.refused], given.show)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
