"""What a person signed is read from TOML and JSON alike, and bad input says where, which value and what to do."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.errors import BadInputError
from commentary.sources.signed_file import read_editor_facts, read_overrides

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TOML = """format = "commentary.editor_facts/1"

[[facts]]
value = 412_000_000.5
unit = "usd"
source = "Glassnode"
quote = "Balances were $412,000,000.5"
date = 2026-11-21
signer = "A. Editor"
signed_at = 2026-11-22T10:00:00Z
"""
FACT = {
    "value": 412000000.5,
    "unit": "usd",
    "source": "Glassnode",
    "quote": "Balances were $412,000,000.5",
    "date": "2026-11-21",
    "signer": "A. Editor",
    "signed_at": "2026-11-22T10:00:00Z",
}


def as_json(**changed):
    fact = {name: value for name, value in {**FACT, **changed}.items() if value != ...}
    return json.dumps({"format": "commentary.editor_facts/1", "facts": [fact]}).encode()


def test_toml_and_json_say_the_same_exactly():
    one, other = read_editor_facts(TOML.encode(), "f", NOW), read_editor_facts(as_json(), "f", NOW)
    assert one == other
    assert one.facts[0].value == Decimal("412000000.5")


@pytest.mark.parametrize(
    ("changed", "where", "said"),
    [
        ({"signer": ...}, "f/facts/0/signer", "missing"),
        ({"signer": ""}, "f/facts/0/signer", "write the name"),
        ({"source": ...}, "f/facts/0/source", "missing"),
        ({"date": "2027-01-01"}, "f/facts/0/date", "'2027-01-01' cannot be used; it lies after the signature"),
        ({"signed_at": "2027-01-01T00:00:00Z"}, "f/facts/0/signed_at", "in the future"),
        ({"value": float("nan")}, "f/facts/0/value", "'NaN' cannot be used; write a finite number"),
        ({"value": "412"}, "f/facts/0/value", "without quotes"),
        ({"sourc": "x"}, "f/facts/0/sourc", "write 'source' if you meant that"),
        ({"unit": "euro"}, "f/facts/0/unit", "write 'usd'"),
    ],
)
def test_bad_input_names_place_value_and_remedy(changed, where, said):
    with pytest.raises(BadInputError) as caught:
        read_editor_facts(as_json(**changed), "f", NOW)
    assert str(caught.value).startswith(f"{where}: ")
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff", b"format = ", b'{"format": "commentary.facts/1"}'])
def test_what_is_no_such_file_is_said_to_be_none(content):
    for read in (read_editor_facts, read_overrides):
        with pytest.raises(BadInputError, match=r"^f"):
            read(content, "f", NOW)


def test_a_signature_under_a_figure_is_bad_input_with_its_remedy():
    content = TOML.replace("editor_facts/1", "overrides/1").partition("[[facts]]")[0] + (
        '[[overrides]]\ncode = "roles.side"\ntext = "longs"\nsentence = "longs"\nreason = "so"\n'
        'name = "A. Editor"\ntime = 2026-11-22T10:00:00Z\n'
    )
    with pytest.raises(BadInputError, match=r"f/overrides/0/code: 'roles.side' .* editor's fact with its source"):
        read_overrides(content.encode(), "f", NOW)
