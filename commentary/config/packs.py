"""Disclosure packs: data/packs/<name>.toml, what a text has to say of itself and what may not stand in it.

A pack is a desk's reading of rules, with sources and the day each was read, and no legal advice. Packs compose, and
the strictest wins; `global` is the floor, on which every other is laid. data/packs/global.toml explains the fields.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from commentary.errors import ConfigError
from commentary.resources import folder

FLOOR = "global"
Place = Literal["above", "below", "end"]
"""Above the body, below it, or as the disclaimer, which is the last of all."""
Severity = Literal["error", "warning"]
_PLACES: tuple[Place, ...] = get_args(Place)
"""The most prominent first."""
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_MARKED = "publisher."
"""How the names of settings begin whose text is printed as it stands."""


class PackSource(NamedTuple):
    """What a pack's rules were read in."""

    name: str
    where: str
    read: date
    gives: str
    """What was taken from it."""


class PackBlock(NamedTuple):
    """Something that a text has to say of itself."""

    name: str
    place: Place
    say: Mapping[str, str]
    """The claim that words it, by the way the text was made; under "" whatever the way."""
    house: str
    """The setting of [publisher] whose text stands for it as it is; or nothing."""
    setting: str
    """The setting that its claim prints, by its dotted name; or nothing."""
    when: tuple[str, ...]
    """Conditions put to the facts; without any it is asked for always."""
    required: bool
    words: tuple[tuple[str, ...], ...]
    """Of each list a text that is not ours has to hold one."""
    elsewhere: bool
    """Asked of any article, and not of our drafts alone."""
    why: str
    packs: tuple[str, ...]

    def claim(self, involvement: str) -> str:
        """Return the claim that words it in a text that was made in some way; or nothing."""
        return self.say.get(involvement, self.say.get("", ""))


class PackBan(NamedTuple):
    """Words that may not stand in a text."""

    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    """Phrases inside which they may."""
    message: str
    severity: Severity
    packs: tuple[str, ...]


class PackNeed(NamedTuple):
    """A fact of the publisher that a draft has to carry."""

    fact: str
    setting: str
    """Which gives it; or nothing where no setting does."""
    why: str
    packs: tuple[str, ...]


class Pack(NamedTuple):
    """One pack."""

    name: str
    title: str
    version: str
    effective: date
    note: str
    sources: tuple[PackSource, ...]
    blocks: tuple[PackBlock, ...]
    banned: tuple[PackBan, ...]
    needs: tuple[PackNeed, ...]


class PackRules(NamedTuple):
    """What several packs ask for together."""

    packs: tuple[Pack, ...]
    blocks: tuple[PackBlock, ...]
    banned: tuple[PackBan, ...]
    needs: tuple[PackNeed, ...]

    def title(self, names: Iterable[str]) -> str:
        """Return the titles of the packs that a rule is of: "Everywhere and European Union"."""
        titles = {one.name: one.title for one in self.packs}
        return " and ".join(titles[name] for name in names)


@cache
def pack_names() -> tuple[str, ...]:
    """Return the packs that there are, the floor first."""
    found = sorted(path.stem for path in (folder("data") / "packs").glob("*.toml"))
    return tuple(sorted(found, key=lambda name: name != FLOOR))


@cache
def pack(name: str) -> Pack:
    """Return a pack by its name.

    Raises:
        ConfigError: there is none, or its file lacks something.
    """
    if name not in pack_names():
        raise ConfigError(f"there is no disclosure pack {name!r}; there are {', '.join(pack_names())}")
    return read_pack(folder("data") / "packs" / f"{name}.toml")


@cache
def pack_rules(names: tuple[str, ...]) -> PackRules:
    """Return what packs ask for together; of two rules of one name the stricter is kept.

    Raises:
        ConfigError: a name is of no pack.
    """
    packs = tuple(pack(name) for name in dict.fromkeys((FLOOR, *names)))
    blocks: dict[str, PackBlock] = {}
    banned: dict[str, PackBan] = {}
    needs: dict[str, PackNeed] = {}
    for one in packs:
        for block in one.blocks:
            blocks[block.name] = _stricter_block(blocks[block.name], block) if block.name in blocks else block
        for ban in one.banned:
            banned[ban.name] = _stricter_ban(banned[ban.name], ban) if ban.name in banned else ban
        for need in one.needs:
            known = needs.get(need.fact)
            needs[need.fact] = need if known is None else known._replace(packs=(*known.packs, one.name))
    return PackRules(packs, tuple(blocks.values()), tuple(banned.values()), tuple(needs.values()))


def _stricter_block(one: PackBlock, other: PackBlock) -> PackBlock:
    return PackBlock(
        one.name,
        min(one.place, other.place, key=_PLACES.index),
        {**one.say, **other.say},
        one.house or other.house,
        one.setting or other.setting,
        # What is asked for always is asked for more often than under a condition.
        one.when if one.when and other.when else (),
        one.required or other.required,
        tuple(dict.fromkeys((*one.words, *other.words))),
        one.elsewhere or other.elsewhere,
        other.why if other.required and not one.required else one.why,
        (*((one.packs) if one.required or not other.required else ()), *other.packs),
    )


def _stricter_ban(one: PackBan, other: PackBan) -> PackBan:
    return PackBan(
        one.name,
        tuple(dict.fromkeys((*one.words, *other.words))),
        tuple(phrase for phrase in one.unless if phrase in other.unless),
        one.message,
        min(one.severity, other.severity, key=_SEVERITIES.index),
        (*one.packs, *other.packs),
    )


def read_pack(path: Path) -> Pack:
    """Read one pack's file.

    Raises:
        ConfigError: a field is missing, unknown or of the wrong form.
    """
    where = f"data/packs/{path.name}"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        made = Pack(
            path.stem,
            _text(table.pop("title"), where, "title"),
            _text(table.pop("version"), where, "version"),
            _day(table.pop("effective"), where, "effective"),
            _text(table.pop("note"), where, "note"),
            tuple(_source(entry, where) for entry in table.pop("sources")),
            tuple(_block(entry, path.stem, where) for entry in table.pop("blocks", ())),
            tuple(_ban(entry, path.stem, where) for entry in table.pop("banned", ())),
            tuple(_need(entry, path.stem, where) for entry in table.pop("needs", ())),
        )
    except KeyError as error:
        raise ConfigError(f"{where}: {error.args[0]!r} is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not a TOML file: {error}") from error
    if table:
        raise ConfigError(f"{where}: {min(table)!r} is no part of a pack")
    return made


def _source(entry: dict[str, Any], where: str) -> PackSource:
    _only(entry, ("name", "where", "read", "gives"), where, "a source")
    read = _day(entry["read"], where, f"read, of {entry['name']!r}")
    return PackSource(entry["name"], entry["where"], read, entry["gives"])


def _block(entry: dict[str, Any], pack: str, where: str) -> PackBlock:
    known = ("name", "place", "say", "house", "setting", "when", "required", "words", "elsewhere", "why")
    _only(entry, known, where, "a block")
    name, place = entry["name"], entry["place"]
    if place not in _PLACES:
        raise ConfigError(f"{where}: block {name!r} stands {place!r}; write {', '.join(_PLACES)}")
    say, house = entry.get("say", {}), entry.get("house", "")
    if not say and not house:
        raise ConfigError(f"{where}: block {name!r} says nothing; give it `say` or `house`")
    words = tuple(entry.get("words", ()))
    return PackBlock(
        name,
        place,
        {"": say} if isinstance(say, str) else dict(say),
        house.removeprefix(_MARKED),
        entry.get("setting", house),
        tuple(entry.get("when", ())),
        entry.get("required", True),
        (words,) if words else (),
        entry.get("elsewhere", False),
        entry["why"],
        (pack,),
    )


def _ban(entry: dict[str, Any], pack: str, where: str) -> PackBan:
    _only(entry, ("name", "words", "unless", "message", "severity"), where, "a ban")
    name, severity = entry["name"], entry.get("severity", "error")
    if severity not in _SEVERITIES:
        raise ConfigError(f"{where}: ban {name!r} is {severity!r}; write error or warning")
    for phrase in (*entry["words"], *entry["unless"]):
        if not isinstance(phrase, str) or not any(character.isalpha() for character in phrase):
            raise ConfigError(f"{where}: ban {name!r} holds {phrase!r}, which is no word")
    return PackBan(name, tuple(entry["words"]), tuple(entry["unless"]), entry["message"], severity, (pack,))


def _need(entry: dict[str, Any], pack: str, where: str) -> PackNeed:
    _only(entry, ("fact", "setting", "why"), where, "a need")
    return PackNeed(entry["fact"], entry.get("setting", ""), entry["why"], (pack,))


def _only(entry: dict[str, Any], known: tuple[str, ...], where: str, what: str) -> None:
    if unknown := sorted(set(entry) - set(known)):
        raise ConfigError(f"{where}: {what} has {unknown[0]!r}; it may have {', '.join(known)}")


def _text(value: object, where: str, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{where}: {name} is {value!r}; write text in quotation marks")
    return value


def _day(value: object, where: str, name: str) -> date:
    if type(value) is not date:
        raise ConfigError(f"{where}: {name} is {value!r}; write a day, such as 2026-11-22, without quotation marks")
    return value
