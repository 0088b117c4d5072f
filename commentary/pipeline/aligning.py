"""An edited text laid beside the draft that it was made from: which paragraph is which field, with what in it now.

The words of an edited page are the draft's fields (see edited_page). What stands beside them, a title in front
matter, a link's address, is nobody's, and is held against the draft's facts like any other text.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple

from commentary.checks.blocks import Block
from commentary.checks.blocks import blocks as blocks_of
from commentary.checks.pages.page import STRUCK, Page
from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.pipeline.checking import check_text
from commentary.pipeline.edited_page import EditedPage, gone
from commentary.pipeline.editing import check_edit
from commentary.pipeline.laid import laid_out, paired
from commentary.pipeline.opening import sheet_of
from commentary.publishing.base import View, words
from commentary.records.draft import Draft, texts
from commentary.records.finding import Finding, Findings
from commentary.records.hashes import is_sealed
from commentary.records.override import UNVOUCHED

_STRANGE = 0.25
"""A text with fewer of the draft's paragraphs than this is no edit of it."""


class Alignment(NamedTuple):
    """What an edited text makes of a draft's fields."""

    edits: Mapping[str, str]
    """The new text of each field that was rewritten, by its path."""
    findings: tuple[Finding, ...]
    """What could not be taken for an edit of a field, and where it was put."""
    places: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    """Where in the file each character of a field stands, by its path."""

    def place_of(self, finding: Finding) -> int | None:
        """Return where in the file a finding stands; None where its field is not in it."""
        places = self.places.get(finding.path)
        return places[min(finding.span[0], len(places) - 1)] if places else None


def unaltered(draft: Draft, place: str) -> Draft:
    """Return a draft that is still the one that was made: what an edit is held against has to hold itself.

    Raises:
        BadInputError: it was changed, or never sealed.
    """
    if not is_sealed(draft):
        remedy = (
            "the draft was changed after it was made, and an edit is held against what was made; give the file that "
            "commentary draft --format json wrote, and the edit as its text"
        )
        raise BadInputError("--draft", place, remedy)
    return draft


def align_fields(draft: Draft, given: object, place: str) -> Alignment:
    """Return the edits that a JSON object of paths and texts gives.

    Raises:
        BadInputError: it is no such object, or the draft has no such field.
    """
    fields = dict(texts(draft))
    if not isinstance(given, dict) or not given:
        raise BadInputError(place, None, 'write an object of fields and their new texts, such as {"/standfirst": "…"}')
    for path, text in given.items():
        if path not in fields:
            near = get_close_matches(path, fields, n=1, cutoff=0.3)
            such = near[0] if near else "/headline"
            raise BadInputError(
                place, path, f"the draft has no field of this path; name one that it has, such as {such}"
            )
        if not isinstance(text, str):
            raise BadInputError(f"{place}: {path}", text, "write the new text in quotation marks")
    # White space alone is no text.
    edits = {path: text if text.strip() else "" for path, text in given.items() if text != fields[path]}
    return Alignment(edits, tuple(gone(path, fields[path]) for path, text in edits.items() if not text))


def check_alignment(draft: Draft, aligned: Alignment, *, settings: Settings | None = None) -> Findings:
    """Check a draft with the edits of a text; spans of the findings are those of the edited fields."""
    found = check_edit(draft, aligned.edits, settings=settings)
    gone = {path for path, text in aligned.edits.items() if not text}
    # Of a field that was left out one finding says so, with what stood there.
    kept = tuple(one for one in found.findings if one.code != UNVOUCHED or one.path not in gone)
    told = (*kept, *aligned.findings)
    return Findings.of(told)


def align(draft: Draft, text: str | Page, settings: Settings, place: str) -> Alignment:
    """Return which fields an edited text rewrites.

    Args:
        draft: the draft that it was made from.
        text: a plain text, or a page, of which what stands beside its words is held against the draft's facts.
        settings: those that the page was laid out with.
        place: what the text is called, for messages.

    Raises:
        BadInputError: it has next to nothing in common with the draft, or says words and strikes them out.
    """
    beside: tuple[Finding, ...] = ()
    if isinstance(text, Page):
        _unstruck(text, place)
        sheet = sheet_of(draft)
        written = tuple(part for part in text.blocks(sheet) if not part.kind)
        beside = check_text(
            text.beside(), sheet, settings=settings, scope="passage", language=draft.language, names=draft.names
        ).findings
    else:
        written = tuple(blocks_of(text))
    shows_forms = words(draft.language)["variants"] in {block.text for block in written}
    laid = tuple(laid_out(draft, View(settings, variants=shows_forms)))
    pairs = paired([one.text for one in laid], [block.text for block in written])
    if sum(1 for i in pairs if laid[i].path) < _STRANGE * min(len(written), sum(1 for one in laid if one.path)):
        remedy = f"it has next to nothing in common with the draft {draft.id}; give the draft that it was made from"
        raise BadInputError(place, None, f"{remedy}, or check it with --facts")
    page = EditedPage(draft, laid, written, pairs)
    edits = page.edits()
    return Alignment(edits, (*page.found, *beside), page.places(edits))


def _unstruck(page: Page, place: str) -> None:
    struck = next((part for part in page.parts if isinstance(part, Block) and part.kind == STRUCK), None)
    if struck is not None:
        line = page.content.count("\n", 0, struck.places[0]) + 1
        remedy = "words in it are struck out, so said and unsaid at once; take them out, or take the strokes off"
        raise BadInputError(f"{place}, line {line}", struck.text, remedy)
