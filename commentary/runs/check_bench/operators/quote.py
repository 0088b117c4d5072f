"""Words put into somebody's mouth."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, tail
from commentary.runs.check_bench.target import Target

_SAID = (
    "The market was overextended", "Leverage had to come out", "Nobody expected this", "This is healthy",
    "Positioning was crowded", "We are watching that level", "Traders got ahead of themselves",
    "It is a textbook unwind", "The tape looks heavy", "Liquidity is thin here", "I would not read too much into it",
    "That is where the pain is", "Everyone was leaning the same way", "The bid simply went away",
    "Risk appetite is back", "This was always coming",
)  # fmt: skip
_WHO = (
    "a trader at a Singapore fund", "Anna Keller, an analyst at Northbridge", "one market maker",
    "the head of research at Delta Desk", "a person familiar with the trades", "James Orr of Kestrel Capital",
    "a spokesperson for the exchange", "an options dealer in London", "the exchange's chief executive",
    "a portfolio manager", "Maria Lopez, who trades {asset} futures", "a derivatives strategist",
)  # fmt: skip
_FORMS = (
    "“{said},” said {who}.", "“{said},” {who} said.", "{Who} said: “{said}.”", '"{said}," said {who}.',
    "“{said},” {who} told us.", "{Who} put it this way: “{said}.”", '{Who} wrote: "{said}."',
    "“{said},” according to {who}.", "Asked about it, {who} said “{said}.”", "“{said},” {who} wrote in a note.",
    "{Who} called it inevitable.", "{Who} told reporters that {lower}.", "{Who} said that {lower}.",
)  # fmt: skip
_CLAUSES = (
    ", which {who} called “{few}”", ", a move {who} described as “{few}”", ", “{few}” in the words of {who}",
    ", in what {who} called “{few}”", ', or "{few}", as {who} put it', ", said {who}", ", {who} said",
)  # fmt: skip
_FEW = (
    "brutal", "a long squeeze", "the usual washout", "textbook", "a clean flush", "a wake-up call", "extreme",
    "a gift", "noise", "a warning shot", "capitulation", "a healthy reset",
)  # fmt: skip


@operator("quotation behind")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put a quotation behind a sentence."""
    said, who = chance.choice(_SAID), chance.choice(_WHO)
    form = chance.choice(_FORMS).format(said=said, who=who, Who=_capital(who), lower=_lower(said))
    return follow(target, chance, [form])


@operator("quoted clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by words of somebody."""
    return tail(target, chance, [chance.choice(_CLAUSES).format(who=chance.choice(_WHO), few=chance.choice(_FEW))])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(words: str) -> str:
    return words if words.startswith("I ") else words[:1].lower() + words[1:]
