"""Settings: what a newsroom lays over the defaults in its commentary.toml.

[publisher]         name, responsible_person, byline, site, and what is printed as it stands: disclaimer, holdings;
                    corrections_contact
[style]             spelling, billions, dates: the forms of records.edition.HouseStyle
[style.rules]       the house's own rules of style, held beside ours: see config.style_rules
template_folder     a folder laid over ours, seen from the file that names it
[thresholds.STORY]  name = number, in place of the one in data/stories/STORY.toml
[sources]           the live sources and their addresses: see config.source_settings
[model]             the model that rewords open sentences, if one does: see config.model_settings
packs               the disclosure packs in force, "global" among them: see config.packs
"""

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, get_args, get_type_hints

from commentary.config.model_settings import ModelSettings, read_model_settings
from commentary.config.packs import FLOOR, pack_names
from commentary.config.source_settings import SourceSettings, read_source_settings
from commentary.config.storybook import storybook
from commentary.config.style_rules import HouseRules, read_house_rules
from commentary.errors import BadInputError, ConfigError
from commentary.records.canonical import sha256_of
from commentary.records.edition import HouseStyle
from commentary.resources import folder

FILE_NAME = "commentary.toml"
VARIABLE = "COMMENTARY_CONFIG"
DEFAULT = "default"


class Publisher(NamedTuple):
    """Who publishes; an empty field is left out of the text."""

    name: str = ""
    responsible_person: str = ""
    byline: str = ""
    site: str = ""
    """The publisher's address, such as https://example.org."""
    disclaimer: str = ""
    """Printed as it stands, in place of ours."""
    holdings: str = ""
    """What writer and publisher hold of what is written about; printed as it stands."""
    corrections_contact: str = ""
    """Where a mistake is reported: an address of mail, or of a page."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective settings."""

    publisher: Publisher = field(default_factory=Publisher)
    style: HouseStyle = field(default_factory=HouseStyle)
    template_folder: Path | None = None
    thresholds: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """Story, then threshold, then its value in place of the shipped one."""
    sources: SourceSettings = field(default_factory=SourceSettings)
    model: ModelSettings = field(default_factory=ModelSettings)
    packs: tuple[str, ...] = (FLOOR,)
    rules: HouseRules = field(default_factory=HouseRules)
    """The house's own rules of style."""
    path: Path | None = field(default=None, compare=False)
    """The file they were read from."""
    written: frozenset[str] = field(default=frozenset(), compare=False)
    """The dotted names that stand in the file."""

    def effective(self) -> Iterator[tuple[str, object, str]]:
        """Yield dotted name, value and where it comes from, in the order of the file's sections."""
        for name, value in (*self._flat(), *self.sources.flat(), *self.model.flat()):
            origin = str(self.path) if name in self.written else DEFAULT
            yield name, value, origin

    @property
    def sha256(self) -> str:
        """The hash of all that can change a text: the values, and the overlay's templates by content.

        Where data is fetched from changes the snapshot, which has a hash of its own. What a model wrote is verified
        without it.
        """
        return sha256_of({**dict(self._flat()), "template_folder": _folder_sha256(self.template_folder)})

    def _flat(self) -> Iterator[tuple[str, object]]:
        for name, text in self.publisher._asdict().items():
            yield f"publisher.{name}", text
        for name, choice in self.style._asdict().items():
            yield f"style.{name}", choice
        yield from self.rules.flat()
        yield "template_folder", self.template_folder
        for story in sorted(self.thresholds):
            for name in sorted(self.thresholds[story]):
                yield f"thresholds.{story}.{name}", self.thresholds[story][name]
        yield "packs", self.packs


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings of `path`, else of COMMENTARY_CONFIG, ./commentary.toml or the user's own file.

    Raises:
        BadInputError: a file that was named does not exist.
        ConfigError: a key is unknown or a value has the wrong form.
    """
    found = _find(path)
    return read_settings(found) if found is not None else Settings()


def read_settings(path: Path) -> Settings:
    """Read one settings file.

    Raises:
        ConfigError: a key is unknown or a value has the wrong form.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    reader = _Reader(path)
    reader.only(table, "", ("publisher", "style", "template_folder", "thresholds", "sources", "model", "packs"))
    publisher = reader.strings(table, "publisher", Publisher._fields)
    choices = reader.table(table, "style", "style")
    ruled = reader.table(choices, "rules", "style.rules")
    choices.pop("rules", None)
    style = reader.strings({"style": choices}, "style", HouseStyle._fields)
    rules = read_house_rules(ruled, reader.refuse)
    reader.written |= {f"style.rules.{name}" for name in rules.written}
    for name, hint in get_type_hints(HouseStyle).items():
        if name in style and style[name] not in get_args(hint):
            known = " or ".join(map(repr, get_args(hint)))
            reader.refuse(f"style.{name}", style[name], f"write {known}: nothing else has an effect")
    values: dict[str, Any] = {}
    values["sources"] = read_source_settings(reader.table(table, "sources", "sources"), reader.refuse)
    reader.written |= set(values["sources"].written)
    own_model = reader.table(table, "model", "model")
    values["model"] = read_model_settings(own_model, reader.refuse)
    reader.written |= {f"model.{name}" for name in own_model}
    if "packs" in table:
        values["packs"] = reader.packs(table)
    if "template_folder" in table:
        values["template_folder"] = reader.folder(table)
    return Settings(
        publisher=Publisher(**publisher),
        style=HouseStyle(**style),
        rules=rules,
        thresholds=reader.thresholds(table),
        path=path,
        written=frozenset(reader.written),
        **values,
    )


class _Reader:
    """Takes values out of the table, and refuses the rest with its place in the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.written: set[str] = set()

    def refuse(self, key: str, value: object, remedy: str) -> NoReturn:
        """Raise the error for one value."""
        raise ConfigError(f"{self._path}: {key}: {value!r} cannot be used; {remedy}")

    def only(self, table: Mapping[str, Any], prefix: str, known: tuple[str, ...]) -> None:
        """Refuse a key that is not known."""
        for key in table:
            if key not in known:
                raise ConfigError(
                    f"{self._path}: {prefix}{key} is not a setting; {prefix or 'the file '}"
                    f"{'has' if prefix else 'may hold'} {', '.join(known)}"
                )

    def table(self, table: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
        """Return the table under `key`, empty where there is none."""
        inner = table.get(key, {})
        if not isinstance(inner, dict):
            self.refuse(name, inner, f"write it as a table, [{name}]")
        return dict(inner)

    def strings(self, table: Mapping[str, Any], key: str, known: tuple[str, ...]) -> dict[str, Any]:
        """Return a table whose values are all text."""
        inner = self.table(table, key, key)
        self.only(inner, f"{key}.", known)
        for name, value in inner.items():
            if not isinstance(value, str):
                self.refuse(f"{key}.{name}", value, "write text in quotation marks")
            self.written.add(f"{key}.{name}")
        return inner

    def names(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Return a list of names."""
        value = table[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, value, 'write a list of names, such as ["global"]')
        self.written.add(key)
        return tuple(value)

    def packs(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the disclosure packs, each of which is known and the floor among them."""
        names = self.names(table, "packs")
        known = pack_names()
        for name in names:
            if name not in known:
                self.refuse("packs", name, f"there are {', '.join(known)}")
        if FLOOR not in names:
            wanted = ", ".join(f'"{name}"' for name in (FLOOR, *names))
            self.refuse("packs", table["packs"], f"{FLOOR!r} is the floor of every pack; write packs = [{wanted}]")
        return tuple(name for name in known if name in names)

    def folder(self, table: Mapping[str, Any]) -> Path:
        """Return the template folder, seen from the settings file."""
        value = table["template_folder"]
        if not isinstance(value, str) or not (self._path.parent / value).is_dir():
            self.refuse("template_folder", value, "name a folder that exists, seen from this file")
        self.written.add("template_folder")
        return self._path.parent / str(value)

    def thresholds(self, table: Mapping[str, Any]) -> dict[str, dict[str, Decimal]]:
        """Return the thresholds by story."""
        overlay: dict[str, dict[str, Decimal]] = {}
        stories = self.table(table, "thresholds", "thresholds")
        if stories:
            shipped = sorted(path.stem for path in (folder("data") / "stories").glob("*.toml"))
            self.only(stories, "thresholds.", tuple(shipped))
        for story in stories:
            overlay[story] = {}
            for name, value in self.table(stories, story, f"thresholds.{story}").items():
                key = f"thresholds.{story}.{name}"
                if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
                    self.refuse(key, value, "write a number")
                usual = storybook(story).thresholds.get(name)
                if usual is not None and usual * Decimal(value) < 0:
                    self.refuse(key, value, f"write a number of the same sign as ours, {usual:f}")
                overlay[story][name] = Decimal(value)
                self.written.add(key)
        return overlay


def _find(path: Path | None) -> Path | None:
    if path is not None:
        return _existing(path, "--config")
    if named := os.environ.get(VARIABLE):
        return _existing(Path(named), VARIABLE)
    here = Path(FILE_NAME)
    if _is_file(here):
        return here
    from platformdirs import user_config_path

    own = user_config_path("commentary") / FILE_NAME
    return own if _is_file(own) else None


def _is_file(path: Path) -> bool:
    """Say whether a file is there; False where its folder may not be looked into, as of a user without a home."""
    try:
        return path.is_file()
    except OSError:
        return False


def _existing(path: Path, where: str) -> Path:
    if not _is_file(path):
        raise BadInputError(where, path, "name a settings file that exists")
    return path


def _folder_sha256(path: Path | None) -> str | None:
    if path is None:
        return None
    digest = hashlib.sha256()
    for file in sorted(found for found in path.rglob("*") if found.is_file()):
        digest.update(f"{file.relative_to(path).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
