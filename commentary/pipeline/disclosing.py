"""What the packs in force ask a draft to say of itself: the label above it, the lines below it, the disclaimer."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commentary.config.packs import PackBlock, PackRules
from commentary.pipeline.house import HOUSE
from commentary.planning.claims import ClaimSpec, LeftOut, make_claim
from commentary.records.draft import MentionRecord, SentenceRecord
from commentary.records.plan import Claim
from commentary.records.query import Scope, judge
from commentary.records.sheet import FactSheet
from commentary.writing.realise import FRAME, Realiser

LABEL = "/ai_disclosure"
LINES = "/disclosures"
DISCLAIMER = "/disclaimer"


class Legal(NamedTuple):
    """What the packs ask for, made ready to be written."""

    label: tuple[Claim, ...]
    lines: tuple[Claim, ...]
    """Beside those that the story's own layout asks for."""
    house_lines: tuple[tuple[str, str], ...]
    """Setting and text of what the house says in its own words, below all other lines."""
    disclaimer: tuple[Claim, ...]
    house_disclaimer: str


class Own(NamedTuple):
    """The label and the house's own words, as fields of a draft."""

    ai_disclosure: str
    disclosures: tuple[str, ...]
    """To stand behind those that are written."""
    disclaimer: str
    """Empty where the disclaimer is ours."""
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]


def legal(
    rules: PackRules,
    involvement: str,
    house: Mapping[str, str],
    sheet: FactSheet,
    scope: Scope,
    specs: Mapping[str, ClaimSpec],
    written: tuple[Claim, ...],
    realiser: Realiser,
) -> Legal:
    """Return what packs ask a draft to say of itself, as far as the facts and the settings carry it.

    Args:
        rules: what the packs ask for.
        involvement: how the text was made.
        house: the texts of the house's own, by setting.
        sheet: the facts, with those of the imprint.
        scope: what the names in a claim's questions stand for.
        specs: the claims.
        written: the lines that the layout asks for.
        realiser: who words them.
    """

    def made(block: PackBlock) -> Iterator[Claim]:
        frame = block.claim(involvement)
        if not frame or not all(judge(sheet, condition, scope).holds for condition in block.when):
            return
        claim = Claim(frame, (), "definition") if frame.startswith(FRAME) else make_claim(specs[frame], sheet, scope)
        if not isinstance(claim, LeftOut) and claim.frame not in stands and realiser.can_say(claim):
            yield claim

    stands = {claim.frame for claim in written}
    above, below, end = ([one for one in rules.blocks if one.place == place] for place in ("above", "below", "end"))
    return Legal(
        tuple(claim for block in above for claim in made(block)),
        tuple(claim for block in below if block.house not in house for claim in made(block)),
        tuple((block.house, house[block.house]) for block in below if block.house in house),
        tuple(claim for block in end if block.house not in house for claim in made(block)),
        " ".join(house[block.house] for block in end if block.house in house),
    )


def own_words(asked: Legal, first: int, realiser: Realiser) -> Own:
    """Return the label and what the house says in its own words; its first line is the line `first` of all."""
    label = realiser.passage(asked.label)
    mentions = tuple(MentionRecord(path=LABEL, **mention._asdict()) for mention in label.mentions)
    sentences = [SentenceRecord(path=LABEL, **sentence._asdict()) for sentence in label.sentences]
    for i, (setting, text) in enumerate(asked.house_lines, first):
        sentences.append(_house(f"{LINES}/{i}", setting, text))
    if asked.house_disclaimer:
        sentences.append(_house(DISCLAIMER, "disclaimer", asked.house_disclaimer))
    lines = tuple(text for _, text in asked.house_lines)
    return Own(label.text, lines, asked.house_disclaimer, mentions, tuple(sentences))


def _house(path: str, setting: str, text: str) -> SentenceRecord:
    origin = f"{HOUSE}@{setting}"
    return SentenceRecord(
        path=path, start=0, end=len(text), origin=origin, kind="boilerplate", claim=f"{HOUSE}.{setting}"
    )
