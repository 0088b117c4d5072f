"""The order of the stages: the one place that knows it, and hands each stage what it needs."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commentary import __version__
from commentary.checks import run_checks
from commentary.checks.base import Scope, document_of
from commentary.checks.reading import read_text
from commentary.config import Settings
from commentary.config.storybook import StoryBook, house_facts, storybook, with_thresholds
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.metrics import compute
from commentary.planning.claims import ClaimSpec, load_claims
from commentary.planning.document import Planner
from commentary.records.draft import (
    Checks,
    Draft,
    FactRecord,
    Input,
    Sentiment,
    Tool,
    Writer,
    checks_sha256,
    content_sha256,
    texts,
)
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact
from commentary.records.finding import Finding, Findings
from commentary.records.plan import Claim, Length, Plan
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot, Snapshot
from commentary.records.story import NoStory, Story
from commentary.resources import folder
from commentary.sentiment import SentimentReading, read_sentiment, wording
from commentary.stories import stories
from commentary.writing.assemble import Written, write
from commentary.writing.library import Library
from commentary.writing.realise import Realiser
from commentary.writing.templates import Say


class NoStoryResult(NamedTuple):
    """Nothing crossed the bar; that is an answer, not a failure."""

    reasons: tuple[NoStory, ...]


class Explanation(NamedTuple):
    """Where a figure comes from."""

    path: str
    start: int
    end: int
    text: str
    style: str
    fact: FactRecord
    inputs: tuple[FactRecord, ...]
    """All facts it rests on, nearest first."""


def facts_of(read: ReadSnapshot, *, settings: Settings, now: datetime | None = None) -> FactSheet:
    """Return every fact of a snapshot, and the missing ones with their reasons."""
    return compute(read, now=now or read.snapshot.as_of, thresholds=settings.thresholds)


def stories_of(sheet: FactSheet, *, settings: Settings) -> tuple[Story | NoStory, ...]:
    """Return every story, the ones that fire first, best first."""
    found = [find(sheet, _book(name, settings)) for name, find in stories.items()]
    fired = sorted((story for story in found if isinstance(story, Story)), key=lambda story: (-story.score, story.name))
    return (*fired, *(story for story in found if isinstance(story, NoStory)))


def draft_snapshots(
    reads: Iterable[ReadSnapshot],
    *,
    settings: Settings,
    story: str = "auto",
    length: Length | None = None,
    seed: int | None = None,
    now: datetime | None = None,
    language: str = "en",
) -> Draft | NoStoryResult:
    """Return a checked draft, or why there is no story.

    Raises:
        BadInputError: more than one snapshot, or a story that does not exist.
    """
    snapshots = tuple(reads)
    if len(snapshots) != 1:
        raise BadInputError("SNAPSHOT", len(snapshots), "give one snapshot; wraps of several are not written yet")
    read = snapshots[0]
    now = now or read.snapshot.as_of
    sheet = facts_of(read, settings=settings, now=now)
    fired, reasons = _candidates(stories_of(sheet, settings=settings), story)
    reading = read_sentiment(sheet)
    sheet = sheet.with_facts(reading.facts(sheet))
    if seed is None:
        seed = int(read.sha256[:16], 16)
    tongue = load_language(language)
    edition = edition_of(read.snapshot, sheet, settings)
    realiser = Realiser(_sayings(language, settings.template_folder), tongue, edition, seed)
    for candidate in fired:
        book = _book(candidate.name, settings)
        with_rules = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        planner = Planner(with_rules, candidate, book, _claims(), realiser.can_say)
        plan = planner.plan(length, wording()["rationale"], wording()["flips"])
        if isinstance(plan, Plan):
            sheet = with_rules
            break
        reasons.append(plan)
    else:
        return NoStoryResult(tuple(reasons))
    written = write(plan, realiser, [Claim("frame.disclaimer", (), "definition")])
    draft = _draft(
        written, plan, reading, sheet, read, settings, now=now, seed=seed, language=language, edition=edition
    )
    return _seal(draft)


def check_draft(draft: Draft) -> Findings:
    """Check a draft against the facts it carries."""
    sheet = sheet_of(draft)
    edition = Edition(draft.as_of, tuple(draft.names.items()), _house(draft))
    return run_checks(document_of(draft, sheet, load_language(draft.language), edition))


def check_text(
    text: str, sheet: FactSheet, *, settings: Settings, scope: Scope | None = None, language: str = "en"
) -> Findings:
    """Check any text against a fact sheet; without a scope, a text with headings is an article."""
    edition = Edition(sheet.as_of, _asset_names(), settings.style)
    document, ambiguous = read_text(text, sheet, load_language(language), edition, scope)
    found = run_checks(document)
    return Findings(ok=found.ok, findings=(*found.findings, *ambiguous))


def explain(draft: Draft, text: str) -> tuple[Explanation, ...]:
    """Return where the figures of `draft` that read `text` (or lie within it) come from.

    Raises:
        BadInputError: no mention of the draft holds the text.
    """
    records = {record.id: record for record in draft.facts}
    wanted = text.strip()
    found = []
    fields = dict(texts(draft))
    for mention in draft.mentions:
        spelled = fields[mention.path][mention.start : mention.end]
        if wanted in spelled or (len(spelled) > 3 and spelled in wanted):
            fact = records[mention.fact]
            found.append(
                Explanation(
                    mention.path,
                    mention.start,
                    mention.end,
                    spelled,
                    mention.style,
                    fact,
                    _chain(fact, records),
                )
            )
    if not found:
        raise BadInputError("TEXT", text, "no figure of the draft reads so; copy it from the text as it stands")
    return tuple(found)


def sheet_of(draft: Draft) -> FactSheet:
    """Return the fact sheet that a draft carries."""
    facts = [record.fact() for record in (*draft.facts, *draft.editor_facts)]
    return FactSheet(
        draft.assets[0],
        draft.as_of,
        tuple(fact for fact in facts if isinstance(fact, Fact)),
        tuple(fact for fact in facts if not isinstance(fact, Fact)),
        draft.flags,
    )


def edition_of(snapshot: Snapshot, sheet: FactSheet, settings: Settings) -> Edition:
    """Return what the spelling of a snapshot's facts depends on besides the facts."""
    names = dict(_asset_names())
    if snapshot.name:
        names[snapshot.asset] = snapshot.name
    mentioned = {snapshot.asset, *(fact.subject.asset for fact in sheet)}
    known = tuple((ticker, names[ticker]) for ticker in sorted(mentioned) if ticker in names)
    return Edition(snapshot.as_of, known, settings.style)


@cache
def _asset_names() -> tuple[tuple[str, str], ...]:
    table = tomllib.loads((folder("data") / "assets.toml").read_text(encoding="utf-8"))
    return tuple(table["names"].items())


def _house(draft: Draft) -> HouseStyle:
    return HouseStyle(**draft.plan["house"])


@cache
def _claims() -> Mapping[str, ClaimSpec]:
    return load_claims(folder("data") / "claims")


@cache
def _sayings(code: str, own: Path | None) -> Mapping[str, Say]:
    overlays: tuple[Path, ...] = ()
    if own is not None:
        overlays = (own / code if (own / code).is_dir() else own,)
    return Library(folder("templates") / code, overlays, load_language(code))


def _book(name: str, settings: Settings) -> StoryBook:
    return with_thresholds(storybook(name), settings.thresholds.get(name, {}))


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]


def _chain(fact: FactRecord, records: Mapping[str, FactRecord]) -> tuple[FactRecord, ...]:
    seen: dict[str, FactRecord] = {}
    queue = list(fact.inputs)
    while queue:
        name = queue.pop(0)
        if name not in seen and name in records:
            seen[name] = records[name]
            queue.extend(records[name].inputs)
    return tuple(seen.values())


def _draft(
    written: Written,
    plan: Plan,
    reading: SentimentReading,
    sheet: FactSheet,
    read: ReadSnapshot,
    settings: Settings,
    *,
    now: datetime,
    seed: int,
    language: str,
    edition: Edition,
) -> Draft:
    snapshot = read.snapshot
    day = snapshot.as_of.strftime("%Y-%m-%d")
    key = f"{snapshot.asset}/{plan.story.name}/{day}"
    identity = hashlib.sha256(f"{read.sha256}|{key}|{plan.length}|{language}|{seed}".encode()).hexdigest()[:16]
    fields = written._asdict()
    sentiment = Sentiment(
        label=reading.label,
        strength=reading.strength,
        coverage=reading.coverage,
        risk_skew=reading.risk_skew,
        contributions=reading.contributions,
        short_term=fields.pop("short_term"),
        long_term=fields.pop("long_term"),
        rationale=fields.pop("rationale"),
        flips=fields.pop("flips"),
    )
    sources = tuple(dict.fromkeys(name for fact in sheet for name in fact.source))
    return Draft(
        id=identity,
        tool=Tool(name="commentary", version=__version__),
        assets=(snapshot.asset,),
        story=plan.story.name,
        emphasis=plan.story.emphasis,
        length=plan.length,
        slug=f"{snapshot.asset.lower()}-{plan.story.name.replace('_', '-')}-{day}",
        story_key=key,
        as_of=snapshot.as_of,
        generated_at=now,
        language=language,
        seed=seed,
        sentiment=sentiment,
        packs=settings.packs,
        flags=sheet.flags,
        facts=(*map(FactRecord.of, sheet.facts), *map(FactRecord.of, sheet.missing)),
        sources=sources,
        inputs=(Input(sha256=read.sha256, as_of=snapshot.as_of),),
        plan={
            "score": plan.story.score,
            "why": list(plan.story.why),
            "ranked": plan.story.ranked,
            "left_out": [list(entry) for entry in plan.left_out],
            "house": settings.style._asdict(),
            "notes": list(read.notes),
        },
        writer=Writer(kind="template", name=f"templates/{language}", version=__version__),
        ai_involvement="template",
        names=dict(edition.names),
        config_sha256=settings.sha256,
        **fields,
    )


def _seal(draft: Draft) -> Draft:
    """Bind text, facts, mentions and findings by their hashes."""
    content = content_sha256(draft)
    findings: tuple[Finding, ...] = check_draft(draft).findings
    ok = not any(finding.severity == "error" for finding in findings)
    checks = Checks(ok=ok, findings=findings, sha256=checks_sha256(findings, content))
    return draft.model_copy(update={"sha256": content, "checks": checks})
