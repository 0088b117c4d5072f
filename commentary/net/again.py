"""When a question that failed is asked again: after how long, and when never."""

import random
import re
from datetime import datetime
from http import HTTPStatus

from commentary.net.exchange import Answer
from commentary.net.fault import FaultError
from commentary.net.http_date import http_date

MOST_TRIES = 8
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0
"""Waits double from the first to the longest and are drawn evenly from nothing to that: full jitter, so that those
who failed together do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
The figures are chosen here, for sources whose deadlines are 20 s."""
BAN_SECONDS = 600.0
"""Bybit refuses an address for 10 minutes that asked too often, with status 403 (its API's rules, 2026-11-22)."""
_TOO_OFTEN = re.compile(rb"too (?:frequent|many)|rate.?limit", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{1,300}(?:\.[0-9]+)?", re.ASCII)


def backoff(tries: int, draw: random.Random) -> float:
    """Return how many seconds to wait after so many tries, at random."""
    return draw.uniform(0, min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (tries - 1)))


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Return how many seconds a server asks us to wait; None where it does not say.

    A date is read against the server's own clock where it tells it: ours may be ahead.
    """
    told = answer.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(told):
        return float(told)
    until = http_date(told)
    if until is None:
        return None
    theirs = http_date(answer.headers.get("date", "")) or now
    return max(0.0, (until - theirs).total_seconds())


def fault_of(answer: Answer, now: datetime) -> FaultError:
    """Return what an answer with another status than 2xx means."""
    status, content = answer.status, answer.content
    wait = retry_after(answer, now)
    if status == 429:
        reason = "refuses more questions for now (status 429)"
        return FaultError("limit", reason, status=status, content=content, again=True, wait_seconds=wait)
    if status == 418 or (status == 403 and _TOO_OFTEN.search(content)):
        # Who asks on while banned is banned for longer. 418 is Binance's.
        again = status == 418 and wait is not None
        wait = BAN_SECONDS if wait is None else wait
        reason = f"has banned this address for asking too often (status {status})"
        return FaultError("limit", reason, status=status, content=content, again=again, wait_seconds=wait, banned=True)
    names = {each.value: f", {each.phrase}" for each in HTTPStatus}
    reason = f"answered with status {status}{names.get(status, '')}"
    again = status >= 500
    return FaultError(
        "status", reason, status=status, content=content, again=again, wait_seconds=wait if again else None
    )


def spoken(seconds: float) -> str:
    """Return a pause in words."""
    return f"{seconds:g} s" if seconds < 86_400 else "more than a day"
