"""What a local model is worth as a writer: commentary.model_eval/1."""

from typing import Literal

from pydantic import Field

from commentary.records.fact_file import Record
from commentary.records.writer import Kind


class SentenceCounts(Record):
    """What became of open sentences."""

    open: int = 0
    """Sentences that the model was asked to reword."""
    first: int = 0
    """Accepted as they came,"""
    repair: int = 0
    """after a repair,"""
    resample: int = 0
    """or written anew."""
    same: int = 0
    """Of those accepted, the template's own words given back."""
    skeleton: int = 0
    """Of those accepted, with another skeleton than the template's: the text with its figures as slots is another."""
    own: int = 0
    """Of these, in other words or another order of them, and not with other signs alone."""
    fallback: int = 0
    """Kept as the template has them."""
    reasons: dict[str, int] = Field(default_factory=dict)
    """Why, by what ended the last try: a rule of the judge or the check, or a failure such as timeout."""


class DraftCounts(SentenceCounts):
    """The draft of one snapshot."""

    snapshot: str
    story: str
    """"none" where nothing crossed the bar."""
    passes: bool = True
    """Its check finds no error, and nothing but notes that the template draft does not have."""


class Refusals(Record):
    """Why answers were refused at any step, and what did not come at all; each by code, most first."""

    judge: dict[str, int]
    """Answers by what the judge found first in the sentence alone."""
    check: dict[str, int]
    """Answers by what the check found first, with figures, in the article."""
    failures: dict[Kind, int]
    """Calls by why no answer came: timeout, transport, refusal, empty, malformed, budget."""


class Variety(Record):
    """How varied some texts are, with figures masked."""

    texts: int
    distinct_2: float
    """The share of pairs of words that differ."""
    self_bleu: float
    """Mean BLEU-4 of each text against all others, from 0 to 100; lower is more varied."""
    repeated: float
    """The share of sentences whose skeleton stands in a draft before, as a feed would repeat it."""


class Compared(Record):
    """The same texts from templates alone and with the model."""

    template: Variety
    model: Variety


class FeedSide(Record):
    """How alike the articles of a feed read; the measures are those of `commentary eval` without a model."""

    repeated_in_window: float
    repeated_in_feed: float
    self_bleu: float
    pairwise_bleu: float
    distinct_2: float


class ComparedFeed(Record):
    """A feed of one kind of event, from templates alone and with the model."""

    snapshot: str
    story: str
    articles: int
    template: FeedSide
    model: FeedSide


class Example(Record):
    """One sentence: the template's, and the model's answer."""

    snapshot: str
    template: str
    """With slots where the answer was refused: it has no figures then."""
    model: str
    accepted: bool
    code: str = ""
    """Of the first fault of a refused answer."""
    message: str = ""
    """What is wrong with it."""


class Speed(Record):
    """What the model cost in time; seconds are those of the clock."""

    calls: int
    """Answers and failures."""
    tokens: int
    """Written, as far as the model counts them."""
    writing_seconds: float
    """Spent waiting for the model, without the judge and the check."""
    tokens_per_second: float
    """Of the writing itself; 0 where tokens are not counted."""
    seconds_per_draft: float
    """Of writing, judge and check together."""
    longest_wait: float
    """Seconds without any answer. Of a model in process that is its longest batch; of a server its longest call, or
    less where it answers several at once."""


class ModelEval(Record):
    """A model's work on the drafts of some snapshots."""

    format: Literal["commentary.model_eval/1"] = "commentary.model_eval/1"
    version: str
    model: str
    revision: str
    weights_sha256: str
    where: str
    """"in process" or the server's address."""
    temperature: float
    drafts: int
    """Snapshots that make news."""
    passing: int
    """Of their drafts, with what the model wrote in them, those that pass every check: all, or there is a fault in
    this program."""
    all: SentenceCounts
    stories: tuple[DraftCounts, ...]
    refused: Refusals
    speed: Speed
    bleu_to_template: float
    """Mean BLEU-4 of the accepted sentences against the template's of each; 100: the same words."""
    sentences: Compared
    """Of the open sentences."""
    bodies: Compared
    """Of the drafts' bodies, all else in them the same."""
    feed: ComparedFeed | None = None
    examples: tuple[Example, ...]
    verdict: str
