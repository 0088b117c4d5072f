"""A plan becomes the text fields of a draft, each with its mentions and sentences."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commentary.records.draft import (
    ConditionRecord,
    Digest,
    MentionRecord,
    QuestionAnswer,
    Section,
    SentenceRecord,
    Variants,
)
from commentary.records.fact import Fact
from commentary.records.plan import Claim, Condition, Plan
from commentary.records.spelled import Passage
from commentary.writing.realise import Realiser


class Written(NamedTuple):
    """The text fields of a draft."""

    headline: str
    headlines: tuple[str, ...]
    standfirst: str
    sections: tuple[Section, ...]
    faq: tuple[QuestionAnswer, ...]
    digest: Digest
    variants: Variants
    conditions: tuple[ConditionRecord, ...]
    short_term: str
    long_term: str
    rationale: str
    flips: tuple[str, ...]
    unknowns: tuple[str, ...]
    disclosures: tuple[str, ...]
    disclaimer: str
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]


class _Fields:
    """Writes passages into named fields and keeps where everything stands."""

    def __init__(self, realiser: Realiser) -> None:
        self._realiser = realiser
        self.mentions: list[MentionRecord] = []
        self.sentences: list[SentenceRecord] = []

    def write(self, path: str, claims: Iterable[Claim]) -> str:
        passage: Passage = self._realiser.passage(claims)
        self.mentions.extend(MentionRecord(path=path, **mention._asdict()) for mention in passage.mentions)
        self.sentences.extend(SentenceRecord(path=path, **sentence._asdict()) for sentence in passage.sentences)
        return passage.text

    def write_each(self, path: str, claims: Iterable[Claim]) -> tuple[str, ...]:
        return tuple(self.write(f"{path}/{i}", [claim]) for i, claim in enumerate(claims))


def write(plan: Plan, realiser: Realiser, disclaimer: Iterable[Claim]) -> Written:
    """Return the text fields of a draft."""
    fields = _Fields(realiser)
    headlines = _distinct(plan.headlines, realiser)
    return Written(
        headline=fields.write("/headline", headlines[:1]),
        headlines=fields.write_each("/headlines", headlines),
        standfirst=fields.write("/standfirst", plan.standfirst),
        sections=tuple(
            Section(
                heading=fields.write(f"/sections/{i}/heading", [section.heading]) if section.heading else None,
                paragraphs=tuple(
                    fields.write(f"/sections/{i}/paragraphs/{j}", paragraph)
                    for j, paragraph in enumerate(section.paragraphs)
                ),
            )
            for i, section in enumerate(plan.sections)
        ),
        unknowns=fields.write_each("/unknowns", plan.unknowns),
        faq=tuple(
            QuestionAnswer(
                question=fields.write(f"/faq/{i}/question", [item.question]),
                answer=fields.write(f"/faq/{i}/answer", item.answer),
            )
            for i, item in enumerate(plan.faq)
        ),
        digest=Digest(
            title=fields.write("/digest/title", [plan.digest_title]),
            summary=fields.write("/digest/summary", plan.digest),
        ),
        short_term=fields.write("/sentiment/short_term", plan.short_term),
        long_term=fields.write("/sentiment/long_term", plan.long_term),
        rationale=fields.write("/sentiment/rationale", plan.rationale),
        flips=fields.write_each("/sentiment/flips", plan.flips),
        conditions=tuple(
            ConditionRecord(
                metric=condition.metric,
                relation=condition.relation,
                threshold=condition.threshold.id,
                window_hours=condition.window_hours,
                text=fields.write(f"/conditions/{i}/text", [condition.claim]),
                **_terms(condition, plan.as_of),
            )
            for i, condition in enumerate(plan.conditions)
        ),
        variants=_variants(plan, fields),
        disclosures=fields.write_each("/disclosures", plan.disclosures),
        disclaimer=fields.write("/disclaimer", disclaimer),
        mentions=tuple(fields.mentions),
        sentences=tuple(fields.sentences),
    )


def _terms(condition: Condition, as_of: datetime) -> dict[str, Any]:
    """Return the terms on which a test is settled, by the roles that its sentence gives to facts."""

    def role(*names: str) -> Fact | None:
        return next((fact for name in names if (fact := condition.claim.role(name)) is not None), None)

    until, level = role("until"), role("level", "far") if condition.metric != "price" else None
    ended = until.value if until is not None and isinstance(until.value, datetime) else None
    named = {"closes": role("bars", "hold"), "level": level, "measure": role("oi"), "beside": condition.beside}
    return {
        "deadline": ended or as_of + timedelta(hours=condition.window_hours),
        "beside_relation": condition.beside_relation,
        **{name: fact.id if fact is not None else None for name, fact in named.items()},
    }


def _variants(plan: Plan, fields: _Fields) -> Variants:
    """Return the short forms that the plan has; the others are empty."""
    forms = {
        name: fields.write(f"/variants/{name}", claims)
        for name, claims in (
            ("push", [plan.push] if plan.push else []),
            ("social/0", plan.social),
            ("blurb", plan.blurb),
            ("search_title", [plan.search_title] if plan.search_title else []),
            ("mail_subject", [plan.mail_subject] if plan.mail_subject else []),
        )
        if claims
    }
    post = forms.pop("social/0", "")
    return Variants(**forms, social=(post,) if post else ())


def _distinct(headlines: tuple[Claim, ...], realiser: Realiser) -> tuple[Claim, ...]:
    """Drop headline candidates that read the same."""
    seen: Mapping[str, Claim] = {realiser.passage([claim]).text: claim for claim in reversed(headlines)}
    kept = set(map(id, seen.values()))
    return tuple(claim for claim in headlines if id(claim) in kept)
