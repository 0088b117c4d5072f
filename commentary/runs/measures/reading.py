"""How hard a text is to read: Flesch-Kincaid's grade, with syllables counted by rule, and the lengths of sentences.

The grade is 0.39 words a sentence, 11.8 syllables a word, less 15.59: the year of school that the text asks for. A
figure is one word of one syllable, as Flesch counts it in How to Write Plain English, 1979. The rule for syllables is
right for about nine words of ten; what it is good for is one text against another, counted alike.
"""

import re
from collections.abc import Iterable
from statistics import fmean
from typing import NamedTuple

from commentary.checks.sentences import sentence_spans

_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
_LETTERS = re.compile(r"[a-z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[aeiouy]le|[^aeiouytdl]ed|[aeiouyl]led|[^aeiouycgszx]es)$")
"""Endings that are written with a vowel and not spoken as one: "price", "rule", "closed", not "estimated"."""
_TWO = re.compile(r"i[ao](?!u)|(?<![qg])u[ao]|crea|real(?=i[sz])|ie[trw]|ea$|[aeo]ing$|ism$|ying$|iou|iu")
"""Vowels in a row that are two syllables, and endings that have one more than they are written with."""
_ONE = re.compile(r"[tcsg]i(?:on|al|ous|an|ent)|llion|geo|suad")
"""Vowels in a row that are one all the same: "liquidation", "million"."""


class Reading(NamedTuple):
    """How a text reads."""

    sentences: int
    words: int
    mean_sentence: float
    longest_sentence: int
    grade: float
    """Flesch-Kincaid's."""


def syllables(word: str) -> int:
    """Return how many syllables a word has, by rule; of what is no word of letters, one."""
    total = 0
    for part in _LETTERS.findall(word.lower().replace("’", "'").replace("'s", "")):
        count = len(_VOWELS.findall(part))
        if count > 1 and _SILENT.search(part):
            count -= 1
        count += len(_TWO.findall(part)) - len(_ONE.findall(part))
        total += max(1, count)
    return max(1, total)


def reading(texts: Iterable[str]) -> Reading:
    """Return how texts read; a sentence does not run over the end of one."""
    sentences = [
        words
        for text in texts
        for start, end in sentence_spans(text)
        if (words := [match[0] for match in _WORD.finditer(text, start, end)])
    ]
    if not sentences:
        return Reading(0, 0, 0.0, 0, 0.0)
    lengths = [len(words) for words in sentences]
    spoken = sum(syllables(word) for words in sentences for word in words)
    grade = 0.39 * fmean(lengths) + 11.8 * spoken / sum(lengths) - 15.59
    return Reading(len(sentences), sum(lengths), fmean(lengths), max(lengths), grade)
