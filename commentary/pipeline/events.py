"""Events: what a story is about, across its push, brief, article, updates and follow-up; and whether it is news again.

Two stories of one family, asset and place (a level, an exchange, a side) are one event while it lives, and have one
key. Told once, it is told again only after a change that data/stories/<name>.toml names in [update].
"""

from collections.abc import Iterator
from datetime import timedelta

from commentary.config.storybook import LABEL, StoryBook, Update, family_of
from commentary.metrics.publications import tested
from commentary.metrics.told_figures import Difference, counterpart, differences, figures_of, told
from commentary.pipeline.event_places import Place, place_of, told_at
from commentary.records.canonical import plain
from commentary.records.draft import apart_of
from commentary.records.fact import Fact, MissingFact, Subject, three_digits
from commentary.records.history import FOLLOW_UP, OWN, History, PublishedItem
from commentary.records.query import Scope, judge, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story


def past_of(
    story: Story, sheet: FactSheet, book: StoryBook, history: History
) -> tuple[Fact | MissingFact, ...] | NoStory:
    """Return what was told of a story's event, nothing of a new one, or why it is no news.

    Of an event that was told only with figures of another source or model, it is returned why it is one of its own.

    Args:
        story: the story.
        sheet: the facts, with those of the label and of the story's own rules.
        book: the story's file.
        history: what the feed has published.
    """
    if story.name == FOLLOW_UP:
        result = sheet.get("settled_result")
        item = tested(history, result.subject.at or "") if result is not None else None
        return () if item is None else told(item, sheet, book.update.within_percent)
    found = _last(story, sheet, book.update, history)
    if found is None:
        return ()
    item, other = found
    if other:
        reason = f"“{item.headline}” was told at {_when(item)}, and is not compared: {'; '.join(map(str, other))}"
        named = " ".join(one.now or f"no {one.what}" for one in other)
        return (MissingFact(Subject(sheet.asset, "since_change", at=named), "name", reason),)
    if sheet.assets:
        # What became of each of several figures makes no sentence.
        return NoStory(story.name, tuple(_told_already(item, [])))
    facts = told(item, sheet, book.update.within_percent, beside=True)
    return _changed(story, sheet.with_results(facts), book, item, facts)


def _last(
    story: Story, sheet: FactSheet, update: Update, history: History
) -> tuple[PublishedItem, tuple[Difference, ...]] | None:
    """Return the last item of a story's event, while it lives; else one of its place whose figures are others'."""
    place = place_of(story.emphasis, sheet, update)
    life = timedelta(hours=float(update.life_hours))
    apart: tuple[PublishedItem, tuple[Difference, ...]] | None = None
    for item in reversed(history.items):
        alive = timedelta(0) <= sheet.as_of - item.as_of < life
        same = set(sheet.assets or (sheet.asset,)) == set(item.assets) and family_of(item.story) == update.family
        if not (alive and same and _is_at(place, story, item)):
            continue
        other = _other(place, sheet, item, update)
        if not other:
            return item, ()
        apart = apart or (item, other)
    return apart


def _is_at(place: Place | None, story: Story, item: PublishedItem) -> bool:
    """Say whether an item is of the same place as a story."""
    if place is None:
        sides = {story.emphasis, item.emphasis} & {"long", "short"}
        return len(sides) < 2
    return any(True for _ in told_at(place, item))


def _other(place: Place | None, sheet: FactSheet, item: PublishedItem, update: Update) -> tuple[Difference, ...]:
    """Return in what the figures of now are others than those that an item told, so that none can be compared."""
    if place is not None:
        pairs = [(record, place.at) for record in told_at(place, item)]
    elif any(change.name != LABEL for change in update.changes):
        records = list(figures_of(item, headlined=True))
        found = [(record, counterpart(record, sheet, update.within_percent)) for record in records]
        pairs = [(record, now) for record, now in found if now is not None]
    else:
        # It is not told again for any figure, so that none has to be comparable.
        return ()
    others = [differences(record, now, item, sheet) for record, now in pairs]
    return min(others, key=len) if others else ()


def event_key(story: Story, sheet: FactSheet, update: Update) -> str:
    """Return the key of a story's event: that of the event it goes on with, else a new one."""
    known = sheet.get("told_key")
    if known is not None:
        return known.text
    place = place_of(story.emphasis, sheet, update)
    at = place.at if place is not None else None
    parts = [sheet.asset, update.family]
    if at is not None and at.unit == "price":
        parts.append(f"{at.side if at.subject.side else 'price'}-{plain(three_digits(at.number))}")
    elif at is not None and at.subject.venue not in (None, "all"):
        parts.append(str(at.subject.venue).replace("/", "-"))
    elif story.emphasis in ("long", "short"):
        parts.append(story.emphasis)
    if apart := apart_of(sheet):
        parts.append(apart)
    return "/".join((*parts, f"{sheet.as_of:%Y-%m-%d}"))


def _changed(
    story: Story, sheet: FactSheet, book: StoryBook, item: PublishedItem, facts: tuple[Fact | MissingFact, ...]
) -> tuple[Fact | MissingFact, ...] | NoStory:
    """Return what was told with the change that makes it news again, or why it is none."""
    scope = Scope(names_of(sheet, story.emphasis), book.thresholds)
    missed: list[str] = []
    for change in book.update.changes:
        verdicts = [judge(sheet, condition, scope) for condition in change.when]
        failed = [verdict.why for verdict in verdicts if not verdict.holds]
        if not failed:
            return (*facts, _change(sheet, change.name, facts))
        missed += failed[:1]
    return NoStory(story.name, tuple(_told_already(item, missed)))


def _change(sheet: FactSheet, name: str, facts: tuple[Fact | MissingFact, ...]) -> Fact:
    return Fact(
        Subject(sheet.asset, "since_change"),
        name,
        "name",
        "entity",
        "reported",
        (OWN,),
        sheet.as_of,
        "the first change of the story's file that holds",
        (facts[0].id,),
    )


def _told_already(item: PublishedItem, missed: list[str]) -> Iterator[str]:
    yield f"it was told at {_when(item)}, as “{item.headline}”, and has not changed enough to be news"
    yield from dict.fromkeys(missed)


def _when(item: PublishedItem) -> str:
    return f"{item.as_of:%Y-%m-%d %H:%M} UTC"
