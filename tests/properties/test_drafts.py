"""Random snapshots end in a checked draft, in a reason why there is none, or in one sentence of refusal."""

import copy
import json
import random
from collections import Counter

import pytest

from commentary.config import Settings
from commentary.config.storybook import storybook
from commentary.errors import BadInputError, CommentaryError
from commentary.pipeline import NoStoryResult, draft_snapshots
from commentary.records.draft import Draft
from commentary.records.story import Story
from commentary.sources.snapshot_file import read_snapshot
from commentary.stories import stories

NAMES = tuple(name for name, _ in stories.items())
GIVE_A_DRAFT = 0.6
EACH_STORY = 0.05
"""100 of 2,000, where it is asked for."""
EACH_FIRES = 0.01
"""20 of 2,000; which of several that fire is told, is for scores to say."""
OF_MORE = ("daily_wrap", "follow_up")
"""Stories of more than one snapshot: tests of their own tell them."""


def test_a_valid_snapshot_gives_a_draft_or_the_reasons_why_there_is_none(seeds, outcomes):
    broken = []
    for seed, made in outcomes(seeds):
        if isinstance(made, NoStoryResult):
            silent = [story.name for story in made.reasons if not story.reasons]
            if silent or len(made.reasons) != len(NAMES):
                broken.append((seed, f"no reason of {silent or 'some story'}"))
        elif not isinstance(made, Draft):
            broken.append((seed, made))
    assert broken == []


def test_no_draft_has_a_finding_that_is_an_error(seeds, drafted):
    broken = [
        (seed, draft.story, finding.code, finding.path, finding.text)
        for seed, draft in drafted(seeds)
        for finding in draft.checks.findings
        if finding.severity == "error" or not draft.checks.ok
    ]
    assert broken == []


def test_most_snapshots_give_a_draft_and_every_story_fires(seeds, drafted, sheets, capsys):
    told = Counter(draft.story for _, draft in drafted(seeds))
    fired: Counter[str] = Counter()
    for seed in seeds:
        try:
            sheet = sheets(seed)
        except CommentaryError:
            continue
        fired.update(name for name in NAMES if isinstance(stories[name](sheet, storybook(name)), Story))
    with capsys.disabled():
        drafts = told.total()
        print(f"\n{len(seeds)} snapshots: {drafts} drafts, {len(seeds) - drafts} without a story; {dict(told)}")  # noqa: T201
        print(f"fired: {dict(fired)}")  # noqa: T201
    assert told.total() >= GIVE_A_DRAFT * len(seeds)
    if EACH_FIRES * len(seeds) < 1:
        return  # Too few to meet each: test_bundled.py has two snapshots of each story.
    alone = [name for name in NAMES if name not in OF_MORE and not storybook(name).scheduled]
    assert {name: count for name in alone if (count := fired[name]) < EACH_FIRES * len(seeds)} == {}


@pytest.mark.parametrize("name", [name for name in NAMES if storybook(name).scheduled])
def test_a_story_that_is_seldom_due_is_told_where_it_is_asked_for(name, seeds, make_snapshot):
    told = broken = 0
    for seed in seeds:
        try:
            read = read_snapshot(json.dumps(make_snapshot(seed)).encode())
        except CommentaryError:
            continue
        draft = draft_snapshots([read], settings=Settings(), story=name)
        told += isinstance(draft, Draft)
        broken += isinstance(draft, Draft) and not draft.checks.ok
    assert told >= EACH_STORY * len(seeds)
    assert not broken


DAMAGE = (None, "", "x", -1, 0, 1e400, float("nan"), [], {}, [None], True, "2999-01-01T00:00:00Z", 10**40, -0.0, "long")


@pytest.mark.parametrize("kind", ["a value is another one", "a name is misspelt", "a row is missing its half"])
def test_a_damaged_snapshot_is_read_all_the_same_or_refused_in_one_sentence(seeds, make_snapshot, draft_of, kind):
    broken = []
    for seed in seeds:
        snapshot = copy.deepcopy(make_snapshot(seed))
        damage(snapshot, random.Random(seed), kind)
        try:
            draft_of(snapshot)
        except BadInputError as error:
            if "\n" in str(error) or len(str(error)) > 500:
                broken.append((seed, "a long message", str(error)))
        except CommentaryError as error:
            if "no headline" not in str(error):
                broken.append((seed, "another error", str(error)))
    assert broken == []


def damage(snapshot, chance, kind):
    """Change one thing in a snapshot, wherever it lies."""
    places = list(places_in(snapshot))
    holder, key = chance.choice(places)
    if kind == "a value is another one":
        holder[key] = chance.choice(DAMAGE)
    elif kind == "a name is misspelt" and isinstance(holder, dict):
        holder[f"{key}x"] = holder.pop(key)
    elif isinstance(holder, dict):
        for name in chance.sample(sorted(holder), len(holder) // 2):
            del holder[name]


def places_in(value):
    """Yield every dictionary or list with each of its keys."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places_in(value[key])
