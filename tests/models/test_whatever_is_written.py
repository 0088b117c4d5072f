"""Whatever a server does, the article completes, and every sentence that it publishes passes every check."""

import pytest

from commentary import Settings, draft_snapshots
from commentary.config.model_settings import ModelSettings
from commentary.models.server import open_server
from commentary.pipeline import check_draft
from commentary.pipeline.rewording_draft import Model
from tests.models.openai_faults import FAULTS
from tests.rewording.drafts import plain, read

NAME = "btc-long-side"
"""Four open sentences."""
QUICK = ModelSettings(call_seconds=0.2, budget_seconds=0.8)


def drafted(fake, model_settings=QUICK):
    """Return the draft that a server reworded, and what became of its sentences."""
    writer = open_server(fake.url, name="scripted-writer", key="", look_s=0.0)
    told = []
    try:
        model = Model(writer, model_settings, told=told.append)
        return draft_snapshots([read(NAME)], settings=Settings(), model=model), told[0].ladder.climbed
    finally:
        writer.close()


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_an_article_completes_and_passes_every_check_whatever_the_server_does(fault, fake_openai):
    fake_openai.fault = fault
    draft, climbed = drafted(fake_openai)
    assert len(climbed) == 4
    assert check_draft(draft).findings == ()
    # The fake gives a sentence back as it is: what comes in another form still says it, and all else is not taken.
    harmless = {"plain", "thinking", "429 soon"}
    assert fault in harmless or all(one.text is None or one.same for one in climbed)
    assert {one.path for one in draft.sentences} == {one.path for one in plain(NAME).sentences}


def test_a_fault_in_one_answer_is_repaired_in_the_next(fake_openai):
    fake_openai.then("digits", "swapped", "flipped", "leak")
    _, climbed = drafted(fake_openai, ModelSettings(concurrency=1))
    assert [one.how for one in climbed] == ["repair"] * 4
