"""Makes true open sentences false, in eight ways, with the right slots: what a fluent model may get wrong.

What it puts in stands in phrases.toml; the same is made each time. `python -m tests.rewording.adversarial.generate`
prints how many of each class, and with a number so many of them to be read.
"""

import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from commentary.rewording.slots import OpenSentence, wording_of
from tests.rewording.adversarial.opened_sentences import Source, slots_of, sources
from tests.rewording.adversarial.swaps import swapped

CLASSES = ("direction", "side", "role", "modality", "entity", "window", "cause", "advice")
EACH = 1
"""Outputs of a class made of each sentence, besides swaps."""
SWAPS = 2
"""Outputs of each sentence with slots in each other's place."""
_MOVING = re.compile(
    r"\[(?:CHANGE|CHANGES|DRIFT|MOVE|TURN|TOWARDS|OFFSET|BOUND|WORD)_|"
    r"\[(?:RATE|COIN)_B\]|\[NAME_[AB]\](?: at|:|,|\.| b)|\bstory\b|\bwrote\b|\btold\b"
)
_SIDED = re.compile(r"\[(?:SIDE|SIDED|PAYS)_")
_FELL = re.compile(r"\b(?:f[ae]ll|fallen|drop\w*|slid|lost|lower|down|less|declin\w+|shrank|shed|eas\w+|slipp\w+)\b")
_ROSE = re.compile(r"\b(?:rose|rise|risen|climb\w*|gain\w*|higher|up|more|advanc\w+|grew|add\w*)\b")
_MODELLED = re.compile(
    r"\[MODEL_|estimat|model|incomplete|implied|expire |due |not in the data|not show|not tell|not settle|cannot|"
    r"not known|may be|could lie|untested|sum |announc|notice|is set for|has set"
)


class Made(NamedTuple):
    """A false sentence."""

    say: str
    number: int
    sentence: OpenSentence
    output: str
    wrong: str
    """One of CLASSES."""
    pattern: str
    """What was done to it."""
    origin: str
    """The snapshots and seed whose draft has the sentence; empty for a wording with stand-ins for its facts."""


@cache
def _phrases() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def made() -> list[Made]:
    """Return the false sentences, each output of a wording once."""
    used: Counter[str] = Counter()
    found: dict[tuple[str, str], Made] = {}
    for source in sources():
        by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
        swaps = list(swapped(source))
        for wrong in CLASSES:
            by_class[wrong] = [*_worded(source, wrong), *_inserted(source, wrong)]
        picked = [(wrong, *one) for wrong in CLASSES for one in _least_used(by_class[wrong], used, EACH)]
        kinds = {(pattern, output): wrong for wrong, pattern, output in swaps}
        few = _least_used([(pattern, output) for _, pattern, output in swaps], used, SWAPS)
        picked += [(kinds[pattern, output], pattern, output) for pattern, output in few]
        for wrong, pattern, output in picked:
            if _is_fit(source.sentence, output):
                sentence = source.sentence
                one = Made(sentence.say.name, sentence.number, sentence, output, wrong, pattern, source.origin)
                found.setdefault((sentence.say.name, output), one)
    return list(found.values())


def _least_used(given: list[tuple[str, str]], used: Counter[str], most: int) -> list[tuple[str, str]]:
    """Return those whose pattern was used least, the first among equals, so that all patterns come up alike."""
    chosen = []
    for _ in range(min(most, len(given))):
        best = min(given, key=lambda one: used[one[0]])
        used[best[0]] += 1
        given = [one for one in given if one[0] != best[0]]
        chosen.append(best)
        if not given:
            break
    return chosen


def _is_fit(sentence: OpenSentence, output: str) -> bool:
    """Say whether the slots are right, and the output is none of the template's wordings."""
    wordings = {wording_of(one, "en")[0] for one in sentence.say.alternatives}
    return slots_of(output) == slots_of(sentence.text) and output not in wordings and not re.search(r"\d", output)


def _worded(source: Source, wrong: str) -> Iterator[tuple[str, str]]:
    """Yield pattern and output for words that are put in the place of others."""
    text = source.sentence.text
    for entry in _phrases().get(wrong, {}).get("words", []):
        if "unless" in entry and re.search(entry["unless"], text):
            continue
        match = re.search(entry["find"], text)
        if match is None:
            continue
        for put in entry["put"]:
            new = match.expand(put)
            if match[0][:1].islower():
                new = new[:1].lower() + new[1:]
            elif match[0][:1].isupper():
                new = new[:1].upper() + new[1:]
            changed = f"{text[: match.start()]}{new}{text[match.end() :]}"
            yield f"{wrong}: {entry['find']} > {put}", _mended(changed)
    if wrong == "direction":
        yield from _turned_round(source)


def _turned_round(source: Source) -> Iterator[tuple[str, str]]:
    """Yield "down from … to …" where the second figure is the larger, and "up from … to …" where it is the smaller."""
    text = source.sentence.text
    for first, second, later in (("from", "to", 2), ("to", "from", 1)):
        match = re.search(rf"\b{first} \[((?:COIN|PRICE|RATE|MONEY)_[A-Z])\] {second} \[([A-Z]+_[A-Z])\]", text)
        if match is None or not {match[1], match[2]} <= set(source.numbers):
            continue
        new, old = source.numbers[match[later]], source.numbers[match[3 - later]]
        if new != old:
            word = "down" if new > old else "up"
            yield f"direction: {word} {first}", f"{text[: match.start()]}{word} {text[match.start() :]}"


def _inserted(source: Source, wrong: str) -> Iterator[tuple[str, str]]:
    """Yield pattern and output for clauses and sentences that are put in."""
    text = source.sentence.text
    groups = _phrases().get(wrong, {})
    for kind in _kinds(source, wrong):
        for phrase in groups.get(f"{kind}clauses", []):
            yield f"{wrong}: , {phrase}", f"{text[:-1]}, {phrase}."
            first = re.search(r"(?<!\bvs)\. (?=[A-Z\[])", text)
            if first:
                yield f"{wrong}: , {phrase} ~", f"{text[: first.start()]}, {phrase}{text[first.start() :]}"
        for phrase in groups.get(f"{kind}openers", []):
            begun = text if text.startswith("[") else text[:1].lower() + text[1:]
            comma = "" if phrase.endswith((" that", " say")) else ","
            yield f"{wrong}: {phrase} …", f"{phrase}{comma} {begun}"
        for phrase in groups.get(f"{kind}sentences", []):
            yield f"{wrong}: {phrase}", f"{text} {phrase}"
    if wrong == "direction" and (against := _against(source)):
        for phrase in groups[against]:
            yield f"direction: , {phrase}", f"{text[:-1]}, {phrase}."


def _kinds(source: Source, wrong: str) -> list[str]:
    """Return the beginnings of the names of the lists that fit: what no word of the sentence could make true."""
    text = source.sentence.text
    kinds = [""]
    if wrong == "direction" and not _MOVING.search(text):
        kinds.append("no_move_")
    if wrong == "side" and not _SIDED.search(text):
        kinds.append("no_side_")
    if wrong == "modality":
        is_modelled = _MODELLED.search(text)
        kinds.append("modelled_" if is_modelled else "measured_")
    return kinds


def _against(source: Source) -> str:
    """Return the list that contradicts the text's movements, where all of them go one way."""
    moves = [
        source.spelled[place.name]
        for place in source.sentence.places
        if place.concept in ("CHANGE", "DRIFT", "MOVE") and source.spelled
    ]
    if moves and all(_FELL.search(move) and not _ROSE.search(move) for move in moves):
        return "against_falls"
    if moves and all(_ROSE.search(move) and not _FELL.search(move) for move in moves):
        return "against_rises"
    return ""


def _mended(text: str) -> str:
    """Return the text with a capital where a sentence begins, and without the seams of what was put in."""
    text = re.sub(r"\ba (?=open |index |implied |order |opening |expiry)", "an ", text.replace(",,", ","))
    return re.sub(r"(?:^|(?<=[.?!] ))[a-z]", lambda match: match[0].upper(), text)


def main() -> None:
    """Print the counts, and as many outputs as asked for, evenly over all."""
    outputs = made()
    counts = Counter(one.wrong for one in outputs)
    lines = [f"{wrong:10} {counts[wrong]}" for wrong in CLASSES]
    lines.append(f"{'all':10} {len(outputs)} of {len({one.say for one in outputs})} says")
    lines.append(f"{'patterns':10} {len({one.pattern for one in outputs})}")
    lines.append(f"{'of drafts':10} {sum(bool(one.origin) for one in outputs)}")
    if len(sys.argv) > 1:
        step = max(1, len(outputs) // int(sys.argv[1]))
        for one in outputs[step // 2 :: step]:
            lines += [
                "",
                f"{one.wrong} | {one.say} {one.number} | {one.pattern} | {one.origin}",
                f"  {one.sentence.text}",
            ]
            lines.append(f"  {one.output}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
