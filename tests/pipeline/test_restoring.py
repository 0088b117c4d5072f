"""A draft with a model's sentences is held to its templates: what a forger can change in it, and is found."""

import pytest

from commentary import Settings
from commentary.config.settings import Publisher
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.pipeline.restoring import restored
from commentary.pipeline.sealing import seal
from commentary.records.draft import texts
from tests.rewording.drafts import codes, made, plain


def forged(draft, **update):
    return seal(draft.model_copy(update=update), Settings())


def with_record(draft, **update):
    first, *others = draft.reworded
    return forged(draft, reworded=(first.model_copy(update=update), *others))


@pytest.mark.parametrize(
    "update",
    [
        {"instead_of": "The sum ends there."},
        {"returned": "[PRICE_A] ends the sum, and longs fell."},
        {"template": "template@map.count_stops#1"},
        {"template": "template@map.count_stops#99"},
        {"template": "template@map.count_stops#0"},
        {"template": "template@nothing#1"},
        {"template": "frame@disclaimer"},
        {"path": "/headline"},
        {"path": "/nowhere"},
        {"end": 3},
        {"start": -5},
    ],
)
def test_a_record_that_says_otherwise_is_an_error(update):
    assert "draft.reworded" in codes(with_record(made(), **update))


def test_a_changed_sentence_is_an_error_though_the_draft_was_sealed_again():
    draft = made()
    one = draft.reworded[0]
    section = int(one.path.split("/")[2])
    text = dict(texts(draft))[one.path]
    assert " not " in text or " no " in text
    changed = text.replace(" not ", " yet ", 1) if " not " in text else text.replace(" no ", " an ", 1)
    sections = list(draft.sections)
    paragraphs = list(sections[section].paragraphs)
    paragraphs[int(one.path.split("/")[4])] = changed
    sections[section] = sections[section].model_copy(update={"paragraphs": tuple(paragraphs)})
    assert "draft.reworded" in codes(forged(draft, sections=tuple(sections)))


def test_another_fact_in_a_mention_is_an_error():
    draft = made()
    one = draft.reworded[0]
    other = next(fact.id for fact in draft.facts if fact.unit == "price" and fact.value is not None)
    mentions = tuple(
        each.model_copy(update={"fact": other}) if each.path == one.path and one.start <= each.start < one.end else each
        for each in draft.mentions
    )
    assert "draft.reworded" in codes(forged(draft, mentions=mentions))


def test_a_sentence_without_a_record_is_an_error():
    assert "draft.reworded" in codes(forged(made(), reworded=()))


def test_a_record_twice_is_an_error():
    assert "draft.reworded" in codes(forged(made(), reworded=made().reworded * 2))


def test_a_template_draft_that_says_it_is_a_models_is_an_error():
    draft = plain()
    writer = draft.writer.model_copy(update={"kind": "model"})
    assert "draft.reworded" in codes(forged(draft, writer=writer, ai_involvement="model_drafted"))


def test_a_models_draft_that_says_it_is_the_templates_is_an_error():
    found = codes(forged(made(), writer=plain().writer, ai_involvement="template"))
    assert "draft.reworded" in found


def test_another_name_for_the_model_is_an_error():
    writer = made().writer.model_copy(update={"name": "other"})
    assert "draft.reworded" in codes(forged(made(), writer=writer))
    sentences = tuple(
        one.model_copy(update={"origin": "model@other"}) if one.origin == "model@fake-1" else one
        for one in made().sentences
    )
    # It was another draft, with another id.
    assert "draft.rewritten" in codes(forged(made(), writer=writer, sentences=sentences))


def test_the_label_of_the_templates_over_a_models_text_is_an_error():
    assert codes(forged(made(), ai_disclosure=plain().ai_disclosure))


def test_by_other_settings_the_models_sentences_are_judged_all_the_same():
    other = Settings(publisher=Publisher(name="Harbour Wire"))
    assert codes(made(), settings=other) == ["draft.settings"]
    assert "draft.reworded" in codes(with_record(made(), returned="[PRICE_A] fell."), settings=other)


def test_the_template_draft_comes_back_whole():
    draft = made()
    back = restored(draft, sheet_of(draft), edition_of(draft), Settings())
    before = plain().model_dump(mode="json")
    after = back.draft.model_dump(mode="json")
    apart = {"id", "writer", "ai_involvement", "ai_disclosure", "checks", "sha256", "sentences"}
    assert {key for key in before if before[key] != after[key]} == apart
    assert [one for one in before["sentences"] if one["path"] != "/ai_disclosure"] == [
        one for one in after["sentences"] if one["path"] != "/ai_disclosure"
    ]
