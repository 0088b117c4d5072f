"""A story and its facts become the content of commentary.draft/1, unchecked and without its seal."""

import hashlib
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from commentary import __version__
from commentary.config import Settings
from commentary.config.packs import pack_rules
from commentary.languages import language as load_language
from commentary.pipeline.disclosing import legal, own_words
from commentary.pipeline.events import event_key
from commentary.pipeline.house import house_texts
from commentary.pipeline.materials import book_of, claims, questions, sayings
from commentary.planning.document import Planner
from commentary.planning.questions import Asking
from commentary.records.draft import Draft, Input, Sentiment, Tool, slug_of
from commentary.records.edition import Edition
from commentary.records.fact_file import FactRecord
from commentary.records.history import DEVELOPING, FOLLOW_UP, STAGE, History
from commentary.records.plan import Length, Plan
from commentary.records.query import Scope, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.records.worded import Writer
from commentary.sentiment import SentimentReading, wording
from commentary.writing.assemble import Written, write
from commentary.writing.dealing import LIKED, Deal, Remembering, Repeating, Seeded
from commentary.writing.realise import Realiser

Involvement = Literal["template", "model_drafted"]
"""How a text comes about here: by templates alone, or with a model that rewords some of their sentences."""


class Order(NamedTuple):
    """Everything that decides a draft besides its facts and story: same order, same bytes."""

    inputs: tuple[Input, ...]
    """The snapshots."""
    notes: tuple[str, ...]
    """What was filled in or dropped when it was read."""
    settings: Settings
    now: datetime
    seed: int
    language: str
    edition: Edition
    length: Length | None
    history: History | None = None
    """What the feed has published."""
    history_sha256: str | None = None
    """Its hash; of a draft that is written again, the one that the draft names."""
    said: tuple[tuple[str, str], ...] = ()
    """The sentences of the draft that is written again, each with its claim; empty where a new one is."""
    frames: Mapping[str, Container[str]] | None = None
    """The frames of that draft by short form."""
    asked: Container[str] = ()
    """Frames of questions that this feed asked of late."""
    model: Writer | None = None
    """The model that rewords sentences of the draft, which says so; what is composed here are the templates' words."""

    @property
    def involvement(self) -> Involvement:
        """How the text comes about."""
        return "template" if self.model is None else "model_drafted"


def _deal(order: Order) -> Deal:
    """Return what chooses the wordings: the draft's own, apart from the feed's last articles, or the seed.

    A seed that was asked for deals among all of them.
    """
    if order.said and order.history_sha256:
        return Repeating(order.seed, order.said)
    if order.history is not None and order.history.items:
        recent = tuple(item.skeletons for item in order.history.items)
        return Remembering(order.seed, recent, load_language(order.language))
    return Seeded(order.seed, LIKED if order.seed == seed_of(order.inputs) else None)


def seed_of(inputs: Sequence[Input]) -> int:
    """Return the first 8 bytes of the hash of a snapshot; of several, of the hash of theirs, sorted and joined."""
    hashes = sorted(one.sha256 for one in inputs)
    chosen = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return int(chosen[:16], 16)


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
    realiser = Realiser(sayings(order.language, settings.template_folder), spoken, order.edition, _deal(order))
    house = house_texts(settings, order.language)
    book = book_of(story.name, settings)
    asking = Asking(questions(), order.asked, order.seed)
    rationale, flips = ("several", "several_flips") if sheet.assets else ("rationale", "flips")
    length, stage = order.length, sheet.get(STAGE)
    if book.developing is not None and stage is not None and stage.text == DEVELOPING:
        book, asking, length = book._replace(layout=book.developing.layout), Asking(), "brief"
        rationale, flips = "developing", "developing_flips"
    planner = Planner(
        sheet,
        story,
        book,
        claims(),
        realiser.can_say,
        realiser.words,
        writer=realiser,
        asking=asking,
        said=order.frames,
    )
    plan = planner.plan(length, wording()[rationale], wording()[flips])
    if isinstance(plan, NoStory):
        return plan
    scope = Scope(names_of(sheet, story.emphasis), book.thresholds)
    rules = pack_rules(settings.packs)
    asked = legal(rules, order.involvement, house, sheet, scope, claims(), plan.disclosures, realiser)
    plan = plan._replace(disclosures=(*plan.disclosures, *asked.lines))
    written = write(plan, realiser, asked.disclaimer)
    own = own_words(asked, len(plan.disclosures), realiser)
    written = written._replace(
        disclosures=(*written.disclosures, *own.disclosures),
        disclaimer=own.disclaimer or written.disclaimer,
        mentions=(*written.mentions, *own.mentions),
        sentences=(*written.sentences, *own.sentences),
    )
    key = event_key(story, sheet, book.update)
    return _draft(order, sheet, plan, written, reading, key, own.ai_disclosure)


def _draft(
    order: Order,
    sheet: FactSheet,
    plan: Plan,
    written: Written,
    reading: SentimentReading,
    key: str,
    ai_disclosure: str,
) -> Draft:
    settings = order.settings
    identity = "|".join(
        (
            *(one.sha256 for one in order.inputs),
            key,
            plan.length,
            order.language,
            str(order.seed),
            order.now.isoformat(),
            settings.sha256,
            *filter(None, [order.history_sha256]),
            # A follow-up and an update of one snapshot are of one event.
            *([FOLLOW_UP] if plan.story.name == FOLLOW_UP else []),
            *([f"model@{order.model.name}"] if order.model is not None else []),
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
        assets=sheet.assets or (sheet.asset,),
        story=plan.story.name,
        emphasis=plan.story.emphasis,
        length=plan.length,
        slug=slug_of(sheet, plan.story.name),
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
        inputs=order.inputs,
        plan={
            "score": plan.story.score,
            "why": list(plan.story.why),
            "ranked": plan.story.ranked,
            "asked": list(plan.asked),
            "left_out": [list(entry) for entry in plan.left_out],
            "house": settings.style._asdict(),
            "packs": {one.name: one.version for one in pack_rules(settings.packs).packs},
            "notes": list(order.notes),
        },
        writer=order.model or Writer(kind="template", name=f"templates/{order.language}", version=__version__),
        ai_involvement=order.involvement,
        ai_disclosure=ai_disclosure,
        names=dict(order.edition.names),
        history_sha256=order.history_sha256,
        config_sha256=settings.sha256,
        **fields,
    )
