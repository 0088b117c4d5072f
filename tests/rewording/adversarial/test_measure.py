"""What has the right slots and a wrong meaning is refused, as the README says: 100% of the hand-written."""

import pytest

from commentary.rewording.judge import faults
from tests.rewording.adversarial.measure import GENERATED_FLOOR, generated, hand_written

SAY_THE_SAME = 3
"""Swaps of two slots of one fact in one style, which change nothing (anomaly.rate.test.sum)."""


def test_every_hand_written_output_with_a_wrong_meaning_is_refused():
    assert [(one.where, one.output) for one in hand_written(faults) if not one.refused] == []


@pytest.mark.slow
def test_the_generated_ones_are_refused_but_for_those_that_say_the_same():
    every = generated(faults)
    accepted = [one for one in every if not one.refused]
    assert len(every) >= 5000
    assert len(accepted) <= (1 - GENERATED_FLOOR) * len(every)
    assert [(one.where, one.output) for one in accepted if not one.where.startswith("anomaly.rate.test.sum")] == []
    assert len(accepted) <= SAY_THE_SAME
