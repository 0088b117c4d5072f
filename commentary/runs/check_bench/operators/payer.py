"""Who pays whom, the wrong way round."""

from random import Random

from commentary.runs.check_bench.claims import Claim, Never, Sign
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import capital_as, over, pick, put, tail
from commentary.runs.check_bench.target import Target, Told

_PAYING = (
    "{b} paid {a}", "{b} were paying {a}", "{a} were paid by {b}", "{a} received from {b}", "{a} collected from {b}",
    "{b} handed {a}", "{b} owed {a}", "{a} earned from {b}", "{b} footed the bill to {a}", "{b} compensated {a}",
    "{a} took in from {b}", "{b} sent {a}", "{a} got paid by {b}",
)  # fmt: skip
_BOTH = ("nobody paid anybody", "both sides paid", "the exchange paid {a}", "{a} paid the exchange", "{a} paid nothing")
_CLAUSES = (
    ", with {b} paying {a}", ", paid by {b}", ", at the expense of {b}", ", a cost to {b}", ", which {b} pay",
    ", income for {a}", ", so {a} are paid to hold", ", a bill for {b}", ", money in the pocket of {a}",
    ", {b} footing the bill", ", to the benefit of {a}", ", collected by {a}", ", which {a} receive",
)  # fmt: skip


@operator("payer of a rate")
def paid(target: Target, chance: Random) -> Edit | None:
    """Exchange who paid and who was paid."""
    told = pick([each for each in target.told if each.style in ("paid", "pay")], chance)
    if told is None:
        return None
    payer, _, payee = told.text.partition(f" {told.style} ")
    if chance.random() < 0.15:
        return over(told, chance.choice(_BOTH).format(a=payer), Never("one side pays the other"))
    words = chance.choice(_PAYING)
    if told.style == "pay":
        words = "{b} pay {a}" if chance.random() < 0.5 else words.replace("paid", "pay")
    return over(told, words.format(a=payer.lower(), b=payee.lower()), *_claims(told, target))


@operator("side that paid")
def side(target: Target, chance: Random) -> Edit | None:
    """Name the other side as the one that paid."""
    told = pick([each for each in target.told if each.style == "longs" and each.metric == "funding_payer"], chance)
    if told is None or told.text.lower() not in ("longs", "shorts"):
        return None
    other = "shorts" if told.text.lower() == "longs" else "longs"
    return over(told, capital_as(told.text, other), *_claims(told, target))


@operator("payer put behind a rate")
def behind(target: Target, chance: Random) -> Edit | None:
    """Put behind a rate that the other side pays it."""
    rates = [each for each in target.told if each.style == "rate_per" and each.metric == "funding_rate"]
    told = pick(rates, chance)
    if told is None or (not isinstance(told.fact.value, int | float) and told.fact.value is None):
        return None
    value = told.fact.value
    if isinstance(value, str) or value is None or value == 0:
        return None
    payer, payee = ("longs", "shorts") if value > 0 else ("shorts", "longs")
    words = chance.choice(_CLAUSES).format(a=payer, b=payee)
    claim = Sign(told.fact.id, -1 if value > 0 else 1)
    follows = target.text[told.end : told.end + 1]
    if follows in (".", ",", ";", ":", ""):
        return put(told.end, told.end, words, claim)
    return tail(target, chance, [words], claim)


def _claims(told: Told, target: Target) -> tuple[Claim, ...]:
    """Return the claim that the rate behind who paid has the other sign."""
    rate = next((name for name in told.fact.inputs if name in target.facts), None)
    value = target.facts[rate].value if rate else None
    if rate is None or value is None or isinstance(value, str) or value == 0:
        return (Never("the rate has one sign"),)
    return (Sign(rate, -1 if value > 0 else 1),)
