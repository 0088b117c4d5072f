"""Sentence templates: Jinja syntax, held to literals and slots.

A file holds `say` blocks:

    {% say 'funding.rate' kind='fact' %}
    {{ rate | venue }}'s last settled funding rate was {{ rate | rate_per }}.
    {% or %}
    At {{ rate | clock }} funding on {{ rate | venue }} settled at {{ rate | rate_per }}.
    {% endsay %}

Each alternative is one wording. A slot is a role of the claim and the style that spells its fact.
Nothing else may stand in a block, and no literal may hold a figure or a watched word, so a text cannot
carry what no fact carries. Both are found when a file is loaded; `read_plain` reads a block whose words
were judged before.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, get_args

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from commentary.errors import TemplateError
from commentary.languages.base import Language
from commentary.plain_files import read_plain_text
from commentary.records.spelled import Kind

_STOPS = (". ", "? ", "! ")
_NUMBERED = re.compile(r"\bNo\. \Z")
"""Here a full stop ends no sentence: "No. 1"."""
_SAY = re.compile(
    r"\{%\s*say\s+(['\"])(?P<name>[^'\"\\]+)\1(?P<options>[^%]*)%\}(?P<body>.*)\{%\s*endsay\s*%\}", re.DOTALL
)
_OPTION = re.compile(r"\s+([a-z]+)=(?:'([^'\\]*)'|(true|false))(?=\s)", re.ASCII)
_OR = re.compile(r"\{%\s*or\s*%\}")
_SLOT = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\|\s*([A-Za-z_]\w*)\s*\}\}", re.ASCII)
_SYNTAX = re.compile(r"\{[{%#]|\{\Z")
"""In what stands between slots: something that is more than text to Jinja."""
_CONSTANTS = frozenset({"not", "true", "false", "none", "True", "False", "None"})
"""These are no roles to Jinja."""
_EDITORIAL = ("density", "label")
"""Words that a template may write itself: checks judge them against the facts of each text."""


def begins(before: str) -> bool:
    """Say whether what stands behind `before` begins a sentence, and is written with a capital."""
    return not before or (before.endswith(_STOPS) and _NUMBERED.search(before, len(before) - 5) is None)


class Slot(NamedTuple):
    """A place where a fact is spelled."""

    role: str
    style: str


class Alternative(NamedTuple):
    """One wording of a sentence."""

    parts: tuple[str | Slot, ...]
    roles: frozenset[str]


class Say(NamedTuple):
    """A sentence with its wordings."""

    name: str
    kind: Kind
    open: bool
    """A model may reword it."""
    alternatives: tuple[Alternative, ...]
    where: str
    plain: bool = False
    """A price line or an attribution, which may read alike each day."""


class _SayExtension(Extension):
    """Collects say blocks while a file is parsed; leaves nothing to be rendered."""

    tags = {"say"}  # noqa: RUF012 - jinja2 declares it as a variable of the instance

    def parse(self, parser: Parser) -> list[nodes.Node]:
        line = next(parser.stream).lineno
        name = parser.stream.expect("string").value
        options: dict[str, object] = {}
        while parser.stream.current.type != "block_end":
            key = parser.stream.expect("name").value
            parser.stream.expect("assign")
            token = next(parser.stream)
            options[key] = token.value == "true" if token.type == "name" else token.value
        bodies = []
        while True:
            bodies.append(parser.parse_statements(("name:or", "name:endsay")))
            if next(parser.stream).value == "endsay":
                break
        collected: list[tuple[str, int, dict[str, object], list[list[nodes.Node]]]]
        collected = self.environment.say_blocks  # type: ignore[attr-defined]
        collected.append((name, line, options, bodies))
        return []


def source_of(path: Path) -> str:
    """Return the text of a template's file.

    Raises:
        TemplateError: it cannot be read, is no file or no text.
    """
    try:
        return read_plain_text(path)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise TemplateError(f"{path}: it cannot be read ({why}); write a template there, or take it away") from error


def load_folder(folders: tuple[Path, ...], language: Language) -> Mapping[str, Say]:
    """Return every say block under `folders` by name; a later folder's block replaces an earlier one's.

    Raises:
        TemplateError: a block breaks a rule; the message names file and line.
    """
    sayings: dict[str, Say] = {}
    for folder in folders:
        own: dict[str, Say] = {}
        for path in sorted(folder.rglob("*.j2")):
            for say in load_text(source_of(path), path.name, language):
                if say.name in own:
                    raise TemplateError(f"{say.where}: {say.name!r} stands also in {own[say.name].where}; rename one")
                own[say.name] = say
        sayings.update(own)
    return sayings


def load_text(source: str, where: str, language: Language) -> list[Say]:
    """Return the say blocks of one file's text."""
    environment = Environment(extensions=[_SayExtension], autoescape=False)
    environment.say_blocks = []  # type: ignore[attr-defined]
    try:
        rest = environment.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{where}, line {error.lineno}: {error.message}") from error
    for node in rest.body:
        for child in getattr(node, "nodes", [node]):
            if not (isinstance(child, nodes.TemplateData) and not child.data.strip()):
                raise TemplateError(f"{where}, line {child.lineno}: only say blocks may stand in a template")
    sayings = []
    for name, line, options, bodies in environment.say_blocks:  # type: ignore[attr-defined]
        at = f"{where}, line {line}"
        say = _say(name, at, options, [_parts(name, at, body) for body in bodies], language)
        for alternative in say.alternatives:
            _lint(name, at, alternative.parts, language)
        sayings.append(say)
    return sayings


def read_plain(source: str, where: str, language: Language) -> Say | None:
    """Return a say block without asking Jinja, and without judging its words; None if it is not plainly written.

    Plain is what `load_text` reads to the same: text, slots and `or` between `say` and `endsay`, without comments.

    Raises:
        TemplateError: it has an unknown kind, option or style, or an alternative without words.
    """
    if (block := _SAY.fullmatch(source)) is None:
        return None
    given = f" {block['options'].strip()} "
    options: dict[str, object] = {key: text or word == "true" for key, text, word in _OPTION.findall(given)}
    bodies = [_SLOT.split(body) for body in _OR.split(block["body"])]
    odd = any(_SYNTAX.search(text) for body in bodies for text in body[::3])
    if odd or _OPTION.sub("", given).strip() or any(role in _CONSTANTS for body in bodies for role in body[1::3]):
        return None
    return _say(block["name"], where, options, [_taken_apart(body) for body in bodies], language)


def _taken_apart(body: list[str]) -> list[str | Slot]:
    """Return text, role, style, text, … as text and slots."""
    parts: list[str | Slot] = [_spaced(body[0])]
    for role, style, text in zip(body[1::3], body[2::3], body[3::3], strict=True):
        parts += [Slot(role, style), _spaced(text)]
    return parts


def _say(name: str, where: str, options: dict[str, object], bodies: list[list[str | Slot]], language: Language) -> Say:
    kind = options.pop("kind", None)
    is_open, is_plain = bool(options.pop("open", False)), bool(options.pop("plain", False))
    if kind not in get_args(Kind):
        raise TemplateError(f"{where}: {name!r} has kind {kind!r}; write one of {', '.join(get_args(Kind))}")
    if options:
        raise TemplateError(
            f"{where}: {name!r} has unknown options {', '.join(options)}; kind, open and plain are known"
        )
    alternatives = tuple(_alternative(name, where, body, language) for body in bodies)
    return Say(name, kind, is_open, alternatives, where, is_plain)  # type: ignore[arg-type]


def _alternative(name: str, where: str, body: list[str | Slot], language: Language) -> Alternative:
    parts = _settle(body)
    if not parts:
        raise TemplateError(f"{where}: {name!r} has an empty alternative; remove it or the {{% or %}} beside it")
    slots = [part for part in parts if isinstance(part, Slot)]
    for slot in slots:
        if slot.style not in language.styles:
            raise TemplateError(f"{where}: {name!r} uses the style {slot.style!r}, which {language.code} does not have")
    return Alternative(tuple(parts), frozenset(slot.role for slot in slots))


def _parts(name: str, where: str, body: list[nodes.Node]) -> list[str | Slot]:
    parts: list[str | Slot] = []
    for node in body:
        if not isinstance(node, nodes.Output):
            raise TemplateError(f"{where}: {name!r} holds a {type(node).__name__}; only text and slots may stand there")
        parts += [
            _spaced(child.data) if isinstance(child, nodes.TemplateData) else _slot(name, where, child)
            for child in node.nodes
        ]
    return parts


def _spaced(data: str) -> str:
    return " ".join(data.split()).join(_edges(data))


def _edges(data: str) -> tuple[str, str]:
    before = " " if data[:1].isspace() else ""
    after = " " if data[-1:].isspace() and data.strip() else ""
    return before, after


def _settle(parts: list[str | Slot]) -> list[str | Slot]:
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return [part for part in parts if part != ""]


def _slot(name: str, where: str, node: nodes.Node) -> Slot:
    if not (
        isinstance(node, nodes.Filter)
        and isinstance(node.node, nodes.Name)
        and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    ):
        raise TemplateError(f"{where}: {name!r} holds an expression that is no slot; write {{{{ role | style }}}}")
    return Slot(node.node.name, node.name)


def _lint(name: str, where: str, parts: tuple[str | Slot, ...], language: Language) -> None:
    """Refuse a literal that states a quantity or a watched word: only a slot may."""
    text = "".join(part if isinstance(part, str) else " \x00 " for part in parts)
    found = [text[start:end] for start, end in language.quantities(text)]
    found += [text[start:end] for start, end, category in language.watched(text) if category not in _EDITORIAL]
    if found:
        raise TemplateError(
            f"{where}: {name!r} writes {', '.join(map(repr, found))} as plain text; print it from a fact, make the"
            " sentence a frame, or list the phrase among the exemptions"
        )
