"""Open sentences to be made false: those of drafts, and those of wordings that no draft here happens to use."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.languages import language
from commentary.languages.base import Language
from commentary.pipeline import sheet_of
from commentary.pipeline.materials import sayings
from commentary.records.draft import texts
from commentary.records.history import History
from commentary.records.spelled import Mention
from commentary.resources import folder
from commentary.rewording.slots import SLOT, OpenSentence, opened
from commentary.writing.templates import Say, Slot

SNAPSHOTS = folder("data") / "snapshots"
SEEDS = (None, 1, 2)


class Source(NamedTuple):
    """An open sentence and what is known of its facts."""

    sentence: OpenSentence
    spelled: dict[str, str]
    """By slot what the draft has there; empty where the sentence is of no draft."""
    numbers: dict[str, Decimal]
    """By slot the value of its fact, where that is a number."""
    origin: str
    """The snapshots and the seed; empty where the sentence is of no draft."""

    def same(self, one: str, other: str) -> bool:
        """Say whether two slots tell the same, so that they may trade places."""
        places = {place.name: place for place in self.sentence.places}
        a, b = places[one], places[other]
        if (a.fact, a.style) == (b.fact, b.style):
            return True
        if not self.spelled:
            return False
        x, y = self.spelled[one].casefold(), self.spelled[other].casefold()
        if a.concept == "TIME":
            # The second of two times of one day is written without its date.
            return x.partition(" on ")[0] == y.partition(" on ")[0]
        return x == y


def sources() -> list[Source]:
    """Return each open sentence once: by slotted text, a draft's before one of no draft."""
    found: dict[tuple[str, str], Source] = {}
    for source in (*_drafted(), *_not_drafted()):
        found.setdefault((source.sentence.say.name, source.sentence.text), source)
    return [found[key] for key in sorted(found)]


def stood_in(say: Say, number: int, spoken: Language) -> OpenSentence:
    """Return the open sentence of a wording in which each role stands for its fact."""
    text = ""
    mentions = []
    for part in say.alternatives[number - 1].parts:
        if isinstance(part, Slot):
            mentions.append(Mention(len(text), len(text) + 1, f"a {part.role}", part.style, part.role))
            text += "x"
        else:
            text += part
    return opened(text, mentions, say, number, spoken)


def _not_drafted() -> Iterator[Source]:
    for say in sayings("en", None).values():
        if say.open:
            for number in range(1, len(say.alternatives) + 1):
                yield Source(stood_in(say, number, language("en")), {}, {}, "")


def _drafted() -> Iterator[Source]:
    """Yield the open sentences of the bundled snapshots, alone and wrapped, told with each seed."""
    told = tomllib.loads((SNAPSHOTS / "index.toml").read_text(encoding="utf-8"))
    wraps = tomllib.loads((SNAPSHOTS / "wraps.toml").read_text(encoding="utf-8"))
    groups = [((name,), told[name].get("history")) for name in sorted(told)]
    groups += [(tuple(wraps[name]["snapshots"]), None) for name in sorted(wraps)]
    for names, past in groups:
        reads = [read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes()) for name in names]
        history = History.model_validate_json((SNAPSHOTS / past).read_bytes()) if past else None
        for seed in SEEDS:
            made = draft_snapshots(reads, settings=Settings(), seed=seed, history=history)
            if isinstance(made, Draft):
                yield from _open_ones(made, f"{' '.join(names)}, seed {seed}")


def _open_ones(draft: Draft, origin: str) -> Iterator[Source]:
    by_path = dict(texts(draft))
    sheet = sheet_of(draft)
    for told in draft.sentences:
        template = re.fullmatch(r"template@(.+)#(\d+)", told.origin)
        if template is None or not (say := sayings("en", None)[template[1]]).open:
            continue
        text = by_path[told.path][told.start : told.end]
        mentions = [
            one.mention._replace(start=one.mention.start - told.start, end=one.mention.end - told.start)
            for one in draft.mentions
            if one.path == told.path and told.start <= one.mention.start < told.end
        ]
        sentence = opened(text, mentions, say, int(template[2]), language("en"))
        names = [place.name for place in sentence.places]
        spelled = {name: text[one.start : one.end] for name, one in zip(names, mentions, strict=True)}
        values = {name: sheet[one.fact].value for name, one in zip(names, mentions, strict=True)}
        numbers = {name: value for name, value in values.items() if isinstance(value, Decimal)}
        yield Source(sentence, spelled, numbers, origin)


def slots_of(text: str) -> list[str]:
    """Return the slots of a text, in the order of the alphabet."""
    return sorted(SLOT.findall(text))
