"""Every figure of a draft traces to a fact: none stands outside a mention, and each mention says its fact."""

import pytest

from commentary.languages import language
from commentary.pipeline import explain, sheet_of
from commentary.records.draft import texts
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact


@pytest.fixture(scope="session")
def english():
    return language("en")


def outside(draft, path, text, *, frames=False):
    """Return the text with its mentions (and frames, if asked) put out."""
    spans = [(mention.start, mention.end) for mention in draft.mentions if mention.path == path]
    if frames:
        spans += [(each.start, each.end) for each in draft.sentences if each.path == path and is_frame(each)]
    for start, end in spans:
        text = text[:start] + ";" * (end - start) + text[end:]
    return text


def is_frame(sentence):
    return sentence.origin.startswith("frame@")


def has_digit(text):
    return any(character.isnumeric() for character in text)


def test_every_digit_of_every_field_lies_in_a_mention(seeds, drafted):
    broken = [
        (seed, path, text)
        for seed, draft in drafted(seeds)
        for path, text in texts(draft)
        if has_digit(outside(draft, path, text))
    ]
    assert broken == []


def test_every_word_that_looks_like_a_quantity_lies_in_a_mention_or_a_frame(seeds, drafted, english):
    broken = [
        (seed, path, rest[start:end], text)
        for seed, draft in drafted(seeds)
        for path, text in texts(draft)
        for rest in [outside(draft, path, text, frames=True)]
        for start, end in english.quantities(rest)
    ]
    assert broken == []


def test_what_is_called_a_frame_is_an_approved_wording_without_a_digit(seeds, drafted, english):
    broken = []
    for seed, draft in drafted(seeds):
        fields = dict(texts(draft))
        for each in filter(is_frame, draft.sentences):
            text = fields[each.path][each.start : each.end]
            if has_digit(text) or english.frames[each.origin.removeprefix("frame@")] != text:
                broken.append((seed, each.origin, text))
    assert broken == []


def test_a_mention_is_spelled_as_its_fact_is_and_its_text_finds_the_fact(seeds, drafted, english):
    broken = []
    for seed, draft in drafted(seeds):
        fields, sheet = dict(texts(draft)), sheet_of(draft)
        edition = Edition(draft.as_of, tuple(draft.names.items()), HouseStyle())
        for mention in draft.mentions:
            text, fact = fields[mention.path][mention.start : mention.end], sheet[mention.fact]
            if english.spell(fact, mention.style, edition) != text:
                broken.append((seed, "spelled otherwise", mention.fact, mention.style, text))
                continue
            # "Ether" is written alike with and without the mark of a sentence's first word.
            found = {(one.id, style.rstrip("^")) for one, style in english.candidates(text, sheet.facts, edition)}
            if (fact.id, mention.style.rstrip("^")) not in found:
                broken.append((seed, "not found", mention.fact, mention.style, text))
    assert broken == []


def test_mentions_lie_in_their_field_and_do_not_overlap(seeds, drafted):
    broken = []
    for seed, draft in drafted(seeds):
        ends = dict.fromkeys(dict(texts(draft)), 0)
        lengths = {path: len(text) for path, text in texts(draft)}
        for mention in sorted(draft.mentions, key=lambda each: (each.path, each.start)):
            if not ends[mention.path] <= mention.start < mention.end <= lengths[mention.path]:
                broken.append((seed, mention))
            ends[mention.path] = mention.end
    assert broken == []


def test_explain_answers_for_every_mention_with_its_fact_and_all_that_it_rests_on(seeds, drafted):
    broken = []
    for seed, draft in drafted(seeds):
        fields = dict(texts(draft))
        records = {record.id: record for record in draft.facts}
        by_text = {}
        for mention in draft.mentions:
            text = fields[mention.path][mention.start : mention.end]
            if text not in by_text:
                by_text[text] = {(one.path, one.start): one for one in explain(draft, text)}
            found = by_text[text].get((mention.path, mention.start))
            if found is None or (found.fact.id, found.end, found.text) != (mention.fact, mention.end, text):
                broken.append((seed, mention, found))
            elif {name for name in found.fact.inputs if name in records} - {one.id for one in found.inputs}:
                broken.append((seed, mention, "an input is left out"))
    assert broken == []


def test_a_fact_names_only_inputs_that_the_draft_holds(seeds, drafted):
    broken = []
    for seed, draft in drafted(seeds):
        sheet = sheet_of(draft)
        broken += [
            (seed, fact.id, name)
            for fact in sheet
            for name in fact.inputs
            if name not in sheet or not isinstance(sheet[name], Fact)
        ]
    assert broken == []
