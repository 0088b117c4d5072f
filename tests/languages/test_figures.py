"""Figures as they are read in running text, row by row from figures.toml: where each stands, its kind, its bounds."""

import tomllib
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

TABLES = tomllib.loads((Path(__file__).parent / "figures.toml").read_text(encoding="utf-8"))


def first(english, text):
    sentence = f"It was {text} there."
    figure = english.figures(sentence)[0]
    return sentence, figure


@pytest.mark.parametrize(("text", "kind", "hedge", "sign", "core"), TABLES["figure"])
def test_a_figure_is_read_with_what_bounds_it(english, text, kind, hedge, sign, core):
    sentence, figure = first(english, text)
    assert (figure.kind, figure.hedge, figure.sign, figure.text) == (kind, hedge, sign, core)
    assert sentence[figure.start : figure.end] == text
    # The figure itself begins behind its hedge, with its sign.
    assert sentence[figure.core : figure.end].lower().endswith(text[-len(core) :].lower())
    assert figure.core - figure.start == len(text) - len(figure.written_sign) - len(core)
    assert len(english.figures(sentence)) == 1


@pytest.mark.parametrize(("text", "core"), TABLES["alone"])
def test_a_word_before_a_figure_that_is_none_of_its_own(english, text, core):
    sentence, figure = first(english, text)
    assert sentence[figure.start : figure.end] == core
    assert (figure.hedge, figure.sign, figure.led) == ("", 0, "")


@pytest.mark.parametrize(("text", "year", "month", "day", "clock", "form"), TABLES["time"])
def test_a_time_is_read_in_its_parts(english, text, year, month, day, clock, form):
    sentence, figure = first(english, text)
    assert sentence[figure.start : figure.end] == text
    assert figure.kind == ("moment" if clock else "date")
    assert figure.day == ((year or None, month, day) if month else None)
    assert figure.clock == (time.fromisoformat(clock) if clock else None)
    assert figure.form == form


@pytest.mark.parametrize("text", TABLES["none"])
def test_what_only_looks_like_a_figure_is_none(english, text):
    assert english.figures(f"It was {text} there.") == ()


@pytest.mark.parametrize(("text", "hours"), TABLES["hours"])
def test_a_length_has_so_many_hours(english, text, hours):
    _, figure = first(english, text)
    assert round(english.hours_of(figure), 9) == Decimal(hours)


@pytest.mark.parametrize("text", ["three months", "a 2-year", "1 month"])
def test_months_and_years_have_no_number_of_hours(english, text):
    _, figure = first(english, text)
    assert english.hours_of(figure) is None


@pytest.mark.parametrize(("text", "style", "low", "high"), TABLES["open"])
def test_a_hedge_leaves_so_much_open_and_a_change_is_written_by_its_size(english, text, style, low, high):
    _, figure = first(english, text)
    found = [one for one in english.readings(figure) if one.style == style]
    thousandth = Decimal("0.001")
    assert [(round(one.low, 3), round(one.high, 3)) for one in found] == [
        (pytest.approx(Decimal(low), abs=thousandth), pytest.approx(Decimal(high), abs=thousandth)),
        (pytest.approx(-Decimal(high), abs=thousandth), pytest.approx(-Decimal(low), abs=thousandth)),
    ]


@pytest.mark.parametrize("text", TABLES["exact"])
def test_a_hedge_before_four_digits_is_no_reading(english, text):
    _, figure = first(english, text)
    assert figure.hedge
    assert english.readings(figure) == ()
