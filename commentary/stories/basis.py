"""Basis: a future's yearly premium over spot turned its sign or left its own history, with a week to expiry or more."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("basis")
def basis(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the metrics name something new in a tenor."""
    return fire(book, sheet, "none")
