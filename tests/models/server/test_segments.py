"""Segments and the text that they make: spaces are mended where segments meet, and nothing else is."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.models.server.segments import joined, parts_of, read, schema

WORDS = st.text("abz ,.;:-'()$5%é", max_size=12)
NAMES = st.sampled_from(["MONEY_A", "MONEY_B", "RATE_A"])


def listed(written):
    """Return segments written one after the other between bars, slots in brackets: "Funding hit |[RATE_A]|."."""
    parts = written.split("|")
    return [{"f": part[1:-1]} if part.startswith("[") and part.endswith("]") else {"t": part} for part in parts]


@pytest.mark.parametrize(
    ("segments", "text"),
    [
        # With spaces, without, and with both on one seam.
        ("Funding hit |[RATE_A]| on |[VENUE_A]|.", "Funding hit [RATE_A] on [VENUE_A]."),
        ("Funding hit|[RATE_A]|on|[VENUE_A]|.", "Funding hit [RATE_A] on [VENUE_A]."),
        ("Funding hit | |[RATE_A]| on|[VENUE_A]|.", "Funding hit [RATE_A] on [VENUE_A]."),
        ("Funding |  hit|[RATE_A]", "Funding hit [RATE_A]"),
        ("[ASSET_A]|[SIDE_A]|paid.", "[ASSET_A] [SIDE_A] paid."),
        ("[VENUE_A]|'s funding, |[ASSET_A]|-margined", "[VENUE_A]'s funding, [ASSET_A]-margined"),
        ("It was high (|[RATE_A]|),|above|[RATE_B]", "It was high ([RATE_A]), above [RATE_B]"),
        ("non-|[SIDE_A]|“|[NAME_A]|”:|[TIME_A]", "non-[SIDE_A] “[NAME_A]”: [TIME_A]"),
        ("資金調達率は|[RATE_A]|だった。", "資金調達率は[RATE_A]だった。"),
        # Figures and double spaces within a text stay for the judge to see, and so does what is no slot.
        ("  It rose  5% to|[PRICE_A]", "It rose  5% to [PRICE_A]"),
        ("[[RATE_A]]||[5 million]", "[RATE_A] [5 million]"),
        ("", ""),
    ],
)
def test_where_segments_meet_one_space_stands_if_one_belongs_there(segments, text):
    assert joined(read({"segments": listed(segments)})) == text


@pytest.mark.parametrize(
    "answer",
    [
        [{"t": "Funding"}],
        {"segments": "Funding"},
        {"segments": ["Funding"]},
        {"segments": [{"t": "Funding", "f": "RATE_A"}]},
        {"segments": [{"t": 5}]},
        {"segments": [{"x": "Funding"}]},
        {"segments": [{}]},
        {"segments": [], "more": 1},
        {"sentence": "Funding"},
        "Funding",
        None,
    ],
)
def test_any_other_form_is_none(answer):
    assert read(answer) is None


@given(st.lists(st.one_of(st.builds(lambda t: {"t": t}, WORDS), st.builds(lambda f: {"f": f}, NAMES))))
def test_what_is_joined_differs_from_the_segments_by_spaces_alone(segments):
    plain = "".join(part.get("t", f"[{part.get('f')}]") for part in segments)
    assert joined(read({"segments": segments})).replace(" ", "") == plain.replace(" ", "")


@given(st.lists(st.one_of(WORDS, NAMES.map(lambda name: f" [{name}] "))).map("".join))
def test_a_text_taken_apart_and_joined_is_the_text(text):
    assert joined(read({"segments": list(parts_of(text))})) == text.strip()


@given(st.lists(st.one_of(WORDS, NAMES.map(lambda name: f" [{name}] "))).map("".join))
def test_the_segments_of_a_text_keep_to_the_schema_of_its_slots(text):
    jsonschema.validate({"segments": list(parts_of(text))}, schema(["MONEY_A", "MONEY_B", "RATE_A"]))


def test_the_schema_lets_no_other_slot_through_and_none_where_there_are_none():
    for slots, part in ([["RATE_A"], {"f": "RATE_B"}], [[], {"f": "RATE_A"}], [["RATE_A"], {"f": "RATE_A", "t": ""}]):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"segments": [part]}, schema(slots))
