"""Which wording of a sentence is used: dealt by a seed, kept apart from a feed's last articles, or the same again.

The wordings of a template stand in the order in which a desk would choose them, and a draft with nothing to keep apart
from takes one of the first few. A feed that remembers its articles uses no sentence skeleton twice in seven of them
while there are wordings enough, and of those that are left prefers the one whose groups of words the feed has worn
least.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from commentary.languages.base import Language
from commentary.languages.skeletons import sentences_of, skeleton
from commentary.records.fact import Fact
from commentary.records.spelled import Mention

APART = 7
"""No skeleton stands twice in so many successive articles of a feed."""
LIKED = 3
"""So many wordings of a sentence are those that a desk likes best: the first that fit."""
_WORN_BY = 20
"""Groups of words count as worn by so many articles."""
_GROUP = 4
"""Words of a group."""
_WORD = re.compile(r"<[a-z_]+>|\w+|[^\w\s]")


class Wording(NamedTuple):
    """One wording of a sentence, filled with its facts."""

    number: int
    """Which alternative of the template, from 1."""
    text: str
    mentions: tuple[Mention, ...]


AGAIN = "/"
"""In the name of a sentence that is said once more, before which time it is."""

Deal = Callable[[str, Sequence[Wording], Mapping[str, Fact]], Wording]
"""Chooses among the wordings of a sentence, given its name and the facts of its claim by role."""


class Seeded:
    """Deals by a seed alone: the same seed deals the same.

    A sentence that an article says of several things, one after the other, gets another wording for each.

    Args:
        seed: any number.
        among: of how many wordings, the first that fit; None for all.
    """

    def __init__(self, seed: int, among: int | None = None) -> None:
        self._seed = seed
        self._among = among
        self._said: dict[str, dict[tuple[str, ...], int]] = {}
        """By sentence, the places of the claims that were told in it."""

    def __call__(self, name: str, wordings: Sequence[Wording], facts: Mapping[str, Fact]) -> Wording:
        """Return the wording that the seed deals for a sentence."""
        said = self._said.setdefault(name, {})
        place = said.setdefault(_key(facts), len(said))
        liked = wordings[: self._among]
        return liked[(self.number(name) + place) % len(liked)]

    def number(self, name: str) -> int:
        """Return the number that a name draws."""
        return int.from_bytes(hashlib.sha256(f"{self._seed}|{name}".encode()).digest()[:8], "big")


class Remembering:
    """Deals for a feed: apart from its last articles and from the article itself.

    Args:
        seed: decides where nothing else does.
        recent: the skeletons of the feed's articles, each as a collection, the oldest first.
        language: the language of the wordings.
    """

    def __init__(self, seed: int, recent: Sequence[Collection[str]], language: Language) -> None:
        self._seeded = Seeded(seed)
        self._language = language
        self._age: dict[str, int] = {}
        """By skeleton, how many articles ago it was last used."""
        self._worn: dict[tuple[str, ...], int] = {}
        for ago, skeletons in enumerate(reversed(recent[-_WORN_BY:]), start=1):
            for one in skeletons:
                self._age.setdefault(one, ago)
                for group in _groups(one):
                    self._worn[group] = self._worn.get(group, 0) + 1
        self._here: set[str] = set()
        self._dealt: dict[tuple[str, ...], str] = {}

    def __call__(self, name: str, wordings: Sequence[Wording], facts: Mapping[str, Fact]) -> Wording:
        """Return the wording that the feed has used least; of one claim in one article always the same."""
        key = (name, *_key(facts))
        quantities = {fact.id: fact.quantity for fact in facts.values()}
        skeletons = {
            one.text: sentences_of(skeleton(one.text, 0, len(one.text), one.mentions, quantities, self._language))
            for one in wordings
        }
        said = self._dealt.get(key)
        if again := next((one for one in wordings if one.text == said), None):
            return again
        chosen = min(wordings, key=lambda one: self._rank(name, one.number, skeletons[one.text]))
        self._here.update(skeletons[chosen.text])
        # Where less room is left than there was, it is worded anew, and the longer wording stays that of its own place.
        self._dealt.setdefault(key, chosen.text)
        return chosen

    def _rank(self, name: str, index: int, skeletons: Collection[str]) -> tuple[float, ...]:
        """Return what orders wordings: repeats here and in the last articles, wear, liking, and the seed's draw."""
        ages = [self._age[one] for one in skeletons if self._age.get(one, APART) < APART]
        groups = [group for one in skeletons for group in _groups(one)]
        worn = sum(self._worn.get(group, 0) > 0 for group in groups) / max(1, len(groups))
        draw = self._seeded.number(f"{name}#{index}")
        repeats = sum(one in self._here for one in skeletons)
        return repeats, -min(ages, default=APART), round(worn, 2), index > LIKED, draw


class Repeating:
    """Writes a draft again: of each sentence the wording that the draft has, else what a seed deals.

    Args:
        seed: decides where the draft has none of the wordings.
        said: the draft's sentences in their order, each with the name of its template: a headline and a title can read
            alike.
    """

    def __init__(self, seed: int, said: Iterable[tuple[str, str]]) -> None:
        self._seeded = Seeded(seed)
        self._said = {one: i for i, one in enumerate(dict.fromkeys(said))}

    def __call__(self, name: str, wordings: Sequence[Wording], facts: Mapping[str, Fact]) -> Wording:
        """Return the wording that was said; of several of one sentence the one of its turn."""
        frame, _, turn = name.partition(AGAIN)
        told = [one for one in wordings if (frame, one.text) in self._said]
        if not told:
            return self._seeded(name, wordings, facts)
        told.sort(key=lambda one: self._said[frame, one.text])
        return told[min(int(turn or 0), len(told) - 1)]


def _key(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    return tuple(f"{role}={fact.id}" for role, fact in sorted(facts.items()))


@cache
def _groups(sentence: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_each_group(_WORD.findall(sentence)))


def _each_group(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for i in range(max(0, len(words) - _GROUP + 1)):
        yield tuple(words[i : i + _GROUP])
