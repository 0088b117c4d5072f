"""A figure that traces to no fact comes with what was probably meant, nearest first."""

import pytest

from commentary import Settings, check_text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CoinGlass's model has $1.17 billion of bitcoin longs.", "$1.07 billion"),
        ("CoinGlass's model has $1.17bn of bitcoin longs.", "$1.07bn"),
        ("Funding on Binance settled at 0.0042% per eight hours.", "0.0024%"),
        ("Binance's mark price was $62,410.", "$62,140"),
        ("Open interest stood at 270,900 BTC.", "270,300 BTC"),
    ],
)
def test_the_nearest_legal_wording_comes_first_in_the_form_of_the_text(sheet, text, first):
    found = check_text(text, sheet("btc-long-side"), settings=Settings(), scope="passage").findings
    (untraced,) = [finding for finding in found if finding.code == "numbers.untraced"]
    assert untraced.suggest[0] == first
    assert len(untraced.suggest) <= 3


def test_where_nothing_is_near_nothing_is_suggested(sheet):
    found = check_text(
        "The exchange paid $17 trillion.", sheet("btc-long-side"), settings=Settings(), scope="passage"
    ).findings
    assert [finding.suggest for finding in found if finding.code == "numbers.untraced"] == [()]
