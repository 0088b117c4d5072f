"""The sentences that a newsroom's templates can say of one sheet, for a text to be read by."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.storybook import StoryBook, house_facts
from commentary.languages import language
from commentary.pipeline.materials import book_of, claims, sayings
from commentary.publishing.base import words
from commentary.recognition import Recogniser, Telling, Wordings
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.query import Scope
from commentary.records.sheet import FactSheet
from commentary.records.story import Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories

_SIDES = (("long", "short"), ("short", "long"))


class Desk(NamedTuple):
    """A sheet with what the desk adds when it drafts from it: its label, and the rules of stories that fire."""

    sheet: FactSheet
    """With the rules of every story."""
    told: Mapping[str, FactSheet]
    """By story, with its own rules alone: that a rule is not there is a condition too."""


def desk_of(sheet: FactSheet, settings: Settings) -> Desk:
    """Return a sheet as the desk would tell it; a draft's own has all of that already."""
    if sheet.get("sentiment_label") is not None:
        return Desk(sheet, dict.fromkeys(stories, sheet))
    books = {name: book_of(name, settings) for name in stories}
    labelled = sheet.with_facts(read_sentiment(sheet).facts(sheet))
    found = {name: find(sheet, books[name]) for name, find in stories.items()}
    fired = sorted((one for one in found.values() if isinstance(one, Story)), key=lambda one: (-one.score, one.name))
    told = dict.fromkeys(stories, labelled)
    whole = labelled
    for story in fired:
        rules = _rules(books[story.name], sheet, settings)
        told[story.name] = labelled.with_facts(rules)
        whole = whole.with_facts(rules)
    return Desk(whole, told)


def _rules(book: StoryBook, sheet: FactSheet, settings: Settings) -> tuple[Fact, ...]:
    return tuple(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))


def recogniser_of(desk: Desk, settings: Settings, code: str, edition: Edition) -> Recogniser:
    """Return what knows the sentences that any story could make of a sheet, told from either side."""
    tellings = [
        Telling(Scope({"side": side, "other": other, "own": sheet.asset}, book_of(name, settings).thresholds), sheet)
        for name, sheet in desk.told.items()
        for side, other in _SIDES
    ]
    wordings = _wordings(code, settings.template_folder)
    return Recogniser(wordings, tellings, language(code), edition, frozenset(words(code).values()))


@cache
def _wordings(code: str, own: Path | None) -> Wordings:
    return Wordings(sayings(code, own), claims().values(), language(code).frames)
