"""An edited page is laid beside its draft: each paragraph is its field, and what is none is told and still checked."""

import json
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot, render
from commentary.checks.pages import read_page
from commentary.errors import BadInputError
from commentary.pipeline.aligning import align, align_fields, check_alignment, unaltered
from commentary.records.draft import texts

SNAPSHOTS = sorted((Path(__file__).parents[2] / "data" / "snapshots").glob("*.json"))
TRIED = [
    pytest.param(path, id=path.stem, marks=[] if number % 3 == 2 else [pytest.mark.slow])
    for number, path in enumerate(SNAPSHOTS)
]
"""One in three by default, the others with the slow tests."""
ENDINGS = {"markdown": "x.md", "text": "x.txt"}


def made(path, **options):
    return draft_snapshots([read_snapshot(path.read_bytes())], settings=Settings(), **options)


@pytest.fixture(scope="module")
def draft():
    (path,) = [path for path in SNAPSHOTS if path.stem == "btc-long-side"]
    result = made(path)
    assert isinstance(result, Draft)
    return result


@pytest.fixture(scope="module")
def page(draft):
    return render(draft, "markdown").split("\n\n")


def aligned(draft, written, name="x.md"):
    return align(draft, read_page(written, name) or written, Settings(), name)


def placed(page, beginning):
    return next(i for i, paragraph in enumerate(page) if paragraph.startswith(beginning))


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("path", TRIED)
def test_a_page_that_nobody_edited_edits_no_field(path, format):
    draft = made(path, length="full")
    if isinstance(draft, Draft):
        assert aligned(draft, render(draft, format), ENDINGS[format])[:2] == ({}, ())


@pytest.mark.parametrize("format", ENDINGS)
def test_a_changed_word_is_found_in_its_field(draft, format):
    path = "/headline"
    was = dict(texts(draft))[path]
    written = render(draft, format).replace("bitcoin long", "ether long", 1)
    assert aligned(draft, written, ENDINGS[format]).edits == {path: was.replace("bitcoin long", "ether long")}


def test_a_wrong_figure_is_found_in_the_edited_field(draft, page):
    i = placed(page, draft.sections[0].paragraphs[1])
    written = [*page[:i], "Now: " + page[i].replace("$430 million", "$340 million"), *page[i + 1 :]]
    result = aligned(draft, "\n\n".join(written))
    (path,) = result.edits
    found = check_alignment(draft, result)
    (wrong,) = [one for one in found.findings if one.code == "numbers.untraced"]
    assert (wrong.path, found.ok) == (path, False)
    start, end = wrong.span
    assert "$340 million" in result.edits[path][start:end]


def test_the_label_line_is_held_though_no_field_has_it(draft):
    written = render(draft, "markdown").replace("skew downside", "skew upside")
    (found,) = aligned(draft, written).findings
    assert (found.code, found.severity, found.path) == ("draft.layout", "error", "/sentiment/label")
    assert "skew downside" in found.message


def test_a_new_paragraph_is_put_to_the_closest_field_and_said_so(draft, page):
    i = placed(page, draft.sections[0].paragraphs[1])
    new = "CoinGlass's model is one of many."
    result = aligned(draft, "\n\n".join([*page[:i], new, *page[i:]]))
    (path,) = result.edits
    (note,) = result.findings
    assert (note.code, note.severity, note.path) == ("draft.placed", "note", path)
    assert result.edits[path][slice(*note.span)] == new
    assert not check_alignment(draft, result).ok


def test_a_paragraph_left_out_waits_for_a_signature(draft, page):
    i = placed(page, draft.sections[0].paragraphs[1])
    result = aligned(draft, "\n\n".join([*page[:i], *page[i + 1 :]]))
    (found,) = [one for one in check_alignment(draft, result).findings if one.severity == "error"]
    assert (found.code, found.path, found.span) == ("altered.words", "/sections/0/paragraphs/1", (0, 0))
    assert draft.sections[0].paragraphs[1][:12] in found.message


def test_a_joined_and_a_split_paragraph_are_their_fields_still(draft, page):
    i = placed(page, draft.sections[0].paragraphs[1])
    joined = aligned(draft, "\n\n".join([*page[: i - 1], f"{page[i - 1]} {page[i]}", *page[i + 1 :]]))
    assert joined[:2] == ({}, ())
    cut = next(one.start for one in draft.sentences if one.path == "/sections/0/paragraphs/0" and one.start)
    split = aligned(draft, "\n\n".join([*page[: i - 1], page[i - 1][:cut], page[i - 1][cut:], *page[i:]]))
    assert split[:2] == ({}, ())


def test_a_part_that_is_left_out_whole_is_not_edited(draft):
    written = render(draft, "markdown")
    start = written.index("## ", written.index(draft.faq[-1].answer[:30])) if draft.faq else None
    end = written.index("*" + draft.disclosures[0][:20])
    result = aligned(draft, written[:start] + written[end:])
    assert [(one.code, one.path) for one in result.findings] == [("draft.left_out", "/digest")]
    assert dict(result.edits) == {}


def test_another_text_is_no_edit_of_it(draft):
    with pytest.raises(BadInputError, match=rf"x\.md: it has next to nothing in common with the draft {draft.id}"):
        aligned(draft, "# Other news\n\nNothing of it is here.\n")


def test_fields_are_given_by_their_paths(draft):
    given = {"/standfirst": "Short.", "/headline": draft.headline}
    assert align_fields(draft, given, "e.json").edits == {"/standfirst": "Short."}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "write an object"),
        ({}, "write an object"),
        ({"/standfirts": "x"}, "such as /standfirst"),
        ({"/standfirst": 3}, "e.json: /standfirst: '3' cannot be used"),
    ],
)
def test_a_wrong_object_names_path_and_remedy(draft, given, said):
    with pytest.raises(BadInputError, match=r"^e\.json") as caught:
        align_fields(draft, given, "e.json")
    assert said in str(caught.value)


@pytest.mark.parametrize(("key", "value"), [("headline", "Bitcoin at $3"), ("sha256", ""), ("checks", None)])
def test_a_draft_that_was_changed_vouches_for_nothing(draft, key, value):
    assert unaltered(draft, "d.json") is draft
    content = {**json.loads(draft.model_dump_json()), key: value}
    with pytest.raises(BadInputError, match=r"--draft: 'd\.json' cannot be used; the draft was changed"):
        unaltered(Draft.model_validate(content), "d.json")


def test_an_emptied_field_waits_for_a_signature_too(draft):
    for path in ("/headline", "/faq/0/answer", "/disclosures/2", "/sentiment/rationale"):
        result = align_fields(draft, {path: " "}, "e.json")
        errors = [one for one in check_alignment(draft, result).findings if one.severity == "error"]
        assert [(one.code, one.path) for one in errors] == [("altered.words", path)]


@pytest.mark.parametrize("struck", ["~~not~~", "<del>not</del>", "<s>not</s>", "<strike>not</strike>"])
def test_struck_words_are_refused(draft, struck):
    written = render(draft, "markdown").replace(" not ", f" {struck} ", 1)
    with pytest.raises(BadInputError, match="struck out"):
        aligned(draft, written)


def test_an_image_is_not_the_words_of_a_sentence(draft):
    written = render(draft, "markdown").replace(" not ", " ![not](n.png) ", 1)
    assert "altered.negation" in {one.code for one in check_alignment(draft, aligned(draft, written)).findings}


@pytest.mark.parametrize(
    "line", ["## Not known", "## Digest", "**What would change this reading, all else equal:**", "**Neutral; "]
)
def test_a_line_of_the_layout_stands_once(draft, page, line):
    i = placed(page, line)
    for written in ([*page[:i], *page[i + 1 :]], [*page[:i], page[i], *page[i:]]):
        (found,) = aligned(draft, "\n\n".join(written)).findings
        assert (found.code, found.severity) == ("draft.layout", "error")


@pytest.mark.parametrize(
    ("was", "now", "wrong"),
    [
        ("# ", "---\ntitle: Longs of $3 billion\n---\n# ", "$3 billion"),
        ("CoinGlass's ", '[CoinGlass](https://x.org "Up to $3 billion")\'s ', "$3 billion"),
        ("CoinGlass's ", "[CoinGlass](https://x.org/3-billion-longs)'s ", "3-billion"),
        ("# ", '# Bitcoin\n\n![A map](m.png "$3 billion")\n\n# ', "$3 billion"),
    ],
)
def test_what_stands_beside_the_words_is_read(draft, was, now, wrong):
    found = aligned(draft, render(draft, "markdown").replace(was, now, 1)).findings
    assert ("numbers.untraced", "/text", wrong) in {(one.code, one.path, one.text) for one in found}


def test_a_title_that_is_the_headline_and_a_plain_link_are_no_findings(draft):
    written = render(draft, "markdown").replace("CoinGlass's ", "[CoinGlass](https://x.org/map)'s ", 1)
    assert aligned(draft, f'---\ntitle: "{draft.headline}"\nlayout: post\n---\n{written}')[:2] == ({}, ())
