"""An event has one key, is told again only after a material change, and says then what changed since when."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest

from commentary import Draft, NoStoryResult, Settings, draft_snapshots, read_snapshot
from commentary.pipeline import check_draft
from commentary.pipeline.remembering import item_of
from commentary.pipeline.tracing import traced
from commentary.records.history import History
from commentary.resources import folder

FOLDER = folder("data") / "snapshots"


def document(name):
    return json.loads((FOLDER / f"{name}.json").read_bytes())


def later(name, hours, change=lambda _: None):
    """A snapshot some hours later, with the newest rows of each kind at its own time."""
    made = document(name)
    moved = timedelta(hours=hours)

    def shifted(text):
        return (datetime.fromisoformat(text) + moved).isoformat().replace("+00:00", "Z")

    made["as_of"] = shifted(made["as_of"])
    for rows in (
        "prices",
        "price_changes",
        "open_interest",
        "open_interest_changes",
        "liquidations",
        "liquidation_maps",
    ):
        for row in made.get(rows, ()):
            row["time"] = shifted(row["time"])
    change(made)
    return made


def read(made):
    return read_snapshot(json.dumps(made).encode())


@cache
def first(name, length=None):
    return draft_snapshots([read(document(name))], settings=Settings(), length=length)


def again(made, *drafts, **options):
    history = History.of("desk", [item_of(draft, "desk") for draft in drafts])
    return draft_snapshots([read(made)], settings=Settings(), history=history, **options)


def reasons(result, story):
    return next(missed.reasons for missed in result.reasons if missed.name == story)


def longs(usd=None, price=None, level=None):
    """Change the map's sum of longs, its end, or the price."""

    def change(made):
        entry = made["liquidation_maps"][0]["cumulative"][0]
        if usd:
            entry["notional_usd"] = usd
        if level:
            entry["price"] = level
        if price:
            made["prices"][0]["value"] = price

    return change


def test_a_new_event_has_a_key_of_asset_family_level_and_day():
    assert first("btc-long-side").story_key == "BTC/level/long-60600/2026-11-22"
    assert first("btc-flush").story_key == "BTC/forced/long/2026-11-25"
    assert first("btc-calm").story_key == "BTC/calm/2026-08-12"


def test_push_brief_article_and_update_share_key_and_address():
    article, brief = first("btc-long-side"), first("btc-long-side", "brief")
    update = again(later("btc-long-side", 2, longs(usd=1_420_000_000)), article)
    assert {article.story_key, brief.story_key, update.story_key} == {"BTC/level/long-60600/2026-11-22"}
    assert article.slug == update.slug == "btc-liquidation-map-2026-11-22"
    # A day later the address is still the one of the first day.
    tomorrow = again(later("btc-long-side", 26, longs(usd=1_420_000_000)), article)
    assert (tomorrow.slug, tomorrow.story_key) == (article.slug, article.story_key)


@pytest.mark.parametrize(
    "change",
    [
        longs(),
        longs(usd=1_337_000_000),
        longs(usd=810_000_000),
        # The sum grew with the distance: 0.9 percentage points farther it is not comparable.
        longs(usd=1_420_000_000, price=62_700),
        longs(price=61_250),
        longs(level=60_700),
    ],
    ids=["nothing", "24.95% more", "24.3% less", "at another distance", "1.07% away", "redrawn"],
)
def test_without_a_material_change_there_is_no_second_story(change):
    result = again(later("btc-long-side", 2, change), first("btc-long-side"))
    assert isinstance(result, NoStoryResult)
    told, *why = reasons(result, "liquidation_map")
    assert told.startswith("it was told at 2026-11-22 09:00 UTC, as “")
    assert any("must be" in one for one in why)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (longs(usd=1_337_500_000), ("$1.34 billion", "$1.07 billion")),
        (longs(usd=802_500_000), ("$803 million", "$1.07 billion")),
        # 60,593 / 61,200 is 0.9918: 1.0% below it.
        (longs(price=61_200), ("1%", "2.5%")),
    ],
    ids=["25% more", "25% less", "within 1%"],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_material_change_leads_with_old_and_new_and_when(change, said, seed):
    update = again(later("btc-long-side", 2, change), first("btc-long-side"), seed=seed)
    assert isinstance(update, Draft)
    assert update.checks.findings == ()
    lead = next(one for one in update.sentences if one.path == "/sections/0/paragraphs/0")
    sentence = update.sections[0].paragraphs[0][lead.start : lead.end]
    for words in (*said, "09:00 UTC on Nov. 22"):
        assert words in sentence
    facts = {record.id: record for record in update.facts}
    mentioned = {facts[one.fact].subject.metric for one in update.mentions if one.path == lead.path}
    assert "told_at" in mentioned
    assert any(metric.startswith("told_reach") for metric in mentioned)


def test_the_old_figure_is_a_fact_of_its_own_time_from_our_archive():
    update = again(later("btc-long-side", 2, longs(usd=1_420_000_000)), first("btc-long-side"))
    then = next(one for one in update.facts if one.subject.metric == "told_reach_size")
    assert then.value == 1_070_000_000
    assert then.source == ("CoinGlass", "our archive")
    assert f"{then.as_of:%H:%M}" == "08:55"
    assert "our archive" in update.sources


def test_a_level_told_on_the_map_is_told_as_passed_once():
    passed = document("btc-level-passed")
    before = document("btc-long-side") | {
        "as_of": "2026-07-09T08:00:00Z",
        "liquidation_maps": passed["liquidation_maps"],
        "prices": [passed["prices"][0] | {"value": 65_100, "time": "2026-07-09T07:55:00Z"}],
        "funding": [],
        "open_interest": [],
        "open_interest_changes": [],
    }
    map_story = draft_snapshots([read(before)], settings=Settings())
    update = again(passed, map_story)
    assert (update.story, update.story_key) == ("level_passed", map_story.story_key)
    assert "08:00 UTC on July 9" in update.sections[0].paragraphs[0]
    second = again(later("btc-level-passed", 1), map_story, update, story="level_passed")
    assert reasons(second, "level_passed")[0].startswith("it was told at 2026-07-09 13:00 UTC")


def test_another_level_is_another_event():
    other = again(later("btc-long-side", 2, longs(level=59_000)), first("btc-long-side"))
    assert other.story_key == "BTC/level/long-59000/2026-11-22"


def test_an_event_ends_with_its_life():
    article = first("btc-long-side")
    assert isinstance(again(later("btc-long-side", 71), article), NoStoryResult)
    assert again(later("btc-long-side", 72), article).story_key == "BTC/level/long-60600/2026-11-25"


def test_another_asset_is_another_event():
    ether = first("eth-two-sided")
    assert again(later("btc-long-side", 2), ether).story_key == "BTC/level/long-60600/2026-11-22"


def of_map(**fields):
    """Change what the map says of itself, with a sum that grew by more than a quarter."""

    def change(made):
        made["liquidation_maps"][0].update(fields)
        longs(usd=2_400_000_000)(made)

    return change


@pytest.mark.parametrize(
    ("before", "after", "key", "why"),
    [
        ({}, {"source": "Coinalyze"}, "coinalyze", "its source was CoinGlass then and is Coinalyze now"),
        ({"model": "v1"}, {"model": "v2"}, "v2", "its model was v1 then and is v2 now"),
        ({}, {"model": "v2"}, "v2", "its model was not named then and is v2 now"),
        ({"model": "v2"}, {}, "no-model", "its model was v2 then and is not named now"),
        ({"prior": "low"}, {"prior": "high"}, "high-prior", "its model was low prior then and is high prior now"),
        ({"venue": "Binance"}, {"venue": "all"}, "all", "its exchange was Binance then and is all now"),
        ({}, {"window_hours": 720}, "720-hours", "its window was 168 hours then and is 720 hours now"),
        ({}, {"evidence": "reported"}, "reported", "its evidence was estimated then and is reported now"),
    ],
)
def test_a_sum_of_another_source_or_model_is_a_story_of_its_own(before, after, key, why):
    old = document("btc-long-side")
    old["liquidation_maps"][0].update(before)
    earlier = draft_snapshots([read(old)], settings=Settings())
    made = later("btc-long-side", 2, of_map(**after))
    own = again(made, earlier, story="liquidation_map")
    assert own.checks.ok
    assert own.story_key == f"BTC/level/long-60600/{key}/2026-11-22"
    assert own.slug == f"btc-liquidation-map-{key}-2026-11-22"
    assert "$1.07" not in own.model_dump_json(include={"headline", "standfirst", "sections", "digest", "variants"})
    assert not any(record.subject.metric.startswith("told_") for record in own.facts)
    assert any(f"{why}" in reason for _, reason in own.plan["left_out"])
    assert list(traced(own, read(made), Settings())) == []
    # It is an event with a key of its own, which is told again only after a change of its own figures.
    assert isinstance(
        again(later("btc-long-side", 3, of_map(**after)), earlier, own, story="liquidation_map"), NoStoryResult
    )
    larger = later("btc-long-side", 4, lambda made: (of_map(**after)(made), longs(usd=3_200_000_000)(made)))
    update = again(larger, earlier, own, story="liquidation_map")
    assert (update.story_key, update.slug) == (own.story_key, own.slug)
    assert "$2.4" in update.sections[0].paragraphs[0]


def test_a_level_in_another_currency_is_another_level():
    made = later("btc-long-side", 2, longs(usd=2_400_000_000)) | {"quote": "EUR", "usd_rate": 1.1}
    own = again(made, first("btc-long-side"), story="liquidation_map")
    assert own.story_key == "BTC/level/long-60600/eur/2026-11-22"
    assert any("its currency was USD then and is EUR now" in reason for _, reason in own.plan["left_out"])


def test_the_same_model_is_compared():
    old = document("btc-long-side")
    old["liquidation_maps"][0].update(model="v1", prior="base")
    earlier = draft_snapshots([read(old)], settings=Settings())
    update = again(later("btc-long-side", 2, of_map(model="v1", prior="base")), earlier)
    assert update.story_key == earlier.story_key
    assert "$1.07 billion" in update.sections[0].paragraphs[0]


def test_two_sources_in_turn_are_told_each_with_its_own_figures():
    glass = first("btc-long-side")
    other = again(later("btc-long-side", 2, of_map(source="Coinalyze")), glass)
    update = again(later("btc-long-side", 4, longs(usd=1_420_000_000)), glass, other)
    assert update.story_key == glass.story_key
    assert "$1.07 billion" in update.sections[0].paragraphs[0]
    assert isinstance(again(later("btc-long-side", 4), glass, other, story="liquidation_map"), NoStoryResult)


def test_a_distance_from_another_exchanges_price_is_not_compared():
    def bybit(made):
        longs(price=61_200)(made)
        made["prices"][0].update(venue="Bybit", source="Bybit")

    result = again(later("btc-long-side", 2, bybit), first("btc-long-side"), story="liquidation_map")
    assert isinstance(result, NoStoryResult)
    assert any("its source was Binance and CoinGlass then and is Bybit and CoinGlass now" in one
               for one in reasons(result, "liquidation_map"))  # fmt: skip


def test_a_count_of_another_source_is_not_the_change_of_ours():
    def other(made):
        for row in made["liquidations"]:
            row["source"] = "Coinalyze"
        made["liquidations"][-1].update(short_usd=30_000_000, total_usd=32_100_000)

    own = again(later("doge-august", 2, other), first("doge-august"))
    assert own.story == first("doge-august").story
    assert own.story_key != first("doge-august").story_key
    assert "coinalyze" in own.story_key
    assert "$14.3" not in own.model_dump_json(include={"headline", "standfirst", "sections", "digest", "variants"})
    assert any("its source was" in reason for _, reason in own.plan["left_out"])


def test_a_label_that_flips_is_news_of_any_story():
    told = item_of(first("btc-short-squeeze"), "desk")
    early = {"as_of": told.as_of - timedelta(hours=2), "inputs": ()}
    same = History.of("desk", [told.model_copy(update=early)])
    flipped = History.of("desk", [told.model_copy(update={**early, "label": "bearish"})])
    squeeze = [read(document("btc-short-squeeze"))]
    result = draft_snapshots(squeeze, settings=Settings(), history=same, story="flush_reset")
    assert "the label is same, must be flipped" in " / ".join(reasons(result, "flush_reset"))
    update = draft_snapshots(squeeze, settings=Settings(), history=flipped)
    assert "bearish" in update.headline.lower()
    assert "neutral" in update.headline.lower()


def test_the_same_command_gives_the_same_bytes_after_its_draft_was_saved():
    article = first("btc-long-side")
    made = later("btc-long-side", 2, longs(usd=1_420_000_000))
    update = again(made, article)
    assert again(made, article, update).model_dump_json() == update.model_dump_json()


def test_a_history_changes_the_id_and_names_itself():
    made = document("btc-long-side")
    alone, remembered = first("btc-long-side"), again(made)
    assert alone.history_sha256 is None
    assert remembered.history_sha256 == History.of("desk").sha256
    assert alone.id != remembered.id
    assert alone.story_key == remembered.story_key


def test_a_draft_with_a_past_is_written_again_from_the_facts_it_carries_and_says_what_that_leaves():
    made = later("btc-long-side", 2, longs(usd=1_420_000_000))
    update = Draft.model_validate_json(again(made, first("btc-long-side")).model_dump_json())
    found = check_draft(update)
    assert found.ok
    assert [(one.code, one.severity, one.path) for one in found.findings] == [
        ("draft.history", "note", "/history_sha256")
    ]
    assert list(traced(update, read(made), Settings())) == []


@pytest.mark.parametrize(
    ("metric", "value", "code"),
    [
        ("since_reach_size", Decimal(12), "draft.value"),
        ("told_key", "BTC/level/long-1/2026-11-22", "draft.beside"),
        ("since_change", "near", "draft.rewritten"),
    ],
)
def test_what_a_draft_says_of_its_past_is_held_to_itself(metric, value, code):
    made = later("btc-long-side", 2, longs(usd=1_420_000_000))
    update = again(made, first("btc-long-side"))
    facts = tuple(
        one.model_copy(update={"value": value}) if one.subject.metric == metric else one for one in update.facts
    )
    found = check_draft(update.model_copy(update={"facts": facts}))
    assert code in {one.code for one in found.findings}


def test_a_wrap_is_told_once_a_morning():
    names = ("eth-october", "bnb-october")
    reads = [read(document(name)) for name in names]
    wrap = draft_snapshots(reads, settings=Settings())
    assert isinstance(wrap, Draft)
    told = item_of(wrap, "desk")
    history = History.of("desk", [told.model_copy(update={"inputs": (), "as_of": told.as_of - timedelta(hours=3)})])
    result = draft_snapshots(reads, settings=Settings(), history=history)
    assert reasons(result, wrap.story)[0].startswith("it was told at")


def test_a_condition_carries_the_terms_on_which_it_is_settled():
    (test,) = first("btc-long-side").conditions
    facts = {record.id: record for record in first("btc-long-side").facts}
    assert test.deadline == first("btc-long-side").as_of + timedelta(hours=72)
    assert (facts[test.level].value, facts[test.threshold].subject.metric) == (60_593, "reach_test")
    assert facts[test.measure].source == ("CoinGlass",)
    assert test.closes is None
    bearish, bullish, regain = first("btc-flush").conditions
    flush = {record.id: record for record in first("btc-flush").facts}
    assert [flush[one.closes].value for one in (bearish, bullish)] == [2, 1]
    assert {flush[one.beside].subject.metric for one in (bearish, bullish)} == {"oi_half_regain"}
    assert [one.beside_relation for one in (bearish, bullish, regain)] == ["above", "below", None]


def test_what_a_feed_remembers_of_a_draft_is_what_it_led_with_and_what_it_set():
    item = item_of(first("btc-long-side"), "desk")
    figures = {(record.subject.metric, record.subject.side): record.value for record in item.figures.values()}
    assert figures["reach_size", "long"] == 1_070_000_000
    assert figures["price", None] == 62_140
    assert any(record.startswith("BTC/reach_size") for record in item.headlined)
    assert all(not record.inputs for record in item.figures.values())
    (test,) = item.conditions
    assert (test.threshold.value, test.level.value, test.outcome) == (Decimal(8_600), 60_593, None)
    assert item.wordings
    assert all(one.startswith("template@") for one in item.wordings)
    assert "template@disclosure" not in " ".join(item.wordings)


def by_hand(as_of):
    """What `snapshot new` makes of a price and a sum."""
    size = {"price": 60593, "side": "long", "notional_usd": 1_070_000_000}
    return {
        "format": "commentary.snapshot/1",
        "asset": "BTC",
        "quote": "USD",
        "as_of": as_of,
        "prices": [{"source": "CoinGlass", "value": 62140}],
        "liquidation_maps": [{"source": "CoinGlass", "evidence": "estimated", "cumulative": [size]}],
    }


def test_a_test_without_a_verdict_takes_no_place_of_a_story_that_fires():
    made = by_hand("2026-11-30T00:55:38Z")
    draft = again(made, first("btc-long-side"), first("btc-flush"))
    assert (draft.story, draft.checks.ok) == ("liquidation_map", True)


def test_what_cannot_be_told_whole_is_no_story_and_says_what_is_missing():
    found = again(by_hand("2026-11-30T00:55:38Z"), first("btc-long-side"), first("btc-flush"), story="follow_up")
    assert isinstance(found, NoStoryResult)
    assert found.reasons[-1].reasons == (
        "it cannot be told whole: no source is named",
        "it cannot be told whole: nothing is said to be unknown",
    )
