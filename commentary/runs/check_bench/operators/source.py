"""Another source, or one from nowhere."""

from random import Random

from commentary.runs.check_bench.claims import Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import lead, over, tail
from commentary.runs.check_bench.target import Target

_SOURCES = (
    "CoinGlass", "Coinalyze", "Glassnode", "Kaiko", "CryptoQuant", "Laevitas", "Amberdata", "Velo", "Santiment",
    "The Block", "Arkham", "Nansen", "Bloomberg", "Reuters", "Messari", "K33", "Greeks.live", "Tardis",
)  # fmt: skip
_OPENINGS = (
    "According to {source},", "Data from {source} show that", "{source} says", "By {source}'s count,",
    "{source} figures show that", "As {source} reported,", "In a note, {source} said", "Per {source},",
    "Analysts at {source} say", "A report by {source} finds that", "On {source}'s numbers,", "As seen on {source},",
    "Research by {source} shows that", "Figures compiled by {source} show that",
)  # fmt: skip
_CLAUSES = (
    ", according to {source}", ", {source} data show", ", says {source}", ", on {source}'s figures",
    ", per {source}", ", {source} reported", ", by {source}'s estimate", ", citing {source}",
    ", as tracked by {source}",
    ", a {source} dashboard shows", ", {source} analysts wrote", ", people familiar with the matter said",
    ", one trader said", ", market participants say", ", according to on-chain data", ", sources said",
    ", according to a report", ", several analysts noted",
)  # fmt: skip


@operator("source's name")
def name(target: Target, chance: Random) -> Edit | None:
    """Write another source's name."""
    named = [
        (told, mine)
        for told in target.told
        if told.style in ("source", "source_s", "where", "largest_order")
        for mine in told.fact.source
        if mine in told.text
    ]
    if not named:
        return None
    told, mine = chance.choice(named)
    other = chance.choice([each for each in _SOURCES if each not in told.fact.source])
    return over(told, told.text.replace(mine, other), Other(told.fact.id, "source", other))


@operator("source put before")
def opening(target: Target, chance: Random) -> Edit | None:
    """Open a sentence with a source that the data does not have."""
    return lead(target, chance, [each.format(source=_invented(target, chance)) for each in _OPENINGS])


@operator("source put behind")
def closing(target: Target, chance: Random) -> Edit | None:
    """Close a sentence with a source that the data does not have."""
    clauses = [each.format(source=_invented(target, chance)) for each in _CLAUSES]
    return tail(target, chance, clauses, Never("no row is of that source"))


def _invented(target: Target, chance: Random) -> str:
    """Return a source that no fact of the draft has."""
    known = {name for fact in target.facts.values() for name in fact.source}
    return chance.choice([each for each in _SOURCES if each not in known])
