"""What a claim weighs in a text: the score of the kind of data that its facts are of."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from commentary.config.newsworthiness import newsworthiness
from commentary.config.tolerances import kind_of
from commentary.records.plan import Claim
from commentary.records.story import Score

_REPORTED = "_change"
"""A vendor's change is of the kind that changed: open_interest_change, price_change."""


def weight(claim: Claim, scores: Mapping[str, Score]) -> Decimal:
    """Return the highest score among the kinds of a claim's facts; that of the unknown where none has one."""
    kinds = {(kind_of(fact.subject.metric) or "").removesuffix(_REPORTED) for _, fact in claim.roles}
    known = [scores[kind].value for kind in kinds if kind in scores]
    return max(known, default=newsworthiness().plan["unknown"])


def nucleus(paragraphs: Iterable[tuple[Claim, ...]], scores: Mapping[str, Score]) -> Decimal:
    """Return the weight of a section: that of its weightiest claim."""
    return max((weight(claim, scores) for paragraph in paragraphs for claim in paragraph), default=Decimal(0))
