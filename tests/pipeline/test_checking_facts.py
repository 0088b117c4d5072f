"""The facts that a draft carries, changed and sealed anew: held to one another, to our rules, and to the snapshot."""

import json
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.config import Publisher
from commentary.metrics import compute, metrics
from commentary.pipeline import check_draft
from commentary.pipeline.sealing import seal
from commentary.pipeline.tracing import traced
from commentary.records.finding import Finding
from commentary.resources import folder

SNAPSHOTS = sorted((folder("data") / "snapshots").glob("*.json"))
CHANGE = "BTC/oi_change_coin/venue=all/window=24h"
START = "BTC/oi_from_coin/venue=all/window=24h"


def drafted(name, settings):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    draft = draft_snapshots([read], settings=settings)
    # As a file holds it.
    return read, Draft.model_validate_json(draft.model_dump_json()) if isinstance(draft, Draft) else None


@cache
def made(name):
    return drafted(name, Settings())


@pytest.fixture(scope="module")
def flush():
    return made("btc-flush")


def with_fact(draft, metric, **changed):
    """Return a draft with every fact of a metric changed, as somebody seals it who knows how."""
    facts = tuple(
        one.model_copy(update=changed) if one.subject.metric == metric and one.value is not None else one
        for one in draft.facts
    )
    assert facts != draft.facts
    return seal(draft.model_copy(update={"facts": facts}))


def found(draft, metric, settings=None) -> list[Finding]:
    """Return what is said of the facts of a metric."""
    findings = check_draft(draft, settings=settings).findings
    return [one for one in findings if one.path.startswith("/facts/") and f"/{metric}" in one.facts[0]]


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_the_facts_of_a_snapshot_hold_one_another_and_it(path):
    read, draft = made(path.stem)
    if draft is not None:
        assert check_draft(draft).findings == draft.checks.findings
        assert list(traced(draft, read, Settings())) == []


def test_a_metric_that_is_not_in_the_table_is_found_here_first():
    from commentary.checks.formulas import FORMS

    assert len(list(metrics)) > 10
    for path in SNAPSHOTS:
        read = read_snapshot(path.read_bytes())
        for fact in compute(read, now=read.snapshot.as_of):
            assert fact.subject.metric in FORMS, f"enter {fact.subject.metric} in a file of commentary/checks/formulas"


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("oi_change_coin", Decimal("-3.2")),
        ("oi_delta_coin", Decimal(-9000)),
        ("liq_share", Decimal(99)),
        ("price_change", Decimal("5.4")),
        ("daily_sigma_twice", Decimal(1)),
        ("funding_apr", Decimal(50)),
        ("funding_payer", "long"),
        ("reach_distance", Decimal("-1.5")),
        ("oi_half_regain", Decimal(280_000)),
        ("price_from", Decimal(99_000)),
        ("reach_sum_depth", Decimal(9)),
        ("reach_sum_price", Decimal(2000)),
        ("cluster_level", Decimal(99_000_000)),
        ("cluster_level_largest", Decimal(99_000_000)),
        ("cluster_level_price", Decimal(2000)),
        ("sentiment_label", "bullish"),
        ("test_share", Decimal("0.1")),
    ],
)
def test_a_value_that_its_inputs_do_not_give_is_found(metric, value):
    for path in SNAPSHOTS:
        _, draft = made(path.stem)
        if draft is None:
            continue
        values = [one.value for one in draft.facts if one.subject.metric == metric and one.value is not None]
        if values and value not in values:
            findings = found(with_fact(draft, metric, value=value), metric)
            # A change that a source reports is held by what was computed of it.
            if findings or metric not in ("price_change", "oi_change_coin"):
                assert {one.code for one in findings} == {"draft.value"}
                return
    pytest.fail("no bundled draft holds such a fact")


def test_each_sum_of_a_map_is_held_to_the_whole_of_its_side():
    _, draft = made("eth-two-sided")
    sums = [one for one in draft.facts if one.subject.metric == "reach_sum"]
    assert len(sums) > 4
    for true in sums:
        facts = tuple(
            one.model_copy(update={"value": one.value + 10_000_000}) if one is true else one for one in draft.facts
        )
        told = found(seal(draft.model_copy(update={"facts": facts})), "reach_sum")
        assert ("draft.value", (true.id,)) in {(one.code, one.facts) for one in told}


def test_a_sum_of_a_map_that_says_another_end_is_found():
    _, draft = made("eth-two-sided")
    formula = "side_total - 1000000 of the levels beyond 2350"
    told = found(with_fact(draft, "reach_sum", formula=formula), "reach_sum/")
    assert {one.code for one in told} == {"draft.value"}


def test_the_open_of_a_candle_is_held_to_the_change_that_was_reported():
    _, draft = made("btc-short-squeeze")
    start = next(one for one in draft.facts if one.subject.metric == "price_from" and one.formula)
    assert (start.value, start.inputs) == (Decimal(65160), ())
    for changed in ({"value": Decimal(65_260)}, {"as_of": draft.as_of}):
        facts = tuple(one.model_copy(update=changed) if one is start else one for one in draft.facts)
        (told,) = found(seal(draft.model_copy(update={"facts": facts})), "price_from")
        assert (told.code, told.facts) == ("draft.value", (start.id,))
        assert "no price from which the reported change leads to a price of the draft" in told.message


def test_the_facts_of_two_maps_and_two_books_hold_one_another():
    raw = json.loads((folder("data") / "snapshots" / "eth-two-sided.json").read_bytes())
    first = max(raw["liquidation_maps"], key=lambda row: row["time"])
    raw["liquidation_maps"].append({**first, "source": "Hyblock"})
    raw["order_book"] += [{**row, "venue": "Bybit", "source": "Bybit"} for row in raw["order_book"]]
    draft = draft_snapshots([read_snapshot(json.dumps(raw).encode())], settings=Settings())
    ids = [one.id for one in draft.facts if one.subject.metric == "reach_sum_depth"]
    assert any("second source" in one for one in ids)
    assert not [one for one in check_draft(draft).findings if one.path.startswith("/facts/")]


def test_the_message_names_the_fact_and_both_values(flush):
    _, draft = flush
    one = found(with_fact(draft, "oi_change_coin", value=Decimal("-3.2")), "oi_change_coin")[0]
    assert "says -3.2% of “open interest change in coin, all exchanges, 24 hours”" in one.message
    assert "which is -9.20389654014% by its formula and inputs" in one.message


def test_a_side_that_is_more_than_its_total_is_found(flush):
    _, draft = flush
    side = next(one for one in draft.facts if one.subject.metric == "liq_size" and one.subject.side == "long")
    facts = tuple(one.model_copy(update={"value": Decimal(912_000_000)}) if one is side else one for one in draft.facts)
    findings = check_draft(seal(draft.model_copy(update={"facts": facts}))).findings
    assert any("more than its total" in one.message for one in findings)


@pytest.mark.parametrize(
    ("metric", "changed", "code"),
    [
        ("oi_change_coin", {"formula": "lies"}, "draft.fact"),
        ("oi_change_coin", {"formula": "", "inputs": ()}, "draft.fact"),
        ("oi_change_coin", {"inputs": (START, START)}, "draft.fact"),
        ("oi_change_coin", {"inputs": ("BTC/nothing", START)}, "draft.fact"),
        ("oi_change_coin", {"evidence": "observed"}, "draft.evidence"),
        ("oi_change_coin", {"source": ("Bloomberg",)}, "draft.evidence"),
        ("oi_coin", {"evidence": "observed"}, "draft.evidence"),
        ("oi_coin", {"evidence": "asserted"}, "draft.evidence"),
        ("oi_coin", {"reason": "nobody knows"}, "draft.fact"),
        ("price", {"currency": "EUR"}, "draft.evidence"),
        ("test_share", {"formula": "because"}, "draft.fact"),
    ],
)
def test_how_a_fact_is_said_to_be_known_is_held_too(flush, metric, changed, code):
    _, draft = flush
    assert code in {one.code for one in found(with_fact(draft, metric, **changed), metric)}


def test_a_fact_of_a_metric_that_nobody_computes_is_found(flush):
    _, draft = flush
    one = next(record for record in draft.facts if record.subject.metric == "oi_coin")
    subject = one.subject.model_copy(update={"metric": "whales"})
    facts = (*draft.facts, one.model_copy(update={"subject": subject, "id": "BTC/whales/venue=all"}))
    findings = found(seal(draft.model_copy(update={"facts": facts})), "whales")
    assert {one.code for one in findings} == {"draft.fact"}


def test_another_snapshot_gives_other_facts(flush):
    _, draft = flush
    content = (folder("data") / "snapshots" / "btc-flush.json").read_bytes().replace(b"60480", b"60490")
    findings = list(traced(draft, read_snapshot(content), Settings()))
    assert findings[0].path == "/inputs/0/sha256"
    assert {one.code for one in findings} == {"draft.source"}
    assert any("“price, Binance, mark”" in one.message for one in findings)


@pytest.mark.parametrize("name", ["btc-calm", "eth-two-sided"])
def test_of_a_snapshot_of_another_time_or_asset_one_thing_is_said(flush, name):
    other, _ = made(name)
    (one,) = traced(flush[1], other, Settings())
    assert (one.code, one.path) == ("draft.source", "/as_of")
    assert "give the snapshot that the draft was made from" in one.message


def test_a_value_of_a_row_is_held_by_the_snapshot(flush):
    read, draft = flush
    changed = with_fact(draft, "oi_coin", value=Decimal(270_301))
    said = [one.message for one in traced(changed, read, Settings())]
    assert any("says 270,301 BTC" in one and "the snapshot 270,300 BTC" in one for one in said)


@pytest.mark.parametrize(
    ("name", "value"),
    [("flags", ()), ("sources", ("CoinGlass",)), ("names", {"BTC": "Bitcoin Cash"}), ("conditions", ())],
)
def test_the_record_is_held_by_the_snapshot(flush, name, value):
    read, draft = flush
    paths = {one.path.split("/")[1] for one in traced(draft.model_copy(update={name: value}), read, Settings())}
    assert name in paths


def test_a_fact_left_out_or_put_in_is_named(flush):
    read, draft = flush
    fewer = draft.model_copy(update={"facts": draft.facts[1:]})
    (one,) = traced(fewer, read, Settings())
    assert "the draft leaves out “example notional”" in one.message


@pytest.mark.parametrize(
    "changed",
    [
        {"headline": "Longs won the day"},
        {"headlines": ("Longs won the day",)},
        {"faq": ()},
        {"disclosures": ()},
        {"unknowns": ()},
        {"disclaimer": ""},
        {"conditions": ()},
        {"emphasis": "short"},
        {"flags": ()},
        {"ai_involvement": "none"},
        {"story_key": "BTC/calm/2026-11-25"},
        {"packs": ("finance",)},
        {"charts": ({"title": "Longs won the day"},)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_draft_of_ours_is_what_is_written_of_its_facts(flush, changed):
    _, draft = flush
    dropped = {f"/{name}" for name in changed}
    kept = {
        part: tuple(one for one in getattr(draft, part) if not any(one.path.startswith(path) for path in dropped))
        for part in ("mentions", "sentences")
    }
    result = check_draft(seal(draft.model_copy(update={**changed, **kept})))
    assert not result.ok
    assert any(one.path.startswith(f"/{next(iter(changed))}") for one in result.findings)


def test_every_reading_and_every_reason_is_written_again(flush):
    _, draft = flush
    reasons = (draft.sentiment.contributions[0].model_copy(update={"why": "whales know"}),)
    rest = draft.sentiment.contributions[1:]
    sentiment = draft.sentiment.model_copy(update={"contributions": (*reasons, *rest)})
    told = check_draft(seal(draft.model_copy(update={"sentiment": sentiment}))).findings
    assert "/sentiment/contributions" in {one.path for one in told}
    plan = {**draft.plan, "why": ["whales know"]}
    told = check_draft(seal(draft.model_copy(update={"plan": plan}))).findings
    assert "/plan/why" in {one.path for one in told}


def test_other_settings_are_a_warning_and_the_sentences_keep_their_origin():
    own = Settings(publisher=Publisher(name="Harbour Wire"))
    _, draft = drafted("btc-flush", own)
    assert check_draft(draft, settings=own).findings == ()
    (one,) = check_draft(draft).findings
    assert (one.code, one.severity) == ("draft.settings", "warning")
    kept = {
        part: tuple(one for one in getattr(draft, part) if one.path != "/standfirst")
        for part in ("mentions", "sentences")
    }
    free = seal(draft.model_copy(update={"standfirst": "Longs won the day.", **kept}))
    assert ("draft.sentence", "/standfirst") in {(one.code, one.path) for one in check_draft(free).findings}


@pytest.mark.parametrize("name", ["blurb", "search_title", "mail_subject"])
def test_every_variant_is_checked_text(flush, name):
    _, draft = flush
    told = draft.variants.model_copy(update={name: f"{getattr(draft.variants, name)} Bitcoin rose 12%"})
    codes = {(one.code, one.path) for one in check_draft(seal(draft.model_copy(update={"variants": told}))).findings}
    assert ("numbers.untraced", f"/variants/{name}") in codes


@pytest.mark.parametrize(("seconds", "codes"), [(120, set()), (121, {"draft.evidence"})])
def test_a_fact_is_at_most_two_minutes_later_than_its_draft(flush, seconds, codes):
    _, draft = flush
    moment = max(draft.as_of, draft.generated_at) + timedelta(seconds=seconds)
    told = found(with_fact(draft, "oi_coin", as_of=moment), "oi_coin/")
    assert {one.code for one in told} == codes


@pytest.mark.parametrize(("part", "codes"), [("1e-11", set()), ("-1e-11", set()), ("1e-9", {"draft.value"})])
def test_a_value_is_what_its_inputs_give_but_for_its_last_digits(flush, part, codes):
    _, draft = flush
    (day,) = [one for one in draft.facts if one.id == CHANGE]
    value = day.value * (1 + Decimal(part))
    facts = tuple(one.model_copy(update={"value": value}) if one is day else one for one in draft.facts)
    told = [one for one in check_draft(seal(draft.model_copy(update={"facts": facts}))).findings if CHANGE in one.facts]
    assert {one.code for one in told if one.path.startswith("/facts/")} == codes


# With $61,000,000 of shorts a total of $573,000,000 is kept to one percent, 5,730,000 either way.
@pytest.mark.parametrize(
    ("longs", "is_beyond"),
    [(517_730_000, False), (517_730_001, True), (506_270_000, False), (506_269_999, True), (512_000_000, False)],
)
def test_both_sides_come_to_their_total_within_a_percent(flush, longs, is_beyond):
    _, draft = flush
    side = next(
        one
        for one in draft.facts
        if one.subject.metric == "liq_size" and one.subject.side == "long" and one.subject.asset == "BTC"
    )
    facts = tuple(one.model_copy(update={"value": Decimal(longs)}) if one is side else one for one in draft.facts)
    findings = check_draft(seal(draft.model_copy(update={"facts": facts}))).findings
    assert any("more than its total" in one.message for one in findings) is is_beyond
