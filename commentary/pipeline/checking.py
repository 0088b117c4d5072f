"""Checks a draft against the facts it carries, or any text against a fact sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from commentary.checks import run_checks
from commentary.checks.base import Scope
from commentary.checks.derived import miscomputed
from commentary.checks.drafted import document_of
from commentary.checks.pages.addresses import address_findings
from commentary.checks.pages.page import Page
from commentary.checks.pages.stamps import stamp_findings
from commentary.checks.reading import read_text
from commentary.checks.record import beside, broken_seals, unborne
from commentary.checks.vocabulary import Vocabulary
from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_in
from commentary.config.storybook import house_facts, storybook
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.languages.base import Language
from commentary.metrics.venues import venues
from commentary.pipeline.house import HOUSE, house_texts
from commentary.pipeline.materials import asset_names
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.pipeline.placing import befores
from commentary.pipeline.recognising import desk_of, label_line_of, prover_of, recogniser_of
from commentary.pipeline.rewriting import rewritten
from commentary.records.draft import REMAKE, Draft, texts
from commentary.records.edition import Edition
from commentary.records.finding import Finding, Findings
from commentary.records.known import Known
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Mention
from commentary.sentiment import SentimentReading, read_sentiment
from commentary.sources.names import saying
from commentary.stories import stories


def check_draft(draft: Draft, *, settings: Settings | None = None) -> Findings:
    """Check a draft: its text against the facts it carries, its record, and whether it is still the one that was made.

    Args:
        draft: the draft.
        settings: those that it was made with, to write it again by; default: those of no newsroom.

    Raises:
        BadInputError: the draft's facts or house style cannot be read.
    """
    record = record_findings(draft, settings or Settings())
    found = check_fields(draft, settings=settings)
    return Findings.of((*record, *found.findings))


def record_findings(draft: Draft, settings: Settings) -> tuple[Finding, ...]:
    """Return what is wrong with a draft's record: its seal, its facts, and what it says that they do not make.

    Raises:
        BadInputError: the draft's facts or house style cannot be read.
    """
    sheet = _own_sheet(draft)
    points = _reading(sheet).contributions
    found = (*broken_seals(draft), *unborne(draft, sheet, points), *_misnamed(draft), *fact_findings(draft))
    told = {one.path for one in found}
    again = rewritten(draft, sheet, edition_of(draft), settings)
    return (*found, *(one for one in again if one.path not in told), *_remembered(draft))


def _remembered(draft: Draft) -> Iterator[Finding]:
    """Yield that nothing here holds what a draft says of its feed's past to what was published."""
    if draft.history_sha256 is not None:
        message = (
            "it was made with the history of its feed, which no check has: what it says of earlier publications is "
            "held to the facts it carries alone, and not to what was published"
        )
        yield Finding(
            code="draft.history", severity="note", path="/history_sha256", span=(0, 0), text="", message=message
        )


def fact_findings(draft: Draft) -> tuple[Finding, ...]:
    """Return what the facts that a draft carries contradict in one another, or in the rules of the desk.

    Raises:
        BadInputError: a fact cannot be read.
    """
    sheet = _own_sheet(draft)
    ruled = _reading(sheet).facts(sheet)
    if draft.story in stories:
        ruled += house_facts(storybook(draft.story), sheet.asset, sheet.as_of, "")
    ruled += imprint_facts(imprint_in(sheet, draft.generated_at, draft.as_of), sheet.asset, sheet.as_of)
    return tuple(miscomputed(draft, sheet, ruled))


def _misnamed(draft: Draft) -> Iterator[Finding]:
    """Yield what stands in the place of a name and is none, or not the asset's."""
    known = dict(asset_names())
    named = {f"/names/{ticker}": name for ticker, name in draft.names.items()}
    named |= {f"/sources/{i}": name for i, name in enumerate(draft.sources)}
    named |= {f"/facts/{i}/subject/venue": one.subject.venue or "all" for i, one in enumerate(draft.facts)}
    named |= {
        f"/facts/{i}/value": str(one.value)
        for i, one in enumerate(draft.facts)
        if one.subject.metric in ("publisher", "responsible_person")
    }
    for path, name in named.items():
        if why := saying(name):
            yield beside(path, name, why)
    for ticker, name in draft.names.items():
        # A snapshot may call its own asset otherwise than data/assets.toml does.
        if ticker not in draft.assets and known.get(ticker) != name:
            yield beside(f"/names/{ticker}", name, f"{ticker} is called {known.get(ticker, ticker)}")


def _reading(sheet: FactSheet) -> SentimentReading:
    try:
        return read_sentiment(sheet)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise BadInputError(
            "/facts", str(error), f"the rules of the label cannot read these facts; {REMAKE}"
        ) from error


def _own_sheet(draft: Draft) -> FactSheet:
    """Return a draft's facts without those that editors signed for, which decide nothing of its record."""
    return sheet_of(draft.model_copy(update={"editor_facts": ()}))


def check_fields(
    draft: Draft, altered: Mapping[str, tuple[Altered, ...]] | None = None, *, settings: Settings | None = None
) -> Findings:
    """Check the text of a draft against the facts it carries.

    Args:
        draft: the draft.
        altered: by path, where its text was edited.
        settings: those of the newsroom, by whose own words and rules of style it is judged too.

    Raises:
        BadInputError: the draft's facts or house style cannot be read.
    """
    sheet = sheet_of(draft)
    edition = edition_of(draft)
    language = load_language(draft.language)
    vocabulary = Vocabulary(sheet, language, edition, known_names(edition))
    proved = _proved(draft, sheet, edition, house_texts(settings, draft.language) if settings else {})
    rules = settings.rules if settings else None
    return run_checks(document_of(draft, sheet, language, edition, vocabulary, proved, altered or {}, rules))


def check_text(
    text: str | Page,
    sheet: FactSheet,
    *,
    settings: Settings,
    scope: Scope | None = None,
    language: str = "en",
    names: Mapping[str, str] | None = None,
    draft: Draft | None = None,
) -> Findings:
    """Check any text, or a page of HTML or Markdown, against a fact sheet; one with headings is an article.

    `names` gives the names of assets that data/assets.toml lacks, by ticker. Of a `draft` whose facts these are it is
    known what each sentence stands behind.
    """
    checker = TextChecker(sheet, settings=settings, language=language, names=names, draft=draft)
    return checker.check(text, scope)


class TextChecker:
    """Checks many texts against one fact sheet: what the sheet can say is worked out once.

    Args:
        sheet: the facts.
        settings: the newsroom's.
        language: the language of the texts.
        names: names of assets that data/assets.toml lacks, by ticker.
        draft: one whose facts these are.
    """

    def __init__(
        self,
        sheet: FactSheet,
        *,
        settings: Settings,
        language: str = "en",
        names: Mapping[str, str] | None = None,
        draft: Draft | None = None,
    ) -> None:
        desk = desk_of(sheet, settings)
        self._sheet = desk.sheet
        named = tuple({**dict(asset_names()), **(names or {})}.items())
        self._edition = Edition(self._sheet.as_of, named, settings.style)
        self._language = load_language(language)
        self._known = known_names(self._edition)
        self._recognise = recogniser_of(desk, settings, language, self._edition, draft).read
        self._asked = (settings.packs, settings.rules)
        self._label_line = label_line_of(self._sheet, language)
        self._before = befores(draft) if draft is not None else {}

    def check(self, text: str | Page, scope: Scope | None = None) -> Findings:
        """Check a text, or a page of HTML or Markdown; one with headings is an article, if no scope is given."""
        sheet, language, edition = self._sheet, self._language, self._edition
        vocabulary = Vocabulary(sheet, language, edition, self._known)
        read = text.blocks(sheet) if isinstance(text, Page) else text
        document, ambiguous = read_text(read, sheet, language, edition, scope, vocabulary, self._recognise)
        packs, rules = self._asked
        document = replace(document, packs=packs, rules=rules, before=self._before, label_line=self._label_line)
        found = run_checks(document)
        if isinstance(text, Page):
            return _of_page(text, (*found.findings, *ambiguous), sheet, language, edition)
        return Findings.of((*found.findings, *ambiguous))


def _of_page(
    page: Page, found: tuple[Finding, ...], sheet: FactSheet, language: Language, edition: Edition
) -> Findings:
    """Return what was found in the words of a page with what its addresses and attributes say, in order."""
    wide = dict(page.wide)
    beside = (
        *address_findings(page.addresses, wide, sheet, language, edition),
        *stamp_findings(page.stamps, wide, sheet, language),
    )
    return Findings.of(sorted(page.settled((*found, *beside)), key=lambda finding: finding.span))


def _proved(
    draft: Draft, sheet: FactSheet, edition: Edition, house: Mapping[str, str]
) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return by path the sentences of a draft that are proved, and those that are the house's own words."""
    prover = prover_of(draft, sheet, edition)
    fields = dict(texts(draft))
    mentions: dict[str, list[Mention]] = {}
    for record in sorted(draft.mentions, key=lambda one: one.start):
        mentions.setdefault(record.path, []).append(record.mention)
    proved: dict[str, tuple[tuple[int, int], ...]] = {}
    for one in draft.sentences:
        kind, _, setting = one.origin.partition("@")
        if kind == HOUSE and house.get(setting) == fields.get(one.path, "")[one.start : one.end]:
            proved[one.path] = (*proved.get(one.path, ()), (one.start, one.end))
            continue
        own = [mention for mention in mentions.get(one.path, ()) if one.start <= mention.start < one.end]
        if one.path in fields and prover.proves(fields[one.path], one.start, one.end, one.origin, own):
            proved[one.path] = (*proved.get(one.path, ()), (one.start, one.end))
    return proved


def known_names(edition: Edition) -> Known:
    """Return the names that a text may not put to anybody without a fact of theirs."""
    return Known({**dict(asset_names()), **dict(edition.names)}, frozenset(venues()))
