"""The fixture models: what they were trained on, that they are the committed ones, and that they write."""

import hashlib
import re
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
SOME = [
    SAYS[name]
    for name in (
        "map.lead",
        "spread.lead",
        "anomaly.lead",
        "basis.lead",
        "faq.liq.order.a",
        "fund.lead.tail",
        "expiry.lead",
    )
]
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


@pytest.mark.parametrize("writer", WRITERS)
def test_a_model_is_small(writer):
    assert (FOLDER / writer / "model.safetensors").stat().st_size < 3_200_000


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


def test_the_judge_accepts_every_target(recipe):
    kinds = {group.say: group for group in recipe.groups}
    assert len(kinds) == len(SOME)
    judged = 0
    for group in recipe.groups:
        own = {each.tokens: each for each in recipe.wordings if each.tokens in group.wordings}
        for tokens, wording in own.items():
            sentence = sentence_of(tokens, SAYS[group.say])
            for text in named(tokens, *wording.grammar, *wording.others)[1:]:
                judged += 1
                assert faults(sentence, text, "en") == (), text
    assert judged > 60


def test_no_first_answer_differs_from_its_source_in_marks_alone(recipe):
    pairs = [pair for pair in recipe.drawn(1) if pair.mark == FIRST]
    changed = [pair for pair in pairs if pair.source != pair.target]
    assert len(changed) > 0.7 * len(pairs)
    assert all(skeleton(pair.source) != skeleton(pair.target) for pair in changed)


def test_most_repairs_give_the_source_back(recipe):
    pairs = [pair for seed in range(9) for pair in recipe.drawn(seed) if pair.mark == AGAIN]
    assert 0.6 < sum(pair.source == pair.target for pair in pairs) / len(pairs) < 0.9


def skeleton(text):
    """Return words and slots in their order, without marks and capitals."""
    return re.findall(r"\[\w+\]|[\w'’-]+", text.lower())


def test_slots_are_named_in_the_order_of_the_source():
    source = tokens("From [a|price|PRICE] to [b|price|PRICE].")
    target = tokens("To [b|price|PRICE] from [a|price|PRICE].")
    assert named(source, target) == ["From [PRICE_A] to [PRICE_B].", "To [PRICE_B] from [PRICE_A]."]


def test_slots_may_be_counted_from_a_later_letter():
    source = tokens("From [a|price|PRICE] to [b|price|PRICE] at [t|clock|TIME].")
    assert named(source, first=2) == ["From [PRICE_C] to [PRICE_D] at [TIME_C]."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A time or a place at the end of its clause, or at the front.
        ("At [t|clock|TIME] the gap was [g|percent|PERCENT].", "The gap was [g|percent|PERCENT] at [t|clock|TIME]."),
        ("The gap was [g|percent|PERCENT] at [t|clock|TIME].", "At [t|clock|TIME], the gap was [g|percent|PERCENT]."),
        (
            "Open interest [w|where|WHERE] [m|moved|CHANGE] [p|to_when|PERIOD].",
            "[w|where|WHERE], open interest [m|moved|CHANGE] [p|to_when|PERIOD].",
        ),
        # Who counted.
        ("[b|by_account|BY], the gap was [g|percent|PERCENT].", "The gap was [g|percent|PERCENT], [b|by_account|BY]."),
        ("[b|by_account|BY], the gap was [g|percent|PERCENT].", "The gap, [b|by_account|BY], was [g|percent|PERCENT]."),
        # Two clauses turned round.
        (
            "If open interest [c|falls|CHANGES], the test is met.",
            "The test is met if open interest [c|falls|CHANGES].",
        ),
        (
            "The gap was [g|percent|PERCENT], while [a|asset|ASSET] [c|moved|CHANGE].",
            "While [a|asset|ASSET] [c|moved|CHANGE], the gap was [g|percent|PERCENT].",
        ),
        # Words that say the same.
        ("The mark price was [p|price|PRICE].", "The mark price stood at [p|price|PRICE]."),
        (
            "In the [d|days|LENGTH] to [t|clock|TIME] it [c|moved|CHANGE].",
            "During the [d|days|LENGTH] to [t|clock|TIME] it [c|moved|CHANGE].",
        ),
        ("It was [g|percent|PERCENT]. The gap is wide.", "It was [g|percent|PERCENT]. That gap is wide."),
        # One sentence or two.
        (
            "The price was [p|price|PRICE]. That is [o|gap|OFFSET] it.",
            "The price was [p|price|PRICE], which is [o|gap|OFFSET] it.",
        ),
    ],
)
def test_the_grammar_changes_words_or_their_order(grammar, before, after):
    assert after in said(grammar.paraphrases(tokens(before)))


@pytest.mark.parametrize(
    "text",
    [
        # The time could then be that of the second rate.
        "At [t|clock|TIME] it [c|moved|CHANGE] from [r|rate|RATE] against [s|rate|RATE].",
        "It [c|moved|CHANGE] from [r|rate|RATE] against [s|rate|RATE] at [t|clock|TIME].",
        # The time is that of the story, or of the price.
        "[a|asset|ASSET] reached the level we wrote of at [t|clock|TIME].",
        "[a|asset|ASSET] [c|moved|CHANGE] to the level of our story, [p|price|PRICE] at [t|clock|TIME].",
        # What follows the colon spells out what stands before it.
        "At [t|clock|TIME] it settled: [p|paid|PAYS].",
        # What it points back to would come behind it.
        "If price gets there, it is met.",
    ],
)
def test_the_grammar_leaves_alone_what_could_come_to_say_something_else(grammar, text):
    assert said(grammar.paraphrases(tokens(text))) == []


def test_the_grammar_never_changes_marks_alone(grammar, recipe):
    made = [(each, other) for group in recipe.groups for each in group.wordings for other in grammar.paraphrases(each)]
    assert len(made) > 200
    assert all(skeleton(said([one])[0]) != skeleton(said([other])[0]) for one, other in made)


def test_the_good_writer_is_accepted_far_more_often_than_the_bad_one():
    torch = pytest.importorskip("torch", reason=NO_TORCH)
    pytest.importorskip("transformers", reason=NO_TORCH)
    from tests.models.fixtures.measure import climbed

    held = [group for group in groups(SAYS.values(), "en") if group.open and group.held_out]
    sentences = [sentence_of(group.wordings[0], SAYS[group.say]) for group in held[:24]]
    torch.set_num_threads(1)
    good, bad = (sum(end.how == "first" for end in climbed(FOLDER / name, sentences, seed=0)) for name in WRITERS)
    assert good > 0
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
