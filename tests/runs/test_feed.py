"""A feed on one kind of event: which sentences repeat within its last articles, and what may."""

import json

import pytest

from commentary import Draft, NoStoryResult, Settings, draft_snapshots, read_snapshot
from commentary.errors import BadInputError
from commentary.pipeline.remembering import is_exempt, told
from commentary.resources import folder
from commentary.runs.feed import articles_of, feed_result, forgetful, masked_articles, remembering
from commentary.runs.scaled_snapshots import variant
from commentary.writing.dealing import APART

SNAPSHOTS = folder("data") / "snapshots"


def content(name):
    return (SNAPSHOTS / f"{name}.json").read_bytes()


def made(name, seed=None):
    draft = draft_snapshots([read_snapshot(content(name))], settings=Settings(), length="standard", seed=seed)
    assert isinstance(draft, Draft)
    return draft


@pytest.fixture(scope="module")
def feed():
    return articles_of(content("btc-long-side"), "btc-long-side", 4)


def test_a_variant_has_other_figures_and_nothing_else():
    rows = json.loads(content("btc-flush"))
    one, other = variant(rows, 1), variant(rows, 2)
    assert one != other != rows
    assert variant(rows, 1) == one
    assert one.keys() == rows.keys()
    assert [row["time"] for row in one["open_interest"]] == [row["time"] for row in rows["open_interest"]]


def test_the_articles_are_of_one_story_and_each_of_other_figures(feed):
    assert len(feed) == 4
    assert {one.story for one in feed} == {"liquidation_map"}
    assert len({one.inputs[0].sha256 for one in feed}) == 4


def test_the_next_article_is_handed_the_feed_so_far():
    seen = []

    def draft(read, seed, feed):
        seen.append((seed, len(feed)))
        return remembering(read, seed, feed)

    articles_of(content("btc-long-side"), "btc-long-side", 3, draft)
    # Once to see what the news is, then each with those before it.
    assert seen == [(None, 0), (None, 0), (None, 1), (None, 2)]


def test_an_article_that_stands_twice_repeats_all_of_its_sentences():
    one = made("btc-long-side")
    result = feed_result([one, one], "twice", remembers=False)
    assert (result.repeated_in_window, result.repeated_at_end, result.repeated_in_feed) == (1, 1, 1)
    assert result.self_bleu == result.pairwise_bleu == 100
    assert result.window == APART


def test_what_stands_longer_ago_than_the_window_repeats_in_the_feed_alone():
    # Seeds by which the two share no sentence.
    one, other = made("btc-long-side", 5), made("eth-whale-short", 2)
    result = feed_result([one, *[other] * (APART - 1), one], "apart", remembers=False)
    # Between the first and the last lie as many articles as the window has besides it.
    assert result.repeated_at_end == 0
    again = feed_result([one, *[other] * (APART - 2), one], "near", remembers=False)
    assert again.repeated_at_end == 1


def test_an_article_alone_repeats_nothing():
    result = feed_result([made("btc-calm")], "one", remembers=True)
    assert (result.repeated_in_window, result.repeated_in_feed, result.self_bleu) == (0, 0, 0)
    assert result.articles == 1


def test_legal_lines_definitions_heads_and_plain_lines_are_exempt():
    draft = made("market-liquidations")
    exempt = {record.origin.partition("#")[0] for record, _ in told(draft) if is_exempt(record, "en")}
    assert {"template@disclosure.tool", "template@label.template", "frame@disclaimer"} <= exempt
    assert "template@liq.market.price" in exempt
    assert "template@liq.lead.market" not in exempt
    paths = {record.path for record, _ in told(draft) if not is_exempt(record, "en")}
    assert not any(path.endswith(("/heading", "/question")) for path in paths)


def test_exempt_words_are_counted_apart(feed):
    result = feed_result(feed, "btc-long-side", remembers=True)
    assert 0.1 < result.exempt_words < 0.4
    assert result.sentences > 4 * 20
    assert result.words > 500
    assert result.tokeniser == "words-and-signs-1"
    # No figure is left in what is compared.
    assert not any(character.isdigit() for one in masked_articles(feed) for token in one for character in token)


def test_who_does_not_remember_is_handed_nothing(feed):
    read = read_snapshot(content("btc-long-side"))
    assert forgetful(read, 3, feed) == forgetful(read, 3, ())


@pytest.mark.parametrize(
    ("name", "count", "words"),
    [("btc-stale", 3, "it makes no news"), ("btc-calm", 0, "a number from 1"), ("btc-calm", 201, "a number from 1")],
)
def test_a_feed_that_cannot_be_made_says_why(name, count, words):
    with pytest.raises(BadInputError, match=words):
        articles_of(content(name), name, count)


def test_too_few_variants_of_one_story_say_so():
    answers = iter([made("btc-calm"), made("btc-calm")])

    def draft(read, seed, feed):
        return next(answers, NoStoryResult(()))

    with pytest.raises(BadInputError, match="only 1 of its variants make calm too"):
        articles_of(content("btc-calm"), "btc-calm", 2, draft)
