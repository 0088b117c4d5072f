"""How alike texts are: BLEU-4 of each against the others, and how many of their pairs of words differ.

BLEU as Papineni et al. (2002) define it, with several references and the length of the closest; an order of n-grams
without a match counts as half, a quarter, … of one (sacrebleu's exponential smoothing). tests/runs/test_measures.py
holds figures that sacrebleu 2.6.0 gave for the same tokens.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from math import exp, log
from statistics import fmean

Tokens = Sequence[str]
ORDER = 4


def bleu(candidate: Tokens, references: Sequence[Tokens]) -> float:
    """Return BLEU-4 of a text against references, from 0 to 100."""
    most = [_most(references, n) for n in range(1, ORDER + 1)]
    return _bleu(candidate, most, [len(one) for one in references])


def self_bleu(texts: Sequence[Tokens]) -> float:
    """Return the mean of BLEU-4 of each text against all others as references."""
    if len(texts) < 2:
        return 0.0
    counted = [[_grams(one, n) for one in texts] for n in range(1, ORDER + 1)]
    others = [_others(each) for each in counted]
    lengths = [len(one) for one in texts]
    return fmean(
        _bleu(text, [each[i] for each in others], lengths[:i] + lengths[i + 1 :]) for i, text in enumerate(texts)
    )


def pairwise_bleu(texts: Sequence[Tokens]) -> float:
    """Return the mean of BLEU-4 of each text against each other alone."""
    if len(texts) < 2:
        return 0.0
    counted = [[_grams(one, n) for n in range(1, ORDER + 1)] for one in texts]
    lengths = [len(one) for one in texts]
    return fmean(
        _bleu(text, counted[j], [lengths[j]]) for i, text in enumerate(texts) for j in range(len(texts)) if j != i
    )


def distinct(texts: Sequence[Tokens], n: int = 2) -> float:
    """Return the share of the n-grams of some texts that differ; no n-gram runs over the end of a text."""
    every = list(chain.from_iterable(_each(one, n) for one in texts))
    return len(set(every)) / len(every) if every else 0.0


def _bleu(candidate: Tokens, most: Sequence[Counter[tuple[str, ...]]], lengths: Sequence[int]) -> float:
    if not candidate or not lengths:
        return 0.0
    logs: list[float] = []
    halves = 1.0
    for n in range(1, ORDER + 1):
        counts = _grams(candidate, n)
        of = sum(counts.values())
        if not of:
            continue
        kept = sum(min(count, most[n - 1][gram]) for gram, count in counts.items())
        if not kept and n == 1:
            return 0.0
        if not kept:
            halves *= 2
        logs.append(log(kept / of if kept else 1 / (halves * of)))
    closest = min(lengths, key=lambda length: (abs(length - len(candidate)), length))
    brevity = 1.0 if len(candidate) >= closest else exp(1 - closest / len(candidate))
    return 100 * brevity * exp(fmean(logs))


def _most(references: Sequence[Tokens], n: int) -> Counter[tuple[str, ...]]:
    """Return of each n-gram the most that one reference has."""
    return _joined(_grams(one, n) for one in references)


def _joined(counted: Iterable[Counter[tuple[str, ...]]]) -> Counter[tuple[str, ...]]:
    most: Counter[tuple[str, ...]] = Counter()
    for counts in counted:
        most |= counts
    return most


def _others(counted: Sequence[Counter[tuple[str, ...]]]) -> list[Counter[tuple[str, ...]]]:
    """Return of each text the most that one of the others has of each n-gram of its own."""
    # Of each n-gram the two largest counts are enough, and which text has the largest.
    best: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for i, counts in enumerate(counted):
        for gram, count in counts.items():
            most, holder, second = best.get(gram, (0, -1, 0))
            best[gram] = (count, i, most) if count > most else (most, holder, max(second, count))
    return [
        Counter({gram: second if holder == i else most for gram in counts for most, holder, second in [best[gram]]})
        for i, counts in enumerate(counted)
    ]


def _grams(text: Tokens, n: int) -> Counter[tuple[str, ...]]:
    return Counter(_each(text, n))


def _each(text: Tokens, n: int) -> list[tuple[str, ...]]:
    return [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]
