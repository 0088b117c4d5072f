"""What our own map costs, as ratios within one run: run it by hand, on a quiet machine.

    python tests/benchmarks/liquidation_map.py [--repeat 9]

Batch: one year of one-minute bars folded into books, against the time numpy takes to sum the four input columns once.
One pass keeps each leverage apart and serves all three priors, so its cost per prior is a third; a pass for one prior
alone is timed too, with each prior's map read off at the end. Target: at most 80 times per prior.

Stepping: one bar of 300 assets, against the cost per bar of the batch over the same bars of the same 300 assets.
Target: at most 5 times. The cost per bar of the one-year batch stands beside it.

Memory: the peak that tracemalloc sees while bars come in chunks, for one year and for four. Target: the same.

Before anything is timed the two ways are held against each other, bit for bit. Bars are random walks of a fixed seed.
"""

import argparse
import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np

from commentary.liquidation_map.books import Books
from commentary.liquidation_map.folding import Bars, fold
from commentary.liquidation_map.levels import coins_of
from commentary.liquidation_map.offsets import Contract, offsets_of
from commentary.liquidation_map.priors import leverages, priors
from commentary.liquidation_map.stepping import step
from commentary.liquidation_map.tiers import tier_table

YEAR = 365 * 24 * 60
ASSETS = 300
BARS_EACH = 8640
"""Six days of minutes."""
WARM = 500
CHUNK = 10_000
BATCH_TARGET, STEP_TARGET, MEMORY_TARGET = 80, 5, 1.1


def walk(size: int, seed: int = 0, price: float = 60_000.0, held: float = 80_000.0, volatility: float = 6e-4) -> Bars:
    """Return bars of about bitcoin's volatility a minute, and open interest that turns over."""
    random = np.random.default_rng(seed)
    close = price * np.exp(np.cumsum(random.normal(0, volatility, size)))
    opened = np.concatenate([[price], close[:-1]])
    high = np.maximum(opened, close) * (1 + np.abs(random.normal(0, volatility / 2, size)))
    low = np.minimum(opened, close) * (1 - np.abs(random.normal(0, volatility / 2, size)))
    return Bars(high, low, close, held * np.exp(np.cumsum(random.normal(0, volatility / 5, size))))


def books(assets: int = 1) -> Books:
    return Books(offsets_of([Contract("Binance", tier_table("Binance", "BTC"))] * assets, leverages()))


def times(work: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Return the median and the least of the times that some work takes, in seconds."""
    taken = []
    for _ in range(repeat):
        gc.collect()
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), min(taken)


def batch(bars: Bars) -> list[np.ndarray]:
    """Return the three priors' maps of a history."""
    made = books()
    fold(made, 0, bars)
    shares = [np.array([float(prior.shares.get(each, 0)) for each in leverages()]) for prior in priors()]
    return [coins_of(made, 0, side).weighted(share) for share in shares for side in ("long", "short")]


def one_prior(bars: Bars) -> np.ndarray:
    """Return the base prior's longs, as a caller does that wants no other."""
    made = books()
    fold(made, 0, bars)
    base = np.array([float(priors()[1].shares.get(each, 0)) for each in leverages()])
    return coins_of(made, 0, "long").weighted(base)


def many() -> list[Bars]:
    return [walk(BARS_EACH, seed) for seed in range(ASSETS)]


def folded(histories: list[Bars]) -> Books:
    made = books(len(histories))
    for asset, bars in enumerate(histories):
        fold(made, asset, bars)
    return made


def stepped(histories: list[Bars], count: int) -> tuple[Books, list[float]]:
    """Return books after some steps of all assets, and what each step took in seconds."""
    high, low, close, held = (np.array([bars[column][:count] for bars in histories]).T.copy() for column in range(4))
    made, taken = books(len(histories)), []
    for row in range(count):
        begun = time.perf_counter()
        step(made, high[row], low[row], close[row], held[row])
        taken.append(time.perf_counter() - begun)
    return made, taken


def assert_both_ways_agree(histories: list[Bars]) -> None:
    some = [Bars(*(column[:2000] for column in bars)) for bars in histories[:20]]
    by_step, by_stretch = stepped(some, 2000)[0], folded(some)
    assert np.array_equal(by_step.written, by_stretch.written)
    assert np.array_equal(by_step.factor, by_stretch.factor)
    assert by_step.written.any()


def chunks(years: int) -> Iterator[Bars]:
    """Yield bars that are made as they are asked for, so that none of them adds to what is held."""
    price, held = 60_000.0, 80_000.0
    for seed in range(years * YEAR // CHUNK):
        bars = walk(CHUNK, seed, price, held)
        # Each chunk is bent so that it ends where it began: four years stay within the grid.
        back = (price / bars.close[-1]) ** np.linspace(0, 1, CHUNK)
        held = float(bars.open_interest[-1])
        yield Bars(bars.high * back, bars.low * back, bars.close * back, bars.open_interest)


def peak(years: int) -> float:
    """Return the most memory that folding some years takes, in MiB."""
    gc.collect()
    tracemalloc.start()
    made = books()
    for bars in chunks(years):
        fold(made, 0, bars)
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return most


def line(name: str, value: str, target: str = "") -> None:
    print(f"{name:58} {value:>16}  {target}")


def main() -> None:
    """Print the costs and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=9)
    repeat = parser.parse_args().repeat
    histories = many()
    assert_both_ways_agree(histories)

    bars = walk(YEAR)
    read, least_read = times(lambda: [column.sum() for column in bars], repeat * 3)
    three, least_three = times(lambda: batch(bars), repeat)
    one, least_one = times(lambda: one_prior(bars), repeat)
    line("read 4 columns of 525,600 bars once, median (least)", f"{read * 1e3:.2f} ({least_read * 1e3:.2f}) ms")
    line("batch, all three priors", f"{three * 1e3:.1f} ({least_three * 1e3:.1f}) ms")
    ratios = f"{three / read / 3:.1f} ({least_three / least_read / 3:.1f}) x"
    line("  per prior, of a pass that serves three", ratios, f"at most {BATCH_TARGET}")
    line("batch for one prior alone", f"{one / read:.1f} ({least_one / least_read:.1f}) x", f"at most {BATCH_TARGET}")

    whole, _ = times(lambda: folded(histories), 3)
    per_bar = whole / ASSETS / BARS_EACH
    taken = stepped(histories, 3000)[1][WARM:]
    median, mean = statistics.median(taken) / ASSETS, statistics.fmean(taken) / ASSETS
    line(f"one bar of {ASSETS} assets, median (mean)", f"{median * ASSETS * 1e6:.1f} ({mean * ASSETS * 1e6:.1f}) us")
    line(f"batch of {ASSETS} x {BARS_EACH:,} bars, per bar", f"{per_bar * 1e6:.3f} us")
    line(
        "  a step per bar and asset, of that",
        f"{median / per_bar:.1f} ({mean / per_bar:.1f}) x",
        f"at most {STEP_TARGET}",
    )
    line("  and of the one-year batch", f"{median / (one / YEAR):.1f} ({mean / (one / YEAR):.1f}) x")

    peaks = [peak(years) for years in (1, 4)]
    line("peak memory, one year and four, in chunks", f"{peaks[0]:.2f}, {peaks[1]:.2f} MiB")
    line("  four of one", f"{peaks[1] / peaks[0]:.2f} x", f"at most {MEMORY_TARGET}")


if __name__ == "__main__":
    main()
