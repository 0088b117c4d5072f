"""The bundled snapshots give what their index says, without a finding, and every figure can be explained."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from commentary import (
    Draft,
    NoStoryResult,
    Settings,
    check_text,
    draft_snapshots,
    explain,
    facts_of,
    read_snapshot,
    render,
    stories_of,
)  # fmt: skip
from commentary.languages import language
from commentary.pipeline import composing, gathering, sheet_of
from commentary.records.draft import texts
from commentary.records.edition import Edition
from commentary.records.history import History
from commentary.records.story import Story
from commentary.stories import stories
from commentary.writing.dealing import Seeded

FOLDER = Path(__file__).parents[1] / "data" / "snapshots"
INDEX = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
TOLD = [name for name, entry in INDEX.items() if entry["story"] != "none"]
LENGTHS = ("brief", "standard", "full")


def history(name):
    """What the feed of a snapshot had published before, where the index names it."""
    file = INDEX[name].get("history")
    return History.model_validate_json((FOLDER / file).read_bytes()) if file else None


@cache
def draft(name, length=None, seed=None):
    return draft_snapshots([snapshot(name)], settings=Settings(), length=length, seed=seed, history=history(name))


@cache
def snapshot(name):
    return read_snapshot((FOLDER / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", INDEX)
def test_it_gives_what_the_index_says(name):
    expected, made = INDEX[name], draft(name)
    if expected["story"] == "none":
        assert isinstance(made, NoStoryResult)
        return
    assert made.story == expected["story"]
    assert made.emphasis == expected["emphasis"]
    assert made.sentiment.label == expected["label"]
    assert set(made.flags) == set(expected["flags"])


@cache
def told(name):
    """The stories of a snapshot, by name: those that fire, and of the others why not."""
    read = read_snapshot((FOLDER / f"{name}.json").read_bytes())
    sheet = facts_of(read, settings=Settings(), now=read.snapshot.as_of, history=history(name))
    return {found.name: found for found in stories_of(sheet, settings=Settings())}


# The wrap is of several snapshots: test_wraps.py.
@pytest.mark.parametrize("story", sorted({*stories} - {"daily_wrap"}))
def test_two_snapshots_make_a_story_and_one_only_just_does_not(story):
    assert len([name for name in INDEX if isinstance(told(name)[story], Story)]) >= 2
    (near, *_) = [name for name, entry in INDEX.items() if entry.get("near_miss") == story]
    assert len(told(near)[story].reasons) <= 2


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("length", LENGTHS)
def test_no_length_has_a_finding(name, length):
    made = draft(name, length)
    assert [(finding.code, finding.path, finding.text) for finding in made.checks.findings] == []
    assert made.checks.ok


@pytest.mark.parametrize("name", TOLD)
def test_every_mention_spells_its_fact_where_it_says(name):
    made = draft(name, "full")
    fields, facts = dict(texts(made)), {record.id: record.fact() for record in made.facts}
    edition = Edition(made.as_of, tuple(made.names.items()))
    for mention in made.mentions:
        written = fields[mention.path][mention.start : mention.end]
        assert written == language("en").spell(facts[mention.fact], mention.style, edition)


@pytest.mark.parametrize("name", TOLD)
def test_every_figure_can_be_explained(name):
    made = draft(name, "full")
    fields = dict(texts(made))
    figures = {
        (fields[mention.path][mention.start : mention.end], mention.fact)
        for mention in made.mentions
        if any(character.isdigit() for character in fields[mention.path][mention.start : mention.end])
    }
    assert figures
    for text, fact in figures:
        assert fact in {found.fact.id for found in explain(made, text)}


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_its_printed_text_has_no_error_against_its_own_facts(name, form):
    made = draft(name)
    printed = render(made, form).replace("*", "") if form == "markdown" else render(made, form)
    found = check_text(printed, sheet_of(made), settings=Settings(), scope="article").findings
    assert [(finding.code, finding.text) for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("name", TOLD)
def test_the_same_input_gives_the_same_bytes(name):
    read = read_snapshot((FOLDER / f"{name}.json").read_bytes())
    again = draft_snapshots([read], settings=Settings(), history=history(name))
    assert isinstance(again, Draft)
    assert again.model_dump_json() == draft(name).model_dump_json()


def test_another_seed_changes_the_wording_and_no_figure():
    one, other = draft("btc-long-side", None, 1), draft("btc-long-side", None, 2)
    assert one.standfirst != other.standfirst or one.sections != other.sections
    assert one.facts == other.facts
    assert one.sentiment.label == other.sentiment.label


class Turned(Seeded):
    """Deals every sentence its wordings one after the other, a turn each, from where the seed has it begin."""

    def __init__(self, turn):
        super().__init__(0)
        self._turn = turn
        self.most = 0

    def __call__(self, name, wordings, facts):
        self.most = max(self.most, len(wordings))
        return super().__call__(name, wordings, facts)

    def number(self, name):
        return super().number(name) + self._turn


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_no_wording_gives_a_finding(name, monkeypatch):
    # The facts are the same in every wording.
    facts = cache(lambda read: facts_of(snapshot(read), settings=Settings(), history=history(read)))
    monkeypatch.setattr(gathering, "facts_of", lambda *_, **__: facts(name))
    # As many turns as the longest list of wordings, and so many mixtures of them at least.
    turn, most = 0, 41
    while turn < most:
        for length in LENGTHS:
            deal = Turned(turn)
            monkeypatch.setattr(composing, "_deal", lambda _, deal=deal: deal)
            found = draft.__wrapped__(name, length).checks.findings
            assert [(finding.code, finding.path, finding.text) for finding in found] == []
            most = max(most, deal.most)
        turn += 1
