"""A feed on one kind of event: the articles of one snapshot with other figures, one after the other, and how alike
they read.

What may read alike each day is exempt and counted apart: definitions, legal lines, headings and questions, and the
price lines and attributions that a template marks `plain`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.pipeline import draft_snapshots
from commentary.pipeline.remembering import is_exempt, item_of, told
from commentary.pipeline.rewording_draft import Model
from commentary.records.draft import Draft, texts
from commentary.records.fact_file import Record
from commentary.records.history import History
from commentary.records.snapshot import ReadSnapshot
from commentary.runs.measures.tokens import TOKENISER, tokens
from commentary.runs.measures.variety import distinct, pairwise_bleu, self_bleu
from commentary.runs.scaled_snapshots import later, variant
from commentary.sources.snapshot_file import read_snapshot
from commentary.writing.dealing import APART

DraftNext = Callable[[ReadSnapshot, int | None, Sequence[Draft]], object]
"""Drafts the next article of a feed: the snapshot, a seed (none: the snapshot's own), the feed so far."""
_TRIES = 8
"""So many variants are tried for each article; not every one makes the same kind of news."""
_MOST = 200
_FEED = "feed"
_DAYS_APART = 8
"""Between two articles: each is of an event of its own, and none is an update of the one before."""


class FeedResult(Record):
    """How alike the articles of a feed read."""

    snapshot: str
    story: str
    remembers: bool
    """False where each article was worded without a look at the others."""
    articles: int
    words: int
    """Of a mean article, with its questions, digest and legal lines."""
    exempt_words: float
    """The share of the words that may read alike each day."""
    sentences: int
    """Of all articles, those that may not."""
    window: int
    repeated_in_window: float
    """The share of them whose skeleton stands in one of the window's articles before."""
    repeated_at_end: float
    """The same of the last article alone."""
    repeated_in_feed: float
    """The share whose skeleton stands in any article before."""
    most_repeated: tuple[tuple[str, int], ...]
    """Templates whose skeletons repeat within the window, and how often."""
    tokeniser: str
    self_bleu: float
    """Mean BLEU-4 of each article against all others, figures masked, exempt lines left out."""
    pairwise_bleu: float
    """Mean BLEU-4 of each against each other alone."""
    distinct_2: float
    """The share of pairs of words that differ, over all articles."""


class Sentence(NamedTuple):
    """A sentence of an article, as a feed compares it."""

    origin: str
    exempt: bool
    skeletons: tuple[str, ...]
    words: int


def remembering(read: ReadSnapshot, seed: int | None, feed: Sequence[Draft], model: Model | None = None) -> object:
    """Draft the next article of a feed apart from those before it; what they said of tests is left out.

    Args:
        read: its snapshot.
        seed: of its wordings.
        feed: the articles before it.
        model: rewords its open sentences.
    """
    items = (item_of(one, _FEED).model_copy(update={"conditions": ()}) for one in feed)
    story = feed[0].story if feed else "auto"
    history = History.of(_FEED, items)
    return draft_snapshots(
        [read], settings=Settings(), seed=seed, length="standard", story=story, history=history, model=model
    )


def forgetful(read: ReadSnapshot, seed: int | None, feed: Sequence[Draft]) -> object:
    """Draft the next article of a feed without a look at those before it."""
    return draft_snapshots([read], settings=Settings(), seed=seed, length="standard")


def articles_of(snapshot: bytes, name: str, count: int, draft: DraftNext = remembering) -> tuple[Draft, ...]:
    """Return so many successive articles on one kind of event.

    Raises:
        BadInputError: the snapshot makes no news, or too few of its variants make the same.
    """
    if not 1 <= count <= _MOST:
        raise BadInputError("--articles", count, f"write a number from 1 to {_MOST}")
    rows = json.loads(snapshot)
    first = draft(read_snapshot(snapshot, name=name), None, ())
    if not isinstance(first, Draft):
        raise BadInputError("--feed-of", name, "it makes no news; name a snapshot that does")
    made: list[Draft] = []
    for number in range(count * _TRIES):
        content = json.dumps(later(variant(rows, number), number * _DAYS_APART)).encode()
        one = draft(read_snapshot(content, name=f"{name}, variant {number}"), None, made)
        if isinstance(one, Draft) and one.story == first.story:
            made.append(one)
        if len(made) == count:
            return tuple(made)
    remedy = f"only {len(made)} of its variants make {first.story} too; ask for as many"
    raise BadInputError("--feed-of", name, remedy)


def feed_result(articles: Sequence[Draft], name: str, *, remembers: bool) -> FeedResult:
    """Return how alike the articles of a feed read."""
    feed = [tuple(_sentences(one)) for one in articles]
    kept = [[one for one in article if not one.exempt] for article in feed]
    words = sum(one.words for article in feed for one in article)
    exempt = sum(one.words for article in feed for one in article if one.exempt)
    near, ever = _repeats(kept, APART - 1), _repeats(kept, len(kept))
    origins: dict[str, int] = {}
    for repeated in near:
        for one in repeated:
            origins[one.origin] = origins.get(one.origin, 0) + 1
    later = sum(len(article) for article in kept[1:])
    masked = masked_articles(articles)
    return FeedResult(
        snapshot=name,
        story=articles[0].story,
        remembers=remembers,
        articles=len(feed),
        words=round(words / len(feed)),
        exempt_words=_share(exempt, words),
        sentences=sum(map(len, kept)),
        window=APART,
        repeated_in_window=_share(sum(map(len, near)), later),
        repeated_at_end=_share(len(near[-1]), len(kept[-1])),
        repeated_in_feed=_share(sum(map(len, ever)), later),
        most_repeated=tuple(sorted(origins.items(), key=lambda pair: (-pair[1], pair[0]))[:10]),
        tokeniser=TOKENISER,
        self_bleu=round(self_bleu(masked), 2),
        pairwise_bleu=round(pairwise_bleu(masked), 2),
        distinct_2=round(distinct(masked), 4),
    )


def masked_articles(articles: Sequence[Draft]) -> list[tuple[str, ...]]:
    """Return the tokens of each article with its figures masked and its exempt lines left out."""
    return [
        tokens(" ".join(each for one in _sentences(article) if not one.exempt for each in one.skeletons))
        for article in articles
    ]


def _sentences(draft: Draft) -> Iterator[Sentence]:
    fields = dict(texts(draft))
    for record, skeletons in told(draft):
        words = len(fields[record.path][record.start : record.end].split())
        yield Sentence(record.origin.partition("#")[0], is_exempt(record, draft.language), skeletons, words)


def _repeats(feed: Sequence[Sequence[Sentence]], window: int) -> list[list[Sentence]]:
    """Return of each article the sentences one of whose skeletons stands in the articles of the window before it."""
    found = []
    for i, article in enumerate(feed):
        before = {each for other in feed[max(0, i - window) : i] for one in other for each in one.skeletons}
        found.append([one for one in article if before & set(one.skeletons)])
    return found


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
