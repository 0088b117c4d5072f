"""Which exchange a map is of; most vendors do not say, and then nobody else may."""

from commentary.metrics.map_coverage import map_coverage

ROWS = [{"price": 60593, "side": "long", "notional_usd": 1070000000}]


def test_the_exchange_of_a_map_that_names_one_is_known(facts):
    sheet = facts(map_coverage, liquidation_maps=[{"source": "CoinGlass", "venue": "Binance", "cumulative": ROWS}])
    fact = sheet.get("map_venue")
    assert (fact.text, fact.source) == ("Binance", ("CoinGlass",))


def test_a_map_of_all_exchanges_or_of_no_named_one_does_not_say_which(facts):
    for venue in ("all", None):
        named = {} if venue is None else {"venue": venue}
        sheet = facts(map_coverage, liquidation_maps=[{"source": "CoinGlass", **named, "cumulative": ROWS}])
        assert sheet.get("map_venue") is None
        assert "does not name its exchanges" in sheet.why_missing("map_venue")


def test_separate_levels_come_before_sums(facts):
    levels = [{"price": 60000, "side": "long", "notional_usd": 5000000}]
    sheet = facts(
        map_coverage,
        liquidation_maps=[
            {"source": "CoinGlass", "venue": "Binance", "cumulative": ROWS},
            {"source": "Hyblock", "venue": "OKX", "levels": levels},
        ],
    )
    assert sheet.get("map_venue").text == "OKX"


def test_without_a_map_nothing_is_said_of_its_exchanges(facts):
    sheet = facts(map_coverage)
    assert sheet.get("map_venue") is None
    assert sheet.missing == ()


def test_the_window_is_the_map_s_own_or_not_known(facts):
    given = {"source": "CoinGlass", "time": "2026-05-22T08:30:00Z", "cumulative": ROWS}
    known = facts(map_coverage, liquidation_maps=[{**given, "window_hours": 168}]).get("map_window")
    assert (known.number, known.unit, f"{known.as_of:%H:%M}") == (168, "hours", "08:30")
    assert "does not give its window" in facts(map_coverage, liquidation_maps=[given]).why_missing("map_window")


LEVELS = [{"price": 60000, "side": "long", "notional_usd": 5000000}]
MIXES = {"low": {"5x": 0.6, "25x": 0.4}, "base": {"5x": 0.5, "50x": 0.5}, "high": {"10x": 0.7, "100x": 0.3, "125x": 0}}


def ours(facts, read="2026-07-01", tiers_of="Binance", **left_out):
    maps = [
        {
            "source": "commentary",
            "venue": "Binance",
            "prior": prior,
            "window_hours": 168,
            "levels": LEVELS,
            "assumptions": {"tiers_read": read, "tiers_of": tiers_of, "leverage_shares": shares},
        }
        for prior, shares in {**MIXES, **left_out}.items()
    ]
    return facts(map_coverage, liquidation_maps=maps)


def test_a_map_of_our_own_says_by_which_leverage_it_was_drawn(facts):
    sheet = ours(facts)
    assert [sheet.get(name).number for name in ("map_mixes", "map_leverage_least", "map_leverage_most")] == [3, 5, 100]


def test_where_a_mix_is_not_told_the_leverage_is_not(facts):
    sheet = ours(facts, low=None)
    assert sheet.get("map_leverage_most") is None


def test_the_day_of_its_margin_tiers_may_be_a_month(facts):
    assert f"{ours(facts).get('map_tiers').value:%Y-%m-%d}" == "2026-07-01"
    assert f"{ours(facts, '2024-10').get('map_tiers').value:%Y-%m-%d}" == "2024-10-01"
    assert ours(facts, "unknown").get("map_tiers") is None


def test_a_default_of_ours_is_told_as_no_exchanges_margin_rules(facts):
    sheet = ours(facts, tiers_of="no exchange")
    assert sheet.get("map_tiers") is None
    assert "no margin tiers of Binance" in sheet.why_missing("map_tiers")
