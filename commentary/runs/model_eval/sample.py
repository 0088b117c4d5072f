"""An example of the format: a model that knows one sentence, judged on one snapshot, by a clock that ticks evenly."""

from collections.abc import Callable, Sequence
from itertools import count

from commentary.pipeline.rewording_draft import Model
from commentary.records.model_eval import ModelEval
from commentary.records.writer import ModelIdentity, Returned, Task
from commentary.runs.eval import snapshot_path
from commentary.runs.model_eval.run import run

_SAYS = (
    "Where on the way to [PRICE_A] the positions sit is not in the data, so that price is the end of a sum, not a "
    "dense level and not [SIDED_A]."
)


class _OneSentence:
    """Answers everything with one sentence, which few may stand for."""

    identity = ModelIdentity("example-1b-instruct", where="http://127.0.0.1:8080/v1")

    def write(
        self, tasks: Sequence[Task], *, call_s: float, total_s: float, done: Callable[[int], None] = lambda count: None
    ) -> list[Returned]:
        done(len(tasks))
        return [Returned(_SAYS, 35) for _ in tasks]

    def close(self) -> None:
        """Let go of nothing."""


def sample(name: str) -> ModelEval:
    """Return what is measured of it on a bundled snapshot."""
    ticks = count()
    model = Model(_OneSentence(), clock=lambda: next(ticks) / 4)
    return run([snapshot_path(name)], model, examples=1)
