"""Words that rank the present figure among all the days, or settlements, at hand: a computed rank bears them."""

import re

from commentary.checks.scene import Scene
from commentary.languages.en.numbers import ORDINALS
from commentary.languages.phrases import Mark
from commentary.records.sheet import FactSheet

_ALL = 100
_HISTORY = re.compile(r"\b(?:every|any|all|all the) (?:earlier|previous|other)\b", re.I)
_NO_EARLIER = re.compile(
    r"\bno (?:earlier|previous|prior|other) (?:day|settlement|reading|print)s?\b|\bat no"
    r" settlement (?:in|over|during)\b|\bnever (?:in|over|during|before)\b",
    re.I,
)

_PLACE = re.compile(rf"\brank(?:s|ed|ing)? (?:as )?(?:the )?({'|'.join(ORDINALS[1:])})\b", re.I)


_BEFORE_IT = re.compile(r"\b(?:days|counts|data)\b[^.;,]{0,24}? before it\b", re.I)
_FALL = re.compile(r"\b(?:fall|drop|decline)s?\b", re.I)


def is_first(sheet: FactSheet, scene: Scene, mark: Mark) -> bool:
    """Say whether words such as "every earlier day" rank what a computed rank puts first."""
    if not _HISTORY.match(scene.text, mark.start) or scene.said("comparisons:less"):
        return False
    kinds = {one.name.removeprefix("kind:") for one in scene.said("kind:")}
    ranks = []
    if "liquidations" in kinds:
        ranks = sheet.all("liq_rank")
    elif "open_interest" in kinds:
        ranks = sheet.all("oi_change_rank")
    elif "funding" in kinds:
        return any(fact.number == _ALL for fact in sheet.all("funding_below_share"))
    return any(fact.number == 1 for fact in ranks)


OF_KIND = {"liquidations": "liq_rank", "open_interest": "oi_change_rank", "price": "price_change_rank"}
"""The rank of the present day by what a sentence speaks of; those of a day of a week, of a fall before or of an expiry
are of something else."""
OF_THE_DAY = tuple(OF_KIND.values())


_EXPIRY = re.compile(r"\bexpir", re.I)
"""An expiry has a place of its own, among expiries."""


def wrong_place(sheet: FactSheet, scene: Scene) -> tuple[int, int] | None:
    """Return where a sentence ranks the present day other than the computed ranks do."""
    match = _PLACE.search(scene.text, scene.start, scene.end)
    named = {OF_KIND[kind] for one in scene.said("kind:") if (kind := one.name.removeprefix("kind:")) in OF_KIND}
    known = {fact.subject.metric: int(fact.number) for fact in sheet if fact.subject.metric in OF_KIND.values()}
    ranks = {rank for metric, rank in known.items() if metric in named} or set(known.values())
    if match is None or not ranks:
        return None
    if _BEFORE_IT.search(scene.text, scene.start, scene.end) and _FALL.search(scene.text, scene.start, scene.end):
        # A fall that is over is ranked among those before it.
        ranks = {int(fact.number) for fact in sheet.all("reset_rank")} or ranks
    if _EXPIRY.search(scene.text, scene.start, scene.end):
        ranks |= {int(fact.number) for fact in sheet.all("options_rank")}
    return None if ORDINALS.index(match[1].casefold()) in ranks else match.span()


def denied_rank(sheet: FactSheet, scene: Scene) -> tuple[int, int] | None:
    """Return where it is said that no earlier day or settlement was so, and a computed rank says that some were."""
    match = _NO_EARLIER.search(scene.text, scene.start, scene.end)
    if match is None:
        return None
    kinds = {one.name.removeprefix("kind:") for one in scene.said("kind:")}
    if "settlement" in match[0].casefold() or "funding" in kinds:
        shares = sheet.all("funding_below_share")
        wrong = bool(shares) and all(0 < fact.number < _ALL for fact in shares)
    elif "liquidations" in kinds and "map" not in kinds:
        days = [fact.number for fact in sheet.all("history_days", at="liquidations")]
        ranks = sheet.all("liq_rank")
        wrong = bool(ranks) and all(fact.number not in (1, *(day + 1 for day in days)) for fact in ranks)
    else:
        return None
    return match.span() if wrong else None
