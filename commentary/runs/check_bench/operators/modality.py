"""What would happen, told as what happened."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, reworded, states, tail
from commentary.runs.check_bench.target import Target

_PAST = {
    r"\bwould run through\b": ("ran through", "has run through", "went through", "tore through", "wiped out"),
    r"(?<!would )\brun through\b(?= \$)": ("that ran through", "having run through", "that has gone through"),
    r"\bare closed in the model\b": ("were closed", "have been closed", "got closed out", "were forced out"),
    r"\bthe model implies that\b": ("we saw that", "it is clear that", "exchanges confirmed that", "data proves that"),
    r"\bwould mean that\b": ("means that", "confirms that", "shows that", "meant that"),
    r"\bcan tell:": ("told:", "made it plain:", "has shown:", "settled it:"),
    r"\bwould undo\b": ("undid", "has undone", "reversed", "has reversed"),
    r"\bwould make it\b": ("made it", "has made it", "turned it", "has turned it"),
    r"\bwould end\b": ("ended", "has ended", "brought an end to", "put an end to"),
    r"\bwould give\b": ("gave", "has given", "is giving", "handed"),
    r"\bcould give\b": ("gave", "has given", "is giving"),
    r"\bcounts against the model if\b": ("counted against the model as", "counts against the model because"),
    r"\bIf the (\w+ (?:price|close)) gets to\b": (
        r"Once the \1 got to", r"When the \1 hit", r"The \1 got to", r"As the \1 reached",
    ),
    r"\bShould the (\w+ (?:price|close)) reach\b": (r"When the \1 reached", r"As the \1 hit", r"The \1 reached"),
    r"\bSome traders could add\b": ("Some traders added", "Some traders have added", "Many traders added"),
    r"\bcan take positions over\b": ("took positions over", "have taken positions over"),
    r"\bmay (overstate|understate|hide)\b": (r"did \1", r"does \1", r"clearly did \1"),
    r"\bis probably low\b": ("is low", "was low", "was too low"),
    r"\bsome may have been closed\b": ("some were closed", "many were closed", "most were closed"),
    r"\bbreak the band\b": ("broke the band", "have broken the band"),
    r"\bmeans it held\b": ("showed it held", "proved that it held"),
}  # fmt: skip
_DONE = (
    ", and those positions have now been liquidated", ", which were closed in the move",
    ", all of it already triggered",
    ", and price has since traded there", ", which exchanges then closed", ", most of which got stopped out",
    ", now flushed out", ", since liquidated", ", and they were wiped out within minutes", ", which has now happened",
    ", and the orders hit the book", ", which the engines sold into the market", ", already executed",
    ", and the cascade followed",
)  # fmt: skip
_HAPPENED = (
    "The level was hit soon after.", "Those positions were closed at market.", "Price has since reached it.",
    "The whole of it was liquidated.", "Engines then sold them off.", "That sum went through the book overnight.",
    "The cascade then ran its course.", "Both levels were taken out.", "The stops were run.",
    "Margin calls went out and most were not met.", "Collateral was seized on all of them.",
    "Exchanges closed them one by one.",
)  # fmt: skip
_MODELLED = frozenset({"reach_size", "cluster_size", "within_size", "reach_coin", "cluster_coin"})


@operator("condition told as fact")
def past(target: Target, chance: Random) -> Edit | None:
    """Write what would be as what was."""
    return reworded(target, chance, _PAST)


@operator("modelled sum told as done")
def done(target: Target, chance: Random) -> Edit | None:
    """Say that a modelled sum has been liquidated."""
    if not _modelled(target):
        return None
    return tail(target, chance, _DONE)


@operator("event after a test")
def happened(target: Target, chance: Random) -> Edit | None:
    """Put behind a modelled sum that it came about."""
    return follow(target, chance, _HAPPENED) if _modelled(target) else None


def _modelled(target: Target) -> bool:
    return states(target) and any(told.metric in _MODELLED for told in target.figures)
