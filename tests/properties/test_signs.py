"""Mirrored funding swaps who pays, a mirrored change of price turns its sign, and the words turn with them."""

import copy

import pytest

from commentary.errors import SpellingError
from commentary.languages import language
from commentary.records.draft import texts
from commentary.records.edition import Edition

TURNED = {"long": "short", "short": "long"}
PAID = {"long": "longs paid shorts", "short": "shorts paid longs"}
BOUNDS = ("shrinks_less", "shrinks_more")
"""A change as the bound of a test, whose words are of the test."""
WORDS = {
    "moved": ("rose ", "fell "),
    "dropped": ("climbed ", "dropped "),
    "up_down": ("up ", "down "),
    "fell_word": ("rose", "fell"),
    "loss_word": ("gain", "loss"),
}


@pytest.fixture(scope="session")
def english():
    return language("en")


def mirrored(snapshot, section, field):
    turned = copy.deepcopy(snapshot)
    for row in turned.get(section, []):
        row[field] = -row[field]
    return turned


def test_mirrored_funding_swaps_the_payer_and_the_words_turns_the_rate_and_costs_the_same(
    seeds, make_snapshot, sheets, sheet_of, english
):
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheets(seed), sheet_of(mirrored(snapshot, "funding", "rate"))
        for fact in before.all("funding_payer"):
            other = after[fact.id]
            said = [english.spell(one, "paid", Edition(before.as_of)) for one in (fact, other)]
            if other.value != TURNED[fact.value] or said != [PAID[fact.value], PAID[TURNED[fact.value]]]:
                broken.append((seed, fact.id, fact.value, said))
        for metric, sign in (("funding_rate", -1), ("funding_8h", -1), ("funding_apr", -1), ("funding_money", 1)):
            broken += [
                (seed, fact.id, fact.value, after[fact.id].value)
                for fact in before.all(metric)
                if after[fact.id].value != sign * fact.value
            ]
        if len(before.all("funding_payer")) != len(after.all("funding_payer")):
            broken.append((seed, "another number of payers"))
    assert broken == []


def test_a_mirrored_change_of_price_turns_its_sign_and_every_word_of_direction(
    seeds, make_snapshot, sheets, sheet_of, english
):
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        # Candles of the same hours go the other way then, and the change would be refused.
        turned = {name: rows for name, rows in snapshot.items() if name != "candles"}
        before, after = sheet_of(turned), sheet_of(mirrored(turned, "price_changes", "percent"))
        edition = Edition(before.as_of)
        for fact in before.all("price_change"):
            other = after[fact.id]
            # One made of candles stays as it is.
            if fact.inputs or fact.formula:
                continue
            if other.value != -fact.value:
                broken.append((seed, fact.id, fact.value, other.value))
            for style, (up, down) in WORDS.items():
                said = [spelled(english, one, style, edition) for one in (fact, other)]
                if fact.value:
                    expected = (up, down) if fact.value > 0 else (down, up)
                    agree = [text.startswith(word) for text, word in zip(said, expected, strict=True)]
                else:
                    agree = [not text.startswith((up, down)) for text in said]
                if not all(agree):
                    broken.append((seed, fact.id, style, said))
    assert broken == []


def spelled(english, fact, style, edition):
    try:
        return english.spell(fact, style, edition)
    except SpellingError:
        return ""


def test_in_every_draft_the_words_of_direction_agree_with_the_sign_of_their_fact(seeds, drafted, english):
    broken = []
    for seed, draft in drafted(seeds):
        fields = dict(texts(draft))
        facts = {record.id: record for record in draft.facts}
        for mention in draft.mentions:
            fact = facts[mention.fact]
            if fact.quantity != "delta" or mention.style in BOUNDS:
                continue
            text = fields[mention.path][mention.start : mention.end]
            signs = {english.sign_of(word) for word in text.replace("%", "").split()} - {0}
            if signs and signs != {1 if fact.value > 0 else -1}:
                broken.append((seed, mention.fact, str(fact.value), text))
    assert broken == []
