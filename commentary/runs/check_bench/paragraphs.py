"""What stands together in the texts that a snapshot's facts carry, told in each of its wordings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from commentary.config import Settings
from commentary.config.storybook import house_facts
from commentary.languages import language
from commentary.pipeline import TextChecker, facts_of, stories_of
from commentary.pipeline.materials import book_of, claims, edition_of, questions, sayings
from commentary.planning.document import Planner
from commentary.planning.questions import Asking
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.plan import Claim, Plan
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Passage
from commentary.records.story import Story
from commentary.runs.check_bench.judging import overlaps
from commentary.sentiment import read_sentiment, wording
from commentary.sources.snapshot_file import read_snapshot
from commentary.writing.dealing import Seeded, Wording
from commentary.writing.realise import Realiser

_TEMPLATE = "template@"
Judged = tuple[str, tuple[str, ...]]
"""A wording, and what was found in it: each as code, the words, and the sentence."""


class InTurn(Seeded):
    """Takes the wordings of each claim in turn, beginning at one that chance chose."""

    turn = 0

    def __call__(self, name: str, wordings: Sequence[Wording], _: Mapping[str, Fact]) -> Wording:
        """Return the wording whose turn it is."""
        return wordings[(self.number(name) + self.turn) % len(wordings)]


class Page:
    """The paragraphs of one story, and what they are worded and checked with."""

    def __init__(self, sheet: FactSheet, edition: Edition, seed: int) -> None:
        self.paragraphs: dict[tuple[Claim, ...], None] = {}
        self.sheet = sheet
        self._edition = edition
        self._deal = InTurn(seed)
        self._realiser = Realiser(sayings("en", None), language("en"), edition, self._deal)

    def told(self, paragraph: tuple[Claim, ...]) -> Iterator[Passage]:
        """Yield a paragraph again and again, until each of its sentences was there in each of its wordings."""
        known = sayings("en", None)
        turns = max(len(known[claim.frame].alternatives) if claim.frame in known else 1 for claim in paragraph)
        for self._deal.turn in range(turns):
            yield self._realiser.passage(paragraph)

    def judged(self, passage: Passage) -> Iterator[Judged]:
        """Yield each wording of a paragraph with the errors in it."""
        found = self._checker.check(passage.text, "passage").findings
        errors = [finding for finding in found if finding.severity == "error"]
        for name, (start, end) in zip(names(passage), _spans(passage), strict=True):
            here = (each for each in errors if overlaps(each.span, (start, end)))
            yield name, tuple(f"{each.code} “{each.text}”: {passage.text[start:end]}" for each in here)

    @cached_property
    def _checker(self) -> TextChecker:
        return TextChecker(self.sheet, settings=Settings(), names=dict(self._edition.names))


def names(passage: Passage) -> list[str]:
    """Return the names of a paragraph's wordings, in its order."""
    return [sentence.origin.removeprefix(_TEMPLATE) for sentence in passage.sentences]


def pages(snapshot: dict[str, Any], seed: int) -> Iterator[Page]:
    """Yield every story that the facts of a snapshot carry, not only the one that would lead.

    Raises:
        CommentaryError: the snapshot cannot be read.
    """
    settings = Settings()
    read = read_snapshot(json.dumps(snapshot).encode())
    sheet = facts_of(read, settings=settings)
    sheet = sheet.with_facts(read_sentiment(sheet).facts(sheet))
    edition = edition_of([read.snapshot], sheet, settings)
    realiser = Realiser(sayings("en", None), language("en"), edition, Seeded(seed))
    for story in stories_of(sheet, settings=settings):
        if not isinstance(story, Story):
            continue
        book = book_of(story.name, settings)
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        page = Page(ruled, edition, seed)
        for length in ("brief", "full"):
            asking = Asking(questions(), seed=seed, every=True)
            planner = Planner(
                ruled, story, book, claims(), realiser.can_say, realiser.words, writer=realiser, asking=asking
            )
            plan = planner.plan("brief" if length == "brief" else "full", wording()["rationale"], wording()["flips"])
            if isinstance(plan, Plan):
                page.paragraphs.update(dict.fromkeys(_paragraphs(plan)))
        yield page


def _paragraphs(plan: Plan) -> Iterator[tuple[Claim, ...]]:
    """Yield what stands together in the text of a plan."""
    yield from ((claim,) for claim in plan.headlines)
    yield plan.standfirst
    for section in plan.sections:
        if section.heading:
            yield (section.heading,)
        yield from section.paragraphs
    for item in plan.faq:
        yield (item.question, *item.answer)
    yield (plan.digest_title,)
    yield plan.digest
    yield from ((claim,) for claim in (plan.push, plan.search_title, plan.mail_subject) if claim)
    yield from filter(None, (plan.social, plan.blurb))
    yield from (plan.short_term, plan.long_term, plan.rationale)
    yield from ((claim,) for claim in (*plan.flips, *plan.unknowns, *plan.disclosures))
    yield from ((condition.claim,) for condition in plan.conditions)


def _spans(passage: Passage) -> list[tuple[int, int]]:
    return [(sentence.start, sentence.end) for sentence in passage.sentences]
