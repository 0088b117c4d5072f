"""A story and its facts become the content of commentary.draft/1, unchecked and without its seal."""

import hashlib
from collections.abc import Container
from datetime import datetime
from typing import NamedTuple

from commentary import __version__
from commentary.config import Settings
from commentary.languages import language as load_language
from commentary.pipeline.materials import book_of, claims, questions, sayings
from commentary.planning.document import Planner
from commentary.planning.questions import Asking
from commentary.records.draft import Draft, Input, Sentiment, Tool, Writer
from commentary.records.edition import Edition
from commentary.records.fact_file import FactRecord
from commentary.records.plan import Claim, Length, Plan
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.sentiment import SentimentReading, wording
from commentary.writing.assemble import Written, write
from commentary.writing.realise import Realiser


class Order(NamedTuple):
    """Everything that decides a draft besides its facts and story: same order, same bytes."""

    input: Input
    """The snapshot."""
    notes: tuple[str, ...]
    """What was filled in or dropped when it was read."""
    settings: Settings
    now: datetime
    seed: int
    language: str
    edition: Edition
    length: Length | None
    asked: Container[str] = ()
    """Frames of questions that this feed asked of late."""


def compose(order: Order, story: Story, sheet: FactSheet, reading: SentimentReading) -> Draft | NoStory:
    """Return the draft, or why nothing can head it.

    Args:
        order: what decides the draft.
        story: a story that fires.
        sheet: the facts, with the label's and those of the story's own rules.
        reading: the label.
    """
    settings = order.settings
    spoken = load_language(order.language)
    realiser = Realiser(sayings(order.language, settings.template_folder), spoken, order.edition, order.seed)
    asking = Asking(questions(), order.asked, order.seed)
    book = book_of(story.name, settings)
    planner = Planner(sheet, story, book, claims(), realiser.can_say, writer=realiser, asking=asking)
    plan = planner.plan(order.length, wording()["rationale"], wording()["flips"])
    if isinstance(plan, NoStory):
        return plan
    written = write(plan, realiser, [Claim("frame.disclaimer", (), "definition")])
    return _draft(order, sheet, plan, written, reading)


def _draft(order: Order, sheet: FactSheet, plan: Plan, written: Written, reading: SentimentReading) -> Draft:
    settings = order.settings
    day = sheet.as_of.strftime("%Y-%m-%d")
    key = f"{sheet.asset}/{plan.story.name}/{day}"
    identity = "|".join(
        (
            order.input.sha256,
            key,
            plan.length,
            order.language,
            str(order.seed),
            order.now.isoformat(),
            settings.sha256,
        )
    )
    fields = written._asdict()
    sentiment = Sentiment(
        label=reading.label,
        strength=reading.strength,
        coverage=reading.coverage,
        risk_skew=reading.risk_skew,
        contributions=reading.contributions,
        short_term=fields.pop("short_term"),
        long_term=fields.pop("long_term"),
        rationale=fields.pop("rationale"),
        flips=fields.pop("flips"),
    )
    return Draft(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        tool=Tool(name="commentary", version=__version__),
        assets=(sheet.asset,),
        story=plan.story.name,
        emphasis=plan.story.emphasis,
        length=plan.length,
        slug=f"{sheet.asset.lower()}-{plan.story.name.replace('_', '-')}-{day}",
        story_key=key,
        as_of=sheet.as_of,
        generated_at=order.now,
        language=order.language,
        seed=order.seed,
        sentiment=sentiment,
        packs=settings.packs,
        flags=sheet.flags,
        facts=(*map(FactRecord.of, sheet.facts), *map(FactRecord.of, sheet.missing)),
        sources=tuple(dict.fromkeys(name for fact in sheet for name in fact.source)),
        inputs=(order.input,),
        plan={
            "score": plan.story.score,
            "why": list(plan.story.why),
            "ranked": plan.story.ranked,
            "asked": list(plan.asked),
            "left_out": [list(entry) for entry in plan.left_out],
            "house": settings.style._asdict(),
            "notes": list(order.notes),
        },
        writer=Writer(kind="template", name=f"templates/{order.language}", version=__version__),
        ai_involvement="template",
        names=dict(order.edition.names),
        config_sha256=settings.sha256,
        **fields,
    )
