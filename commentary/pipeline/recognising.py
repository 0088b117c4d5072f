"""The sentences that a newsroom's templates can say of one sheet, for a text to be read by."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commentary.checks.base import LabelLine
from commentary.checks.sentences import sentence_spans
from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_of
from commentary.config.storybook import StoryBook, house_facts
from commentary.languages import language
from commentary.pipeline.exchanging import own_mentions
from commentary.pipeline.house import HOUSE, house_texts
from commentary.pipeline.materials import book_of, claims, sayings
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.pipeline.restoring import restored
from commentary.planning.claims import ClaimSpec
from commentary.publishing.base import author_of, byline_of, label_line, subject_of, words
from commentary.recognition import Casting, Prover, Recogniser, Telling, Wordings, Written, carried
from commentary.records.draft import Draft, texts
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.query import Scope, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories

_HEADS = (
    "responsible", "not_known", "faq", "digest", "rationale", "flips", "variants", "variant_push", "variant_social",
    "variant_blurb", "variant_search_title", "variant_mail_subject", "variant_headlines", "facts", "about", "unchecked",
    "not_ok",
)  # fmt: skip
"""Words of a page that head something and say nothing of the market; a label says something, and is judged."""
_SIDES = ("long", "short")


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
    imprint = imprint_of(settings, sheet.as_of, sheet.as_of)
    labelled = labelled.with_facts(imprint_facts(imprint, sheet.asset, sheet.as_of))
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


def prover_of(draft: Draft, sheet: FactSheet, edition: Edition) -> Prover:
    """Return what proves the sentences of a draft, by our templates and thresholds.

    What a newsroom says in other words, or by other thresholds, is not proved, and is judged by its words.
    """
    settings = Settings()
    names = [draft.story] if draft.story in stories else []
    tellings = [telling for name in names for telling in _tellings(name, sheet, settings)]
    spoken = language(draft.language)
    return Prover(sayings(draft.language, None), _worded(), Casting(tellings), sheet, spoken, edition)


@cache
def _worded() -> Mapping[str, tuple[ClaimSpec, ...]]:
    """Return the claims by the template that words them."""
    worded: dict[str, tuple[ClaimSpec, ...]] = {}
    for spec in claims().values():
        worded[spec.say] = (*worded.get(spec.say, ()), spec)
    return worded


def _tellings(name: str, sheet: FactSheet, settings: Settings) -> Iterator[Telling]:
    for side in _SIDES:
        yield Telling(Scope(names_of(sheet, side), book_of(name, settings).thresholds), sheet)


def recogniser_of(
    desk: Desk, settings: Settings, code: str, edition: Edition, draft: Draft | None = None
) -> Recogniser:
    """Return what knows the sentences that any story could make of a sheet, told from either side.

    Of a draft whose facts these are, those that it has in a model's words are known too.
    """
    tellings = [telling for name, sheet in desk.told.items() for telling in _tellings(name, sheet, settings)]
    wordings = _wordings(code, settings.template_folder, tuple(house_texts(settings, code).items()))
    page = words(code)
    names = [edition.name(asset) for asset in desk.sheet.assets or (desk.sheet.asset,)]
    subjects = (subject_of(names, story, page) for story in desk.told)
    labels = frozenset((*(page[name] for name in _HEADS), *_bylines(settings, page), *subjects))
    own = tuple(_reworded(draft, settings)) if draft is not None else ()
    return Recogniser(wordings, tellings, language(code), edition, labels, own)


def _reworded(draft: Draft, settings: Settings) -> Iterator[Written]:
    """Yield the sentences of a draft that are in a model's words, as far as their records bear them out.

    Each stands for its template's: it answers the same question, and is of the same kind.
    """
    fields = dict(texts(draft))
    found = restored(draft, sheet_of(draft), edition_of(draft), settings)
    for i in found.sound:
        one = draft.reworded[i]
        record = next(each for each in draft.sentences if (each.path, each.start) == (one.path, one.start))
        text, mentions = fields[one.path][one.start : one.end], own_mentions(draft, record)
        for start, end in sentence_spans(text):
            part = tuple(
                each._replace(start=each.start - start, end=each.end - start)
                for each in mentions
                if start <= each.start < end
            )
            yield carried(text[start:end], part, one.template, record.kind, record.claim)


def label_line_of(sheet: FactSheet, code: str) -> LabelLine | None:
    """Return the label line of a page of these facts; None where no label was read from them."""
    page = words(code)
    facts = [sheet.get(f"sentiment_{name}") for name in ("label", "strength", "coverage")]
    label, strength, coverage = (fact.text if fact else "" for fact in facts)
    skew = sheet.get("risk_skew")
    if not label or not coverage:
        return None
    names = "|".join(re.escape(page[name]) for name in page if name.startswith("label_"))
    parts = f"{re.escape(page['skew'])}|{re.escape(page['coverage'])}"
    name = "several" if len(sheet.assets) > 1 else label
    line = label_line(name, strength, skew.text if skew else "none", coverage, page)
    return LabelLine(re.compile(rf"(?:{names})(?:; (?:{parts}) [\w-]+)+", re.I), line)


def _bylines(settings: Settings, page: Mapping[str, str]) -> Iterator[str]:
    """Yield what a page of the house's says of who made it: the byline, and the names in it, for programs."""
    publisher = settings.publisher
    named = (byline_of(settings, page), author_of(settings, page), publisher.name, publisher.responsible_person)
    yield from (one for one in named if one)


@cache
def _wordings(code: str, own: Path | None, house: tuple[tuple[str, str], ...]) -> Wordings:
    fixed = {**language(code).frames, **{f"{HOUSE}.{name}": text for name, text in house}}
    return Wordings(sayings(code, own), claims().values(), fixed)
