"""Every wording of every template, fed as bare text with the facts of many random snapshots: all alarms are false.

A wording is checked within its paragraph, as a reader would paste it, since a sentence may lean on the one before.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.storybook import house_facts
from commentary.errors import BadInputError, CommentaryError
from commentary.languages import language
from commentary.pipeline import check_text, facts_of, stories_of
from commentary.pipeline.materials import book_of, claims, edition_of, sayings
from commentary.planning.document import Planner
from commentary.records.edition import Edition
from commentary.records.fact_file import Record
from commentary.records.plan import Claim, Plan
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Passage
from commentary.records.story import Story
from commentary.runs.check_bench.judging import overlaps
from commentary.runs.check_bench.parallel import MOST_JOBS, parallel
from commentary.runs.random_snapshots import Maker
from commentary.runs.scaled_snapshots import scaled
from commentary.sentiment import read_sentiment, wording
from commentary.sources.snapshot_file import read_snapshot
from commentary.writing.realise import Realiser

_ROUND = 8
_DEALS = 12
"""Times that a paragraph's wordings are dealt anew for one snapshot, until each of its wordings has come up."""
_MOST = 60
"""Snapshots tried for each time that a wording is asked for, before a rare one is given up."""
_APART = 10_000_000
_SHOWN = 3

Printed = tuple[str, tuple[str, ...]]
"""A wording, and what was found in it: each as code, the words, and the sentence."""


class Alarmed(Record):
    """A wording in which something was found."""

    wording: str
    printed: int
    alarms: int
    """Snapshots with whose facts an error was found in it."""
    shown: tuple[str, ...]
    """Some of them."""


class WordingsResult(Record):
    """A run."""

    each: int
    seed: int
    snapshots: int
    wordings: int
    full: int
    """Printed with as many snapshots as asked."""
    short: dict[str, int]
    """The rest: how often each was printed."""
    alarmed: tuple[Alarmed, ...]


def try_wordings(
    each: int = 100, seed: int = 0, jobs: int = 1, progress: Callable[[str], None] = lambda _: None
) -> WordingsResult:
    """Return what is found in the wordings of the templates.

    Raises:
        BadInputError: a number is out of its bounds.
    """
    bounds = (("--each", each, 1, 10**6), ("--seed", seed, 0, 10**6), ("--jobs", jobs, 1, MOST_JOBS))
    for option, value, least, most in bounds:
        if not least <= value <= most:
            raise BadInputError(option, value, f"write a whole number, {least} to {most}")
    names = [f"{say.name}#{i + 1}" for say in sayings("en", None).values() for i in range(len(say.alternatives))]
    printed: Counter[str] = Counter(dict.fromkeys(names, 0))
    alarms: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    number = 0
    with parallel(jobs, _work) as mapped:
        while min(printed.values()) < each and number < _MOST * each:
            wanted = frozenset(name for name in names if printed[name] < each)
            for found in mapped([(seed, number + i, wanted) for i in range(_ROUND)]):
                for name, errors in found:
                    printed[name] += 1
                    alarms[name] += bool(errors)
                    shown.setdefault(name, []).extend(errors)
            number += _ROUND
            progress(f"{number} snapshots; {len(wanted)} wordings to come; {sum(map(bool, alarms.values()))} alarmed")
    return WordingsResult(
        each=each,
        seed=seed,
        snapshots=number,
        wordings=len(names),
        full=sum(count >= each for count in printed.values()),
        short={name: count for name, count in sorted(printed.items()) if count < each},
        alarmed=tuple(
            Alarmed(wording=name, printed=printed[name], alarms=count, shown=tuple(shown[name][:_SHOWN]))
            for name, count in sorted(alarms.items())
            if count
        ),
    )


class _Page(NamedTuple):
    """The paragraphs of one story, and what they are worded and checked with."""

    paragraphs: tuple[tuple[Claim, ...], ...]
    sheet: FactSheet
    edition: Edition


def _work(asked: tuple[int, int, frozenset[str]]) -> list[Printed]:
    """Return the wanted wordings that one snapshot's facts fill, each once."""
    seed, number, wanted = asked
    try:
        pages = list(_pages(seed * _APART + number))
    except CommentaryError:
        return []
    found: dict[str, tuple[str, ...]] = {}
    for page in pages:
        for paragraph in page.paragraphs:
            for deal in range(_DEALS):
                realiser = Realiser(sayings("en", None), language("en"), page.edition, deal)
                passage = realiser.passage(paragraph)
                new = {each.origin.removeprefix("template@") for each in passage.sentences} & (wanted - found.keys())
                if new:
                    found |= {name: errors for name, errors in _checked(passage, page) if name in new}
    return list(found.items())


def _pages(number: int) -> Iterator[_Page]:
    """Yield every story that the facts of a snapshot carry, not only the one that would lead."""
    settings = Settings()
    # What random numbers hardly ever make, the bundled snapshots are examples of.
    snapshot = scaled(number // 2) if number % 2 else Maker(number // 2).snapshot()
    read = read_snapshot(json.dumps(snapshot).encode())
    sheet = facts_of(read, settings=settings)
    sheet = sheet.with_facts(read_sentiment(sheet).facts(sheet))
    edition = edition_of(read.snapshot, sheet, settings)
    realiser = Realiser(sayings("en", None), language("en"), edition, 0)
    for story in stories_of(sheet, settings=settings):
        if not isinstance(story, Story):
            continue
        book = book_of(story.name, settings)
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        for length in ("brief", "full"):
            planner = Planner(ruled, story, book, claims(), realiser.can_say)
            plan = planner.plan("brief" if length == "brief" else "full", wording()["rationale"], wording()["flips"])
            if isinstance(plan, Plan):
                yield _Page(tuple(dict.fromkeys(_paragraphs(plan))), ruled, edition)


def _paragraphs(plan: Plan) -> Iterator[tuple[Claim, ...]]:
    """Yield what stands together in the text of a plan."""
    yield from ((claim,) for claim in plan.headlines)
    yield plan.standfirst
    for section in plan.sections:
        if section.heading:
            yield (section.heading,)
        yield from section.paragraphs
    for item in plan.faq:
        yield (item.question, *item.answer)
    yield (plan.digest_title,)
    yield plan.digest
    if plan.push:
        yield (plan.push,)
    yield from (plan.short_term, plan.long_term, plan.rationale)
    yield from ((claim,) for claim in (*plan.flips, *plan.unknowns, *plan.disclosures))
    yield from ((condition.claim,) for condition in plan.conditions)


def _checked(passage: Passage, page: _Page) -> Iterator[Printed]:
    """Yield each wording of a paragraph with the errors in it."""
    names = dict(page.edition.names)
    found = check_text(passage.text, page.sheet, settings=Settings(), scope="passage", names=names).findings
    errors = [finding for finding in found if finding.severity == "error"]
    for sentence in passage.sentences:
        words = passage.text[sentence.start : sentence.end]
        here = (each for each in errors if overlaps(each.span, (sentence.start, sentence.end)))
        yield sentence.origin.removeprefix("template@"), tuple(f"{each.code} “{each.text}”: {words}" for each in here)
