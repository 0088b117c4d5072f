"""Words by which a checker tells what a sentence does: denies, asks, supposes, counts, compares.

They stand in cues-<language>.toml, for an editor to extend. A list there becomes one pattern of whole
words, in which a space also matches a hyphen.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from commentary.errors import ConfigError
from commentary.languages import language as load_language
from commentary.languages.phrases import Phrases

_MARKED = (
    "comparisons",
    "skews",
    "coverages",
    "references",
    "payers",
    "foreign",
    "book",
    "beyond_facts",
    "other_assets",
    "unmeasured",
    "altered",
    "things",
)
_Beside = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]


class Cues:
    """The cue lists of one language."""

    def __init__(
        self,
        lists: Mapping[str, re.Pattern[str]],
        metrics: tuple[tuple[str, re.Pattern[str]], ...],
        before: _Beside,
        behind: _Beside,
        nouns: tuple[tuple[str, re.Pattern[str]], ...],
        aliases: Mapping[str, str],
        givers: frozenset[str],
        phrases: Phrases,
        capitals: frozenset[str],
        months: frozenset[str],
        harmless: frozenset[str],
        kinds: Mapping[str, frozenset[str]],
        file: str,
    ) -> None:
        self._lists = lists
        self._file = file
        self.before = before
        """Words right before a figure, and the parts of metrics' names that it may then have."""
        self.behind = behind
        """The same for words right behind a figure."""
        self.metrics = metrics
        """The beginning of a metric's name, and the words that speak of it."""

        self.nouns = nouns
        """What a percent can be of, and the nouns for it."""
        self.aliases = aliases
        """Other names of assets, with their tickers."""
        self.givers = givers
        """Exchanges, vendors and outlets that a reader knows by name."""
        self.phrases = phrases
        """Every list by its name; kinds as "kind:price", moves as "move:up", sides as "side:long"."""
        self.capitals = capitals
        """Words with a capital that are no name of anybody: months, days, abbreviations of the field."""
        self.months = months
        """Months that without their capital are other words."""
        self.harmless = harmless
        """Words that may be put into an approved sentence, as they say nothing of the market."""
        self._kinds = kinds

    def kinds_of(self, metric: str) -> frozenset[str]:
        """Return what a figure of a metric may be said to be of; nothing where it can be of anything."""
        found = [name for name in self._kinds if metric.startswith(name)]
        return self._kinds[max(found, key=len)] if found else frozenset()

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a list.

        Raises:
            ConfigError: the file has no list of that name; a checker without its words would find nothing.
        """
        try:
            return self._lists[name]
        except KeyError:
            raise ConfigError(
                f"commentary/checks/{self._file} has no list {name!r} under [cues], which a checker asks for; add it"
            ) from None

    def said(self, name: str, text: str) -> bool:
        """Return whether a word of the list stands in the text."""
        return self[name].search(text) is not None


@cache
def cues(language: str) -> Cues:
    """Return the cues of a language.

    Raises:
        ConfigError: there is no such file.
    """
    path = Path(__file__).parent / f"cues-{language}.toml"
    if not path.is_file():
        raise ConfigError(f"commentary/checks has no {path.name}, so a text in {language!r} cannot be checked")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    direction, sides = load_language(language).direction_words, load_language(language).side_words
    lists = {name: _pattern(words) for name, words in tables["cues"].items()}
    metrics = tuple((name, _pattern(words)) for name, words in tables["metrics"].items())
    before = tuple((_edge(r"\b{} \Z", words), tuple(parts)) for words, parts in tables["before"].items())
    behind = tuple((_edge(r"\A,? {}\b", words), tuple(parts)) for words, parts in tables["behind"].items())
    nouns = tuple((name, _pattern(words)) for name, words in tables["nouns"].items())
    givers = frozenset(tables["givers"]["names"])
    marked = {
        **tables["cues"],
        **{f"kind:{name}": words for name, words in tables["kinds"].items()},
        **{f"move:{name}": [*words, *tables["moves"].get(name, [])] for name, words in direction.items()},
        **{f"side:{name}": words for name, words in sides.items()},
        **{f"{table}:{name}": words for table in _MARKED for name, words in tables[table].items()},
        **{f"window:{hours}": words for hours, words in tables["windows"].items()},
    }
    kinds = {name: frozenset(words) for name, words in tables["metric_kinds"].items()}
    return Cues(
        lists,
        metrics,
        before,
        behind,
        nouns,
        tables["aliases"],
        givers,
        Phrases(marked),
        frozenset(tables["capitals"]["words"]),
        frozenset(tables["capitals"]["months"]),
        frozenset(tables["harmless"]["words"]),
        kinds,
        path.name,
    )


def _edge(frame: str, words: str) -> re.Pattern[str]:
    return re.compile(frame.replace("{}", re.escape(words)), re.IGNORECASE)


def _pattern(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    alternatives = "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in ordered)
    return re.compile(rf"(?<![\w])(?:{alternatives})(?![\w])", re.IGNORECASE)
