"""Wordings are dealt so that a feed does not repeat itself, and so that anybody can deal them again."""

import pytest

from commentary.languages import language
from commentary.records.plan import Claim
from commentary.writing.dealing import APART, LIKED, Remembering, Repeating, Seeded
from commentary.writing.realise import Realiser
from tests.writing.conftest import EDITION

SUMS = [
    "The sum is {{ size | usd }}.",
    "It comes to {{ size | usd }}.",
    "At {{ size | usd }} stands the sum.",
    "We count {{ size | usd }} in all.",
    "In all that makes {{ size | usd }}.",
    "A sum of {{ size | usd }} is what there is.",
    "Added up, there is {{ size | usd }}.",
    "What there is adds up to {{ size | usd }}.",
]


@pytest.fixture
def write(load, size):
    """Return a function: wordings, and what deals them, in; text and the skeleton out."""

    def once(wordings, deal):
        source = "{% say 'sum' kind='fact' %}" + "{% or %}".join(wordings) + "{% endsay %}"
        realiser = Realiser({say.name: say for say in load(source)}, language("en"), EDITION, deal)
        text = realiser.passage([Claim("sum", (("size", size),))]).text
        return text, text.lower().replace("$1.07 billion", "<level>")

    return once


def feed(write, wordings, articles, seed=0):
    """Return the skeletons of successive articles of a feed."""
    recent = []
    for i in range(articles):
        recent.append((write(wordings, Remembering(seed + i, recent, language("en")))[1],))
    return [one for (one,) in recent]


def test_with_a_wording_more_than_the_distance_none_repeats_within_it(write):
    told = feed(write, SUMS, 30)
    assert len(SUMS) == APART + 1
    for i in range(len(told)):
        within = told[i : i + APART]
        assert len(set(within)) == len(within)


def test_with_fewer_wordings_the_one_that_is_longest_ago_comes_back(write):
    assert feed(write, SUMS[:3], 6) == [*feed(write, SUMS[:3], 3)] * 2


def test_of_unused_wordings_the_least_worn_is_taken(write):
    # "the sum is <level>" is worn group for group; "at <level> stands the sum" shares no four words with it.
    recent = [("so the sum is <level>.",)]
    text, _ = write([SUMS[0], SUMS[2]], Remembering(0, recent, language("en")))
    assert text == "At $1.07 billion stands the sum."


def test_the_same_history_and_seed_deal_the_same(write):
    assert feed(write, SUMS, 12, seed=5) == feed(write, SUMS, 12, seed=5)


def test_a_claim_that_is_written_twice_in_an_article_reads_the_same(load, size):
    source = "{% say 'sum' kind='fact' %}" + "{% or %}".join(SUMS) + "{% endsay %}"
    realiser = Realiser(
        {say.name: say for say in load(source)}, language("en"), EDITION, Remembering(3, [("x",)], language("en"))
    )
    claim = Claim("sum", (("size", size),))
    assert realiser.passage([claim]).text == realiser.passage([claim]).text


def test_a_draft_is_written_again_in_its_own_words(write):
    for seed in range(5):
        text, _ = write(SUMS, Seeded(seed))
        assert write(SUMS, Repeating(seed + 99, {("sum", text)}))[0] == text


def test_what_the_draft_does_not_say_is_dealt_by_the_seed(write):
    assert write(SUMS, Repeating(7, {("sum", "Something else.")})) == write(SUMS, Seeded(7))


def test_the_first_few_are_dealt_where_there_is_nothing_to_keep_apart_from(write):
    dealt = {write(SUMS, Seeded(seed, LIKED))[0] for seed in range(40)}
    assert dealt == {"The sum is $1.07 billion.", "It comes to $1.07 billion.", "At $1.07 billion stands the sum."}
    assert len({write(SUMS, Seeded(seed))[0] for seed in range(40)}) == len(SUMS)
