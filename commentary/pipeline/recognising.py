"""The sentences that a newsroom's templates can say of one sheet, for a text to be read by."""

from functools import cache
from pathlib import Path

from commentary.config import Settings
from commentary.languages import language
from commentary.pipeline.materials import book_of, claims, sayings
from commentary.publishing.base import words
from commentary.recognition import Recogniser, Wordings
from commentary.records.edition import Edition
from commentary.records.query import Scope
from commentary.records.sheet import FactSheet
from commentary.stories import stories

_SIDES = (("long", "short"), ("short", "long"))


def recogniser_of(sheet: FactSheet, settings: Settings, code: str, edition: Edition) -> Recogniser:
    """Return what knows the sentences that any story could make of a sheet, told from either side."""
    scopes = [
        Scope({"side": side, "other": other, "own": sheet.asset}, book_of(name, settings).thresholds)
        for name in stories
        for side, other in _SIDES
    ]
    wordings = _wordings(code, settings.template_folder)
    return Recogniser(wordings, sheet, scopes, language(code), edition, frozenset(words(code).values()))


@cache
def _wordings(code: str, own: Path | None) -> Wordings:
    return Wordings(sayings(code, own), claims().values(), language(code).frames)
