"""Checks a draft against the facts it carries, or any text against a fact sheet."""

from commentary.checks import run_checks
from commentary.checks.base import Scope, document_of
from commentary.checks.reading import read_text
from commentary.config import Settings
from commentary.languages import language as load_language
from commentary.pipeline.materials import asset_names
from commentary.records.draft import Draft
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact
from commentary.records.finding import Findings
from commentary.records.sheet import FactSheet


def check_draft(draft: Draft) -> Findings:
    """Check a draft against the facts it carries."""
    sheet = sheet_of(draft)
    edition = Edition(draft.as_of, tuple(draft.names.items()), _house(draft))
    return run_checks(document_of(draft, sheet, load_language(draft.language), edition))


def check_text(
    text: str, sheet: FactSheet, *, settings: Settings, scope: Scope | None = None, language: str = "en"
) -> Findings:
    """Check any text against a fact sheet; without a scope, a text with headings is an article."""
    edition = Edition(sheet.as_of, asset_names(), settings.style)
    document, ambiguous = read_text(text, sheet, load_language(language), edition, scope)
    found = run_checks(document)
    return Findings(ok=found.ok, findings=(*found.findings, *ambiguous))


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


def _house(draft: Draft) -> HouseStyle:
    return HouseStyle(**draft.plan["house"])
