"""What writing sentences side by side saves: those of 32 drafts in batches against one by one.

Run: python tests/benchmarks/batched_writing.py

A draft has one open sentence, as most of the bundled snapshots' have; weights are random. One by one is the same writer
with batches of one. The two are run in turn, so that a busy machine slows both, and it is processor time that is
measured, of one thread. It is no test: on a shared machine a time proves nothing by itself.
"""

import sys
from statistics import median
from time import process_time

import random_model
import torch

from commentary.models.in_process.writer import InProcessWriter
from commentary.records.writer import Returned, Task

TARGET = 3
DRAFTS, ROUNDS = 32, 3
WIDTH, LAYERS = 256, 4
"""Small, so that one by one takes no minutes."""


def main() -> int:
    """Print drafts per second of both; exit 1 if the target is missed."""
    torch.set_num_threads(1)
    made = random_model.loaded(WIDTH, LAYERS)
    together, apart = random_model.writer(made, batch=DRAFTS), random_model.writer(made, batch=1)
    rates = []
    for number in range(ROUNDS):
        seeds = range(number * DRAFTS, (number + 1) * DRAFTS)
        tasks = [random_model.task(seed, prompt_words=150 + 7 * (seed % 9), longest=16) for seed in seeds]
        ours, single = DRAFTS / seconds(together, tasks), DRAFTS / seconds(apart, tasks)
        rates.append(ours / single)
        print(f"in a batch {ours:.2f} drafts a second, one by one {single:.2f}", flush=True)
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
