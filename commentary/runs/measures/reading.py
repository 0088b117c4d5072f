"""How hard a text is to read: Flesch-Kincaid's grade, and the lengths of sentences.

The grade is 0.39 words a sentence, 11.8 syllables a word, less 15.59: the year of school that the text asks for. What a
figure counts for is not agreed, and in a text of figures it decides: one syllable, as Flesch has it in How to Write
Plain English, 1979, and most programs since; or as it is read aloud, as in The Art of Readable Writing, 1949. Both are
given.
"""

import re
from collections.abc import Iterable
from itertools import chain
from statistics import fmean
from typing import NamedTuple

from commentary.checks.sentences import sentence_spans
from commentary.runs.measures.syllables import syllables, syllables_aloud

_WORD = re.compile(r"[$€£₩]?[^\W_]+(?:['’.,:/-][^\W_]+)*%?")


class Reading(NamedTuple):
    """How a text reads."""

    sentences: int
    words: int
    mean_sentence: float
    longest_sentence: int
    grade: float
    """Flesch-Kincaid's, a figure being one syllable."""
    grade_aloud: float
    """The same, a figure being as many as are said."""


def reading(texts: Iterable[str]) -> Reading:
    """Return how texts read; a sentence does not run over the end of one."""
    sentences = [
        words
        for text in texts
        for start, end in sentence_spans(text)
        if (words := [match[0] for match in _WORD.finditer(text, start, end)])
    ]
    if not sentences:
        return Reading(0, 0, 0.0, 0, 0.0, 0.0)
    lengths = [len(words) for words in sentences]
    grades = (
        0.39 * fmean(lengths) + 11.8 * sum(map(count, chain.from_iterable(sentences))) / sum(lengths) - 15.59
        for count in (syllables, syllables_aloud)
    )
    return Reading(len(sentences), sum(lengths), fmean(lengths), max(lengths), *grades)
