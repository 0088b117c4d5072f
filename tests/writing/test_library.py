"""Templates are read block by block, without Jinja where they are plain, and every shipped block is linted here."""

import pytest

from commentary.errors import TemplateError
from commentary.languages import language
from commentary.resources import folder
from commentary.writing.library import Library, blocks, parsed
from commentary.writing.templates import load_folder, load_text, read_plain

EN = language("en")
GOOD = "{# what #}\n{% say 'a' kind='fact' %}\nIt was {{ price | price }}.\n{% endsay %}\n"
BAD = "{% say 'b' kind='fact' %}\nIt was $5.\n{% endsay %}\n"


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "good.j2").write_text(GOOD)
    return tmp_path / "ours"


def test_every_shipped_block_keeps_every_rule_and_is_read_the_same_whole_or_alone_by_jinja_or_by_us():
    ours = folder("templates") / "en"
    linted = load_folder((ours,), EN)
    plain = {name: read_plain(block.source, block.where, EN) for name, block in blocks(ours, EN).items()}
    assert (None in plain.values(), plain, dict(Library(ours, (), EN))) == (False, linted, linted)


@pytest.mark.parametrize(
    "block",
    [
        "{% say 'a' kind='fact' %}It was {{ price | price }}.{% endsay %}",
        "{%say \"a\" kind='fact' plain=false%}\n A {{price|price}} \n{%or%}{{ x | usd }}{{ y|usd }}{%endsay%}",
        "{% say 'a' kind='fact' %}} a }} b #} {{ price | price }}}{% endsay %}",
        "{% say 'a'  open=true\n kind='fact' %}\r\nIt is\u00a0so.\r\n{% or %}So\tit is: {{ if | usd }}.{% endsay %}",
    ],
)
def test_a_plain_block_is_read_as_jinja_reads_it(block):
    assert [read_plain(block, "x.j2, line 1", EN)] == load_text(block, "x.j2", EN)


@pytest.mark.parametrize(
    "body",
    [
        "{{ price }}",
        "{{ 1 | usd }}",
        "{{ price.high | usd }}",
        "{{ price | usd(2) }}",
        "{{ not | usd }}",
        "{{ true | usd }}",
        "{{ größe | usd }}",
        "{{{ price | usd }}",
        "{{- price | usd -}}",
        "It is {% if a %}so{% endif %}.",
        "It is so.{%- or %}So it is.",
        "It is so.{{% or %}So it is.",
        "It is {# really #} so.",
        "{% raw %}It is so.{% endraw %}",
    ],
)
def test_what_is_more_than_text_and_slots_is_left_to_jinja(body):
    assert read_plain(f"{{% say 'a' kind='fact' %}}{body}{{% endsay %}}", "x.j2, line 1", EN) is None


@pytest.mark.parametrize(
    "options", ["kind='fa\\'ct'", "kind=1", "kind='fact', open=true", "kind='fact' open=yes", "kind"]
)
def test_options_that_are_no_words_are_left_to_jinja(options):
    assert read_plain(f"{{% say 'a' {options} %}}It is so.{{% endsay %}}", "x.j2, line 1", EN) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{% say 'b' kind='rumour' %}It is so.{% endsay %}", "kind 'rumour'"),
        ("{% say 'b' kind='fact' colour='red' %}It is so.{% endsay %}", "unknown options colour"),
        ("{% say 'b' kind='fact' %}It is {{ so | furlongs }}.{% endsay %}", "style 'furlongs'"),
        ("{% say 'b' kind='fact' %}It is so.{% or %} {% endsay %}", "empty alternative"),
        ("{% say 'b' kind='fact' %}It is {{ so }}.{% endsay %}", "no slot"),
        ("{% say 'b' kind='fact' %}It {% if a %}is{% endif %} so.{% endsay %}", "only text and slots"),
    ],
)
def test_a_block_that_is_no_sentence_is_refused_when_it_is_asked_for_with_its_line(ours, given, told):
    (ours / "bad.j2").write_text("\n\n" + given)
    library = Library(ours, (), EN)
    assert library["a"].alternatives
    with pytest.raises(TemplateError, match=rf"bad\.j2, line 3: .*{told}"):
        library["b"]


def test_the_words_of_a_block_are_judged_where_it_is_linted(ours):
    (ours / "bad.j2").write_text("\n\n" + BAD)
    with pytest.raises(TemplateError, match=r"bad\.j2, line 3: 'b' writes '\$5'"):
        parsed(blocks(ours, EN)["b"], EN)


def test_a_newsrooms_own_block_is_refused_at_once_and_replaces_ours_if_it_is_sound(ours, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.j2").write_text(GOOD.replace("It was", "Price was"))
    assert Library(ours, (own,), EN)["a"].alternatives[0].parts[0] == "Price was "
    (own / "bad.j2").write_text(BAD)
    with pytest.raises(TemplateError, match=r"bad\.j2, line 1"):
        Library(ours, (own,), EN)


def test_text_outside_a_block_and_a_name_given_twice_are_refused(ours):
    (ours / "twice.j2").write_text(GOOD)
    with pytest.raises(TemplateError, match="'a' stands also in good"):
        Library(ours, (), EN)
    (ours / "twice.j2").write_text("Some text.\n" + GOOD.replace("'a'", "'c'"))
    with pytest.raises(TemplateError, match="only say blocks"):
        Library(ours, (), EN)


def test_a_sentence_that_is_not_there_is_not_made_up(ours):
    library = Library(ours, (), EN)
    assert (len(library), list(library), library.get("z")) == (1, ["a"], None)
