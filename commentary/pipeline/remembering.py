"""What a feed remembers of a draft: its event, figures and tests, and how its sentences read."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from commentary.config.storybook import is_story, storybook
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.languages.skeletons import sentences_of, skeleton
from commentary.pipeline.event_places import known_again_by
from commentary.pipeline.materials import sayings
from commentary.pipeline.opening import sheet_of
from commentary.records.draft import REMAKE, ConditionRecord, Draft, SentenceRecord, fact_records, texts
from commentary.records.fact_file import FactRecord
from commentary.records.history import (
    DEVELOPING,
    FOLLOW_UP,
    MODEL,
    SETTLED,
    STAGE,
    Outcome,
    PublishedCondition,
    PublishedItem,
    Stage,
)

_ALIKE = frozenset({"definition", "boilerplate"})
"""Kinds that are worded once: what a term means, what the law or the house asks for."""
_HEADS = ("/heading", "/question")
_OF_OTHERS = ("/headlines/", "/variants/", "/conditions/")
"""Fields that say again what stands elsewhere in the draft, or that no reader of the article meets."""
_PATH = "/cluster_path"
"""In the ids of the sums on the way to the end of a cluster."""
_LEAD = ("/headline", "/standfirst", "/sections/0/paragraphs/0")
"""Where a draft says what its news is."""


def skeletons_of(draft: Draft) -> tuple[str, ...]:
    """Return the skeletons of a draft's sentences in reading order, those that count as its own."""
    return tuple(one for sentence, each in told(draft) if not is_exempt(sentence, draft.language) for one in each)


def told(draft: Draft) -> Iterator[tuple[SentenceRecord, tuple[str, ...]]]:
    """Yield each sentence of the article, its questions and its digest, with its skeletons."""
    language = load_language(draft.language)
    fields = dict(texts(draft))
    quantities = {record.id: record.quantity for record in fact_records(draft) if record.quantity is not None}
    for one in draft.sentences:
        if one.path.startswith(_OF_OTHERS):
            continue
        mentions = [record.mention for record in draft.mentions if record.path == one.path]
        bare = skeleton(fields[one.path], one.start, one.end, mentions, quantities, language)
        yield one, sentences_of(bare)


def is_exempt(sentence: SentenceRecord, language: str = "en") -> bool:
    """Say whether a sentence may read alike each day: a definition, a legal or plain line, a heading, a question."""
    return sentence.kind in _ALIKE or sentence.path.endswith(_HEADS) or _is_plain(sentence.origin, language)


def _is_plain(origin: str, language: str) -> bool:
    """Say whether the block that a sentence was worded by is marked as a price line or an attribution."""
    kind, _, name = origin.partition("@")
    ours = sayings(language, None)
    name = name.partition("#")[0]
    return kind == "template" and name in ours and ours[name].plain


def item_of(draft: Draft, feed: str) -> PublishedItem:
    """Return what a feed remembers of a draft.

    Raises:
        BadInputError: a fact of the draft cannot be read.
    """
    counted = [(sentence, each) for sentence, each in told(draft) if not is_exempt(sentence)]
    records = {record.id: record for record in draft.facts}
    led = {one.fact: one.path for one in reversed(draft.mentions) if one.path in _LEAD}
    figures = {name: _published(records[name]) for name in led if name in records}
    # What a map was drawn by decides later whether its sums can be compared.
    figures |= {one.id: _published(one) for one in draft.facts if one.subject.metric == MODEL and one.value is not None}
    update = storybook(draft.story).update if is_story(draft.story) else None
    if update is not None:
        # An event is known again by its place, be its text led by that or not.
        known = known_again_by(draft.emphasis, sheet_of(draft), update)
        figures |= {fact.id: _published(records[fact.id]) for fact in known if fact.id in records}
    # What a test is half of stands beside its bound in a follow-up.
    halved = [name for one in draft.conditions if one.threshold in records for name in records[one.threshold].inputs]
    figures |= {name: _published(records[name]) for name in halved if name in records and _PATH in name}
    return PublishedItem(
        id=draft.id,
        feed=feed,
        event_key=draft.story_key,
        story_key=draft.story_key,
        story=draft.story,
        emphasis=draft.emphasis,
        length=draft.length,
        assets=draft.assets,
        slug=draft.slug,
        as_of=draft.as_of,
        generated_at=draft.generated_at,
        headline=draft.headline,
        skeletons=tuple(one for _, each in counted for one in each),
        wordings=tuple(dict.fromkeys(sentence.origin for sentence, _ in counted)),
        questions=tuple(one.claim for one in draft.sentences if one.path.endswith("/question")),
        figures={name: figures[name] for name in sorted(figures)},
        headlined=tuple(sorted(name for name, path in led.items() if path == _LEAD[0] and name in figures)),
        label=draft.sentiment.label,
        conditions=tuple(_condition(one, records, draft) for one in draft.conditions),
        inputs=tuple(one.sha256 for one in draft.inputs),
        stage=_stage(draft),
    )


def _stage(draft: Draft) -> Stage:
    told = any(one.subject.metric == STAGE and one.value == DEVELOPING for one in draft.facts)
    return DEVELOPING if told else SETTLED


def _published(record: FactRecord) -> FactRecord:
    """Return a fact as it was published: a value of its time, whatever it was made of."""
    return record.model_copy(update={"inputs": (), "formula": ""})


def _condition(one: ConditionRecord, records: Mapping[str, FactRecord], draft: Draft) -> PublishedCondition:
    def found(name: str | None) -> FactRecord | None:
        return _published(records[name]) if name is not None and name in records else None

    threshold, closes = found(one.threshold), found(one.closes)
    if threshold is None:
        raise BadInputError("/conditions", one.threshold, f"the draft holds no such fact; {REMAKE}")
    return PublishedCondition(
        metric=one.metric,
        relation=one.relation,
        threshold=threshold,
        window_hours=one.window_hours,
        deadline=one.deadline or draft.as_of + timedelta(hours=one.window_hours),
        closes=int(str(closes.value)) if closes is not None else 0,
        bar_hours=closes.subject.window_hours if closes is not None else None,
        level=found(one.level),
        measure=found(one.measure),
        beside=found(one.beside),
        beside_relation=one.beside_relation,
        text=one.text,
    )


def outcomes_of(draft: Draft) -> dict[tuple[str, int], Outcome]:
    """Return what a follow-up says became of tests, by the id of their item and their place in it.

    Other stories carry that too, and settle nothing: a test is settled where a reader is told of it.
    """
    if draft.story != FOLLOW_UP:
        return {}
    said = {(one.subject.metric, one.subject.at): str(one.value) for one in draft.facts if one.value is not None}
    found: dict[tuple[str, int], Outcome] = {}
    for (metric, at), result in said.items():
        if metric != "settled_result" or at is None:
            continue
        item, _, number = at.partition(" ")
        reached = None
        if said.get(("settled_kind", at)) == "level":
            known = {"hit": True, "miss": True, "lapsed": False}
            reached = known.get(result, True if said.get(("settled_why", at)) == "open interest" else None)
        outcome = Outcome.model_validate({"result": result, "reached": reached, "as_of": draft.as_of, "item": draft.id})
        found[item, int(number) - 1] = outcome
    return found
