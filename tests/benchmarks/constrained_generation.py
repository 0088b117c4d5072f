"""What it costs to make wrong words impossible: a constrained token against a free one of the same model.

Run: python tests/benchmarks/constrained_generation.py

The free text comes from transformers' own sampling (or its most probable token), without a writer of ours. The two of
a pair are run in turn, so that a busy machine slows both, and the median of their ratios counts. One thread computes,
and its time on the processor is what is measured: on a quiet machine that is all the time there is. Weights are random.
It is no test: on a shared machine a time proves nothing by itself.
"""

from statistics import median
from time import process_time

import random_model
import torch
from transformers import GenerationConfig

TARGET = 1.15
ROUNDS = 5
WIDTH, LAYERS = 512, 6
LONGEST = 12
"""Words; a token of random letters is a fraction of one."""


def main() -> int:
    """Print the table; exit 1 if the target is missed."""
    torch.set_num_threads(1)
    made = random_model.loaded(WIDTH, LAYERS)
    parameters = sum(weight.numel() for weight in made.model.parameters())
    print(f"Llama with {parameters / 1e6:.0f} million random weights, {random_model.VOCABULARY:,} tokens")
    print(f"{'what':28} {'free ms':>8} {'ours ms':>8} {'ratio':>6}  target")
    met = True
    for temperature, name in ((1.0, "sampled"), (0.0, "most probable")):
        for batch in (1, 4):
            free, ours, ratio = pairs(made, temperature, batch)
            held = ratio <= TARGET
            met &= held
            target = f"at most {TARGET:g}" + ("" if held else "  MISSED")
            what = f"{name}, batch of {batch}"
            print(f"{what:28} {free * 1000:8.2f} {ours * 1000:8.2f} {ratio:6.3f}  {target}", flush=True)
    return 0 if met else 1


def pairs(made: random_model.Loaded, temperature: float, batch: int) -> tuple[float, float, float]:
    """Return the medians of seconds a step, free and constrained, and of their ratios."""
    writer = random_model.writer(made, temperature=temperature, batch=batch)
    timed = []
    for round_number in range(ROUNDS + 1):
        tasks = [random_model.task(round_number * batch + place, longest=LONGEST) for place in range(batch)]
        began = process_time()
        written = writer.write(tasks, call_s=1000, total_s=1000)
        ours = process_time() - began
        steps = max(one.tokens for one in written)
        timed.append((free(made, tasks, temperature, steps) / steps, ours / steps))
    timed = timed[1:]  # the first of each warms up
    return (*(median(column) for column in zip(*timed, strict=True)), median(ours / free for free, ours in timed))


def free(made: random_model.Loaded, tasks: list, temperature: float, steps: int) -> float:
    """Return the seconds of as many steps without any constraint."""
    began = process_time()
    tokens = torch.tensor([made.tokenizer(f"{task.messages[0].content}\n\n")["input_ids"] for task in tasks])
    sampling = {"do_sample": True, "temperature": temperature, "top_k": 0} if temperature else {"do_sample": False}
    config = GenerationConfig(
        max_new_tokens=steps,
        min_new_tokens=steps,
        eos_token_id=list(made.ends),
        pad_token_id=made.ends[0],
        # As the writer has it: it is the choice alone that is compared.
        cache_implementation="static",
        disable_compile=True,
        **sampling,
    )
    made.model.generate(tokens, attention_mask=torch.ones_like(tokens), generation_config=config)
    return process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
