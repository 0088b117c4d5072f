"""A plan: the claims a document makes, in order, before any of them is worded."""

from datetime import datetime
from typing import Literal, NamedTuple

from commentary.records.fact import Fact
from commentary.records.story import Story

Modality = Literal["observed", "recorded", "modelled", "conditional", "definition"]
Length = Literal["brief", "standard", "full"]


class Claim(NamedTuple):
    """What one sentence says.

    `frame` names the sentence in the templates; `roles` hands it the facts it may spell.
    """

    frame: str
    roles: tuple[tuple[str, Fact], ...] = ()
    modality: Modality = "observed"
    at_most: int = 0
    """Characters that a wording may have; 0 for any number."""
    turn: int = 0
    """How often the same claim is said elsewhere in the document: it is worded otherwise where it can be."""

    def role(self, name: str) -> Fact | None:
        """Return the fact that plays `name`, or None."""
        return next((fact for role, fact in self.roles if role == name), None)


class PlannedSection(NamedTuple):
    """A heading, or none for the opening, and the paragraphs under it."""

    heading: Claim | None
    paragraphs: tuple[tuple[Claim, ...], ...]


class PlannedAnswer(NamedTuple):
    """A question and the claims that answer it."""

    question: Claim
    answer: tuple[Claim, ...]


class Condition(NamedTuple):
    """An observable with a threshold and an end time, for a follow-up to settle."""

    metric: str
    relation: Literal["below", "above"]
    threshold: Fact
    window_hours: int
    claim: Claim
    beside: Fact | None = None
    """A second bound that has to hold at the same time."""
    beside_relation: Literal["below", "above"] | None = None


class Plan(NamedTuple):
    """Everything a writer needs; text fields are tuples of claims, one a sentence."""

    story: Story
    as_of: datetime
    length: Length
    headlines: tuple[Claim, ...]
    standfirst: tuple[Claim, ...]
    sections: tuple[PlannedSection, ...]
    faq: tuple[PlannedAnswer, ...]
    digest_title: Claim
    digest: tuple[Claim, ...]
    push: Claim | None
    social: tuple[Claim, ...]
    """One post."""
    blurb: tuple[Claim, ...]
    search_title: Claim | None
    mail_subject: Claim | None
    short_term: tuple[Claim, ...]
    long_term: tuple[Claim, ...]
    rationale: tuple[Claim, ...]
    flips: tuple[Claim, ...]
    unknowns: tuple[Claim, ...]
    conditions: tuple[Condition, ...]
    disclosures: tuple[Claim, ...]
    left_out: tuple[tuple[str, str], ...]
    """Frames that were not used and why."""
    asked: tuple[str, ...] = ()
    """Questions that would have been asked, had they not been asked of late."""
