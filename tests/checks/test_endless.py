"""What has no end of a sentence is not read, and a finding says so: judging it would take minutes."""

import pytest

from commentary import Settings, check_text

MOST = 200


@pytest.mark.parametrize("piece", ["14:00 UTC $60,480 CoinGlass longs; ", "9", "$", "1,", "longs shorts fell rose "])
def test_an_endless_run_is_told_and_not_read(piece, sheet):
    result = check_text(piece * 20_000, sheet("btc-flush"), settings=Settings(), scope="passage")
    assert "completeness.unread" in {one.code for one in result.findings}
    assert not result.ok
    assert len(result.findings) < MOST


def test_the_sentences_around_it_are_read(sheet):
    text = f"Longs paid shorts on Binance. {'longs; ' * 300}. Bitcoin rose 5.4% in 24 hours."
    found = check_text(text, sheet("btc-flush"), settings=Settings(), scope="passage").findings
    where = {one.code: text[slice(*one.span)] for one in found if one.severity == "error"}
    assert where["roles.payer"] in ("Longs", "shorts")
    assert where["completeness.unread"].startswith("longs; longs;")
    assert where["direction.sign"].startswith("rose")
