"""What a template may hold: literals without figures or watched words, and slots. Nothing else."""

import pytest

from commentary.errors import TemplateError
from commentary.languages import language
from commentary.writing.templates import load_folder

BLOCK = "{{% say 'a.b' kind='fact' %}}{}{{% endsay %}}"


def refused(load, body):
    with pytest.raises(TemplateError) as error:
        load(BLOCK.format(body))
    return str(error.value)


def test_literals_and_slots_are_taken_apart(load):
    bodies = "\nThe sum is {{ size | usd }}.\n{% or %}\n{{ size | usd }} it is."
    (say,) = load("{% say 'a.b' kind='fact' open=true %}" + bodies + "{% endsay %}")
    assert (say.name, say.kind, say.open, len(say.alternatives)) == ("a.b", "fact", True, 2)
    first = say.alternatives[0]
    assert [part if isinstance(part, str) else tuple(part) for part in first.parts] == [
        "The sum is ",
        ("size", "usd"),
        ".",
    ]
    assert first.roles == {"size"}


@pytest.mark.parametrize(
    "body",
    [
        "It was 5 percent.",
        "A dollar is $.",
        "It was three of them.",
        "Half of it went.",
        "It doubled.",
        "In May it held.",
    ],
)
def test_a_quantity_in_a_literal_is_refused(load, body):
    assert "as plain text" in refused(load, body)


@pytest.mark.parametrize(
    "body",
    [
        "The longs went first.",
        "A short position closed.",
        "Price rose.",
        "Funding was down.",
        "It is above the level.",
        "It fell because of that.",
        "It will go on.",
        "You should buy.",
        "It is the largest.",
        "It went today.",
    ],
)
def test_a_watched_word_in_a_literal_is_refused(load, body):
    assert "as plain text" in refused(load, body)


def test_words_split_by_a_slot_are_seen_apart(load):
    # "five" on one side of a slot is a figure all the same.
    assert "five" in refused(load, "five {{ size | usd }}")


@pytest.mark.parametrize(
    "body",
    [
        "{{ size }}",
        "{{ 1 + 1 }}",
        "{{ size.value }}",
        "{{ size | usd | upper }}",
        "{{ size | usd(2) }}",
        "{{ size | usd(digits=2) }}",
        "{{ 'text' | usd }}",
        "{{ size | usd if size else other | usd }}",
    ],
)
def test_an_expression_that_is_no_slot_is_refused(load, body):
    assert "{{ role | style }}" in refused(load, body)


def test_a_style_that_does_not_exist_is_refused(load):
    assert "furlongs" in refused(load, "{{ size | furlongs }}")


@pytest.mark.parametrize("body", ["{% if size %}a{% endif %}", "{% for x in y %}a{% endfor %}", "{% set a = b %}"])
def test_logic_is_refused(load, body):
    assert "only text and slots" in refused(load, body)


def test_an_empty_alternative_is_refused(load):
    assert "empty" in refused(load, "It is so.{% or %}")


def test_text_outside_a_block_is_refused(load):
    with pytest.raises(TemplateError, match="only say blocks"):
        load("Hello. {% say 'a.b' kind='fact' %}It is so.{% endsay %}")


def test_an_unknown_kind_or_option_is_refused(load):
    with pytest.raises(TemplateError, match="rumour"):
        load("{% say 'a.b' kind='rumour' %}It is so.{% endsay %}")
    with pytest.raises(TemplateError, match="colour"):
        load("{% say 'a.b' kind='fact' colour='red' %}It is so.{% endsay %}")


def test_a_price_line_may_be_marked_plain(load):
    (line,) = load("{% say 'a.b' kind='fact' plain=true %}It is so.{% endsay %}")
    (other,) = load("{% say 'a.b' kind='fact' %}It is so.{% endsay %}")
    assert (line.plain, other.plain) == (True, False)


def test_a_message_names_the_file_and_the_line(load):
    with pytest.raises(TemplateError, match=r"test\.j2, line 3"):
        load("\n\n{% say 'a.b' kind='fact' %}It was 5.{% endsay %}")


def test_white_space_in_a_block_is_one_space(load):
    (say,) = load("{% say 'a.b' kind='fact' %}\n  The sum\n  is   {{ size | usd }}.\n{% endsay %}")
    assert say.alternatives[0].parts[0] == "The sum is "


def test_two_blocks_of_one_name_in_a_folder_are_refused(tmp_path):
    for name in ("a.j2", "b.j2"):
        (tmp_path / name).write_text(BLOCK.format("It is so."))
    with pytest.raises(TemplateError, match=r"b\.j2.*a\.j2"):
        load_folder((tmp_path,), language("en"))


def test_a_later_folder_replaces_a_block(tmp_path):
    for name, text in (("ours", "It is so."), ("theirs", "So it is.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.j2").write_text(BLOCK.format(text))
    found = load_folder((tmp_path / "ours", tmp_path / "theirs"), language("en"))
    assert found["a.b"].alternatives[0].parts == ("So it is.",)
