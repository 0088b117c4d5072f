"""Kinds of news: which of them the facts carry. One file a story."""

from collections.abc import Callable

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.registry import Registry

Finder = Callable[[FactSheet, StoryBook], Story | NoStory]

stories: Registry[Finder] = Registry("commentary.stories")
