"""What drafts of the bundled snapshots say and in which order, in every wording that a few seeds bring up."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, facts_of, read_snapshot, stories_of
from commentary.records.draft import texts
from commentary.records.story import Story

FOLDER = Path(__file__).parents[1] / "data" / "snapshots"
SEEDS = tuple(range(6))
LENGTHS = ("brief", "standard", "full")
NO_FIGURE_OF_THE_TEXT = ("named_source", "source", "source_s", "family", "hours", "other_longs", "names", "gap_why")
"""Styles of names, of the age and of the gap that a line under "Not known" itself is about."""


@cache
def drafted(name, story="auto", length=None, seeds=SEEDS):
    read = read_snapshot((FOLDER / f"{name}.json").read_bytes())
    made = [draft_snapshots([read], settings=Settings(), story=story, length=length, seed=seed) for seed in seeds]
    return [draft for draft in made if isinstance(draft, Draft)]


def body(draft):
    return " ".join(paragraph for section in draft.sections for paragraph in section.paragraphs)


def whole(draft):
    return "\n".join(text for _, text in texts(draft))


def told():
    """Each snapshot in one of the lengths by default, in the others with the slow tests."""
    for number, name in enumerate(sorted(path.stem for path in FOLDER.glob("*.json"))):
        for place, length in enumerate(LENGTHS):
            marks = [pytest.mark.slow] if place != number % len(LENGTHS) else []
            yield pytest.param(name, length, id=f"{length}-{name}", marks=marks)


@cache
def due(name):
    read = read_snapshot((FOLDER / f"{name}.json").read_bytes())
    sheet = facts_of(read, settings=Settings(), now=read.snapshot.as_of)
    return [one.name for one in stories_of(sheet, settings=Settings()) if isinstance(one, Story)]


@pytest.mark.parametrize(("name", "length"), list(told()))
def test_no_figure_is_first_met_where_it_is_doubted(name, length):
    for draft in (draft for story in due(name) for draft in drafted(name, story, length, (7,))):
        opening = re.compile(r"/headline\Z|/standfirst|/sections/")
        before = {mention.fact for mention in draft.mentions if opening.match(mention.path)}
        doubted = [mention for mention in draft.mentions if mention.path.startswith("/unknowns")]
        # Of a day without a count there is nothing to tell but that.
        met = {
            m.fact
            for m in doubted
            if m.style.rstrip("^") not in NO_FIGURE_OF_THE_TEXT and "/week_gap_day/" not in m.fact
        }
        assert met <= before


def test_the_lowest_price_since_a_map_is_that_of_the_hours_the_candles_cover():
    for draft in drafted("btc-level-passed", length="full"):
        # the map is of 07:30, the first candle begins at 08:00, the last ends at 12:00, the price is of 12:55
        hours, low = r"in the four hours to 12:00 UTC", r"\$63,077"
        assert re.search(f"{hours}[^.]*{low}|{low}[^.]*{hours}", body(draft), re.I)
        assert "since 07:30" not in body(draft)


def test_a_brief_in_euros_has_the_rate_to_the_dollar():
    assert all("$1.1534 to the euro" in body(draft) for draft in drafted("btc-eur", length="brief"))


@pytest.mark.parametrize(
    ("name", "start"), [("btc-short-side", "0.01%"), ("btc-eur", "formula"), ("btc-conflict", "0.01%")]
)
def test_a_brief_says_where_funding_starts_from(name, start):
    for draft in drafted(name, length="brief"):
        funding = next(text for text in draft.sections[0].paragraphs if "$100,000" in text)
        assert start in funding.partition("$100,000")[2]
        assert "start" in draft.digest.summary


def test_only_what_a_text_uses_is_told_as_old():
    for draft in (*drafted("btc-flush"), *drafted("btc-flush", "realised_liquidations")):
        assert not [text for text in draft.disclosures if "older" in text]
    for draft in drafted("btc-flush", "level_passed"):
        assert "CoinGlass's map of Nov. 22 is older than it should be: 77 hours." in draft.disclosures


def test_after_a_squeeze_shorts_are_what_is_left_and_the_payer_has_changed():
    for draft in drafted("btc-short-squeeze"):
        assert re.search("[Ff]ewer|forced out", draft.sentiment.rationale)
        assert re.search("minus 0\\.0058%", body(draft))
        assert re.search(
            "shorts (?:had|were the side that paid)|(?:to|by|with|from) shorts|shorts paid|paid by shorts", body(draft)
        )


def test_a_map_without_a_time_and_a_window_lacks_both():
    for draft in drafted("btc-example"):
        lacks = [text for text in draft.unknowns if re.search("window|how far back", text)]
        assert any(re.search("time|drawn", text, re.I) for text in lacks)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_day_that_went_to_and_fro_is_not_called_quiet(length):
    for draft in drafted("btc-calm", length=length):
        assert not re.search("quiet|little moved|stands still", whole(draft), re.I)


def test_a_level_is_written_as_it_is_and_two_sides_head_their_story():
    for draft in drafted("eth-two-sided"):
        assert "$2,337.50" in body(draft)
        assert "$2,338" not in whole(draft)
        for text in (draft.headline, draft.digest.title, draft.variants.push):
            assert re.search("longs.*shorts", text)


def test_a_conflict_of_sources_stands_beside_its_figure_with_a_reason_and_is_not_known():
    for draft in drafted("btc-conflict"):
        (told,) = [text for part in draft.sections for text in part.paragraphs if "Coinalyze" in text]
        assert "4.2%" in told
        assert re.search("so that|, as ", told)
        assert any("Coinalyze" in text for text in draft.unknowns)


@pytest.mark.parametrize("name", ["btc-flush", "sol-liquidations", "market-liquidations"])
def test_a_price_is_not_put_before_what_it_is_of(name):
    for draft in drafted(name, "realised_liquidations"):
        assert not re.search(r"(?:\A|\. |\n)To \$", whole(draft))


@pytest.mark.parametrize(
    ("name", "larger", "times", "lesser"),
    [("btc-long-side", "$1.07B", 4.6, "$412 million"), ("btc-short-side", "$1.42B", 5.2, "$318 million")],
)
def test_the_larger_side_leads_and_the_standfirst_sets_the_other_beside_it(name, larger, times, lesser):
    for draft in drafted(name):
        assert larger in draft.headline
        assert lesser not in draft.headline
        assert {f"{times} times", lesser} == {part for part in (f"{times} times", lesser) if part in draft.standfirst}


def test_more_liquidated_coins_than_left_open_interest_are_told_as_more():
    for draft in drafted("sol-liquidations", "realised_liquidations"):
        (told,) = [text for part in draft.sections for text in part.paragraphs if "782,000 SOL" in text]
        assert re.search("outnumber|falls short of", told)
    for draft in drafted("btc-flush", "realised_liquidations"):
        assert "outnumber" not in body(draft)


def altered(name, was, now, without=()):
    """Draft a bundled snapshot in which a text is another and sections are left out, in several seeds."""
    content = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert was in content
    made = json.loads(content.replace(was, now))
    read = read_snapshot(json.dumps({key: rows for key, rows in made.items() if key not in without}).encode())
    return [draft_snapshots([read], settings=Settings(), seed=seed) for seed in SEEDS]


def test_a_map_older_than_the_price_is_not_said_to_lack_the_other_side():
    # Three hours before the price of 08:55: the sides are not compared per percent, and both are told.
    for draft in altered("btc-long-side", '168, "time": "2026-11-22T08:55', '168, "time": "2026-11-22T05:55'):
        assert "$412 million" in draft.standfirst
        assert "no sum for shorts" not in whole(draft).lower()


@pytest.mark.parametrize("at_price", ["62139", "62130", "62100", "62140"])
def test_a_sum_that_ends_at_the_price_is_no_story_of_a_level_ahead(at_price):
    for made in altered("btc-long-side", "60593", at_price):
        assert not isinstance(made, Draft)


@pytest.mark.parametrize("rise", ["5.4", "0.9"])
def test_a_rise_of_the_day_is_not_what_took_price_down_through_a_level(rise):
    for draft in altered("btc-flush", '"percent": -5.4, "venue"', f'"percent": {rise}, "venue"', ("candles",)):
        assert draft.story == "level_passed"
        assert "$60,593" in draft.sections[0].paragraphs[0]
        assert f"{rise}%" not in draft.sections[0].paragraphs[0]
