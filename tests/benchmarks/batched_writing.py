"""What writing sentences side by side saves: those of 32 drafts in batches against one by one.

Run: python tests/benchmarks/batched_writing.py

A draft has as many open sentences as those of the bundled snapshots have on average; weights are random. One by one is
the same writer with batches of one. The two are run in turn, a part of the drafts each time, so that a busy machine
slows both, and it is processor time that is measured, of one thread. It is no test: on a shared machine a time proves
nothing by itself.
"""

import sys
from statistics import median
from time import process_time

import random_model
import torch

from commentary.models.in_process.writer import InProcessWriter
from commentary.records.writer import Returned, Task

TARGET = 3
DRAFTS, PARTS = 32, 4
SENTENCES = 3
"""Of a draft."""
BATCH = 24
WIDTH, LAYERS = 256, 4
"""Small, as it says the least for batches: what a step costs beside arithmetic is shared by all of its rows."""


def main() -> int:
    """Print drafts per second of both; exit 1 if the target is missed."""
    torch.set_num_threads(1)
    made = random_model.loaded(WIDTH, LAYERS)
    batched = random_model.writer(made, batch=BATCH)
    single = random_model.writer(made, batch=1)
    lengths = [150 + 7 * (number % 9) for number in range(DRAFTS * SENTENCES)]
    tasks = [random_model.task(seed, prompt_words=words, longest=16) for seed, words in enumerate(lengths)]
    seconds(batched, tasks[:2])
    seconds(single, tasks[:2])
    rates = []
    share = DRAFTS // PARTS
    for first in range(0, DRAFTS, share):
        part = tasks[first * SENTENCES : (first + share) * SENTENCES]
        together, apart = share / seconds(batched, part), share / seconds(single, part)
        rates.append(together / apart)
        print(f"drafts {first + 1} to {first + share}: {together:.2f} a second, one by one {apart:.2f}", flush=True)
    ratio = median(rates)
    held = ratio >= TARGET
    print(f"{ratio:.1f} times the drafts per second; target at least {TARGET}{'' if held else '  MISSED'}")
    return 0 if held else 1


def seconds(writer: InProcessWriter, tasks: list[Task]) -> float:
    """Return how long the processor takes to write sentences."""
    began = process_time()
    written = writer.write(tasks, call_s=10_000, total_s=10_000)
    took = process_time() - began
    assert all(isinstance(one, Returned) for one in written)
    return took


if __name__ == "__main__":
    sys.exit(main())
