"""What commentary check looks at: a text beside facts, an edit beside its draft, or a draft; and what was signed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from commentary.errors import BadInputError

if TYPE_CHECKING:
    from commentary.checks.pages.page import Page
    from commentary.cli.inputs import Held
    from commentary.config import Settings
    from commentary.pipeline.checking import TextChecker
    from commentary.pipeline.fixing import Fixed
    from commentary.records.draft import Draft
    from commentary.records.editor_fact import EditorFact
    from commentary.records.finding import Finding, Findings
    from commentary.records.override import Override

Scope = Literal["passage", "article"]
_DRAFT = "commentary.draft/"
_LANGUAGE = "en"
_HEADING = re.compile(r"^#{1,6} \S|^\S.*\n(?:=+|-{2,})\s*$", re.MULTILINE)
"""A heading of a text without markup."""


class Task(NamedTuple):
    """What is checked against what."""

    place: str
    """The text, the draft, or - for standard input."""
    facts: str | None
    draft: str | None
    editor_facts: str | None
    overrides: str | None
    scope: Scope | None
    settings: "Settings"


class Checked(NamedTuple):
    """What the check says, and the text that the places of its findings count in; None for fields."""

    findings: "Findings"
    text: str | None
    kind_at: "Callable[[int], str] | None" = None
    """What a place of a page is called where it is not in its running text: "alt text"."""
    place_of: "Callable[[Finding], int | None] | None" = None
    """Where in the text a finding in a field of a draft stands."""


def checked(task: Task) -> Checked:
    """Return what the check says of a text, an edit or a draft.

    Raises:
        BadInputError: something cannot be read, or does not go together.
    """
    from commentary.cli.files import LARGEST, LARGEST_TEXT, read_bytes
    from commentary.cli.inputs import format_of, is_object, parse_draft, this_is

    content = read_bytes(task.place, "TEXT", LARGEST if task.place.endswith(".json") else LARGEST_TEXT)
    kind = format_of(content)
    if task.draft is not None:
        return _edit(task, content, kind)
    if is_object(content) and not kind.startswith(_DRAFT):
        remedy = "give a text or a draft (commentary draft makes both); an object of fields and texts goes with --draft"
        raise BadInputError(task.place, None, f"{this_is(kind)}, and no text to check; {remedy}")
    if not kind.startswith(_DRAFT):
        return _beside_facts(task)(_decoded(content, task.place))
    if task.editor_facts is not None:
        remedy = "leave it out: a draft carries what its editors signed for; give its edited text, with --draft"
        raise BadInputError("--editor-facts", task.editor_facts, remedy)
    from commentary.pipeline import check_draft

    draft = parse_draft(content, task.place)
    found = check_draft(draft, settings=task.settings)
    if task.facts is not None:
        found = _traced(draft, task.facts, task.settings, found)
    return Checked(_answered(found, task, _fields(draft, {})), None)


def _traced(draft: "Draft", place: str, settings: "Settings", found: "Findings") -> "Findings":
    """Return findings with what the draft says otherwise than its snapshot."""
    from commentary.cli.files import read_bytes
    from commentary.cli.inputs import format_of

    content = read_bytes(place, "--facts")
    kind = format_of(content)
    if kind.startswith("commentary.") and not kind.startswith("commentary.snapshot/"):
        remedy = "a draft carries its facts; name the snapshot that it was made from, to hold it to that"
        raise BadInputError("--facts", place, remedy)
    from commentary.pipeline.tracing import traced
    from commentary.records.finding import Findings
    from commentary.sources.snapshot_file import read_snapshot

    return Findings.of((*traced(draft, read_snapshot(content, name=place), settings), *found.findings))


def checker_of(held: "Held", settings: "Settings") -> "TextChecker":
    """Return what checks any number of texts against facts: what they can say is worked out once."""
    from commentary.pipeline import TextChecker

    return TextChecker(held.sheet, settings=settings, names=held.names, draft=held.draft)


def check_content(content: str, name: str, checker: "TextChecker", scope: Scope | None) -> Checked:
    """Return what the check says of a text, which is a page of HTML or Markdown by its name or by how it begins.

    Raises:
        BadInputError: there is nothing in it, so that nothing would have been checked.
    """
    from commentary.checks.pages import read_page

    page = read_page(content, name)
    if not any(letter.isalnum() for letter in content) or (page is not None and page.is_empty):
        raise BadInputError(name, None, "there is no word in it to check; give the text itself")
    headed = page.headed if page else _HEADING.search(content) is not None
    asked = scope or ("article" if headed else "passage")
    found = checker.check(page or content, asked)
    return Checked(found, content, page.kind_at if page else None)


def fixed(task: Task) -> "Fixed":
    """Return a text with its slips mended.

    Raises:
        BadInputError: something cannot be read, or it is no text that can be mended.
    """
    from commentary.checks.pages import is_html
    from commentary.cli.files import LARGEST_TEXT, read_bytes
    from commentary.cli.inputs import format_of
    from commentary.pipeline.fixing import fix

    if task.draft is not None:
        remedy = "leave it out: an edit is mended where it was written; mend the text with --facts DRAFT, then check it"
        raise BadInputError("--fix", "--draft", remedy)
    content = read_bytes(task.place, "TEXT", LARGEST_TEXT)
    if format_of(content).startswith(_DRAFT):
        remedy = (
            "a draft is sealed with its text; write it out with commentary draft --format markdown, mend that with "
            f"--facts {task.place}, and check it with --draft {task.place}"
        )
        raise BadInputError("--fix", task.place, remedy)
    text = _decoded(content, task.place)
    # A page is told by its beginning too; a mended page would have lost its signs.
    if is_html(text, task.place):
        remedy = "it mends .txt and .md; mend the text that the page was made from, or the places that the check names"
        raise BadInputError("--fix", task.place, remedy)
    check = _beside_facts(task)
    return fix(text, lambda content: check(content).findings)


def _beside_facts(task: Task) -> "Callable[[str], Checked]":
    """Return what checks a text against the facts at hand; the facts are read, and what they can say, once."""
    from commentary.cli.inputs import held_at

    if task.facts is None:
        raise BadInputError("--facts", "", "name the snapshot or the draft that holds the facts")
    held = held_at(task.facts, task.settings)
    if task.editor_facts is not None:
        from commentary.pipeline.signing import with_editor_facts

        place = f"{task.editor_facts}/facts"
        held = held._replace(sheet=with_editor_facts(held.sheet, _signed(task.editor_facts), _LANGUAGE, place))
    checker = checker_of(held, task.settings)

    def check(text: str) -> Checked:
        result = check_content(text, task.place, checker, task.scope)
        found = _answered(result.findings, task, lambda path: text if path == "/text" else None)
        return result._replace(findings=found)

    return check


def _edit(task: Task, content: bytes, kind: str) -> Checked:
    from commentary.cli.inputs import draft_at, this_is
    from commentary.pipeline.aligning import align, align_fields, check_alignment, unaltered
    from commentary.pipeline.checking import record_findings
    from commentary.pipeline.opening import sheet_of

    if task.facts is not None:
        raise BadInputError("--facts", task.facts, "leave it out: an edit is checked against the facts of its draft")
    if task.scope is not None:
        raise BadInputError("--scope", task.scope, "leave it out: an edit is checked as its draft was")
    place = str(task.draft)
    draft = unaltered(draft_at(place, "--draft"), place)
    for wrong in record_findings(draft, task.settings):
        if wrong.severity == "error":
            raise BadInputError(f"{place}{wrong.path}", None, wrong.message)
    if task.editor_facts is not None:
        own = (*draft.editor_facts, *_signed(task.editor_facts))
        draft = draft.model_copy(update={"editor_facts": own})
        sheet_of(draft)
    if kind.startswith("commentary."):
        remedy = "give the edited text, in Markdown or plain, or an object of fields and their new texts"
        raise BadInputError(task.place, None, f"{this_is(kind)}; {remedy}")
    text = _decoded(content, task.place)
    page = None if text.lstrip()[:1] == "{" else _page(text, task.place)
    if text.lstrip()[:1] == "{":
        from commentary.sources.json_text import load

        aligned = align_fields(draft, load(content, task.place), task.place)
    else:
        aligned = align(draft, page or text, task.settings, task.place)
    fields = _fields(draft, aligned.edits)
    found = check_alignment(draft, aligned, settings=task.settings)
    answered = _answered(found, task, lambda path: text if path == "/text" else fields(path))
    return Checked(answered, text if aligned.places else None, page.kind_at if page else None, aligned.place_of)


def _page(text: str, place: str) -> "Page | None":
    from commentary.checks.pages import is_html, read_page

    if is_html(text, place):
        remedy = "this is HTML, more than the draft's fields; give the edit as Markdown or plain text, or use --facts"
        raise BadInputError(place, None, remedy)
    return read_page(text, place)


def _fields(draft: "Draft", edits: "object") -> "Callable[[str], str | None]":
    """Return what gives the text of a field, as it was edited."""
    from commentary.records.draft import texts

    fields = dict(texts(draft))
    fields.update(edits if isinstance(edits, dict) else {})
    return fields.get


def _answered(found: "Findings", task: Task, text_at: "Callable[[str], str | None]") -> "Findings":
    """Return findings with those that somebody signed for turned into notes."""
    if task.overrides is None:
        return found
    from commentary.pipeline.signing import with_overrides

    return with_overrides(found, _overrides(task.overrides), text_at, f"{task.overrides}/overrides")


def _signed(place: str) -> "tuple[EditorFact, ...]":
    from commentary.cli.files import read_bytes
    from commentary.sources.signed_file import read_editor_facts

    return read_editor_facts(read_bytes(place, "--editor-facts"), place, datetime.now(UTC)).facts


def _overrides(place: str) -> "tuple[Override, ...]":
    from commentary.cli.files import read_bytes
    from commentary.sources.signed_file import read_overrides

    return read_overrides(read_bytes(place, "--overrides"), place, datetime.now(UTC)).overrides


def _decoded(content: bytes, place: str) -> str:
    from commentary.cli.files import STANDARD_INPUT, text_of

    return text_of(content, "standard input" if place == STANDARD_INPUT else place)
