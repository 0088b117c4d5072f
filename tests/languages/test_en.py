"""English spellings, row by row from en.toml, in both directions; and what each style refuses."""

import tomllib
from pathlib import Path

import pytest

from commentary.errors import ConfigError, SpellingError
from commentary.languages import language
from commentary.languages.base import Language, Style
from commentary.languages.en.numbers import article, ordinal

HERE = Path(__file__).parent
HOUSE = ("billions", "dates")


def _rows():
    tables = tomllib.loads((HERE / "en.toml").read_text(encoding="utf-8"))
    for unit, groups in tables.items():
        for group in groups:
            options = {key: value for key, value in group.items() if key not in ("style", "rows")}
            for value, text in group["rows"]:
                yield pytest.param(unit, value, group["style"], options, text, id=f"{group['style']}-{text}")


ROWS = list(_rows())


def test_the_table_has_every_style_at_least_once(english):
    # The hedged fractions are one family, of which a few stand for all.
    styles = {name for name in english.styles if not name.endswith((" fraction", " fraction_spaced"))}
    assert styles <= {row.values[2].rstrip("^") for row in ROWS} <= set(english.styles)
    assert len(ROWS) >= 120


@pytest.mark.parametrize(("unit", "value", "style", "options", "text"), ROWS)
def test_a_fact_gives_its_text_and_the_text_finds_the_fact(
    english, make_fact, make_edition, unit, value, style, options, text
):
    house = {key: options[key] for key in HOUSE if key in options}
    edition = make_edition(**house)
    fact = make_fact(value, unit, **{key: given for key, given in options.items() if key not in HOUSE})
    assert english.spell(fact, style, edition) == text
    assert (fact, style) in english.candidates(text, (fact,), edition)


OURS = {"source": ("commentary",), "evidence": "estimated"}
REFUSED = [
    # what, unit, value, style, options
    ("zero is neither rise nor fall", "percent", "0", "a_fall", {"quantity": "delta"}),
    ("zero is neither rise nor fall in a word", "percent", "0", "fell_word", {"quantity": "delta"}),
    ("half a percent is not little", "percent", "0.5", "little", {"quantity": "delta"}),
    ("minus half a percent is not little", "percent", "-0.5", "little", {"quantity": "delta"}),
    ("a share has no direction", "percent", "89", "lower", {"quantity": "share"}),
    ("a negative level would lose its sign", "usd", "-5000000", "usd", {}),
    ("a negative rate would lose its sign", "percent", "-0.0012", "percent", {"quantity": "rate"}),
    ("a thousandth of a dollar is not nothing", "usd", "0.001", "usd", {}),
    ("a count is whole", "count", "2.5", "count", {"quantity": "count"}),
    ("a rank starts at one", "count", "0", "superlative", {"metric": "liq_rank", "quantity": "count"}),
    ("a count is no rank", "count", "1", "superlative", {"quantity": "count"}),
    ("the second is not the most", "count", "2", "most", {"metric": "liq_rank", "quantity": "count"}),
    ("a level is no time", "usd", "1", "moment", {}),
    (
        "a yearly rate is not one per eight hours",
        "percent",
        "2.6",
        "rate_per",
        {"metric": "funding_apr", "quantity": "rate", "window": 8},
    ),
    (
        "a rate per eight hours is not one a year",
        "percent",
        "0.0024",
        "annual",
        {"metric": "funding_rate", "quantity": "rate", "window": 8},
    ),
    ("a rate without an interval has none", "percent", "0.0024", "rate_per", {"quantity": "rate"}),
    ("a quarter is not 0.26", "ratio", "0.26", "fraction", {}),
    ("about a quarter is not 0.2601", "ratio", "0.2601", "fraction_about", {}),
    ("all exchanges are not one", "usd", "1", "venue", {"venue": "all"}),
    ("the market has no ticker", "usd", "1", "symbol", {"asset": "market"}),
    ("coins of the market do not add up", "coin", "5", "coin", {"asset": "market"}),
    ("a fact without a window has none", "usd", "1", "window", {}),
    ("a fact without a side has none", "usd", "1", "longs", {}),
    ("a sum is not per percent", "usd", "1", "per_percent", {}),
    ("our own estimate has no other giver", "usd", "1", "source", OURS),
    ("our own estimate has no other owner", "usd", "1", "source_s", OURS),
    ("a vendor's figure is not ours", "usd", "1", "own", {}),
    ("what we only recorded is no estimate of ours", "usd", "1", "own", {**OURS, "evidence": "reported"}),
    ("a reason that no gap has", "name", "strike", "gap_why", {"metric": "gap_reason"}),
    ("no skew has no word", "name", "none", "skew_word", {"metric": "risk_skew"}),
]


@pytest.mark.parametrize(
    ("unit", "value", "style", "options"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_a_style_refuses_what_it_cannot_say(english, make_fact, make_edition, unit, value, style, options):
    fact = make_fact(value, unit, **options)
    with pytest.raises(SpellingError, match="styles that fit"):
        english.spell(fact, style, make_edition())
    assert not [found for _, found in english.candidates("", (fact,), make_edition()) if found == style]


@pytest.mark.parametrize(
    "text",
    [
        "$999.6 million",
        "2.50%",
        "$1,070,000,000.00",
        "$1.070 billion",
        "$1.07 Billion",
        "$ 1.07 billion",
        "fell -9.2%",
    ],
)
def test_a_figure_that_no_fact_would_give_is_no_reading(english, make_fact, make_edition, text):
    facts = (
        make_fact("999600000", "usd", metric="a"),
        make_fact("1070000000", "usd", metric="b"),
        make_fact("-2.5", "percent", quantity="delta", metric="c"),
        make_fact("-9.2", "percent", quantity="delta", metric="d"),
    )
    assert english.candidates(text, facts, make_edition()) == ()


def test_the_direction_in_a_text_excludes_a_change_the_other_way(english, make_fact, make_edition):
    rise, fall = (make_fact(v, "percent", quantity="delta", metric=v) for v in ("9.2", "-9.2"))
    assert english.candidates("fell 9.2%", (rise, fall), make_edition()) == ((fall, "moved"),)


def test_an_unknown_style_is_named_with_those_that_fit(english, make_fact, make_edition):
    with pytest.raises(SpellingError, match="no style 'dollars' to spell BTC/thing; styles that fit: usd, "):
        english.spell(make_fact("1", "usd"), "dollars", make_edition())


def test_an_unknown_language_is_named_with_those_there_are():
    with pytest.raises(ConfigError, match="no language 'xx'; there are en"):
        language("xx")


def test_two_styles_of_one_name_are_refused(english):
    style = Style("usd", "", False, False, lambda *_: "", lambda _: True)
    with pytest.raises(ConfigError, match="'usd' is registered twice"):
        Language("xx", (style, style), english._scanner, english._composed, HERE)


@pytest.mark.parametrize(
    ("word", "side"),
    [("longs", "long"), ("Short-side", "short"), ("shorts", "short"), ("bulls", None), ("a", None)],
)
def test_a_word_names_a_side(english, word, side):
    assert english.side_of(word) == side


@pytest.mark.parametrize(("word", "sign"), [("fell", -1), ("Climbs", 1), ("little changed", 0), ("coin", 0)])
def test_a_word_has_a_direction(english, word, sign):
    assert english.sign_of(word) == sign


def test_frames_hold_no_digit(english):
    for name, text in english.frames.items():
        assert not any(character.isnumeric() for character in text), name


def test_every_direction_word_that_a_style_writes_is_known_by_its_sign(english):
    for down, up in [
        ("fell", "rose"),
        ("falls", "rises"),
        ("dropped", "climbed"),
        ("fall", "rise"),
        ("down", "up"),
    ]:
        assert (english.sign_of(down), english.sign_of(up)) == (-1, 1)


COMPOSED = tomllib.loads((HERE / "composed.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("unit", "value", "style", "text"), COMPOSED["legal"])
def test_a_composed_style_writes_its_text_and_the_text_is_read_in_that_style(
    english, make_fact, make_edition, unit, value, style, text
):
    fact = make_fact(value, unit)
    assert english.spell(fact, style, make_edition()) == text
    (figure,) = english.figures(f"It was {text} there.")
    readings = [reading for reading in english.readings(figure) if reading.style == style and reading.unit == unit]
    assert any(reading.low <= fact.number <= reading.high for reading in readings), english.readings(figure)


@pytest.mark.parametrize(("unit", "value", "style", "why"), COMPOSED["refused"])
def test_a_hedge_that_would_mislead_is_refused(english, make_fact, make_edition, unit, value, style, why):
    with pytest.raises(SpellingError, match=why):
        english.spell(make_fact(value, unit), style, make_edition())


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("8.1%", "an"),
        ("80%", "an"),
        ("$8", "an"),
        ("$11 million", "an"),
        ("11%", "an"),
        ("18.5%", "an"),
        ("11,000", "an"),
        ("$18,000", "an"),
        ("1.1%", "a"),
        ("110%", "a"),
        ("118", "a"),
        ("1,100", "a"),
        ("2.8%", "a"),
        ("$5", "a"),
        ("17%", "a"),
    ],
)
def test_a_figure_has_the_article_that_it_is_spoken_with(number, word):
    assert article(number) == word


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (1, "first"),
        (9, "ninth"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (14, "14th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (24, "24th"),
        (101, "101st"),
        (111, "111th"),
        (1112, "1,112th"),
        (2003, "2,003rd"),
    ],
)
def test_a_place_in_an_order_is_a_word_up_to_the_ninth(place, word):
    assert ordinal(place) == word
