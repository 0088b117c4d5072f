"""A snapshot from typed figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.records.canonical import dump
from commentary.sources.editor_entry import amount, build_snapshot, hours, percent
from commentary.sources.snapshot_file import read_snapshot

HEAD = {"asset": "BTC", "as_of": "2026-05-22T09:00:00Z"}


def test_what_a_desk_types_becomes_a_snapshot():
    built = build_snapshot(
        **HEAD,
        name="Bitcoin",
        price="$77,200",
        price_kind="last",
        venue="Binance",
        source="CoinGlass",
        below=["60593=1.07B", "$70,000 = 412M"],
        above=["85010=300m"],
        map_hours="7d",
        funding="0.0024%/8h",
        funding_kind="settled",
        funding_time="2026-05-22T08:00:00Z",
        open_interest=["270300BTC@all", "$35.2B"],
        open_interest_change="-2.89%/24h@all",
        price_change="-1.8%/24h",
        liquidations="long=412M,short=56.5M/24h@all",
    )
    snapshot = read_snapshot(dump(built).encode()).snapshot
    assert (snapshot.prices[0].value, snapshot.prices[0].venue) == (77200, "Binance")
    (reaches,) = snapshot.liquidation_maps
    assert reaches.window_hours == 168
    assert [(row.price, row.side, row.notional_usd) for row in reaches.cumulative] == [
        (60593, "long", 1_070_000_000),
        (70000, "long", 412_000_000),
        (85010, "short", 300_000_000),
    ]
    assert (snapshot.funding[0].rate, snapshot.funding[0].interval_hours) == (Decimal("0.000024"), 8)
    assert {row.venue: (row.value_coin, row.value_usd) for row in snapshot.open_interest} == {
        "all": (270300, None),
        "Binance": (None, 35_200_000_000),
    }
    assert (snapshot.open_interest_changes[0].percent, snapshot.open_interest_changes[0].of) == (
        Decimal("-2.89"),
        None,
    )
    assert snapshot.price_changes[0].percent == Decimal("-1.8")
    row = snapshot.liquidations[0]
    assert (row.long_usd, row.short_usd, row.total_usd) == (412_000_000, 56_500_000, None)
    assert all(row.source == "CoinGlass" for row in (*snapshot.prices, *snapshot.funding))


def test_nothing_given_is_nothing_said():
    assert build_snapshot(**HEAD) == {"format": "commentary.snapshot/1", "quote": "USD", **HEAD}


def test_a_rate_settled_when_it_is_said_and_not_when_it_was_typed():
    with pytest.raises(BadInputError, match="--funding-time"):
        build_snapshot(**HEAD, funding="0.0024%/8h@Binance", funding_kind="settled")
    (row,) = build_snapshot(
        **HEAD, funding="0.0024%/8h@Binance", funding_kind="settled", funding_time="2026-05-22T08:00:00Z"
    )["funding"]
    assert (row["kind"], row["time"]) == ("settled", "2026-05-22T08:00:00Z")


@pytest.mark.parametrize(
    ("given", "said"),
    [({"below": ["3,000=0"]}, "leave it out"), ({"below": ["3,000=900T"]}, "correct the size"),
     ({"funding": "50%/8h"}, "in percent")],
)  # fmt: skip
def test_a_slip_of_the_scale_is_refused(given, said):
    with pytest.raises(BadInputError, match=said):
        build_snapshot(**HEAD, **given)


def test_an_interval_that_is_not_known_is_left_out():
    (row,) = build_snapshot(**HEAD, funding="-0.01%/?@Bybit")["funding"]
    assert row == {"venue": "Bybit", "rate": Decimal("-0.0001")}


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.07B", 1_070_000_000), ("412M", 412_000_000), ("$60,593", 60593), ("1.5 billion", 1_500_000_000),
     ("25k", 25_000), ("3bn", 3_000_000_000), ("0.5", Decimal("0.5"))],
)  # fmt: skip
def test_amounts(text, value):
    assert amount(text, "--x") == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "B",
        "1,07B",
        "1.07.2",
        "1.07X",
        "-5",
        "1e9",
        "about 5M",
        "60,59",
        "\u0661",
        "1..2",
        "NaN",
        "9" * 99,
    ],
)
def test_an_amount_that_cannot_be_read_names_the_option(text):
    with pytest.raises(BadInputError) as caught:
        amount(text, "--below")
    assert caught.value.path == "--below"


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("below", "60593"),
        ("below", "=1.07B"),
        ("below", "60593=1.07Z"),
        ("above", "85010:1B"),
        ("funding", "0.0024/8h"),
        ("funding", "0.0024%"),
        ("funding", "0.0024%/8"),
        ("funding", "0.0024%/8h@"),
        ("open_interest", "270300"),
        ("open_interest", "270300ETH"),
        ("open_interest_change", "-2.89/24h"),
        ("price_change", "down 2%/24h"),
        ("liquidations", "412M/24h"),
        ("liquidations", "long=1M,long=2M/24h"),
        ("liquidations", "long=1M"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_option(option, text):
    value = [text] if option in ("below", "above") else text
    with pytest.raises(BadInputError) as caught:
        build_snapshot(**HEAD, **{option: value})
    assert caught.value.path == "--" + option.replace("_", "-")


@pytest.mark.parametrize(
    ("option", "text", "advice"), [("below", "63000=1.07B", "--above"), ("above", "61,000=1B", "--below")]
)
def test_a_sum_on_the_wrong_side_of_the_price_names_both_numbers_and_what_to_do(option, text, advice):
    with pytest.raises(BadInputError) as caught:
        build_snapshot(**HEAD, price="62140", **{option: [text]})
    assert caught.value.path == f"--{option}"
    assert caught.value.value == text
    for words in ("62,140", "63,000" if option == "below" else "61,000", advice, "its own time"):
        assert words in caught.value.remedy


def test_a_sum_to_the_price_itself_or_without_a_price_is_taken():
    build_snapshot(**HEAD, price="62140", below=["62140=1B"], above=["62140=1B"])
    build_snapshot(**HEAD, below=["63000=1B"], above=["61000=1B"])


@given(st.text(max_size=12), st.sampled_from([amount, hours, percent]))
def test_any_text_is_read_or_refused(text, read):
    try:
        assert read(text, "--x").is_finite()
    except BadInputError as error:
        assert error.path == "--x"  # noqa: PT017
