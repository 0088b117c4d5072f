"""What a person is told of a draft: how it ranks beside others, and why now."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from commentary.config import Settings
from commentary.config.newsworthiness import newsworthiness
from commentary.config.storybook import StoryBook
from commentary.pipeline.drafting import News, Wake
from commentary.pipeline.materials import book_of
from commentary.records.alert import Alert, Kind
from commentary.records.history import FOLLOW_UP
from commentary.records.sheet import FactSheet
from commentary.stories.newsworthiness import scores_of, surprise

MARKET = "market"
_REASONS = 2
"""So many kinds of data say what is unusual."""


def alert_of(news: News, *, feed: str, created: datetime, settings: Settings, late: str = "") -> Alert:
    """Return the alert of a draft.

    Args:
        news: the draft, its story and its facts.
        feed: the feed that it is saved in.
        created: when a person is told.
        settings: the newsroom's.
        late: why it is told later than it could have been; empty where it is not.
    """
    draft, story, sheet = news.draft, news.story, news.sheet
    return Alert(
        feed=feed,
        asset=sheet.asset,
        event_key=draft.story_key,
        story=story.name,
        kind=_kind(news),
        headline=draft.headline,
        why_now=(*filter(None, [late]), *_why(news, book_of(story.name, settings))),
        score=Decimal(str(story.score)),
        surprise=how_unusual(sheet),
        as_of=draft.as_of,
        created=created,
        item=draft.id,
    )


def wake_of(wake: Wake, *, feed: str, created: datetime) -> Alert:
    """Return the alert of what is not drafted before a person has looked."""
    story, sheet = wake.story, wake.sheet
    what = f"{sheet.asset} {story.name.replace('_', ' ')} develops, and sources disagree: nothing is drafted"
    return Alert(
        feed=feed,
        asset=sheet.asset,
        event_key=wake.key,
        story=story.name,
        kind="conflict",
        headline=what,
        why_now=wake.why,
        score=Decimal(str(story.score)),
        surprise=how_unusual(sheet),
        as_of=sheet.as_of,
        created=created,
    )


def how_unusual(sheet: FactSheet) -> Decimal:
    """Return how newsworthy an asset is against its own history, 0 to 1.

    Without a history it stands between a usual and an unusual day, as in the plan of a text.
    """
    known = scores_of(sheet, _about(sheet))
    if not known:
        return newsworthiness().plan["unknown"]
    return max(known[0].value, surprise(sheet, sheet.asset))


def _about(sheet: FactSheet) -> str | None:
    """Return the asset whose scores count; of all coins together, any."""
    return None if sheet.asset == MARKET else sheet.asset


def _kind(news: News) -> Kind:
    if news.story.name == FOLLOW_UP:
        return "follow_up"
    return "update" if news.sheet.get("since_change") is not None else "event"


def _why(news: News, book: StoryBook) -> Iterator[str]:
    """Yield what is new, then what is unusual about it."""
    sheet, change = news.sheet, news.sheet.get("since_change")
    if news.story.name == FOLLOW_UP:
        yield "a test that was set has come due"
    elif change is not None:
        told = sheet.get("told_at")
        before = f"told before, of {told.value:%Y-%m-%d %H:%M} UTC; " if told is not None else ""
        yield before + next((one.why for one in book.update.changes if one.name == change.text), change.text)
    else:
        yield "told for the first time"
    known = scores_of(sheet, _about(sheet))[:_REASONS]
    yield from (f"{one.kind.replace('_', ' ')}: {one.why}" for one in known)
    if not known:
        yield "no history is held that would show it as unusual"
