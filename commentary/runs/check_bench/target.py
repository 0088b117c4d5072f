"""What an operator is given: one sentence of a draft, with what it states and what else the draft knows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from commentary.records.draft import Draft, fact_records, texts
from commentary.records.fact_file import FactRecord

TIMES = frozenset({"clock", "when", "moment", "moment_day", "to_when", "to_clock", "day"})
"""Styles that tell when."""
WINDOWS = frozenset({"window", "window_adj", "window_model", "interval"})
"""Styles that tell over how long."""
_NO_FIGURES = TIMES | WINDOWS | {"contract", "hours"}
UNPRINTED = ("/headlines/", "/conditions/", "/variants/")
"""Fields that no reader of the printed article sees."""
STANDING = ("/ai_disclosure", "/disclosures/", "/disclaimer")
"""Fields that read alike each day and say nothing of the market."""
_STOP = re.compile(r"[.!?](?=\s|$)")
_SHORT = 2
"""Words of an answer such as "No." or "No direction."."""
_ABBREVIATED = re.compile(r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)$")


class Told(NamedTuple):
    """A stretch of the field that states a fact."""

    start: int
    end: int
    text: str
    style: str
    """Without its mark for a capital."""
    role: str
    fact: FactRecord

    @property
    def metric(self) -> str:
        """What the fact measures."""
        return self.fact.subject.metric

    @property
    def is_figure(self) -> bool:
        """True for digits that state how much, and not when or over how long."""
        return (
            self.style not in _NO_FIGURES
            and self.fact.unit not in ("time", "name")
            and any(character.isdigit() for character in self.text)
        )


@dataclass(frozen=True)
class Target:
    """One sentence (or heading) of a field."""

    path: str
    text: str
    """The whole field."""
    start: int
    end: int
    told: tuple[Told, ...]
    """What the sentence states, in its order."""
    kind: str
    """Of the sentence: fact, derived, interpretation, scenario or definition."""
    claim: str
    """The name of what the sentence says, such as "map.lead"."""
    asset: str
    names: Mapping[str, str]
    facts: Mapping[str, FactRecord]
    elsewhere: tuple[Told, ...]
    """Every figure of the draft, for one put where it does not belong."""

    @property
    def sentence(self) -> str:
        """The words of the sentence."""
        return self.text[self.start : self.end]

    @property
    def name(self) -> str:
        """The asset in running text."""
        return self.names.get(self.asset, "crypto" if self.asset == "market" else self.asset)

    @cached_property
    def figures(self) -> tuple[Told, ...]:
        """What a reader takes as figures."""
        return tuple(told for told in self.told if told.is_figure)

    @property
    def asks(self) -> bool:
        """True for a question."""
        return self.sentence.rstrip().endswith("?")

    @cached_property
    def stops(self) -> tuple[int, ...]:
        """Where the sentences within it end, before their full stops; a bare "No." is no sentence to add to."""
        ends: list[int] = []
        begun = self.start
        for found in _STOP.finditer(self.text, self.start, self.end):
            last = found.end() >= self.end
            spelled = any(told.start < found.end() < told.end for told in self.told)
            if spelled or (not last and _ABBREVIATED.search(self.text[: found.start()])):
                continue
            if found[0] == "." and len(self.text[begun : found.start()].split()) > _SHORT:
                ends.append(found.start())
            begun = found.end()
        return tuple(ends)


def targets_of(draft: Draft) -> Iterator[Target]:
    """Yield the sentences of a draft that a reader sees and that are of its day."""
    fields = dict(texts(draft))
    facts = {record.id: record for record in fact_records(draft)}
    told: dict[str, list[Told]] = {}
    for mention in sorted(draft.mentions, key=lambda each: each.start):
        words = fields[mention.path][mention.start : mention.end]
        style = mention.style.rstrip("^")
        fact = facts[mention.fact]
        told.setdefault(mention.path, []).append(Told(mention.start, mention.end, words, style, mention.role, fact))
    elsewhere = tuple(each for field in told.values() for each in field if each.is_figure)
    for sentence in draft.sentences:
        if sentence.path.startswith((*UNPRINTED, *STANDING)):
            continue
        here = tuple(
            each for each in told.get(sentence.path, ()) if sentence.start <= each.start and each.end <= sentence.end
        )
        yield Target(
            sentence.path,
            fields[sentence.path],
            sentence.start,
            sentence.end,
            here,
            sentence.kind,
            sentence.claim,
            draft.assets[0],
            draft.names,
            facts,
            elsewhere,
        )
