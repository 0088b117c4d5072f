"""Short forms of a draft: no figure of their own, none in other digits, and as much room as they have."""

import re
from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.checks.sentences import sentence_spans
from commentary.pipeline.checking import check_fields
from commentary.records import limits
from commentary.records.draft import MentionRecord

SNAPSHOTS = Path(__file__).parents[2] / "data" / "snapshots"
NAMES = [path.stem for path in sorted(SNAPSHOTS.glob("*.json"))]


@cache
def draft(name, length=None, seed=None):
    read = read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes())
    return draft_snapshots([read], settings=Settings(), length=length, seed=seed)


def with_form(made, name, text, mentions=()):
    """The draft with another short form, whose mentions are given as figure, fact and style."""
    records = []
    path = f"/variants/{name}" if name != "headline" else "/headlines/1"
    for figure, fact, style in mentions:
        start = text.index(figure)
        records.append(
            MentionRecord(path=path, start=start, end=start + len(figure), fact=fact, style=style, role="size")
        )
    kept = tuple(one for one in made.mentions if one.path != path)
    sentences = tuple(one for one in made.sentences if one.path != path)
    update = {"mentions": (*kept, *records), "sentences": sentences}
    if name == "headline":
        update["headlines"] = (made.headlines[0], text, *made.headlines[2:])
    else:
        key = name.partition("/")[0]
        update["variants"] = made.variants.model_copy(update={key: (text,) if key == "social" else text})
    return made.model_copy(update=update)


def found(made):
    return [
        (one.code, one.path, one.severity) for one in check_fields(made).findings if one.code.startswith("formats.")
    ]


SIZE = "BTC/liq_size/side=long/venue=all/window=24h"


def test_a_figure_that_neither_body_nor_digest_has_is_an_error():
    made = draft("btc-flush")
    text = "CoinGlass: $573M of bitcoin liquidations in 24 hours to 14:00 UTC"
    total = "BTC/liq_total/venue=all/window=24h"
    changed = with_form(made, "push", text, [("$573M", total, "usd_compact")])
    assert found(changed) == [("formats.unborne", "/variants/push", "error")]
    borne = with_form(made, "push", text.replace("573", "512"), [("$512M", SIZE, "usd_compact")])
    assert found(borne) == []


def test_a_candidate_for_the_headline_rests_on_the_body_alone():
    made = draft("btc-flush", "brief")
    # The digest tells of funding, the brief does not.
    rate = "BTC/funding_rate/venue=Binance/window=8h/at=settled"
    text = "Binance's bitcoin funding settles at minus 0.0012% per eight hours"
    changed = with_form(made, "headline", text, [("minus 0.0012% per eight hours", rate, "rate_per")])
    assert found(changed) == [("formats.headline", "/headlines/1", "error")]
    assert found(with_form(made, "push", text, [("minus 0.0012% per eight hours", rate, "rate_per")])) == []


def test_one_figure_is_written_in_the_same_digits_everywhere():
    made = draft("btc-flush")
    changed = with_form(made, "push", "CoinGlass: about $510 million of bitcoin longs liquidated", [
        ("about $510 million", SIZE, "usd_about")
    ])  # fmt: skip
    assert ("formats.unlike", "/variants/push", "error") in found(changed)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("push", limits.PUSH),
        ("social/0", limits.SOCIAL),
        ("search_title", limits.SEARCH_TITLE),
        ("mail_subject", limits.MAIL_SUBJECT),
    ],
)
def test_a_form_has_the_room_it_has_and_not_a_character_more(name, most):
    made = draft("btc-flush")
    assert found(with_form(made, name, "x" * most)) == []
    assert found(with_form(made, name, "x" * (most + 1))) == [("formats.length", f"/variants/{name}", "error")]


@pytest.mark.parametrize(("words", "wrong"), [(39, True), (40, False), (60, False), (61, True)])
def test_a_blurb_has_forty_to_sixty_words(words, wrong):
    changed = with_form(draft("btc-flush"), "blurb", " ".join(["word"] * words))
    assert found(changed) == ([("formats.length", "/variants/blurb", "error")] if wrong else [])


def test_a_headline_is_no_longer_than_a_search_engine_shows():
    made = draft("btc-flush")
    long = "x" * (limits.HEADLINE + 1)
    assert ("formats.length", "/headlines/1", "error") in found(with_form(made, "headline", long))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("length", ["brief", "standard"])
def test_every_story_has_every_form_and_five_headlines(name, length):
    for seed in range(3):
        made = draft(name, length, seed)
        if not isinstance(made, Draft):
            return
        variants = made.variants
        assert all((variants.push, variants.social, variants.blurb, variants.search_title, variants.mail_subject))
        assert len(set(made.headlines)) == len(made.headlines) == limits.HEADLINES
        assert made.headline == made.headlines[0]
        assert variants.mail_subject not in (made.headline, variants.search_title)
        # In other words than the digest has.
        (start, end), *_ = sentence_spans(variants.social[0])
        assert variants.social[0][start:end] not in made.digest.summary


@pytest.mark.parametrize("name", NAMES)
def test_a_post_has_a_figure_a_time_and_a_caveat(name):
    made = draft(name)
    if isinstance(made, Draft):
        claims = [one.claim for one in made.sentences if one.path == "/variants/social/0"]
        assert claims[-1].startswith(("caveat.", "frame."))
        # A flow of funds is of sessions, which have a day and no hour.
        time = re.compile("UTC|Sept. 11|July 14" if made.story == "etf_flow" else "UTC")
        assert time.search(made.variants.social[0])
        assert time.search(made.variants.push) or "24 hours" in made.variants.push
