"""What must hold of every spelling: it leads back to its fact, keeps its sign, and shares no text."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from commentary.errors import SpellingError
from commentary.languages import language

ALIKE = ("nearly fraction", "more than fraction", "about fraction")
NUMERIC = [
    name
    for name, style in language("en").styles.items()
    # The hedged fractions are one family, of which a few stand for all.
    if style.numeric and (not name.endswith((" fraction", " fraction_spaced")) or name in ALIKE)
]
SHAPES = [
    # unit, quantity, metric
    *[(unit, "level", "thing") for unit in ("usd", "coin", "price", "percent", "hours", "ratio", "sigma")],
    *[(unit, "delta", "thing") for unit in ("usd", "coin", "price", "percent", "points")],
    ("ratio", "ratio", "size_ratio"),
    ("usd", "ratio", "reach_per_percent"),
    ("percent", "share", "thing"),
    ("percent", "rate", "funding_rate"),
    ("percent", "rate", "funding_apr"),
    ("ratio", "ratio", "usd_rate"),
    ("count", "count", "thing"),
    ("count", "count", "liq_week_higher"),
    ("count", "count", "funding_lower"),
    ("days", "count", "history_days"),
    *[(unit, "level", "options_calls") for unit in ("coin", "usd")],
    ("count", "count", "options_calls"),
    ("count", "count", "etf_sessions"),
    ("ratio", "ratio", "options_put_call"),
    ("usd", "delta", "etf_flow"),
    *[("percent", "rate", metric) for metric in ("basis", "basis_test_over", "basis_test_under")],
    ("percent", "delta", "basis_premium"),
    ("usd", "level", "cluster_path_low"),
]
OURS = {"source": ("commentary",), "evidence": "estimated"}
"""Of the ends of a range, which our own map alone gives."""
MORE = {"window": 8, "side": "short", "at": "EUR"}
PARTS = [
    Decimal(text)
    for text in ("0.5", "0.333333333333", "0.666666666667", "0.25", "0.75", "0.2", "0.1", "2", "3.04", "0.49", "0.52")
]
QUICK = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
THOROUGH = settings(QUICK, max_examples=100)
"""Where it costs little, and with the slow tests."""


@st.composite
def numbers(draw, signed=True):
    """Draw a number of up to 12 digits from a millionth to ten trillions, many of them beside a border."""
    digits = draw(st.integers(1, 10**12 - 1) | st.sampled_from([999_999, 9_995, 9_994_999, 5, 4999, 99_950]))
    places = draw(st.integers(-6, 13))
    value = Decimal(digits).scaleb(places - Decimal(digits).adjusted())
    return -value if signed and draw(st.booleans()) else value


def _facts_for(style, value, make_fact):
    """Return the facts of every shape that `style` takes, with `value` or what of it is whole."""
    entry = language("en").styles[style]
    for unit, quantity, metric in SHAPES:
        whole = unit in ("count", "days") or style == "hours"
        number = value.to_integral_value() if whole else value
        fact = make_fact(
            number, unit, quantity=quantity, metric=metric, **MORE, **(OURS if metric.endswith("_low") else {})
        )
        if entry.accepts(fact):
            yield fact


LEADS_BACK = {"value": numbers(), "part": st.sampled_from(PARTS)}


@pytest.mark.parametrize("style", NUMERIC)
@given(**LEADS_BACK)
@QUICK
def test_a_text_leads_back_to_its_fact_and_reads_as_an_interval_around_it(
    english, make_fact, make_edition, style, value, part
):
    leads_back(english, make_fact, make_edition, style, value, part)


@pytest.mark.slow
@pytest.mark.parametrize("style", NUMERIC)
@given(**LEADS_BACK)
@THOROUGH
def test_many_texts_lead_back_to_their_facts(english, make_fact, make_edition, style, value, part):
    leads_back(english, make_fact, make_edition, style, value, part)


def leads_back(english, make_fact, make_edition, style, value, part):
    spelled = 0
    for billions in ("$1.07 billion", "$1.07bn"):
        edition = make_edition(billions=billions)
        for number in (value, abs(value), part):
            for fact in _facts_for(style, number, make_fact):
                try:
                    text = english.spell(fact, style, edition)
                except SpellingError:
                    continue
                spelled += 1
                assert (fact, style) in english.candidates(text, (fact,), edition)
                readings = [r for r in english.read(text) if r.style == style and r.unit == fact.unit]
                around = [r for r in readings if r.low <= fact.number <= r.high]
                assert around, (text, readings)
                for reading in around:
                    assert reading.sign in (0, 1 if fact.number > 0 else -1)
    assume(spelled)


BY_SIGN = ["gap", "lower", "a_fall", "fall_of", "moved", "dropped", "falls", "up_down", "less"]


@pytest.mark.parametrize("style", [*BY_SIGN, "rate", "rate_per", "annual"])
@given(value=numbers(signed=False))
@THOROUGH
def test_a_rise_and_a_fall_of_one_size_are_never_written_alike(english, make_fact, make_edition, style, value):
    kinds = [("delta", "thing")] if style in BY_SIGN else [("rate", "funding_rate"), ("rate", "funding_apr")]
    for quantity, metric in kinds:
        facts = [make_fact(v, "percent", quantity=quantity, metric=metric, window=8) for v in (value, -value)]
        if english.styles[style].accepts(facts[0]):
            up, down = (english.spell(fact, style, make_edition()) for fact in facts)
            assert up != down
            assert english.candidates(up, (facts[1],), make_edition()) == ()


@pytest.mark.parametrize("style", NUMERIC)
@given(first=numbers(), thousandths=st.integers(900, 1100))
@THOROUGH
def test_two_values_written_alike_lie_in_one_interval(english, make_fact, make_edition, style, first, thousandths):
    second = (first * thousandths).scaleb(-3)
    pairs = zip(_facts_for(style, first, make_fact), _facts_for(style, second, make_fact), strict=True)
    for one, two in pairs:
        try:
            texts = [english.spell(fact, style, make_edition()) for fact in (one, two)]
        except SpellingError:
            continue
        if texts[0] == texts[1]:
            readings = [r for r in english.read(texts[0]) if r.style == style and r.unit == one.unit]
            assert any(r.low <= one.number <= r.high and r.low <= two.number <= r.high for r in readings)
