"""How many syllables a word has, by rule, and a figure or an abbreviation as it is read aloud.

The rule is right for about nine words of ten; what it is good for is one text against another, counted alike.
"""

import re

_LETTERS = re.compile(r"[a-z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[aeiouy]le|[^aeiouytdl]ed|[aeiouyl]led|[^aeiouycgszx]es)$")
"""Endings that are written with a vowel and not spoken as one: "price", "rule", "closed", not "estimated"."""
_TWO = re.compile(r"i[ao](?!u)|(?<![qg])u[ao]|crea|real(?=i[sz])|ie[trw]|ea$|[aeo]ing$|ism$|ying$|iou|iu")
"""Vowels in a row that are two syllables, and endings that have one more than they are written with."""
_ONE = re.compile(r"[tcsg]i(?:on|al|ous|an|ent)|llion|geo|suad")
"""Vowels in a row that are one all the same: "liquidation", "million"."""
_SPOKEN = re.compile(r"\d{1,3}(?:,\d{3})+|\.\d+|\d+|[A-Z]{2,}(?![a-z])|[A-Za-z'’]+|[$€£₩%]")
"""What of a word is read by itself: "$36.1" is "$", "36" and ".1"."""
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
"""Zero to nineteen."""
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)
_GROUPS = ((10**12, 2), (10**9, 2), (10**6, 2), (1000, 2), (100, 2))
"""Trillion, billion, million, thousand, hundred, and the syllables of each."""


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


def syllables_aloud(word: str) -> int:
    """Return how many syllables a word has as it is read aloud: "$36.1" seven ("thirty-six point one dollars"), "BTC"
    three. Flesch counts so in The Art of Readable Writing, 1949, with two for "$" and four for "1918".
    """
    return max(1, sum(map(_aloud, _SPOKEN.findall(word))))


def _aloud(part: str) -> int:
    if part[0] == ".":
        return 1 + sum(_ONES[int(digit)] for digit in part[1:])
    if part[0].isdigit():
        if len(part) == 4 and part.isdigit() and not part.endswith("00"):
            return _number(int(part[:2])) + _number(int(part[2:]))
        return _number(int(part.replace(",", "")))
    if not part[0].isalpha():
        return 2
    if len(part) > 1 and part.isupper():
        return sum(3 if letter == "W" else 1 for letter in part)
    return syllables(part)


def _number(number: int) -> int:
    """Return the syllables of a whole number."""
    for size, named in _GROUPS:
        if number >= size:
            rest = number % size
            return _number(number // size) + named + (_number(rest) if rest else 0)
    if number < len(_ONES):
        return _ONES[number]
    return _TENS[number // 10] + (_ONES[number % 10] if number % 10 else 0)
