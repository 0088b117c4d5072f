"""Checks a draft against the facts it carries, or any text against a fact sheet."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from commentary.checks import run_checks
from commentary.checks.base import Scope
from commentary.checks.drafted import document_of
from commentary.checks.pages.addresses import address_findings
from commentary.checks.pages.page import Page
from commentary.checks.pages.stamps import stamp_findings
from commentary.checks.reading import read_text
from commentary.checks.vocabulary import Vocabulary
from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.languages.base import Language
from commentary.metrics.venues import venues
from commentary.pipeline.materials import asset_names
from commentary.pipeline.recognising import desk_of, prover_of, recogniser_of
from commentary.pipeline.signing import with_editor_facts
from commentary.records.draft import Draft, texts
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, MissingFact
from commentary.records.finding import Finding, Findings
from commentary.records.hashes import checks_sha256, content_sha256
from commentary.records.known import Known
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Mention

_REMAKE = "make the draft again with commentary draft --format json"


def check_draft(draft: Draft, altered: Mapping[str, tuple[Altered, ...]] | None = None) -> Findings:
    """Check a draft against the facts it carries, and whether it is still the one that was made.

    Args:
        draft: the draft.
        altered: by path, where its text was edited.

    Raises:
        BadInputError: the draft's facts or house style cannot be read.
    """
    sheet = sheet_of(draft)
    edition = Edition(draft.as_of, tuple(draft.names.items()), house_of(draft))
    language = load_language(draft.language)
    vocabulary = Vocabulary(sheet, language, edition, known_names(edition))
    proved = _proved(draft, sheet, edition)
    found = run_checks(document_of(draft, sheet, language, edition, vocabulary, proved, altered or {}))
    broken = (*_broken(draft), *_unborne_beside(draft, sheet))
    return Findings(ok=found.ok and not broken, findings=(*broken, *found.findings))


def check_text(
    text: str | Page,
    sheet: FactSheet,
    *,
    settings: Settings,
    scope: Scope | None = None,
    language: str = "en",
    names: Mapping[str, str] | None = None,
) -> Findings:
    """Check any text, or a page of HTML or Markdown, against a fact sheet; one with headings is an article.

    `names` gives the names of assets that data/assets.toml lacks, by ticker.
    """
    return TextChecker(sheet, settings=settings, language=language, names=names).check(text, scope)


class TextChecker:
    """Checks many texts against one fact sheet: what the sheet can say is worked out once.

    Args:
        sheet: the facts.
        settings: the newsroom's.
        language: the language of the texts.
        names: names of assets that data/assets.toml lacks, by ticker.
    """

    def __init__(
        self,
        sheet: FactSheet,
        *,
        settings: Settings,
        language: str = "en",
        names: Mapping[str, str] | None = None,
    ) -> None:
        desk = desk_of(sheet, settings)
        self._sheet = desk.sheet
        named = tuple({**dict(asset_names()), **(names or {})}.items())
        self._edition = Edition(self._sheet.as_of, named, settings.style)
        self._language = load_language(language)
        self._known = known_names(self._edition)
        self._recognise = recogniser_of(desk, settings, language, self._edition).read

    def check(self, text: str | Page, scope: Scope | None = None) -> Findings:
        """Check a text, or a page of HTML or Markdown; one with headings is an article, if no scope is given."""
        sheet, language, edition = self._sheet, self._language, self._edition
        vocabulary = Vocabulary(sheet, language, edition, self._known)
        read = text.blocks(sheet) if isinstance(text, Page) else text
        document, ambiguous = read_text(read, sheet, language, edition, scope, vocabulary, self._recognise)
        found = run_checks(document)
        if isinstance(text, Page):
            return _of_page(text, (*found.findings, *ambiguous), sheet, language, edition)
        return Findings(ok=found.ok, findings=(*found.findings, *ambiguous))


def _of_page(
    page: Page, found: tuple[Finding, ...], sheet: FactSheet, language: Language, edition: Edition
) -> Findings:
    """Return what was found in the words of a page with what its addresses and attributes say, in order."""
    wide = dict(page.wide)
    beside = (
        *address_findings(page.addresses, wide, sheet, language, edition),
        *stamp_findings(page.stamps, wide, sheet, language),
    )
    every = sorted(page.settled((*found, *beside)), key=lambda finding: finding.span)
    return Findings(ok=not any(finding.severity == "error" for finding in every), findings=tuple(every))


def sheet_of(draft: Draft) -> FactSheet:
    """Return the fact sheet that a draft carries.

    Raises:
        BadInputError: it names no asset, or a fact contradicts itself or another.
    """
    if not draft.assets:
        raise BadInputError("/assets", list(draft.assets), f"a draft is about one asset at least; {_REMAKE}")
    facts = dict(_facts(draft))
    sheet = FactSheet(
        draft.assets[0],
        draft.as_of,
        tuple(fact for fact in facts.values() if isinstance(fact, Fact)),
        tuple(fact for fact in facts.values() if not isinstance(fact, Fact)),
        draft.flags,
    )
    return with_editor_facts(sheet, draft.editor_facts, draft.language, "/editor_facts")


def _facts(draft: Draft) -> Iterator[tuple[str, Fact | MissingFact]]:
    known: set[str] = set()
    for i, record in enumerate(draft.facts):
        place = f"/facts/{i}"
        if record.id in known:
            raise BadInputError(f"{place}/id", record.id, f"another fact has this id; {_REMAKE}")
        known.add(record.id)
        try:
            fact = record.fact()
            if isinstance(fact, Fact) and isinstance(fact.value, Decimal) and not fact.value.is_finite():
                raise ValueError(f"{record.value!r} is no number")
            yield record.id, fact
        except (ValueError, ArithmeticError) as error:
            raise BadInputError(place, record.id, f"{error or 'the value does not fit the unit'}; {_REMAKE}") from error


def house_of(draft: Draft) -> HouseStyle:
    """Return the house style that a draft was written in.

    Raises:
        BadInputError: it holds none that can be read.
    """
    if not isinstance(house := draft.plan.get("house"), dict):
        raise BadInputError("/plan/house", house, f"the house style of the text belongs here; {_REMAKE}")
    for name, value in house.items():
        if name not in HouseStyle._fields or not isinstance(value, str):
            known = ", ".join(HouseStyle._fields)
            raise BadInputError(f"/plan/house/{name}", value, f"a house style has {known}; {_REMAKE}")
    return HouseStyle(**house)


def _proved(draft: Draft, sheet: FactSheet, edition: Edition) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return by path the sentences of a draft that are proved."""
    prover = prover_of(draft, sheet, edition)
    fields = dict(texts(draft))
    mentions: dict[str, list[Mention]] = {}
    for record in sorted(draft.mentions, key=lambda one: one.start):
        mentions.setdefault(record.path, []).append(record.mention)
    proved: dict[str, tuple[tuple[int, int], ...]] = {}
    for one in draft.sentences:
        own = [mention for mention in mentions.get(one.path, ()) if one.start <= mention.start < one.end]
        if one.path in fields and prover.proves(fields[one.path], one.start, one.end, one.origin, own):
            proved[one.path] = (*proved.get(one.path, ()), (one.start, one.end))
    return proved


def _broken(draft: Draft) -> Iterator[Finding]:
    """Yield what shows that a sealed draft is no longer what was sealed; one that is being made has no seal yet."""
    if not draft.sha256 and draft.checks is None:
        return
    content = content_sha256(draft)
    if draft.sha256 != content:
        said = "its text, facts or mentions do not match its sha256"
        yield _seal_broken("/sha256", said)
    if draft.checks is None or draft.checks.sha256 != checks_sha256(draft.checks.findings, draft.sha256):
        said = "its findings are not those that its checks.sha256 was made of"
        yield _seal_broken("/checks/sha256", said)


_READINGS = (
    ("label", "sentiment_label"),
    ("strength", "sentiment_strength"),
    ("coverage", "sentiment_coverage"),
    ("risk_skew", "risk_skew"),
)
"""What a draft's record says of the market outside of its text, and the metrics that bear it."""


def _unborne_beside(draft: Draft, sheet: FactSheet) -> Iterator[Finding]:
    """Yield what stands beside the text and no fact says: a page prints it as label line, address and data."""
    for name, metric in _READINGS:
        said, fact = getattr(draft.sentiment, name), sheet.get(metric)
        if fact is None or fact.value != said:
            borne = f"{fact.id} is {fact.value!r}" if fact else f"no fact is of {metric}"
            yield _beside(f"/sentiment/{name}", said, borne)
    given = {name for fact in sheet for name in fact.source}
    for i, name in enumerate(draft.sources):
        if name not in given:
            yield _beside(f"/sources/{i}", name, "it gave no fact")
    for i, asset in enumerate(draft.assets):
        if asset not in {fact.subject.asset for fact in sheet} | {gap.subject.asset for gap in sheet.missing}:
            yield _beside(f"/assets/{i}", asset, "no fact is of it")
    begun = f"{draft.assets[0].lower()}-{draft.story.replace('_', '-')}-"
    if not re.fullmatch(rf"{re.escape(begun)}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", draft.slug):
        yield _beside("/slug", draft.slug, f"a slug is {begun} and a day")


def _beside(path: str, said: str, borne: str) -> Finding:
    message = f"the draft says {said!r} beside its text, and {borne}; {_REMAKE}"
    return Finding(code="draft.beside", severity="error", path=path, span=(0, 0), text="", message=message)


def _seal_broken(path: str, said: str) -> Finding:
    message = f"the draft was changed after it was made: {said}; make it again"
    return Finding(code="draft.altered", severity="error", path=path, span=(0, 0), text="", message=message)


def known_names(edition: Edition) -> Known:
    """Return the names that a text may not put to anybody without a fact of theirs."""
    return Known({**dict(asset_names()), **dict(edition.names)}, frozenset(venues()))
