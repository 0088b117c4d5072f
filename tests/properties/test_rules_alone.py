"""The rules by themselves find nothing in true drafts: what is proved in a draft is no reason for a rule to be wrong.

A draft's sentences are proved by their claims, and no rule looks at them then; but the same sentences come back in
other words, and from other templates.
"""

import pytest

from commentary import Settings
from commentary.pipeline import checking

MANY = 600


def alarms(draft):
    """What the rules find where no sentence is proved."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(checking, "_proved", lambda *_: {})
        found = checking.check_fields(draft, settings=Settings()).findings
    return [(finding.code, finding.text) for finding in found if finding.severity == "error"]


@pytest.mark.slow
def test_no_rule_is_wrong_about_a_drafted_sentence(drafted):
    assert [(seed, *alarm) for seed, draft in drafted(range(MANY)) for alarm in alarms(draft)] == []


def test_without_a_proof_the_rules_look_at_every_sentence(drafted, monkeypatch):
    # A rule that objects to everything is heard.
    monkeypatch.setattr(checking, "run_checks", lambda document: _all_judged(document))
    for _, draft in drafted(range(3)):
        assert alarms(draft)


def _all_judged(document):
    from commentary.records.finding import Findings

    found = [
        document.finding("x.y", "error", one.field, (one.start, one.end), "")
        for one in document.judged
        if len(document.judged) == len(document.statements)
    ]
    return Findings(ok=not found, findings=tuple(found))
