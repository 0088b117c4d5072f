"""data/stories/<name>.toml: when a story fires and how its documents are laid out.

Stories read the conditions and thresholds, planning reads the layout; an editor changes both
without code, and a newsroom's commentary.toml may replace any threshold.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from commentary.errors import ConfigError
from commentary.records.fact import Fact, Quantity, Subject, Unit, Value
from commentary.resources import folder


class SectionLayout(NamedTuple):
    """A heading's candidates and the paragraphs under it; a paragraph lists sentences in order.

    An entry "a | b" means the first of them that the facts carry; "+a" is said in full length only,
    "-a" in every length but full; "?a", behind such a sign if there is one, gives way where the body grows too long.
    """

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    only_full: bool
    movable: bool = False
    """Of sections that may change places the most newsworthy goes first."""


class Layout(NamedTuple):
    """Which sentences a document may hold and in which order."""

    headlines: tuple[str, ...]
    standfirst: tuple[str, ...]
    sections: tuple[SectionLayout, ...]
    brief: tuple[tuple[str, ...], ...]
    unknowns: tuple[str, ...]
    unknowns_at_most: int
    faq: tuple[tuple[str, tuple[str, ...]], ...]
    """Questions that this story always asks, before those that the bank of data/faq has."""
    faq_about: tuple[str, ...]
    """Families of metrics that its readers ask of; of none of these, of all that its text tells of."""
    digest_title: str
    digest: tuple[str, ...]
    push: str
    social: tuple[str, ...]
    """The sentences of a post, the first of which it has to have; empty: those of the digest and a caveat."""
    blurb: tuple[str, ...]
    """The same for a blurb of a newsletter."""
    search_title: tuple[str, ...]
    """Titles for a search engine, the preferred first; empty: those headlines that fit."""
    mail_subject: tuple[str, ...]
    """Subjects of a mail, the preferred first; empty: headlines of another angle than the first."""
    short_term: tuple[str, ...]
    long_term: tuple[str, ...]
    conditions: tuple[Mapping[str, Any], ...]
    disclosures: tuple[str, ...]


class HouseFact(NamedTuple):
    """A figure the desk sets itself, such as the hours in which a test must show."""

    metric: str
    value: Decimal | None
    """None for a deadline."""
    unit: Unit
    window_hours: Decimal | None
    after_hours: Decimal | None
    """A deadline this long after the snapshot."""
    why: str


class Change(NamedTuple):
    """A change since an event was told that makes it news again."""

    name: str
    """What the sentences of an update ask for."""
    when: tuple[str, ...]
    """Conditions that all have to hold; told_ and since_ metrics are the figures of then, and how they changed."""
    why: str


class PlaceQuery(NamedTuple):
    """What an event may be about: a level, a stretch of prices, or an exchange."""

    at: str
    """The question that names it: a level, the near end of a stretch, or a figure of an exchange."""
    to: str
    """The question that names the far end; empty: it is no stretch."""
    within_percent: Decimal
    """Two levels so near to each other are one, and so are two stretches."""
    emphasis: str
    """Of the stories that are about it; empty: of any."""
    when: tuple[str, ...]
    """Conditions that have to hold."""


class Update(NamedTuple):
    """What makes two stories one event, and what lets it be told again."""

    family: str
    """Stories of one family tell the same events."""
    of: tuple[PlaceQuery, ...] = ()
    """The first that is answered counts."""
    within_percent: Decimal = Decimal(0)
    """Two levels so near to each other are one."""
    life_hours: Decimal = Decimal(24)
    """So long after it was last told, the same is a new event."""
    measured_from: tuple[str, ...] = ()
    """Questions whose answers are remembered, told or not, since changes are measured from them."""
    changes: tuple[Change, ...] = ()


class Developing(NamedTuple):
    """How a story is told while its figures still move: short, with totals so far, and nothing that is read from them.

    It has no label, no record and no test; once its figures stand, or after some hours, the article follows.
    """

    why: str
    figures: tuple[str, ...]
    """Questions whose answers move while it develops."""
    moved_percent: Decimal
    """A figure that changed by as much since the last look still moves."""
    hours: Decimal
    """So long after it was first told it may develop."""
    layout: Layout
    """The story's own, with what is told meanwhile in place of the rest."""


class StoryBook(NamedTuple):
    """One story's file."""

    name: str
    title: str
    thresholds: Mapping[str, Decimal]
    why: Mapping[str, str]
    """The sentence that justifies each threshold."""
    fires: tuple[str, ...]
    scheduled: tuple[str, ...]
    """When it is due without being asked for; a story asked for by name needs none of it."""
    unusual: tuple[str, ...]
    """Conditions that show from history that the news is unusual."""
    must: tuple[str, ...]
    """Facts that the article has to tell wherever they are known: questions, "a | b" for either."""
    score: Decimal
    facts: tuple[HouseFact, ...]
    layout: Layout
    update: Update
    several: bool = False
    """It is of several assets; every other story is of one."""
    developing: Developing | None = None
    """None: it is told once it is whole."""


@cache
def storybook(name: str) -> StoryBook:
    """Read the file of story `name`, thresholds as shipped."""
    return read_storybook(folder("data") / "stories" / f"{name}.toml")


def is_story(name: str) -> bool:
    """Say whether a story has a file; what a feed published may be of one that was taken away."""
    return (folder("data") / "stories" / f"{name}.toml").is_file()


@cache
def family_of(name: str) -> str:
    """Return the family of events that a story tells; a story without a file is its own."""
    return storybook(name).update.family if is_story(name) else name


def with_thresholds(book: StoryBook, overlay: Mapping[str, Decimal]) -> StoryBook:
    """Return the story with a newsroom's own thresholds.

    Raises:
        ConfigError: the overlay names a threshold the story does not have.
    """
    unknown = sorted(set(overlay) - set(book.thresholds))
    if unknown:
        known = ", ".join(sorted(book.thresholds))
        raise ConfigError(f"thresholds.{book.name}.{unknown[0]} is not a threshold of that story; it has {known}")
    return book._replace(thresholds={**book.thresholds, **overlay})


def asked_for(book: StoryBook) -> StoryBook:
    """Return the story as it is when it is asked for by name, whatever the day."""
    return book._replace(scheduled=())


def read_storybook(path: Path) -> StoryBook:
    """Read one story file.

    Raises:
        ConfigError: a threshold has no number or no reason.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    thresholds: dict[str, Decimal] = {}
    why: dict[str, str] = {}
    for name, entry in table.get("thresholds", {}).items():
        if not isinstance(entry, dict) or set(entry) != {"value", "why"}:
            raise ConfigError(f"data/stories/{path.name}: threshold {name!r} needs a value and a sentence why")
        thresholds[name] = Decimal(entry["value"])
        why[name] = entry["why"]
    try:
        layout = _layout(table["layout"])
        return StoryBook(
            path.stem,
            table["title"],
            thresholds,
            why,
            tuple(table["fires"]),
            tuple(table.get("scheduled", ())),
            tuple(table.get("unusual", ())),
            tuple(table.get("must", ())),
            Decimal(table["score"]),
            tuple(_house_fact(name, entry) for name, entry in table.get("facts", {}).items()),
            layout,
            _update(path.stem, table.get("update", {})),
            table.get("several", False),
            _developing(path.stem, table["developing"], layout) if "developing" in table else None,
        )
    except KeyError as error:
        raise ConfigError(f"data/stories/{path.name}: {error.args[0]!r} is missing") from error


def _house_fact(metric: str, entry: Mapping[str, Any]) -> HouseFact:
    def number(key: str) -> Decimal | None:
        return Decimal(entry[key]) if key in entry else None

    return HouseFact(
        metric, number("value"), entry["unit"], number("window_hours"), number("after_hours"), entry["why"]
    )


def house_facts(book: StoryBook, asset: str, as_of: datetime, publisher: str) -> tuple[Fact, ...]:
    """Return the desk's own figures as asserted facts of the publisher."""
    source = (publisher,) if publisher else ()
    made = []
    for entry in book.facts:
        value: Value
        if entry.after_hours is not None:
            value = as_of + timedelta(hours=float(entry.after_hours))
        elif entry.value is not None:
            value = entry.value
        else:
            raise ConfigError(f"data/stories/{book.name}.toml: fact {entry.metric!r} has neither value nor after_hours")
        subject = Subject(asset, entry.metric, window_hours=entry.window_hours)
        quantity: Quantity = "time" if entry.unit == "time" else "level"
        made.append(Fact(subject, value, entry.unit, quantity, "asserted", source, as_of, entry.why))
    return tuple(made)


_FIGURE = Change(
    "figure", ("since_most >= 25",), "a figure of the headline is another one once a quarter of it is gone"
)
LABEL = "label"
"""The change that is news of any story."""
_LABEL = Change(LABEL, ("since_label is flipped",), "the reading of the whole has turned, which is news of any story")


def _update(story: str, table: Mapping[str, Any]) -> Update:
    """Read what makes an event and what lets it be told again; a label that flips always does."""
    known = {"family", "of", "within_percent", "life_hours", "measured_from", "why", "changes"}
    unknown = sorted(set(table) - known)
    if unknown or (table and not table.get("why")):
        raise ConfigError(f"data/stories/{story}.toml: update has {unknown or 'no sentence why'}")
    changes = []
    for entry in table.get("changes", ()):
        if set(entry) != {"name", "when", "why"}:
            raise ConfigError(f"data/stories/{story}.toml: a change needs a name, when and a sentence why")
        changes.append(Change(entry["name"], tuple(entry["when"]), entry["why"]))
    return Update(
        table.get("family", story),
        tuple(_place(story, entry, table) for entry in table.get("of", ())),
        Decimal(table.get("within_percent", 0)),
        Decimal(table.get("life_hours", 24)),
        tuple(table.get("measured_from", ())),
        (*(changes if table else [_FIGURE]), _LABEL),
    )


def _place(story: str, entry: str | Mapping[str, Any], table: Mapping[str, Any]) -> PlaceQuery:
    """Read what an event may be about: a question alone, or with what goes with it."""
    written = {"at": entry} if isinstance(entry, str) else entry
    unknown = sorted(set(written) - set(PlaceQuery._fields))
    if unknown or "at" not in written:
        known = ", ".join(PlaceQuery._fields)
        raise ConfigError(f"data/stories/{story}.toml: update.of has {unknown or 'no at'}; it may have {known}")
    within = written.get("within_percent", table.get("within_percent", 0))
    return PlaceQuery(
        written["at"],
        written.get("to", ""),
        Decimal(within),
        written.get("emphasis", ""),
        tuple(written.get("when", ())),
    )


def _developing(story: str, table: Mapping[str, Any], layout: Layout) -> Developing:
    """Read how a story is told while it develops; no test is set, and no question answered, that may be moot by then.

    Raises:
        ConfigError: it says something else.
    """
    known = {"why", "figures", "moved_percent", "hours", "brief", "headlines", "standfirst", "digest", "short_term"}
    if set(table) != known:
        raise ConfigError(f"data/stories/{story}.toml: developing needs {', '.join(sorted(known))}, and nothing else")
    told = layout._replace(
        headlines=tuple(table["headlines"]),
        standfirst=tuple(table["standfirst"]),
        brief=tuple(tuple(paragraph) for paragraph in table["brief"]),
        digest=tuple(table["digest"]),
        short_term=tuple(table["short_term"]),
        faq=(),
        conditions=(),
    )
    hours, moved = Decimal(table["hours"]), Decimal(table["moved_percent"])
    return Developing(table["why"], tuple(table["figures"]), moved, hours, told)


def _layout(table: Mapping[str, Any]) -> Layout:
    return Layout(
        headlines=tuple(table["headlines"]),
        standfirst=tuple(table["standfirst"]),
        sections=tuple(
            SectionLayout(
                section.get("heading", ""),
                tuple(tuple(paragraph) for paragraph in section["paragraphs"]),
                section.get("only_full", False),
                section.get("movable", False),
            )
            for section in table["sections"]
        ),
        brief=tuple(tuple(paragraph) for paragraph in table["brief"]),
        unknowns=tuple(table["unknowns"]),
        unknowns_at_most=table["unknowns_at_most"],
        faq=tuple((item["question"], tuple(item["answer"])) for item in table.get("faq", ())),
        faq_about=tuple(table.get("faq_about", ())),
        digest_title=table["digest_title"],
        digest=tuple(table["digest"]),
        push=table.get("push", ""),
        social=tuple(table.get("social", ())),
        blurb=tuple(table.get("blurb", ())),
        search_title=tuple(table.get("search_title", ())),
        mail_subject=tuple(table.get("mail_subject", ())),
        short_term=tuple(table["short_term"]),
        long_term=tuple(table["long_term"]),
        conditions=tuple(table.get("conditions", ())),
        disclosures=tuple(table["disclosures"]),
    )
