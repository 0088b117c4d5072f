"""How far an exchange is from the median of the others, and these from one another."""

from decimal import Decimal

from commentary.metrics.venue_against_others import percent_gap, percent_spread

D = Decimal


def test_the_gap_is_percent_of_the_median_of_the_others():
    assert percent_gap(D(99), [D(100), D(100)]) == -1
    # The median of 100, 101 and 104 is 101: 103.02 is 2 percent over it.
    assert percent_gap(D("103.02"), [D(104), D(100), D(101)]) == 2
    assert percent_spread([D(100), D(101), D(102)]) == D(2) / D(101) * 100
