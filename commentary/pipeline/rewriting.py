"""A draft of ours, written again: the same facts, story, length and seed make the same draft, to the last field.

Of one with sentences in a model's words that is the draft of its templates (see restoring).

draft.rewritten: a field is not what our rules and templates make of the facts that the draft carries.
draft.settings: a warning; the draft was made by settings or by a version that are not at hand.
draft.sentence: a sentence of a draft from templates has no template.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from commentary import __version__
from commentary.checks.base import is_covered
from commentary.config import Settings
from commentary.config.imprint import Imprint, imprint_in, imprint_of
from commentary.config.storybook import asked_for
from commentary.errors import CommentaryError
from commentary.languages import language as load_language
from commentary.pipeline.composing import Order, compose
from commentary.pipeline.house import HOUSE
from commentary.pipeline.materials import book_of
from commentary.pipeline.restoring import restored
from commentary.records.draft import REMAKE, Draft, Input, texts
from commentary.records.edition import Edition
from commentary.records.finding import Finding, Severity
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories

_SHOWN = 60
_VARIANTS = "/variants/"
_ELSEWHERE = frozenset({"facts", "editor_facts", "checks", "sha256"})
"""Parts of a draft that are held by their own rules."""


class Origin(NamedTuple):
    """The snapshots that a draft is made from, as the draft names them."""

    inputs: tuple[Input, ...]
    notes: tuple[str, ...]
    """What was filled in or dropped when it was read."""


def at_hand(draft: Draft, settings: Settings) -> bool:
    """Say whether a draft was made by this version with these settings."""
    return (draft.config_sha256, draft.tool.version) == (settings.sha256, __version__)


def rewritten(draft: Draft, sheet: FactSheet, edition: Edition, settings: Settings) -> Iterator[Finding]:
    """Yield where a draft is not what is written of its facts.

    A model's sentences are judged again, and the templates' put in their places: these are what is written again.
    """
    draft, wrong, _ = restored(draft, sheet, edition, settings)
    yield from wrong
    if wrong:
        # What the templates wrote is not known then, and everything would differ.
        return
    if not at_hand(draft, settings):
        told = (
            f"it was made by version {draft.tool.version} with other settings than those at hand, so it cannot be "
            "written again, and its sentences are judged by their words alone; name its settings with --config"
        )
        yield _finding("settings", "warning", "/config_sha256", told)
        yield from _without_origin(draft)
        return
    if len(draft.inputs) != len(draft.assets):
        yield _finding("rewritten", "error", "/inputs", f"a draft is made of one snapshot for each asset; {REMAKE}")
        return
    notes = draft.plan.get("notes")
    origin = Origin(draft.inputs, tuple(map(str, notes)) if isinstance(notes, list) else ())
    made = again(draft, sheet, edition, settings, origin)
    if isinstance(made, str):
        yield _finding("rewritten", "error", "/story", f"{draft.story} is no story of these facts: {made}; {REMAKE}")
        return
    for path, said, true in differences(draft, made, Draft.model_fields.keys() - _ELSEWHERE):
        yield _finding("rewritten", "error", path, f"{unlike(said, 'what is written of its facts', true)}; {REMAKE}")
    yield from _imprint(draft, sheet, settings)


def _imprint(draft: Draft, sheet: FactSheet, settings: Settings) -> Iterator[Finding]:
    """Yield what a draft says of its publisher otherwise than the settings that it was made with."""
    times = draft.generated_at, draft.as_of
    said, true = imprint_in(sheet, *times), imprint_of(settings, *times)
    for name, one, other in zip(Imprint._fields, said, true, strict=True):
        if one != other:
            yield _finding("rewritten", "error", "/facts", f"{name}: {unlike(one, 'the settings', other)}; {REMAKE}")


def again(draft: Draft, sheet: FactSheet, edition: Edition, settings: Settings, origin: Origin) -> Draft | str:
    """Return the draft that is made of some facts as this one was, or why there is none.

    Args:
        draft: the draft, which gives story, length, seed and time.
        sheet: the facts, with those of the label and of the story's rules.
        edition: the names that assets are called by.
        settings: those that the draft was made with.
        origin: the snapshot.
    """
    if draft.story not in stories:
        return f"there are {', '.join(stories)}"
    order = Order(
        origin.inputs,
        origin.notes,
        settings,
        draft.generated_at,
        draft.seed,
        draft.language,
        edition._replace(house=settings.style),
        draft.length,
        history_sha256=draft.history_sha256,
        said=tuple(said(draft)),
        frames=_frames(draft) if draft.history_sha256 else None,
        asked=_asked(draft),
        model=draft.writer.model_copy(update={"version": __version__}) if draft.writer.kind == "model" else None,
    )
    try:
        # Whether it was due or asked for, the draft does not tell.
        story = stories[draft.story](sheet, asked_for(book_of(draft.story, settings)))
        made = compose(order, story, sheet, read_sentiment(sheet)) if isinstance(story, Story) else story
    except (CommentaryError, ArithmeticError, TypeError, ValueError) as error:
        # Facts of other kinds than a metric makes: whatever they are, nothing of ours is written of them.
        return str(error)
    return "; ".join(made.reasons) if isinstance(made, NoStory) else made


def said(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the claims of a draft's sentences and the sentences, as it says where they stand."""
    fields = dict(texts(draft))
    for one in draft.sentences:
        yield one.claim, fields.get(one.path, "")[one.start : one.end]


def _frames(draft: Draft) -> Mapping[str, frozenset[str]]:
    """Return the frames of a draft by short form."""
    found: dict[str, set[str]] = {}
    for one in draft.sentences:
        if one.path.startswith(_VARIANTS):
            found.setdefault(one.path.removeprefix(_VARIANTS).partition("/")[0], set()).add(one.claim)
    return {form: frozenset(frames) for form, frames in found.items()}


def _asked(draft: Draft) -> tuple[str, ...]:
    """Return the questions that stood behind others in a draft, since its feed had asked them of late."""
    asked = draft.plan.get("asked")
    return tuple(map(str, asked)) if isinstance(asked, list) else ()


def _without_origin(draft: Draft) -> Iterator[Finding]:
    """Yield each text of which some words belong to no sentence that a template or a frame has."""
    frames = load_language(draft.language).frames
    spans: dict[str, list[tuple[int, int]]] = {}
    fields = dict(texts(draft))
    for one in draft.sentences:
        kind, _, name = one.origin.partition("@")
        # The house's own words are in its settings; without these they are judged as words.
        if kind in ("template", HOUSE) or frames.get(name) == fields.get(one.path, "")[one.start : one.end]:
            spans.setdefault(one.path, []).append((one.start, one.end))
    for path, text in fields.items():
        if not is_covered(text, 0, len(text), spans.get(path, ())):
            told = f"{_shown(text)} is of no template, and the draft says that templates wrote it; {REMAKE}"
            yield _finding("sentence", "error", path, told)


def differences(draft: Draft, made: Draft, parts: Collection[str]) -> Iterator[tuple[str, object, object]]:
    """Yield path and both values where parts of a draft are not as they were made."""
    said, true = (one.model_dump(mode="json", include=set(parts)) for one in (draft, made))
    yield from _differences(said, true)


def unlike(said: object, by: str, true: object) -> str:
    """Return that a draft says one thing and what it is held to another."""
    return f"the draft says {_shown(said)}, and {by} {_shown(true)}"


def _differences(said: Any, made: Any, path: str = "") -> Iterator[tuple[str, object, object]]:  # noqa: ANN401 - JSON
    """Yield path and both values of what differs in two documents; rows that differ in number differ as a whole."""
    if isinstance(said, dict) and isinstance(made, dict):
        for key in sorted(said.keys() | made.keys()):
            yield from _differences(said.get(key), made.get(key), f"{path}/{key}")
    elif isinstance(said, list) and isinstance(made, list) and len(said) == len(made):
        for i, (one, other) in enumerate(zip(said, made, strict=True)):
            yield from _differences(one, other, f"{path}/{i}")
    elif said != made:
        yield path, said, made


def _shown(value: object) -> str:
    if isinstance(value, list | dict) and value:
        return "one entry" if len(value) == 1 else f"{len(value)} entries"
    text = f"“{value}”" if isinstance(value, str) else "nothing" if value in (None, [], {}) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _finding(code: str, severity: Severity, path: str, message: str) -> Finding:
    return Finding(code=f"draft.{code}", severity=severity, path=path, span=(0, 0), text="", message=message)
