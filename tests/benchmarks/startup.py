"""What a start of the program costs, against the libraries it stands on.

Run: python tests/benchmarks/startup.py

Everything is byte-compiled first. The two of a pair are run in turn, so that a busy machine slows both,
and medians are compared. It is no test: on a shared machine a time proves nothing by itself.
"""

import compileall
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 11
HEAVY = {"pandas", "jinja2"}
"""What --help may not load."""


class Pair(NamedTuple):
    """What is timed, and against what."""

    name: str
    command: tuple[str, ...]
    against: tuple[str, ...]
    target: float | None
    """The most it may be; None where nothing is promised."""


def commentary(*arguments: str) -> tuple[str, ...]:
    return ("-m", "commentary", *arguments)


LIBRARIES = ("-c", "import pandas, jinja2, pydantic")
SNAPSHOTS = ROOT / "data" / "snapshots"
PAIRS = (
    Pair("commentary draft", commentary("draft"), LIBRARIES, 2),
    Pair("commentary --help", commentary("--help"), ("-c", "pass"), 8),
    Pair("  draft, with levels", commentary("draft", str(SNAPSHOTS / "eth-two-sided.json")), LIBRARIES, None),
    Pair("  draft, 90 days of history", commentary("draft", str(SNAPSHOTS / "btc-flush.json")), LIBRARIES, None),
)


def main() -> int:
    """Print the table; exit 1 if a target is missed or --help loads something heavy."""
    for name in ("commentary", "tests"):
        compileall.compile_dir(ROOT / name, quiet=2)
    print(f"{'what':28} {'ms':>6} {'against ms':>11} {'ratio':>6}  target")
    met = True
    for pair in PAIRS:
        ours, theirs = medians(pair)
        ratio = ours / theirs
        held = pair.target is None or ratio <= pair.target
        met &= held
        target = "" if pair.target is None else f"at most {pair.target:g}" + ("" if held else "  MISSED")
        print(f"{pair.name:28} {ours * 1000:6.0f} {theirs * 1000:11.0f} {ratio:6.2f}  {target}")
    loaded = heavy_of_help()
    print(f"--help loads {', '.join(loaded) or 'neither pandas nor jinja2'}")
    return 0 if met and not loaded else 1


def medians(pair: Pair) -> tuple[float, float]:
    """Return the median seconds of both commands, run in turn; the first round only warms the disk."""
    times = [(seconds(pair.command), seconds(pair.against)) for _ in range(ROUNDS + 1)][1:]
    return median(ours for ours, _ in times), median(theirs for _, theirs in times)


def seconds(arguments: tuple[str, ...]) -> float:
    """Return how long Python takes with these arguments."""
    start = perf_counter()
    python(arguments)
    return perf_counter() - start


def heavy_of_help() -> list[str]:
    """Return which of the heavy modules --help has loaded by its end."""
    code = (
        "import atexit, sys\n"
        f"atexit.register(lambda: sys.stderr.write(' '.join({HEAVY!r} & set(sys.modules))))\n"
        "sys.argv = ['commentary', '--help']\n"
        "from commentary.cli import main\n"
        "main()\n"
    )
    return sorted(python(("-c", code)).split())


def python(arguments: tuple[str, ...]) -> str:
    """Run Python in the repository's root and return what it wrote to standard error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)
    # A draft with findings exits 1 and has cost as much as any other.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stderr if "-c" in arguments else ""


if __name__ == "__main__":
    sys.exit(main())
