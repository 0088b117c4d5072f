"""A written plan becomes commentary.draft/1: text, facts, mentions and findings, bound by their hashes."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from commentary import __version__
from commentary.config import Settings
from commentary.pipeline.checking import check_draft
from commentary.records.draft import Checks, Draft, Input, Sentiment, Tool, Writer
from commentary.records.edition import Edition
from commentary.records.fact_file import FactRecord
from commentary.records.hashes import checks_sha256, content_sha256
from commentary.records.plan import Plan
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.sentiment import SentimentReading
from commentary.writing.assemble import Written


class Order(NamedTuple):
    """Everything that decides a draft: same order, same bytes."""

    read: ReadSnapshot
    settings: Settings
    now: datetime
    seed: int
    language: str
    edition: Edition


def seal(order: Order, sheet: FactSheet, plan: Plan, written: Written, reading: SentimentReading) -> Draft:
    """Return the checked draft."""
    draft = _draft(order, sheet, plan, written, reading)
    content = content_sha256(draft)
    findings = check_draft(draft).findings
    ok = not any(finding.severity == "error" for finding in findings)
    checks = Checks(ok=ok, findings=findings, sha256=checks_sha256(findings, content))
    return draft.model_copy(update={"sha256": content, "checks": checks})


def _draft(order: Order, sheet: FactSheet, plan: Plan, written: Written, reading: SentimentReading) -> Draft:
    read, settings = order.read, order.settings
    snapshot = read.snapshot
    day = snapshot.as_of.strftime("%Y-%m-%d")
    key = f"{snapshot.asset}/{plan.story.name}/{day}"
    identity = "|".join(
        (read.sha256, key, plan.length, order.language, str(order.seed), order.now.isoformat(), settings.sha256)
    )
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
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        tool=Tool(name="commentary", version=__version__),
        assets=(snapshot.asset,),
        story=plan.story.name,
        emphasis=plan.story.emphasis,
        length=plan.length,
        slug=f"{snapshot.asset.lower()}-{plan.story.name.replace('_', '-')}-{day}",
        story_key=key,
        as_of=snapshot.as_of,
        generated_at=order.now,
        language=order.language,
        seed=order.seed,
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
        writer=Writer(kind="template", name=f"templates/{order.language}", version=__version__),
        ai_involvement="template",
        names=dict(order.edition.names),
        config_sha256=settings.sha256,
        **fields,
    )
