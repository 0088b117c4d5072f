"""Mirrored funding swaps who pays, a mirrored change of price turns its sign, and the words turn with them."""

import copy

import pytest

from commentary.errors import SpellingError
from commentary.languages import language
from commentary.records.edition import Edition

TURNED = {"long": "short", "short": "long"}
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


def test_mirrored_funding_swaps_the_payer_turns_the_rate_and_costs_the_same(seeds, make_snapshot, sheet_of):
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheet_of(snapshot), sheet_of(mirrored(snapshot, "funding", "rate"))
        broken += [
            (seed, fact.id, fact.value)
            for fact in before.all("funding_payer")
            if after[fact.id].value != TURNED[fact.value]
        ]
        for metric, sign in (("funding_rate", -1), ("funding_8h", -1), ("funding_apr", -1), ("funding_money", 1)):
            broken += [
                (seed, fact.id, fact.value, after[fact.id].value)
                for fact in before.all(metric)
                if after[fact.id].value != sign * fact.value
            ]
        if len(before.all("funding_payer")) != len(after.all("funding_payer")):
            broken.append((seed, "another number of payers"))
    assert broken == []


def test_the_words_for_who_pays_swap_with_the_payer(seeds, make_snapshot, sheet_of, english):
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheet_of(snapshot), sheet_of(mirrored(snapshot, "funding", "rate"))
        edition = Edition(before.as_of)
        for fact in before.all("funding_payer"):
            said = [english.spell(one, "paid", edition) for one in (fact, after[fact.id])]
            expected = [f"{side}s paid {TURNED[side]}s" for side in (fact.value, TURNED[fact.value])]
            if said != expected:
                broken.append((seed, fact.id, said))
    assert broken == []


def test_a_mirrored_change_of_price_turns_its_sign_and_every_word_of_direction(seeds, make_snapshot, sheet_of, english):
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheet_of(snapshot), sheet_of(mirrored(snapshot, "price_changes", "percent"))
        edition = Edition(before.as_of)
        for fact in before.all("price_change"):
            other = after[fact.id]
            # One made of candles stays as it is.
            if fact.inputs or fact.formula:
                continue
            if other.value != -fact.value:
                broken.append((seed, fact.id, fact.value, other.value))
            for style, words in WORDS.items():
                said = [spelled(english, one, style, edition) for one in (fact, other)]
                if fact.value and [
                    text.startswith(word) for text, word in zip(said, order(fact, words), strict=True)
                ] != [
                    True,
                    True,
                ]:
                    broken.append((seed, fact.id, style, said))
                if not fact.value and said != ["", ""]:
                    broken.append((seed, fact.id, "no change has no direction", said))
    assert broken == []


def order(fact, words):
    up, down = words
    return (up, down) if fact.value > 0 else (down, up)


def spelled(english, fact, style, edition):
    try:
        return english.spell(fact, style, edition)
    except SpellingError:
        return ""


def test_in_every_draft_the_words_of_direction_agree_with_the_sign_of_their_fact(seeds, drafted, english):
    broken = []
    for seed, draft in drafted(seeds):
        fields = {}
        facts = {record.id: record for record in draft.facts}
        for mention in draft.mentions:
            fact = facts[mention.fact]
            if fact.quantity != "delta":
                continue
            text = _field(draft, mention.path, fields)[mention.start : mention.end]
            signs = {english.sign_of(word) for word in text.replace("%", "").split()} - {0}
            if signs and signs != {1 if fact.value > 0 else -1}:
                broken.append((seed, mention.fact, str(fact.value), text))
    assert broken == []


def _field(draft, path, fields):
    from commentary.records.draft import texts

    fields.update(fields or dict(texts(draft)))
    return fields[path]
