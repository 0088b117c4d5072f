"""A page that stands alone: no script, no font, no picture from elsewhere.

Every figure carries its fact, source and time; the facts lie in a table that is closed at first.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from commentary.publishing.base import (
    View,
    author_of,
    byline_of,
    facts_by_id,
    formats,
    label_of,
    marked,
    notices,
    short_forms,
    subject_of,
    words,
)
from commentary.records.canonical import plain
from commentary.records.draft import Draft, fact_records
from commentary.records.fact_file import FactRecord
from commentary.records.labels import label, origin_of, value_of
from commentary.records.limits import HEADLINE
from commentary.resources import folder

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_SHORT = 16
"""A mention of at most so many characters is kept on one line: "$1.07 billion"."""

# IPTC digital source types (http, not https, is the identifier), which are also the members of
# schema.org's IPTCDigitalSourceEnumeration.
_SCHEMA = "https://schema.org/"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_TYPES = {
    "template": "algorithmicMedia",
    "model_drafted": "trainedAlgorithmicMedia",
    "model_drafted_human_edited": "compositeWithTrainedAlgorithmicMedia",
    "human_written_ai_assisted": "compositeWithTrainedAlgorithmicMedia",
}


@formats.add("html")
def html(draft: Draft, view: View) -> str:
    """Return the draft as one page."""
    word = words(draft.language)
    source_type = _SOURCE_TYPES.get(draft.ai_involvement)
    page = _environment(draft.language).get_template("page.html")
    return page.render(
        draft=draft,
        word=word,
        mark=_marker(draft),
        byline=byline_of(view.settings, word),
        author=author_of(view.settings, word),
        notices=tuple(notices(draft, word)),
        forms=tuple(short_forms(draft, word)) if view.variants else (),
        label=label_of(draft, word),
        asset=draft.assets[0] if len(draft.assets) == 1 else None,
        subject=subject_of([draft.names.get(asset, asset) for asset in draft.assets], draft.story, word),
        publisher=view.settings.publisher,
        description=draft.digest.summary or draft.standfirst,
        source_type=f"{_IPTC}{source_type}" if source_type else None,
        linked_data=_linked_data(draft, view, word, source_type),
        facts=fact_records(draft),
        label_of=label,
        value_of=value_of,
        origin_of=origin_of,
        moment=_moment,
    )


def _marker(draft: Draft) -> "Callable[[str, str], Markup]":
    from markupsafe import Markup

    facts = facts_by_id(draft)

    def mark(path: str, text: str) -> Markup:
        """Return the field at `path` with each mention tied to its fact."""
        out = Markup("")
        for piece, mention in marked(draft, path, text):
            fact = facts.get(mention.fact) if mention else None
            if mention is None:
                out += piece
            elif fact is None:
                out += Markup('<data class="fact" value="">{}</data>').format(piece)
            else:
                look = "fact" + (" figure" if _has_digit(piece) else "") + (" held" if _is_short(piece) else "")
                out += Markup('<data class="{}" value="{}" title="{}">{}</data>').format(
                    look, _shown(fact.value), _title(fact), piece
                )
        return out

    return mark


def _has_digit(piece: str) -> bool:
    """Say whether a mention is a figure, which is marked for the eye."""
    return any(character.isdigit() for character in piece)


def _is_short(piece: str) -> bool:
    return len(piece) <= _SHORT and _has_digit(piece)


def _title(fact: FactRecord) -> str:
    return f"{label(fact.subject)}: {value_of(fact)}\n{origin_of(fact)}"


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return _moment(value)
    return "" if value is None else str(value)


def _moment(time: datetime | None) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else ""


def _linked_data(draft: Draft, view: View, word: Mapping[str, str], source_type: str | None) -> "Markup":
    """Return schema.org's NewsArticle, safe inside a script element."""
    from markupsafe import Markup

    publisher = view.settings.publisher
    organisation = {"@type": "Organization", "name": publisher.name, "url": publisher.site}
    person = {"@type": "Person", "name": author_of(view.settings, word) or publisher.responsible_person}
    entry: dict[str, object] = {
        "@context": _SCHEMA.rstrip("/"),
        "@type": "NewsArticle",
        "headline": _cut(draft.headline),
        "description": draft.digest.summary,
        "datePublished": _moment(draft.generated_at),
        "dateModified": _moment(draft.generated_at),
        "inLanguage": draft.language,
        "author": _filled(person) or _filled(organisation),
        "publisher": _filled(organisation),
        "editor": _filled({"@type": "Person", "name": publisher.responsible_person}),
        "about": [draft.names.get(asset, asset) for asset in draft.assets],
        "isBasedOn": list(draft.sources),
        "backstory": " ".join(filter(None, (*notices(draft, word), draft.ai_disclosure, *draft.disclosures))),
        "digitalSourceType": f"{_SCHEMA}{_capital(source_type)}DigitalSource" if source_type else "",
    }
    written = json.dumps({name: value for name, value in entry.items() if value}, ensure_ascii=False)
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def _filled(entry: dict[str, str]) -> dict[str, str] | None:
    return {name: text for name, text in entry.items() if text} if entry["name"] else None


def _cut(headline: str) -> str:
    if len(headline) <= HEADLINE:
        return headline
    return headline[: HEADLINE - 1].rsplit(" ", 1)[0] + "…"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


@cache
def _environment(language: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder("templates") / language / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
