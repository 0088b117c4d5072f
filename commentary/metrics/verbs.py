"""The verb for a day's move of price: by its size in usual days, with floors (data/verbs.toml).

A name: "tumbled", "edged up" and so on. Where the plain verb is right, or no usual move is known, there is no fact.
"""

from collections.abc import Iterator

from commentary.config.verbs import verb_of
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.rows import coin
from commentary.metrics.volatility import DAY
from commentary.records.fact import Fact, weakest


@metric("verbs", needs=("price", "volatility"))
def verbs(given: Given) -> Iterator[Result]:
    """Yield price_verb for the preferred change of price over a day."""
    about = coin(given.snapshot)
    change = given.sheet.get("price_change", asset=about, window=DAY)
    sigma = given.sheet.get("price_sigma", asset=about, window=DAY)
    if change is None or sigma is None or change.id not in sigma.inputs:
        return
    verb = verb_of(change.number, sigma.number)
    if verb is not None:
        facts = (change, sigma)
        yield Fact(
            change.subject._replace(metric="price_verb"),
            verb,
            "name",
            "entity",
            weakest(facts),
            tuple(dict.fromkeys(name for fact in facts for name in fact.source)),
            change.as_of,
            f"the verb for {change.id} at the size of {sigma.id}",
            (change.id, sigma.id),
        )
