"""How varied drafts are with a model's words in them, beside the same drafts from templates alone."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from commentary.pipeline.remembering import skeletons_of
from commentary.pipeline.rewording_draft import Model
from commentary.records.model_eval import Compared, ComparedFeed, FeedSide, Variety
from commentary.runs.eval import snapshot_path
from commentary.runs.feed import FeedResult, articles_of, feed_result, masked_articles, remembering
from commentary.runs.measures.variety import bleu, distinct, self_bleu
from commentary.runs.model_eval.worded import Drafts, Worded, masked
from commentary.sources.json_text import read_bytes

_SHARES = 4
"""Digits of shares; BLEU has two."""


def likeness(worded: Iterable[Worded]) -> float:
    """Return how like the template's sentences the accepted ones are: mean BLEU-4, 100 for the same words."""
    accepted = [one for one in worded if one.climbed.text is not None]
    found = [bleu(masked(one.published), [masked(one.sentence.text)]) for one in accepted]
    return round(fmean(found), 2) if found else 0.0


def of_sentences(drafts: Sequence[Drafts]) -> Compared:
    """Return how varied the open sentences are."""
    before = [[masked(one.sentence.text) for one in draft.worded] for draft in drafts]
    after = [[masked(one.published) for one in draft.worded] for draft in drafts]
    template, model = (variety([one for each in side for one in each], side) for side in (before, after))
    return Compared(template=template, model=model)


def of_bodies(drafts: Sequence[Drafts]) -> Compared:
    """Return how varied the drafts are, without what may read alike each day."""
    sides = [[one.template for one in drafts], [one.model for one in drafts]]
    template, model = (variety(masked_articles(side), [skeletons_of(one) for one in side]) for side in sides)
    return Compared(template=template, model=model)


def variety(texts: Sequence[Sequence[str]], sentences: Sequence[Sequence[object]]) -> Variety:
    """Return how varied texts are.

    Args:
        texts: their tokens.
        sentences: by draft, what counts as repeated where a draft before has it.
    """
    seen: set[object] = set()
    repeated = 0
    for each in sentences:
        repeated += sum(one in seen for one in each)
        seen.update(each)
    count = sum(map(len, sentences))
    return Variety(
        texts=len(texts),
        distinct_2=round(distinct(texts), _SHARES),
        self_bleu=round(self_bleu(texts), 2),
        repeated=round(repeated / count, _SHARES) if count else 0.0,
    )


def of_feed(model: Model, name: str, articles: int) -> ComparedFeed:
    """Return how alike a feed reads, each article worded apart from those before it, without the model and with it.

    Raises:
        BadInputError: the snapshot makes no news, or too few of its variants make the same.
    """
    path = snapshot_path(name)
    content = read_bytes(path, path.name)
    feeds = (
        articles_of(content, path.stem, articles),
        articles_of(content, path.stem, articles, lambda read, seed, feed: remembering(read, seed, feed, model)),
    )
    template, own = (feed_result(feed, path.stem, remembers=True) for feed in feeds)
    return ComparedFeed(
        snapshot=path.stem, story=template.story, articles=articles, template=_side(template), model=_side(own)
    )


def _side(feed: FeedResult) -> FeedSide:
    return FeedSide(**{name: getattr(feed, name) for name in FeedSide.model_fields})
