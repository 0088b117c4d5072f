"""A planner on a few facts, claims and a layout, all written in the test."""

import tomllib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.config.storybook import read_storybook
from commentary.planning.claims import load_claims
from commentary.planning.document import Planner
from commentary.records.fact import Fact, Subject
from commentary.records.sheet import FactSheet
from commentary.records.story import Story

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
BOOK = """
title = "Test"
fires = []
score = 0.5
[thresholds]
bound = { value = 5, why = "for the test" }
[layout]
"""
LAYOUT = {
    "headlines": ["head"],
    "standfirst": [],
    "sections": [{"paragraphs": [["a"]]}],
    "brief": [["a"]],
    "unknowns": [],
    "unknowns_at_most": 2,
    "faq": [],
    "digest_title": "head",
    "digest": [],
    "short_term": [],
    "long_term": [],
    "disclosures": [],
}


@pytest.fixture
def fact():
    """Return a function that makes a fact."""

    def make(metric, value=1, unit="usd", side=None, venue=None, window=None, at=None, asset="BTC"):
        subject = Subject(asset, metric, side, venue, Decimal(window) if window else None, at)
        number = value if unit == "name" else Decimal(str(value))
        return Fact(subject, number, unit, "level", "observed", ("CoinGlass",), NOW)

    return make


@pytest.fixture
def claims(tmp_path):
    """Return a function: the text of a claims file in, its claims out."""

    def make(text):
        folder = tmp_path / "claims"
        folder.mkdir(exist_ok=True)
        (folder / "test.toml").write_text(text, encoding="utf-8")
        return load_claims(folder)

    return make


@pytest.fixture
def plan(tmp_path, claims):
    """Return a function: facts, claims and parts of a layout in, the plan out."""

    def make(
        facts,
        specs,
        *,
        length=None,
        emphasis="long",
        can_say=lambda claim: True,
        words=lambda claim: 1,
        flags=(),
        scores=(),
        **layout,
    ):
        path = tmp_path / "test.toml"
        path.write_text(BOOK + _toml({**LAYOUT, **layout}), encoding="utf-8")
        tomllib.loads(path.read_text(encoding="utf-8"))
        sheet = FactSheet("BTC", NOW, tuple(facts), flags=tuple(flags))
        story = Story("test", emphasis, 0.5, (), False, tuple(scores))
        text = "[head]\n" + specs
        return Planner(sheet, story, read_storybook(path), claims(text), can_say, words).plan(length, (), ())

    return make


def _toml(layout):
    return "\n".join(f"{key} = {_value(value)}" for key, value in layout.items())


def _value(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
