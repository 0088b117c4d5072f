"""The templates of a language, read block by block: a draft says some sixty of three hundred sentences.

A file of ours is cut at its `say` blocks without being parsed, and a block is read when it is first asked for.
What every text checked would pay for is done once, by our tests: they hold each block that we ship to every rule of
commentary.writing.templates, and what is read here to what Jinja reads. A newsroom's own are held to them here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from commentary.errors import TemplateError
from commentary.languages.base import Language
from commentary.writing.templates import Say, load_folder, load_text, read_plain, source_of

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*say\s+(?P<quote>['\"])(?P<name>[^'\"]+)(?P=quote).*?\{%-?\s*endsay\s*-?%\}", re.DOTALL)


class Block(NamedTuple):
    """The text of one say block, and where it stands."""

    source: str
    file: str
    line: int

    @property
    def where(self) -> str:
        """File and line, as errors name them."""
        return f"{self.file}, line {self.line}"


class Library(Mapping[str, Say]):
    """Every say block of our folder and of those a newsroom lays over it, the later in place of the earlier.

    Ours are read when asked for, the others' parsed and linted at once, so that a newsroom learns of a slip in any
    of its own sentences with the first draft.

    Raises:
        TemplateError: a block breaks a rule; the message names file and line.
    """

    def __init__(self, ours: Path, overlays: tuple[Path, ...], language: Language) -> None:
        self._language = language
        self._blocks = blocks(ours, language)
        self._said: dict[str, Say] = dict(load_folder(overlays, language))
        self._names = tuple({**self._blocks, **self._said})

    def __getitem__(self, name: str) -> Say:
        if name not in self._said:
            block = self._blocks[name]
            self._said[name] = read_plain(block.source, block.where, self._language) or parsed(block, self._language)
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def parsed(block: Block, language: Language) -> Say:
    """Return a block as Jinja reads it, held to every rule.

    Raises:
        TemplateError: it breaks one; the message names file and line.
    """
    # The lines before it are kept as empty ones, so that an error names the line of the file.
    (say,) = load_text("\n" * (block.line - 1) + block.source, block.file, language)
    return say


def blocks(folder: Path, language: Language) -> dict[str, Block]:
    """Return the say blocks under `folder` by name.

    Raises:
        TemplateError: a name stands twice, or something else than say blocks stands in a file.
    """
    found: dict[str, Block] = {}
    for path in sorted(folder.rglob("*.j2")):
        source = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source_of(path))
        if _BLOCK.sub("", source).strip():
            load_text(source, path.name, language)
            raise TemplateError(f"{path.name}: only say blocks may stand in a template")
        for match in _BLOCK.finditer(source):
            block = Block(match[0], path.name, source.count("\n", 0, match.start()) + 1)
            if (name := match["name"]) in found:
                raise TemplateError(f"{block.where}: {name!r} stands also in {found[name].where}; rename one")
            found[name] = block
    return found
