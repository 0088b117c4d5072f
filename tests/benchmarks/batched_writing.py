"""What writing sentences side by side saves: the open ones of 32 drafts in batches against one after another.

Run: python tests/benchmarks/batched_writing.py

The sentences are those of the first 32 bundled snapshots' drafts, asked for as drafts ask for them. One model has
random weights, to time what a real one's size costs; the other is the small one that the tests let write. One after
another is the same writer with batches of one. Each round has new writers, as what they keep of prompts would be ready
for the next. The two are run in turn, so that a busy machine slows both, and it is processor time that is measured, of
one thread. It is no test: on a shared machine a time proves nothing by itself.
"""

import sys
from pathlib import Path
from statistics import median
from time import process_time

import random_model
import torch

from commentary import Settings, draft_snapshots, read_snapshot
from commentary.models.in_process.loading import Loaded, load
from commentary.pipeline.open_sentences import open_sentences
from commentary.records.draft import Draft
from commentary.records.writer import Returned, Task
from commentary.resources import folder
from commentary.rewording.prompt import task_of

TARGET = 3
DRAFTS, ROUNDS, BATCH = 32, 3, 32
WIDTH, LAYERS = 512, 6
SMALL = Path(__file__).parents[1] / "models" / "fixtures" / "good_writer"


def main() -> int:
    """Print drafts per second of both, by model; exit 1 if the target is missed with random weights."""
    torch.set_num_threads(1)
    tasks = asked()
    print(f"{DRAFTS} drafts with {len(tasks)} open sentences")
    compared("the tests' good writer", load(SMALL, "cpu"), tasks)
    ratio = compared(f"random weights, {WIDTH} wide", random_model.loaded(WIDTH, LAYERS), tasks)
    held = ratio >= TARGET
    print(f"target at least {TARGET} times{'' if held else '  MISSED'}")
    return 0 if held else 1


def asked() -> list[Task]:
    """Return the tasks of all drafts."""
    drafts = [
        made
        for path in sorted((folder("data") / "snapshots").glob("*.json"))
        if isinstance(made := draft_snapshots([read_snapshot(path.read_bytes())], settings=Settings()), Draft)
    ]
    sentences = [(each, draft) for draft in drafts[:DRAFTS] for each in open_sentences(draft, Settings())]
    return [task_of(each.sentence, draft.language, seed) for seed, (each, draft) in enumerate(sentences)]


def compared(name: str, made: Loaded, tasks: list[Task]) -> float:
    """Return how many times the drafts per second a batch writes, the median of all rounds."""
    ratios = []
    for number in range(ROUNDS):
        tasks = [task._replace(seed=task.seed + number * len(tasks)) for task in tasks]
        together, apart = seconds(made, BATCH, tasks), seconds(made, 1, tasks)
        ratios.append(apart / together)
        print(
            f"{name}: {DRAFTS / together:.2f} drafts a second in batches of {BATCH}, {DRAFTS / apart:.2f} one after "
            f"another, {ratios[-1]:.2f} times",
            flush=True,
        )
    print(f"{name}: {median(ratios):.2f} times the drafts per second")
    return median(ratios)


def seconds(made: Loaded, batch: int, tasks: list[Task]) -> float:
    """Return how long the processor takes to write sentences."""
    writer = random_model.writer(made, temperature=0.5, batch=batch)
    began = process_time()
    written = writer.write(tasks, call_s=10_000, total_s=10_000)
    took = process_time() - began
    assert all(isinstance(one, Returned) for one in written)
    return took


if __name__ == "__main__":
    sys.exit(main())
