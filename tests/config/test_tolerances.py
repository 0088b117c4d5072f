"""How old a figure may be and how far two sources may differ."""

from decimal import Decimal

import pytest

from commentary.config.tolerances import Tolerance, age_limit_minutes, tolerance, tolerances
from commentary.errors import ConfigError


def test_two_values_disagree_only_beyond_both_tolerances():
    limits = Tolerance(Decimal(15), Decimal(60), Decimal("0.1"), Decimal("0.5"))
    # A tenth of 10 is 1, more than the absolute 0.5.
    assert not limits.apart(Decimal(10), Decimal(9))
    assert limits.apart(Decimal(10), Decimal("8.9"))
    # A tenth of 1 is 0.1, but 0.5 is allowed at least.
    assert not limits.apart(Decimal(1), Decimal("0.5"))
    assert limits.apart(Decimal(1), Decimal("0.4"))


def test_the_sign_counts_in_a_difference():
    assert Tolerance(Decimal(1), Decimal(1), Decimal("0.1")).apart(Decimal(-5), Decimal(5))


@pytest.mark.parametrize(
    ("metric", "table"),
    [
        ("oi_coin", "open_interest"),
        ("oi_change_coin", "open_interest_change"),
        ("liq_total", "liquidations"),
        ("depth_ratio", "order_book"),
        ("funding_rate", "funding"),
    ],
)
def test_a_fact_ages_as_the_rows_it_is_made_of(metric, table):
    assert age_limit_minutes(metric) == float(tolerance(table).max_age_minutes)


def test_a_metric_of_its_own_kind_has_no_limit():
    assert age_limit_minutes("sentiment_label") is None


def test_an_unknown_table_is_refused_with_those_there_are():
    with pytest.raises(ConfigError, match="open_interest"):
        tolerance("moon_phase")


def test_every_table_bounds_age_and_difference():
    for name, limits in tolerances().items():
        assert limits.max_age_minutes >= limits.time_minutes >= 0, name
        assert limits.relative >= 0, name
