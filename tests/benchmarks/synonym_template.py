"""The feed that a plain synonym template would make of the same facts: what ours has to beat.

Run: python tests/benchmarks/synonym_template.py [--articles 20] [--feed-of btc-long-side]

One article, in six sections, a digest and three questions, whose wording varies only by twelve sets of synonyms, each
drawn anew for each article: what most feeds of this kind are made by. Its figures are those of our own feed, masked
alike, and both are cut to the same number of tokens, as every measure of a set depends on its size. It exits 1 while
the pairs of words of our feed are less than three times as distinct.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence

from commentary.runs.eval import ARTICLES, FEED_OF, snapshot_path
from commentary.runs.feed import articles_of, masked_articles, remembering
from commentary.runs.measures.tokens import TOKENISER, tokens
from commentary.runs.measures.variety import distinct, pairwise_bleu, self_bleu
from commentary.writing.dealing import APART

TIMES = 3.0
"""So much more distinct our pairs of words have to be."""
SETS = {
    "shows": ("shows", "indicates", "suggests", "points to"),
    "about": ("about", "roughly", "around", "close to"),
    "fall": ("fall", "drop", "decline", "slide"),
    "rise": ("rise", "climb", "gain", "advance"),
    "fell": ("fell", "dropped", "declined", "slipped"),
    "level": ("level", "mark", "price", "threshold"),
    "market": ("market", "spot price", "current price", "prevailing price"),
    "traders": ("traders", "market participants", "investors", "speculators"),
    "would": ("would", "could", "might", "may"),
    "however": ("however", "that said", "still", "even so"),
    "said": ("according to", "based on", "as per", "going by"),
    "watch": ("watch", "monitor", "follow", "track"),
}
TEMPLATE = """
{said} <source> data, <level> of <asset> long positions {would} be liquidated if the {market} moves to <level>.
The {level} is <delta> below the <source> price of <level>, as of <when>.
On the other side, <level> of short positions {would} be liquidated on a {rise} to <level>, <delta> above the {market}.
The map {shows} where leveraged positions {would} be closed. {however}, it is a model of them and not a count.
{traders} {watch} such levels because forced orders {would} add to a move that is already under way.
Averaged over the range, the long side holds {about} <level> for each <share> of price, and the short side <level>.

What the sum {shows}
The sum runs from the {market} down to <level>. {however}, it does not say how the positions are spread over the range.
A {fall} to the {level} {would} touch only a part of them, as some {traders} {would} add margin or leave before.
The model does not see positions that are closed already, and the exchanges it covers are not named.

Funding
The funding rate on <source> was <rate> per <window> at <when>, {said} the exchange.
A rate {about} <rate> is the starting point of the formula, so the rate {shows} a modest lean of {traders}.
At this rate long positions paid <level> on each <level> of notional, which is {about} <share> of the baseline.

Open interest
Open interest {fell} <delta> in coin over the <window> to <when>, to <level>, {said} <source>.
The {fall} {shows} that positions were closed on balance. {however}, some of it {would} come from contracts in dollars.
The modelled longs equal {about} <share> of open interest, if the map covers the same exchanges.

Two scenarios
In one scenario the {market} {would} {fall} to <level>, and {about} <level> of long positions {would} be closed.
In another it {would} {rise} to <level>, where {about} <level> of short positions {would} be closed.
{traders} {would} {watch} open interest over the next <window> to see which of the two is under way by <when>.

Questions and answers
Does the {level} mean that price {would} reach it? No, the map {shows} what {would} happen there.
What is a liquidation? It is an exchange closing a leveraged position whose collateral no longer covers it.
Is <level> support? The data does not say, and {traders} {would} need the separate levels to know.

Digest
{said} <source> data of <when>, <level> of <asset> longs {would} be liquidated on a {fall} of <delta> to <level>.
A {rise} of <delta> to <level> {would} liquidate <level> of shorts. Funding on <source> was <rate> per <window>.
Open interest {fell} <delta> in coin. The reading is <name>: the map {shows} a skew, {however} it sets no direction.
In the short term a {fall} to the {level} {would} meet more forced orders than a {rise} of the same size.
In the long term there is no reading, as a single snapshot {shows} too little. {traders} {watch} what changes.
""".strip()


def synonym_articles(count: int, seed: int = 0) -> list[str]:
    """Return so many articles of the template, each with its own draw from each set of synonyms."""
    chance = random.Random(f"synonyms/{seed}")
    return [TEMPLATE.format(**{name: chance.choice(words) for name, words in SETS.items()}) for _ in range(count)]


def repeated(articles: Sequence[str]) -> float:
    """Return the share of sentences that stand in one of the articles just before."""
    each = [set(_sentences(one)) for one in articles]
    again = sum(len(one & set().union(*each[max(0, i - APART + 1) : i])) for i, one in enumerate(each) if i)
    return again / sum(len(one) for one in each[1:])


def _sentences(article: str) -> Iterator[str]:
    yield from (one.strip().lower() for one in re.split(r"(?<=[.?!])\s|\n", article) if one.strip())


def cut(ours: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Return both feeds with as many tokens in each article as the shortest of all has."""
    length = min(map(len, (*ours, *theirs)))
    return [[one[:length] for one in feed] for feed in (ours, theirs)]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--feed-of", default=FEED_OF)
    asked = parser.parse_args()
    path = snapshot_path(asked.feed_of)
    drafts = articles_of(path.read_bytes(), path.stem, asked.articles, remembering)
    templated = synonym_articles(asked.articles)
    ours, theirs = cut(masked_articles(drafts), [tokens(one) for one in templated])
    print(f"{asked.articles} articles of {path.stem}, {len(ours[0])} tokens each ({TOKENISER}), figures masked")
    print(f"sentences of the template repeated within {APART} articles: {repeated(templated):.1%}")
    print(f"{'':24}{'ours':>10}{'synonyms':>10}")
    for name, measure in (("distinct pairs", distinct), ("self-BLEU", self_bleu), ("pairwise BLEU", pairwise_bleu)):
        print(f"{name:24}{measure(ours):>10.3f}{measure(theirs):>10.3f}")
    times = distinct(ours) / distinct(theirs)
    print(f"{times:.2f} times as distinct; {TIMES:g} are asked for")
    return 0 if times >= TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
