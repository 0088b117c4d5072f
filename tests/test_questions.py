"""The bank of questions as it is shipped: how many there are, how they are answered, and which a draft asks."""

from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, check_draft, draft_snapshots, read_snapshot
from commentary.languages import language
from commentary.pipeline.materials import claims, questions, sayings
from commentary.planning.questions import AT_MOST
from commentary.runs.feed import articles_of
from commentary.writing.templates import Slot

ROOT = Path(__file__).parents[1]
SNAPSHOTS = ROOT / "data" / "snapshots"
SAYINGS = sayings("en", None)
BANK = {entry.name: entry for entry in questions()}
ENGLISH = language("en")


def frames(entry):
    return [frame.strip() for frame in entry.split("|")]


def sayings(entry):
    """The say blocks that an entry can be worded by; approved frames have none."""
    return [SAYINGS[claims()[frame].say] for frame in frames(entry) if not frame.startswith("frame.")]


def spells(alternative):
    return any(isinstance(part, Slot) and ENGLISH.states(part.style) for part in alternative.parts)


def spelling():
    """The questions whose every answer has a figure in every wording."""
    for name, entry in BANK.items():
        said = [say for sentence in entry.answer for say in sayings(sentence)]
        if said and all(spells(alternative) for say in said for alternative in say.alternatives):
            yield name


def test_there_are_forty_questions_and_most_are_answered_from_facts():
    assert len(BANK) >= 40
    assert len(list(spelling())) >= 25


@pytest.mark.parametrize("name", BANK)
def test_a_question_asks_and_an_answer_has_six_wordings(name):
    entry = BANK[name]
    for say in sayings(entry.question):
        assert all(alternative.parts[-1].endswith("?") for alternative in say.alternatives)
    for sentence in entry.answer:
        for say in sayings(sentence):
            assert len(say.alternatives) >= 6
            # With roles that differ in number, some of them would never be said.
            assert len({len(alternative.roles) for alternative in say.alternatives}) == 1


@pytest.mark.parametrize("name", BANK)
def test_what_a_question_would_repeat_exists(name):
    known = {*SAYINGS, *(f"frame.{frame}" for frame in ENGLISH.frames)}
    for pattern in BANK[name].repeats:
        start = pattern.removesuffix("*")
        assert any(frame == pattern or (start != pattern and frame.startswith(start)) for frame in known), pattern


@cache
def draft(name, length=None):
    read = read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes())
    return draft_snapshots([read], settings=Settings(), length=length)


@cache
def feed():
    """Three articles on one kind of event, a week and a day apart."""
    return articles_of((SNAPSHOTS / "btc-flush.json").read_bytes(), "btc-flush", 3)


def asked_in(made):
    return [one.claim for one in made.sentences if one.path.startswith("/faq") and one.path.endswith("/question")]


@pytest.mark.parametrize("length", AT_MOST)
def test_a_draft_asks_as_many_as_its_length_has_room_for_and_none_twice(length):
    for name in ("btc-flush", "btc-calm", "doge-surge", "market-liquidations"):
        made = draft(name, length=length)
        questions_asked = {item.question for item in made.faq}
        assert len(questions_asked) == len({item.answer for item in made.faq}) == len(made.faq) == AT_MOST[length]


def test_an_answer_names_its_source_and_time():
    for path in sorted(SNAPSHOTS.glob("*.json")):
        made = draft(path.stem, length="full")
        for i, item in enumerate(made.faq) if isinstance(made, Draft) else ():
            mentions = [one for one in made.mentions if one.path == f"/faq/{i}/answer"]
            styles = {one.style.rstrip("^") for one in mentions}
            house = {fact.id for fact in made.facts if fact.evidence == "asserted"}
            if any(ENGLISH.states(one.style) and one.fact not in house for one in mentions):
                assert styles & {"source", "source_s", "own", "venue", "venue_s", "at_venue", "where"}, item.answer
                assert styles & {"when", "clock", "to_when", "to_clock", "day", "moment_day"}, item.answer


def test_a_feed_that_remembers_asks_other_questions():
    asked = [question for article in feed() for question in asked_in(article)]
    assert len(asked) == len(set(asked)) == 3 * AT_MOST["standard"]


def test_a_draft_of_a_feed_that_remembers_is_written_again_as_it_was():
    first, second, _ = feed()
    assert set(second.plan["asked"]) == set(asked_in(first))
    assert [one for one in check_draft(second).findings if one.severity == "error"] == []


def test_why_a_question_is_not_asked_is_recorded():
    left_out = dict(draft("btc-flush", length="full").plan["left_out"])
    assert left_out["faq liq.market_part"] == "liq.market answers it"
    assert left_out["faq map.depth"] == "the text does not tell of it"
    assert left_out["faq liq.definition"] == "frame.liquidation.forced answers it"
