"""What an output format is, and the order in which every one of them tells a draft.

A format adds words (templates/<language>/page/words.toml) but never a digit of its own.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from commentary.config import Settings
from commentary.errors import ConfigError
from commentary.records.draft import Draft, MentionRecord, fact_records
from commentary.records.fact_file import FactRecord
from commentary.registry import Registry
from commentary.resources import folder


class View(NamedTuple):
    """What a rendering depends on besides the draft."""

    settings: Settings = Settings()
    width: int = 78
    """Columns, for a format of fixed width."""
    colour: bool = False
    """The reader is a terminal that shows bold."""
    variants: bool = False
    """Show the story's short forms, and the other candidates for its headline, behind the text."""


Renderer = Callable[[Draft, View], str]
formats: Registry[Renderer] = Registry("commentary.publishing")


class Block(NamedTuple):
    """One paragraph, heading or list item in reading order."""

    kind: Literal["headline", "standfirst", "byline", "notice", "heading", "question", "text", "item", "label", "small"]
    text: str
    path: str = ""
    """JSON Pointer to the field that is the end of the text; empty for words of the layout."""
    lead: str = ""
    """A word of the layout, set before the text."""


def render(draft: Draft, format: str = "text", view: View | None = None) -> str:
    """Return the draft in a registered format, ending in a newline."""
    return formats[format](draft, view or View())


def blocks(draft: Draft, view: View) -> Iterator[Block]:
    """Yield a draft's text in the order that every format for readers follows."""
    word = words(draft.language)
    yield Block("headline", draft.headline, "/headline")
    if draft.standfirst:
        yield Block("standfirst", draft.standfirst, "/standfirst")
    if byline := byline_of(view.settings, word):
        yield Block("byline", byline)
    for notice in notices(draft, word):
        yield Block("notice", notice)
    if draft.ai_disclosure:
        yield Block("notice", draft.ai_disclosure, "/ai_disclosure")
    for i, section in enumerate(draft.sections):
        if section.heading:
            yield Block("heading", section.heading, f"/sections/{i}/heading")
        for j, paragraph in enumerate(section.paragraphs):
            yield Block("text", paragraph, f"/sections/{i}/paragraphs/{j}")
    if draft.unknowns:
        yield Block("heading", word["not_known"])
        for i, unknown in enumerate(draft.unknowns):
            yield Block("item", unknown, f"/unknowns/{i}")
    if draft.faq:
        yield Block("heading", word["faq"])
        for i, item in enumerate(draft.faq):
            yield Block("question", item.question, f"/faq/{i}/question")
            yield Block("text", item.answer, f"/faq/{i}/answer")
    yield from _digest(draft, word)
    forms = tuple(short_forms(draft, word)) if view.variants else ()
    if forms:
        yield Block("heading", word["variants"])
        for form in forms:
            yield Block("item", form.text, form.path, form.lead)
    for i, disclosure in enumerate(draft.disclosures):
        yield Block("small", disclosure, f"/disclosures/{i}")
    if draft.disclaimer:
        yield Block("small", draft.disclaimer, "/disclaimer")


class Form(NamedTuple):
    """A short form of a story."""

    path: str
    text: str
    lead: str
    """What it is; empty for another one of the same."""


def short_forms(draft: Draft, word: Mapping[str, str]) -> Iterator[Form]:
    """Yield what a story reads like elsewhere, and the candidates for its headline that are not printed above it."""
    variants = draft.variants
    for name in ("push", "search_title", "mail_subject"):
        if text := getattr(variants, name):
            yield Form(f"/variants/{name}", text, word[f"variant_{name}"])
    for i, post in enumerate(variants.social):
        yield Form(f"/variants/social/{i}", post, "" if i else word["variant_social"])
    if variants.blurb:
        yield Form("/variants/blurb", variants.blurb, word["variant_blurb"])
    for i, headline in enumerate(draft.headlines[1:], 1):
        yield Form(f"/headlines/{i}", headline, "" if i > 1 else word["variant_headlines"])


def _digest(draft: Draft, word: Mapping[str, str]) -> Iterator[Block]:
    sentiment = draft.sentiment
    yield Block("heading", word["digest"])
    yield Block("question", draft.digest.title, "/digest/title")
    yield Block("text", draft.digest.summary, "/digest/summary")
    yield Block("label", label_of(draft, word))
    for name, lead in (("short_term", ""), ("long_term", ""), ("rationale", word["rationale"])):
        if text := getattr(sentiment, name):
            yield Block("text", text, f"/sentiment/{name}", lead)
    for i, flip in enumerate(sentiment.flips):
        yield Block("item", flip, f"/sentiment/flips/{i}", "" if i else word["flips"])


def label_of(draft: Draft, word: Mapping[str, str]) -> str:
    """Return the label line, such as "Slightly bearish; skew downside; coverage low"; a wrap has labels by asset."""
    sentiment = draft.sentiment
    name = "several" if len(draft.assets) > 1 else sentiment.label
    return label_line(name, sentiment.strength, sentiment.risk_skew, sentiment.coverage, word)


def label_line(name: str, strength: str, skew: str, coverage: str, word: Mapping[str, str]) -> str:
    """Return the line of a label, such as "Slightly bearish; skew downside; coverage low"."""
    parts = [word.get(f"label_{strength}_{name}") or word[f"label_{name}"]]
    if skew != "none":
        parts.append(f"{word['skew']} {word[f'skew_{skew}']}")
    parts.append(f"{word['coverage']} {word[f'coverage_{coverage}']}")
    return "; ".join(parts)


def byline_of(settings: Settings, word: Mapping[str, str]) -> str:
    """Return who wrote and who answers for it, as far as the settings say."""
    publisher = settings.publisher
    who = author_of(settings, word)
    by = f"{word['by']} {who}" if who else ""
    responsible = f"{word['responsible']} {publisher.responsible_person}" if publisher.responsible_person else ""
    return " · ".join(part for part in (by, publisher.name, responsible) if part)


def author_of(settings: Settings, word: Mapping[str, str]) -> str:
    """Return the byline without the By that some write into it."""
    byline = settings.publisher.byline.strip()
    first, _, rest = byline.partition(" ")
    return rest.strip() if first.casefold().rstrip(":") == word["by"].casefold() else byline


def notices(draft: Draft, word: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands above a text that may not go out."""
    if draft.checks is None:
        yield word["unchecked"]
    elif not draft.checks.ok:
        yield word["not_ok"]


def marked(draft: Draft, path: str, text: str) -> Iterator[tuple[str, MentionRecord | None]]:
    """Cut the field at `path` into plain text and mentions; of two that overlap the first counts."""
    at = 0
    here = (mention for mention in draft.mentions if mention.path == path)
    for mention in sorted(here, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < at or mention.end > len(text):
            continue
        if mention.start > at:
            yield text[at : mention.start], None
        yield text[mention.start : mention.end], mention
        at = mention.end
    if at < len(text):
        yield text[at:], None


def facts_by_id(draft: Draft) -> dict[str, FactRecord]:
    """Return the facts a mention of the draft can name."""
    return {fact.id: fact for fact in fact_records(draft)}


def status_line(draft: Draft) -> str:
    """Return one line for the editor: the story, its flags, figures traced, findings."""
    findings = draft.checks.findings if draft.checks else ()
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in ("error", "warning")}
    parts = [
        f"story {draft.story}, {draft.length}",
        f"flags {', '.join(draft.flags)}" if draft.flags else "no flags",
        f"{len(draft.mentions)} mentions traced to {len({mention.fact for mention in draft.mentions})} facts",
        ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items())
        if draft.checks
        else "not checked",
    ]
    return " · ".join(parts)


def subject_of(names: Iterable[str], story: str, word: Mapping[str, str]) -> str:
    """Return what a page is about, above its headline: "Bitcoin · Funding"; a story of no name of its own adds none."""
    return " · ".join(part for part in (*names, word.get(f"subject_{story}", "")) if part)


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the layout's own words in a language.

    Raises:
        ConfigError: the language has no words, or one of them holds a digit.
    """
    path = folder("templates") / language / "page" / "words.toml"
    if not path.is_file():
        raise ConfigError(f"templates/{language}/page has no words.toml, so a page in {language!r} cannot be laid out")
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, text in found.items():
        if any(character.isdigit() for character in text):
            raise ConfigError(
                f"templates/{language}/page/words.toml: {name} holds a digit; only a draft's own text may"
            )
    return found
