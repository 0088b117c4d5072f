"""What a newsroom says of itself in its own words: printed as it stands, and linted before it is.

It is no sentence of the market, and nobody could trace a figure in it: so it may hold none, nor what a pack bans, nor
what is left of a template. That is asked of the settings, once, before anything is written.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from commentary.checks.packs import banned_in
from commentary.checks.style import leftovers_in
from commentary.config import Settings
from commentary.config.packs import pack_rules
from commentary.errors import ConfigError
from commentary.languages import language
from commentary.sources.names import saying

HOUSE = "house"
"""The kind of origin that its sentences have in a draft: house@disclaimer."""
TEXTS = ("disclaimer", "holdings")
"""The settings of [publisher] that are printed as they stand."""
_NAMES = ("name", "responsible_person", "byline")
_CREDITED = re.compile(r"\b(?:written|edited|reviewed|checked|compiled|produced|translated|updated)\b", re.I)
"""What a byline says that people did, which says nothing of anything else."""
_NEXT_NAME = re.compile(r"[,;:|·/&]|\band\b")
_LONGEST = 1000
_LANGUAGE = "en"


def house_texts(settings: Settings, code: str = _LANGUAGE) -> Mapping[str, str]:
    """Return the texts that a newsroom has of its own, by setting.

    Raises:
        ConfigError: one of them, or a name, may not be printed; the message has its place.
    """
    given = settings.publisher._asdict()
    texts = tuple((name, " ".join(given[name].split())) for name in TEXTS if given[name].strip())
    names = tuple((name, given[name]) for name in _NAMES if given[name].strip())
    instead = tuple(words for pair in settings.rules.instead for words in pair)
    places = (given["corrections_contact"], given["site"])
    wrong = _refused(texts, names, places, instead, settings.packs, code)
    if wrong is not None:
        place, text, why = wrong
        raise ConfigError(f"{settings.path or 'settings'}: {place}: {text!r} cannot be used; {why}")
    return dict(texts)


@lru_cache(maxsize=64)
def _refused(
    texts: tuple[tuple[str, str], ...],
    names: tuple[tuple[str, str], ...],
    places: tuple[str, str],
    instead: tuple[str, ...],
    packs: tuple[str, ...],
    code: str,
) -> tuple[str, str, str] | None:
    """Return place and words of the first thing that may not be printed, and why."""
    for name, text in texts:
        for words, why in _wrong(text, packs, code):
            return f"publisher.{name}", words, why
    for name, given in names:
        if why := _saying(given) if name == "byline" else saying(given):
            return f"publisher.{name}", given, f"it is printed as a name, and {why}"
        for start, end, ban in banned_in(given, pack_rules(packs)):
            return f"publisher.{name}", given[start:end], ban.message
    contact, site = places
    if site and (len(site.split()) != 1 or not site.startswith(("https://", "http://"))):
        return "publisher.site", site, "write the address of a page, such as https://example.org"
    if contact and (len(contact.split()) != 1 or not ("@" in contact or contact.startswith("https://"))):
        why = "write an address of mail, or of a page that begins with https://"
        return "publisher.corrections_contact", contact, why
    for words in instead:
        if language(code).quantities(words):
            return "style.rules.instead", words, "a rule of words holds no figure"
    return None


def _saying(byline: str) -> str:
    """Return why a byline is no names, one or several, with what they did; nothing where it is."""
    if not byline.isprintable():
        return "it holds a line break or another character that is not printed"
    parts = (part.strip() for part in _NEXT_NAME.split(_CREDITED.sub("", byline)))
    return next((why for part in parts if part and (why := saying(part))), "")


def _wrong(text: str, packs: tuple[str, ...], code: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST:
        yield f"{text[:40]}…", f"it has {len(text):,} characters; write {_LONGEST:,} at most"
    for start, end in language(code).quantities(text):
        yield text[start:end], "a text of the house is printed as it stands, and holds no figure, as none can be traced"
    for start, end, ban in banned_in(text, pack_rules(packs)):
        yield text[start:end], ban.message
    for start, end in leftovers_in(text, code):
        yield text[start:end], "it is left of a template, or stands twice; take it out"
