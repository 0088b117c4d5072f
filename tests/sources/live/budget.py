"""What a round costs a source: its requests, the weight on each of its limits, the seconds that these alone take.

Run as a script it prints a table: python -m tests.sources.live.budget
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from commentary.cli.output import columns
from commentary.sources.live.base import Source, sources
from commentary.sources.questions import Access, round_of

NOW = datetime(2026, 11, 30, 9, 7, 30, tzinfo=UTC)
MANY = ("BTC", "ETH", "SOL", *(f"COIN{place}" for place in range(297)))
"""Three hundred coins, of which the first have dated contracts and funds too."""
Scope = Literal["full", "watch"]


class Budget(NamedTuple):
    """What one round takes."""

    requests: int
    spent: dict[str, int]
    """Weight by limit."""
    seconds: float
    """At the rate of the limit that it uses most."""


def budget(source: Source, assets: Sequence[str], scope: Scope) -> Budget:
    """Return what a round about some coins costs a source, its clock left out, since a watch asks for it by itself."""
    key = {source.key.variable: "key"} if source.key else {}
    round_ = round_of(assets, [source], NOW, Access(environment=key), scope)
    requests = [request for request in round_.requests if request not in round_.clocks]
    spent: Counter[str] = Counter()
    for request in requests:
        spent.update(dict(request.costs))
    return Budget(len(requests), dict(spent), max(_seconds(source, pool, weight) for pool, weight in spent.items()))


def _seconds(source: Source, pool: str, weight: int) -> float:
    return weight * source.pools[pool].seconds / source.pools[pool].most


def table() -> Iterator[tuple[str, ...]]:
    """Yield a row for each source: one coin in full, three hundred watched, and three hundred in full."""
    yield ("source", "1 in full: requests", "weight", "300 watched: requests", "weight", "minutes", "in full: minutes")
    for name, source in sources.items():
        one, watched = budget(source, MANY[:1], "full"), budget(source, MANY, "watch")
        minutes = (f"{each.seconds / 60:.1f}" for each in (watched, budget(source, MANY, "full")))
        yield (name, f"{one.requests}", _told(source, one), f"{watched.requests}", _told(source, watched), *minutes)


def _told(source: Source, held: Budget) -> str:
    pool, weight = max(held.spent.items(), key=lambda one: _seconds(source, *one))
    most = source.pools[pool]
    return f"{weight} of {most.most} in {most.seconds:g} s" + (f" ({pool})" if pool != "all" else "")


if __name__ == "__main__":
    sys.stdout.write("\n".join(columns(table())) + "\n")
