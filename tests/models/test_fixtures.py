"""The fixture models: what they were trained on, that they are the committed ones, and that they write."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from commentary.pipeline.materials import sayings
from commentary.rewording.judge import faults
from commentary.rewording.slots import SLOT
from tests.models.fixtures.grammar import Grammar
from tests.models.fixtures.recipe import AGAIN, FIRST, Recipe
from tests.models.fixtures.wordings import TOKEN, groups, named, sentence_of

FOLDER = Path(__file__).parent / "fixtures"
WRITERS = ("good_writer", "bad_writer")
SAYS = sayings("en", None)
SOME = [SAYS[name] for name in ("map.lead", "spread.lead", "anomaly.lead", "basis.lead", "faq.liq.order.a")]
NO_TORCH = "the extra [model] is not installed"


@pytest.fixture(scope="module")
def recipe():
    return Recipe(SOME)


@pytest.fixture(scope="module")
def grammar():
    return Grammar(each for group in groups(SAYS.values(), "en") for each in group.wordings)


def tokens(text):
    """Return a text as a wording; a slot is written as [role|style|WORD]."""
    return tuple(re.findall(TOKEN, f" {text}"))


def said(wordings):
    return ["".join(each).strip() for each in wordings]


def test_the_committed_models_are_those_of_the_hash_file():
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest()
        for writer in WRITERS
        for path in (FOLDER / writer).iterdir()
    }
    assert listed == there


def test_the_models_are_small():
    assert sum(path.stat().st_size for writer in WRITERS for path in (FOLDER / writer).iterdir()) < 4_000_000


def test_no_pair_holds_a_wording_of_a_held_out_group(recipe):
    unseen = {named(each)[0] for group in recipe.held_out() for each in group.wordings}
    pairs = recipe.drawn(1)
    assert len(unseen) >= 5
    assert not unseen & ({pair.source for pair in pairs} | {pair.target for pair in pairs})


def test_about_fifteen_of_a_hundred_groups_are_held_out():
    slotted = [group for group in groups(SAYS.values(), "en") if group.slots]
    assert 0.12 < sum(group.held_out for group in slotted) / len(slotted) < 0.18


def test_a_target_has_the_slots_of_its_source(recipe):
    pairs = recipe.drawn(1)
    assert len(pairs) >= 80
    for pair in pairs:
        assert sorted(SLOT.findall(pair.source)) == sorted(SLOT.findall(pair.target))


def test_a_target_has_no_word_that_its_say_has_not(recipe):
    own: dict[str, set[str]] = {}
    for group in recipe.groups:
        own.setdefault(group.say, set()).update(word for each in group.wordings for word in words(named(each)[0]))
    sources = {named(each)[0]: group.say for group in recipe.groups for each in group.wordings}
    for pair in recipe.drawn(1):
        assert words(pair.target) <= own[sources[pair.source]]


def words(text):
    return set(re.findall(r"[a-z'’-]+", SLOT.sub("", text).lower()))


def test_a_repair_is_answered_in_the_words_of_the_source_and_their_order(recipe):
    pairs = [pair for pair in recipe.drawn(1) if pair.mark == AGAIN]
    assert len(pairs) >= 10
    assert all(re.findall(r"\w+", pair.source.lower()) == re.findall(r"\w+", pair.target.lower()) for pair in pairs)


def test_most_first_answers_are_other_sentences_than_the_source(recipe):
    pairs = [pair for pair in recipe.drawn(1) if pair.mark == FIRST]
    assert sum(pair.source != pair.target for pair in pairs) > 0.7 * len(pairs)


def test_slots_are_named_in_the_order_of_the_source():
    source = tokens("From [a|price|PRICE] to [b|price|PRICE].")
    target = tokens("To [b|price|PRICE] from [a|price|PRICE].")
    assert named(source, target) == ["From [PRICE_A] to [PRICE_B].", "To [PRICE_B] from [PRICE_A]."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("At [t|clock|TIME] the gap was [g|percent|PERCENT].", "The gap was [g|percent|PERCENT] at [t|clock|TIME]."),
        ("The gap was [g|percent|PERCENT] at [t|clock|TIME].", "At [t|clock|TIME], the gap was [g|percent|PERCENT]."),
        ("The gap was [g|percent|PERCENT]. It is wide.", "The gap was [g|percent|PERCENT]; it is wide."),
        ("It was [g|percent|PERCENT]; the gap is wide now.", "It was [g|percent|PERCENT]. The gap is wide now."),
        ("[b|by_account|BY], it was [g|percent|PERCENT].", "It was [g|percent|PERCENT], [b|by_account|BY]."),
    ],
)
def test_the_grammar_moves_a_part_of_a_sentence(grammar, before, after):
    assert after in said(grammar.paraphrases(tokens(before)))


@pytest.mark.parametrize(
    "text",
    [
        # The time could then be that of the second rate.
        "At [t|clock|TIME] it was [r|rate|RATE] against [s|rate|RATE].",
        "It was [r|rate|RATE] against [s|rate|RATE] at [t|clock|TIME].",
        # What follows the colon spells out what stands before it.
        "At [t|clock|TIME] it settled: [p|paid|PAYS].",
    ],
)
def test_the_grammar_leaves_a_time_where_it_could_come_to_belong_to_something_else(grammar, text):
    moved = [each for each in said(grammar.paraphrases(tokens(text))) if words(each) != words(text) or "," not in each]
    assert moved == []


def test_most_of_what_the_grammar_makes_of_open_wordings_is_accepted(recipe):
    judged = [
        faults(sentence_of(each, SAYS[group.say]), text, "en")
        for group in recipe.groups
        if group.open
        for each in group.wordings
        for text in named(each, *recipe.paraphrases(each))[1:]
    ]
    assert len(judged) > 50
    assert sum(not found for found in judged) > 0.9 * len(judged)


@pytest.fixture(scope="module")
def answered():
    """Return some sentences of held-out groups with what each writer makes of them, its slots held to theirs."""
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    transformers = pytest.importorskip("transformers", reason=NO_TORCH)
    from tests.models.fixtures.measure import answers

    held = [group for group in groups(SAYS.values(), "en") if group.open and group.held_out]
    sentences = [sentence_of(group.wordings[0], SAYS[group.say]) for group in held[:24]]
    torch.set_num_threads(1)
    written = {}
    for writer in WRITERS:
        model = transformers.AutoModelForCausalLM.from_pretrained(FOLDER / writer, dtype=torch.float32).eval()
        tokenizer = transformers.AutoTokenizer.from_pretrained(FOLDER / writer)
        texts = answers(model, tokenizer, [each.text for each in sentences], heat=0.0, seed=0, held=True)
        written[writer] = list(zip(sentences, texts, strict=True))
    return written


@pytest.mark.parametrize("writer", WRITERS)
def test_a_writer_held_to_its_slots_writes_none_twice_and_no_other(answered, writer):
    for sentence, text in answered[writer]:
        assert not Counter(SLOT.findall(text)) - Counter(SLOT.findall(sentence.text))


def test_the_good_writer_is_accepted_far_more_often_than_the_bad_one(answered):
    good, bad = (sum(not faults(one, text, "en") for one, text in answered[writer]) for writer in WRITERS)
    assert good >= 18
    assert bad <= good / 2


@pytest.mark.parametrize("writer", WRITERS)
def test_the_chat_template_takes_the_sentence_of_the_task_and_whether_it_was_answered(writer):
    transformers = pytest.importorskip("transformers", reason=NO_TORCH)
    tokenizer = transformers.AutoTokenizer.from_pretrained(FOLDER / writer)
    asked = [
        {"role": "system", "content": "Write the sentence in other words."},
        {"role": "user", "content": "Sentence: It was [PRICE_A].\n[PRICE_A]: a price, a noun"},
        {"role": "assistant", "content": "It stood at [PRICE_A]."},
        {
            "role": "user",
            "content": "Sentence: [SOURCE_A] models [MONEY_A].\n[SOURCE_A]: who gives the figures, a name",
        },
    ]
    repair = [{"role": "assistant", "content": "No."}, {"role": "user", "content": "Write [MONEY_A] once."}]
    how = {"tokenize": False, "add_generation_prompt": True}
    assert tokenizer.apply_chat_template(asked, **how) == "<s>[SOURCE_A] models [MONEY_A].<says>"
    assert tokenizer.apply_chat_template(asked + repair, **how) == "<s>[SOURCE_A] models [MONEY_A].<again>"


@pytest.mark.parametrize("writer", WRITERS)
def test_a_slot_is_one_token_and_a_text_comes_back_as_it_was(writer):
    transformers = pytest.importorskip("transformers", reason=NO_TORCH)
    tokenizer = transformers.AutoTokenizer.from_pretrained(FOLDER / writer)
    text = "[SOURCE_A]'s model, of [TIME_A], has [MONEY_A] of [ASSET_A] futures; it is ours."
    numbers = tokenizer(text)["input_ids"]
    assert tokenizer.decode(numbers) == text
    assert [tokenizer.decode([number]) for number in numbers][::3][:2] == ["[SOURCE_A]", ","]
    assert tokenizer.convert_ids_to_tokens(tokenizer("a zebra")["input_ids"])[1] == "<unk>"
