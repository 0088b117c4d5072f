"""The fake market as a program: `python -m commentary.runs.fake_market --port 0 --ready-file FILE`.

It prints its base URL, writes it to the ready file once it listens, and ends on SIGTERM, SIGINT or after --for.
"""

import argparse
import asyncio
import json
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from commentary.errors import BadInputError, CommentaryError
from commentary.runs.fake_market.assets import MOST
from commentary.runs.fake_market.faults import fault_of
from commentary.runs.fake_market.script import read_script, time_of
from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.venues.base import venues
from commentary.runs.fake_market.venues.coinglass import PLANS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        market = _market(options)
        asyncio.run(_run(market, options))
    except CommentaryError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201 - a program of its own
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m commentary.runs.fake_market", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 takes a free one")
    add("--ready-file", type=Path, help="the base URL is written here once it listens")
    add("--seed", type=int, default=0, help="another seed is another market")
    add("--assets", type=int, default=30, help=f"how many coins, up to {MOST}")
    add("--start", help="its time at the beginning, such as 2026-12-01T00:00:00Z; default: now")
    add("--speed", type=float, default=1.0, help="seconds of the market for one of ours")
    add("--step", action="store_true", help="time stands still until POST /control/time")
    add("--script", type=Path, help="TOML or JSON: what happens, and when")
    add("--skew", action="append", default=[], metavar="VENUE=SECONDS", help="how far a venue's clock is ahead")
    add("--fault", action="append", default=[], metavar="JSON", help='such as {"kind": "reset", "probability": 0.05}')
    add("--enforce-limits", action="store_true", help="refuse what is beyond a venue's documented limit")
    add("--plan", choices=PLANS, default="professional", help="of the vendor with a key")
    add("--for", type=float, dest="seconds", help="end by itself after so many seconds")
    return parser


def _market(options: argparse.Namespace) -> FakeMarket:
    start = time.time() if options.start is None else time_of(options.start, 0.0, "--start")
    market = FakeMarket(
        seed=options.seed,
        assets=options.assets,
        start=start,
        speed=0.0 if options.step else options.speed,
        script=None if options.script is None else read_script(options.script, start),
        port=options.port,
        enforce_limits=options.enforce_limits,
        skews=dict(_skew(text) for text in options.skew),
        plan=options.plan,
    )
    for text in options.fault:
        try:
            laid = json.loads(text)
        except ValueError:
            raise BadInputError("--fault", text, "write an object in JSON") from None
        market.faults.add(fault_of(laid, "--fault"))
    return market


def _skew(text: str) -> tuple[str, float]:
    name, _, seconds = text.partition("=")
    try:
        if name in venues:
            return name, float(seconds)
    except ValueError:
        pass
    raise BadInputError("--skew", text, f"write VENUE=SECONDS with one of {', '.join(venues)}")


async def _run(market: FakeMarket, options: argparse.Namespace) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with market:
        print(market.url, flush=True)  # noqa: T201 - a program of its own
        if options.ready_file is not None:
            # Renamed into place, so that who waits for the file never reads half of it.
            part = options.ready_file.with_name(options.ready_file.name + ".part")
            part.write_text(market.url + "\n", encoding="utf-8")
            part.replace(options.ready_file)
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), options.seconds)


if __name__ == "__main__":
    sys.exit(main())
