"""A whole article held to a draft: a sentence that points back stands behind what it points to, and nowhere else."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, check_text, draft_snapshots, read_snapshot
from commentary.pipeline import sheet_of
from commentary.records.draft import texts
from commentary.resources import folder

CASES = tomllib.loads((Path(__file__).parent / "placed.toml").read_text(encoding="utf-8"))


@cache
def made(name):
    draft = draft_snapshots(
        [read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())], settings=Settings()
    )
    assert isinstance(draft, Draft)
    return draft


def paragraphs(draft):
    """The body as lists of sentences, each a claim with its text."""
    fields = dict(texts(draft))
    found = {}
    for one in draft.sentences:
        if one.path.startswith("/sections/") and not one.path.endswith("/heading"):
            found.setdefault(one.path, []).append((one.claim, fields[one.path][one.start : one.end]))
    return list(found.values())


def misplaced(draft, body):
    """Return the claims of the sentences that are found, and the findings."""
    text = "# Head\n\n" + "\n\n".join(" ".join(text for _, text in paragraph) for paragraph in body)
    result = check_text(text, sheet_of(draft), settings=Settings(), scope="article", names=draft.names, draft=draft)
    found = [one for one in result.findings if one.code == "altered.place"]
    places = {}
    for claim, said in (one for paragraph in body for one in paragraph):
        start = text.index(said)
        places[claim] = range(start, start + len(said))
    return [claim for one in found for claim, place in places.items() if one.span[0] in place], found


def edited(case, body):
    """Return a body with the edit of a case."""
    sentences = dict(one for paragraph in body for one in paragraph)
    if "replaced" in case:
        return [[(one[0], case["by"]) if one[0] == case["replaced"] else one for one in part] for part in body]
    gone = case.get("moved", case.get("cut"))
    kept = [[one for one in paragraph if one[0] != gone] for paragraph in body]
    for paragraph in kept if "moved" in case else ():
        at = next((i for i, one in enumerate(paragraph) if one[0] == case["behind"]), None)
        if at is not None:
            paragraph.insert(at + 1, (gone, sentences[gone]))
    return [paragraph for paragraph in kept if paragraph]


@pytest.mark.parametrize("case", [*CASES["fails"], *CASES["passes"]], ids=lambda case: case["why"])
def test_a_sentence_stands_behind_what_it_points_to(case):
    draft = made(case["snapshot"])
    claims, findings = misplaced(draft, edited(case, paragraphs(draft)))
    assert sorted(claims) == sorted(case.get("found", [])), [(one.text, one.message) for one in findings]


@pytest.mark.parametrize("name", sorted({case["snapshot"] for case in CASES["fails"]}))
def test_a_draft_as_it_stands_has_every_sentence_in_its_place(name):
    assert misplaced(made(name), paragraphs(made(name)))[1] == []
