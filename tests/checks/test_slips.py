"""How one figure can have come about where another should stand: `written`, `meant`, and the value that is meant."""

from decimal import Decimal

import pytest

from commentary.checks.slips import Slip, slip
from commentary.languages import language


def shown(text):
    english = language("en")
    (figure,) = english.figures(text)
    return english.shown(figure)


@pytest.mark.parametrize(
    ("written", "meant", "value", "how"),
    [
        ("2.49%", "2.5%", "2.48953974895", Slip.PRECISION),
        # Cut off, not rounded: the last digit is wrong.
        ("2.48%", "2.5%", "2.48953974895", Slip.NEAR),
        ("$246.5 million", "$247 million", "246500000", Slip.PRECISION),
        ("$17 billion", "$16.8 billion", "16796442000", Slip.PRECISION),
        ("$1,070 million", "$1.07 billion", "1070000000", Slip.PRECISION),
        ("2.50%", "2.5%", "2.5", Slip.PRECISION),
        ("$62,410", "$62,140", "62140", Slip.EXCHANGED),
        ("$1.70 billion", "$1.07 billion", "1070000000", Slip.EXCHANGED),
        # One digit stands between the two.
        ("270,003 BTC", "270,300 BTC", "270300", Slip.EXCHANGED),
        ("98%", "89%", "89.3", Slip.EXCHANGED),
        ("$62,141", "$62,140", "62140", Slip.DIGIT),
        ("$6,214", "$62,140", "62140", Slip.DIGIT),
        ("$62,214", "$62,140", "62140", Slip.NEAR),
        # As many decimals: the last one is wrong, and 214.3 is not rounded so.
        ("$215 million", "$214 million", "214300000", Slip.DIGIT),
        ("3.6%", "3.5%", "3.527", Slip.NEAR),
        # 8.32 is 8%, and no rounding makes 8.4 of it.
        ("8.4%", "8%", "8.32", Slip.NEAR),
        ("$622,140", "$62,140", "62140", Slip.DIGIT),
        ("$1.071 billion", "$1.07 billion", "1070000000", Slip.DIGIT),
        ("0.024%", "0.0024%", "0.0024", Slip.SCALE),
        ("24%", "2.4%", "2.4", Slip.SCALE),
        ("$1.07 million", "$1.07 billion", "1070000000", Slip.SCALE),
        ("$270,300", "270,300 BTC", "270300", Slip.SCALE),
        ("1.1 percentage points", "1.1%", "1.1", Slip.SCALE),
        ("$1.24 billion", "$1.07 billion", "1070000000", Slip.NEAR),
        # A step of one in two digits makes any neighbour.
        ("2.4%", "2.5%", "2.5", Slip.NEAR),
        # The point is three places off, and no word of scale is wrong.
        ("0.024%", "24%", "24", None),
        # One digit is the same by chance.
        ("$5 million", "$5 billion", "5000000000", None),
        ("$17 trillion", "$16.8 billion", "16796442000", None),
        # Digits exchanged and a point moved are two slips.
        ("0.5%", "50%", "50", None),
        ("$90,000", "62,140 BTC", "62140", None),
    ],
)
def test_how_a_figure_can_have_come_about(written, meant, value, how):
    assert slip(shown(written), shown(meant), Decimal(value)) is how


@pytest.mark.parametrize("text", ["08:55 UTC", "Nov. 22", "two thirds", "twice"])
def test_a_time_and_a_word_for_a_part_show_no_digits(text):
    english = language("en")
    assert [english.shown(figure) for figure in english.figures(text)] == [None]
