"""Laws of what is offered and mended, on true sentences by other hands in which one figure was miscopied."""

import random
import re
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from commentary import Settings, facts_of, read_snapshot
from commentary.pipeline.checking import TextChecker
from commentary.pipeline.fixing import fix
from commentary.resources import folder

HERE = Path(__file__).parents[1] / "other_hands"
SAMPLE, ALL = 30, 1500
NUMBER = re.compile(r"(?<![\w.,:])[$€]?(\d[\d,]*(?:\.\d+)?)(?![\d:])")
SCALE = re.compile(r"\b(?:million|billion|trillion)\b")


def exchanged(number, luck):
    """62,140 becomes 62,410."""
    at = [i for i, sign in enumerate(number) if sign.isdigit()]
    a, b = luck.choice(list(pairwise(at)) or [(0, 0)])
    signs = list(number)
    signs[a], signs[b] = signs[b], signs[a]
    return "".join(signs)


def another(number, luck):
    """62,140 becomes 62,143: the last digit is wrong."""
    return f"{number[:-1]}{luck.choice('0123456789')}"


def dropped(number, luck):
    """62,140 becomes 6,214."""
    return _without(number, luck.randrange(len(number)))


def doubled(number, luck):
    """62,140 becomes 622,140."""
    i = luck.randrange(len(number))
    return _grouped(f"{number[: i + 1]}{number[i]}{number[i + 1 :]}") if number[i].isdigit() else number


def finer(number, luck):
    """2.5 becomes 2.53."""
    return f"{number}{luck.choice('123456789')}" if "." in number else f"{number}.{luck.choice('123456789')}"


def moved(number, luck):
    """2.5 becomes 25 or 0.25."""
    whole, _, part = number.partition(".")
    return luck.choice((f"{whole}{part}", f"{whole[:-1] or '0'}.{whole[-1]}{part}"))


def _without(number, i):
    return _grouped(number[:i] + number[i + 1 :]) if number[i].isdigit() else number


def _grouped(number):
    whole, point, part = number.replace(",", "").partition(".")
    return f"{int(whole or 0):,}{point}{part}"


SLIPS = (exchanged, another, dropped, doubled, finer, moved)


def miscopied(text, luck):
    """Return a sentence with one slip in it, of a figure or of its word of scale."""
    numbers, scales = list(NUMBER.finditer(text)), list(SCALE.finditer(text))
    if scales and luck.random() < 1 / (1 + len(SLIPS)):
        match = luck.choice(scales)
        return f"{text[: match.start()]}{luck.choice(('million', 'billion', 'trillion'))}{text[match.end() :]}"
    if not numbers:
        return text
    match = luck.choice(numbers)
    number = luck.choice(SLIPS)(match[1].rstrip(","), luck)
    return f"{text[: match.start(1)]}{number}{text[match.start(1) + len(match[1].rstrip(',')) :]}"


def errors(found):
    return Counter((one.code, one.text) for one in found.findings if one.severity == "error")


@pytest.fixture(params=[pytest.param(SAMPLE, id="sample"), pytest.param(ALL, id="all", marks=pytest.mark.slow)])
def sentences(request):
    """True sentences that pass, each with what checks it."""
    return true_sentences(request.param)


@cache
def true_sentences(most):
    tables = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml")))
    told = [one for table in tables for one in table.get("sentence", ()) if one["true"]]
    random.Random(20261129).shuffle(told)
    checkers = {}
    found = []
    for one in told[:most]:
        name = one["snapshot"]
        if name not in checkers:
            read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
            checker = TextChecker(facts_of(read, settings=Settings()), settings=Settings())
            # What the laws ask of a sentence is asked again and again.
            checkers[name] = cache(lambda text, checker=checker: checker.check(text, "passage"))
        if checkers[name](one["text"]).ok:
            found.append((one["text"], checkers[name]))
    return found


def test_a_true_sentence_stays_as_it_is(sentences):
    for text, check in sentences:
        assert fix(text, check).content == text


def test_a_miscopied_sentence_is_never_made_worse_and_is_mended_at_once(sentences):
    for i, (text, check) in enumerate(sentences):
        wrong = miscopied(text, random.Random(i))
        before = check(wrong)
        mended = fix(wrong, check)
        assert not errors(mended.findings) - errors(before), wrong
        assert errors(mended.findings).total() <= errors(before).total() - len(mended.changes), wrong
        assert fix(mended.content, check).content == mended.content, wrong


def test_what_is_offered_takes_its_error_away_and_brings_no_other(sentences):
    for i, (text, check) in enumerate(sentences):
        wrong = miscopied(text, random.Random(-i))
        before = check(wrong)
        for one in before.findings:
            for wording in one.suggest:
                after = errors(check(f"{wrong[: one.span[0]]}{wording}{wrong[one.span[1] :]}"))
                assert not after - errors(before), (wrong, wording)
                assert after.total() < errors(before).total(), (wrong, wording)


def test_a_slip_that_is_mended_mostly_gives_back_what_was_written(sentences):
    told = Counter()
    for i, (text, check) in enumerate(sentences):
        mended = fix(miscopied(text, random.Random(i)), check)
        if mended.changes:
            told[mended.content == text] += 1
    # "$1.42 billion" where "$1.4 billion" stood is right too.
    assert told[True] >= 4 * told[False]
