"""The rules by themselves find nothing in true drafts: what is proved in a draft is no reason for a rule to be wrong.

A draft's sentences are proved by their claims, and no rule looks at them then; but the same sentences come back in
other words, and from other templates.
"""

import json

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.errors import CommentaryError
from commentary.pipeline import checking
from commentary.runs.random_snapshots import Maker

MANY = 600


@pytest.fixture
def unproved(monkeypatch):
    """Let no sentence be proved."""
    monkeypatch.setattr(checking, "_proved", lambda *_: {})


def alarms(seed):
    try:
        read = read_snapshot(json.dumps(Maker(seed).snapshot()).encode())
        draft = draft_snapshots([read], settings=Settings())
    except CommentaryError:
        return []
    found = draft.checks.findings if isinstance(draft, Draft) else ()
    return [(seed, finding.code, finding.text) for finding in found if finding.severity == "error"]


@pytest.mark.slow
def test_no_rule_is_wrong_about_a_drafted_sentence(unproved):
    assert [alarm for seed in range(MANY) for alarm in alarms(seed)] == []


def test_without_a_proof_the_rules_look_at_every_sentence(unproved, monkeypatch):
    # A rule that objects to everything is heard.
    monkeypatch.setattr(checking, "run_checks", lambda document: _all_judged(document))
    assert alarms(1)


def _all_judged(document):
    from commentary.records.finding import Findings

    found = [
        document.finding("x.y", "error", one.field, (one.start, one.end), "")
        for one in document.judged
        if len(document.judged) == len(document.statements)
    ]
    return Findings(ok=not found, findings=tuple(found))
