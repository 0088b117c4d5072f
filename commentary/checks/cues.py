"""Words by which a checker tells what a sentence does: denies, asks, supposes, counts, compares.

They stand in cues-<language>.toml, for an editor to extend. A list there becomes one pattern of whole
words, in which a space also matches a hyphen.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commentary.checks.market_words import inflected, verbs
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
_READ = frozenset(
    (
        "cues", "metrics", "metric_kinds", "before", "behind", "nouns", "aliases", "givers", "kinds", "moves",
        "windows", "harmless", "alike", "capitals", "moving", "pay_verbs", "at_hand",
    )
)  # fmt: skip
_CLASSES = {"up": "rise", "down": "fall"}
"""The verbs of the market words that tell of a move each way."""
_Beside = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]


@dataclass(frozen=True, eq=False)
class Cues:
    """The cue lists of one language."""

    file: str
    lists: Mapping[str, re.Pattern[str]]
    """What stands under [cues]; ask for one by `cues[name]`, which names one that is not there."""
    before: _Beside
    """Words right before a figure, and the parts of metrics' names that it may then have."""
    behind: _Beside
    """The same for words right behind a figure."""
    metrics: tuple[tuple[str, re.Pattern[str]], ...]
    """The beginning of a metric's name, and the words that speak of it."""
    nouns: tuple[tuple[str, re.Pattern[str]], ...]
    """What a percent can be of, and the nouns for it."""
    aliases: Mapping[str, str]
    """Other names of assets, with their tickers."""
    givers: frozenset[str]
    """Exchanges, vendors and outlets that a reader knows by name."""
    phrases: Phrases
    """Every list by its name; kinds as "kind:price", moves as "move:up", sides as "side:long"."""
    names: frozenset[str]
    """The names of those lists and of their groups, "kind:"; names at hand are "asset:" and "giver:"."""
    capitals: frozenset[str]
    """Words with a capital that are no name of anybody: months, days, abbreviations of the field."""
    months: frozenset[str]
    """Months that without their capital are other words."""
    harmless: Mapping[str, frozenset[str]]
    """Words that may be put into an approved sentence or left out of it, "anywhere" or where a clause is "opening"."""
    alike: Phrases
    """Classes of words that say the same in an approved sentence."""
    metric_kinds: Mapping[str, frozenset[str]]
    """What figures may be said to be of, by the beginning of a metric's name."""
    at_hand: tuple[tuple[str, frozenset[str]], ...]
    """The beginning of a metric's name, and what is no stranger to a text where there is such a fact."""

    def is_at_hand(self, word: str, metrics: Iterable[str]) -> bool:
        """Say whether a word speaks of what a fact of one of the metrics is about."""
        known = [name for name, words in self.at_hand if word.casefold().replace("-", " ") in words]
        return any(metric.startswith(name) for metric in metrics for name in known)

    def kinds_of(self, metric: str) -> frozenset[str]:
        """Return what a figure of a metric may be said to be of; nothing where it can be of anything."""
        found = [name for name in self.metric_kinds if metric.startswith(name)]
        return self.metric_kinds[max(found, key=len)] if found else frozenset()

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return the pattern of a list.

        Raises:
            ConfigError: the file has no list of that name; a checker without its words would find nothing.
        """
        try:
            return self.lists[name]
        except KeyError:
            raise ConfigError(
                f"commentary/checks/{self.file} has no list {name!r} under [cues], which a checker asks for; add it"
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
    if unread := tables.keys() - _READ - {*_MARKED}:
        raise ConfigError(f"commentary/checks/{path.name} has a table {min(unread)!r} that no checker reads")
    direction, sides = load_language(language).direction_words, load_language(language).side_words
    marked = {
        **tables["cues"],
        **{f"kind:{name}": words for name, words in tables["kinds"].items()},
        **{f"move:{name}": [*words, *tables["moves"].get(name, [])] for name, words in direction.items()},
        **{f"side:{name}": words for name, words in sides.items()},
        **{f"{table}:{name}": words for table in _MARKED for name, words in tables[table].items()},
        **{f"moving:{name}": _moving(tables["moving"], language, name) for name in ("up", "down")},
        **{f"payers:{name}": [*tables["payers"][name], *_forms(words)] for name, words in tables["pay_verbs"].items()},
        **{f"window:{hours}": words for hours, words in tables["windows"].items()},
    }
    groups = {f"{name.partition(':')[0]}:" for name in marked if ":" in name} | {"asset:", "giver:"}
    return Cues(
        file=path.name,
        lists={name: _pattern(words) for name, words in tables["cues"].items()},
        before=tuple((_edge(r"\b{} \Z", words), tuple(parts)) for words, parts in tables["before"].items()),
        behind=tuple((_edge(r"\A,? {}\b", words), tuple(parts)) for words, parts in tables["behind"].items()),
        metrics=tuple((name, _pattern(words)) for name, words in tables["metrics"].items()),
        nouns=tuple((name, _pattern(words)) for name, words in tables["nouns"].items()),
        aliases=tables["aliases"],
        givers=frozenset(tables["givers"]["names"]),
        phrases=Phrases(marked),
        names=frozenset(marked) | groups,
        capitals=frozenset(tables["capitals"]["words"]),
        months=frozenset(tables["capitals"]["months"]),
        harmless={name: frozenset(words) for name, words in tables["harmless"].items()},
        alike=Phrases(tables["alike"]),
        at_hand=tuple(
            (name, frozenset(word.casefold() for word in words)) for name, words in tables["at_hand"].items()
        ),
        metric_kinds={name: frozenset(words) for name, words in tables["metric_kinds"].items()},
    )


def _forms(words: list[str]) -> list[str]:
    """Return all forms of verbs, of which only the first word of a phrase has any."""
    parts = [word.partition(" ") for word in words]
    return [f"{form}{space}{rest}" for verb, space, rest in parts for form in inflected(verb)]


def _moving(lists: Mapping[str, list[str]], language: str, name: str) -> list[str]:
    """Return every form of the verbs that tell of a move that way, and the other words for one."""
    beside = {form for word in lists["beside"] for form in inflected(word)}
    return [*lists[name], *(word for word in verbs(language, _CLASSES[name]) if word not in beside)]


def _edge(frame: str, words: str) -> re.Pattern[str]:
    return re.compile(frame.replace("{}", re.escape(words)), re.IGNORECASE)


def _pattern(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    alternatives = "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in ordered)
    return re.compile(rf"(?<![\w])(?:{alternatives})(?![\w])", re.IGNORECASE)
