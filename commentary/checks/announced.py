"""Words for what facts at hand tell of, which from elsewhere would be news of somebody else's."""

import re

from commentary.records.sheet import FactSheet

_DELEVERAGING = ("auto-deleveraging", "auto-deleveraged", "deleveraging", "deleveraged")
_WORDS = {
    "outage": ("outage", "outages"),
    "auto-deleveraging": _DELEVERAGING,
    "insurance fund draw": ("insurance", *_DELEVERAGING),
    "listing": ("listing", "listings", "list", "lists"),
    "delisting": ("delisting", "delistings", "delisted", "delist", "delists"),
}
_NOTICE = ("announced", "announces", "announcement", "notice", "notices")
_RESULTS = ("profit", "loss")
_FLOWS = ("inflow", "inflows", "outflow", "outflows", "investors", "withdrew", "withdraw", "withdrawn", "withdrawals")
OVER = re.compile(
    r"\boutage\b(?: (?!if\b|whether\b|that\b)[\w'’-]+){0,4} "
    r"(?:(?:is|was|has been|had been) (?:over|resolved|fixed)|ended|lasted)\b",
    re.I,
)
"""An outage told to be at its end, of which a notice of its beginning says nothing."""


def announced(sheet: FactSheet) -> frozenset[str]:
    """Return the words for notices at hand and for what they tell of: an outage, a listing, a delisting."""
    kinds = {fact.text for metric in ("outage", "notice") for fact in sheet.all(metric)}
    return frozenset(word for kind in kinds for word in (*_WORDS.get(kind, ()), *_NOTICE))


def told_of(sheet: FactSheet) -> frozenset[str]:
    """Return the words that facts at hand bear although they are no words of every market."""
    results = _RESULTS if sheet.get("position_result") is not None else ()
    flows = _FLOWS if sheet.get("etf_flow") is not None or sheet.get("etf_flow_last") is not None else ()
    return announced(sheet) | frozenset((*results, *flows))
