"""What a model estimates, told as what was recorded."""

from random import Random

from commentary.runs.check_bench.claims import Claim, Recorded
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import reworded, tail
from commentary.runs.check_bench.target import Target

_MODELLED = frozenset(
    {
        "reach_size", "cluster_size", "within_size", "reach_coin", "cluster_coin", "reach_per_percent", "reach_ratio",
        "within_ratio", "reach_share", "cluster_oi_share", "reach_price", "cluster_near", "cluster_far",
    }
)  # fmt: skip
_WORDS = {
    r"\bmodel estimates\b": ("data counts", "tally shows", "record shows", "feed reports"),
    r"\bmodel\b(?! estimates)": (
        "order data", "count", "tally", "record", "exchange data", "ledger", "audit", "feed of filled orders",
        "position data", "survey of exchanges", "trade log", "database of open positions",
    ),
    r"\bmodelled\b": ("recorded", "reported", "confirmed", "actual", "observed", "verified", "disclosed", "published"),
    r"\bmodels\b": ("records", "reports", "counts", "confirms", "observes", "documents", "publishes", "lists"),
    r"\bestimates\b": ("counts", "records", "reports", "confirms", "observes", "measures"),
    r"\bestimate\b": ("count", "record", "tally", "measurement", "reading of the books", "report"),
    r"\bhas(?= (?:\$|the liquidation prices|a sum))": (
        "recorded", "counted", "has recorded", "reported", "observed", "logged", "confirmed", "registered",
        "documented",
        "saw", "verified", "has on its books",
    ),
    r"\bputs(?= (?:\$|the liquidation prices))": ("recorded", "counted", "observed", "registered", "reported", "saw"),
    r"\bdata has no cluster\b": ("exchanges have no orders", "exchanges report no positions"),
}  # fmt: skip
_CLAUSES = (
    ", as exchanges report", ", according to filled orders", ", positions that exchanges have confirmed",
    ", all of it on the books", ", as recorded by the exchanges", ", taken from actual accounts", ", a hard count",
    ", as the order books show", ", visible in exchange data", ", not an estimate but a count",
    ", as disclosed by venues",
    ", verified on chain", ", every position of it known", ", and that is measured, not modelled",
)  # fmt: skip


@operator("model's words")
def words(target: Target, chance: Random) -> Edit | None:
    """Write a word of counting over one of modelling."""
    claims = _claims(target)
    return reworded(target, chance, _WORDS, lambda _: claims) if claims else None


@operator("record claimed for a model")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence on a model by saying that it was recorded."""
    claims = _claims(target)
    return tail(target, chance, _CLAUSES, *claims) if claims and target.figures else None


def _claims(target: Target) -> tuple[Claim, ...]:
    """Return the claim that what a sentence tells of a map was recorded; none where it tells of no map."""
    modelled = [told.fact.id for told in target.told if told.metric in _MODELLED]
    return (Recorded(modelled[0]),) if modelled else ()
