"""What the stages are handed besides the data: story files, claims, templates, names; each read once."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from commentary.config import Settings
from commentary.config.storybook import StoryBook, storybook, with_thresholds
from commentary.languages import language
from commentary.planning.claims import ClaimSpec, load_claims
from commentary.planning.questions import Question, load_questions
from commentary.records.edition import Edition
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import Snapshot
from commentary.resources import folder
from commentary.writing.library import Library
from commentary.writing.templates import Say


def book_of(name: str, settings: Settings) -> StoryBook:
    """Return a story's file with the newsroom's own thresholds in it."""
    return with_thresholds(storybook(name), settings.thresholds.get(name, {}))


def edition_of(snapshots: Iterable[Snapshot], sheet: FactSheet, settings: Settings) -> Edition:
    """Return what the spelling of some snapshots' facts depends on besides the facts."""
    own = {snapshot.asset: snapshot.name or "" for snapshot in snapshots}
    names = dict(asset_names()) | {ticker: name for ticker, name in own.items() if name}
    mentioned = {*own, *(fact.subject.asset for fact in sheet)}
    known = tuple((ticker, names[ticker]) for ticker in sorted(mentioned) if ticker in names)
    return Edition(sheet.as_of, known, settings.style)


@cache
def asset_names() -> tuple[tuple[str, str], ...]:
    """Return ticker and name of the assets of data/assets.toml."""
    table = tomllib.loads((folder("data") / "assets.toml").read_text(encoding="utf-8"))
    return tuple(table["names"].items())


@cache
def claims() -> Mapping[str, ClaimSpec]:
    """Return the claims of data/claims."""
    return load_claims(folder("data") / "claims")


@cache
def questions() -> tuple[Question, ...]:
    """Return the bank of questions of data/faq."""
    return load_questions(folder("data") / "faq")


@cache
def sayings(code: str, own: Path | None) -> Mapping[str, Say]:
    """Return the templates of a language, a newsroom's own laid over ours."""
    overlays: tuple[Path, ...] = ()
    if own is not None:
        overlays = (own / code if (own / code).is_dir() else own,)
    return Library(folder("templates") / code, overlays, language(code))
