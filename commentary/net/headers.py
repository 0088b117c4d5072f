"""Headers: a request's own, and those of an answer that are worth keeping."""

import re
from collections.abc import Mapping

import httpx

from commentary.net.fault import FaultError
from commentary.net.messages import Request
from commentary.net.scrub import Scrubber

LONGEST_KEPT = 200
_KEPT = re.compile(
    # Time: RFC 9110, RFC 9111.
    r"age|date|retry-after|content-type"
    # Limits: the IETF draft on RateLimit headers, and what venues call them: Binance, CoinGlass, Bybit.
    r"|(?:x-)?ratelimit(?:-.+)?|x-rate-limit(?:-.+)?|x-mbx-used-weight(?:-.+)?|api-key-(?:max|use)-limit|x-bapi-limit(?:-.+)?"
)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?", re.ASCII)


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return those headers of an answer that say something of time, limits or form."""
    return {name: value[:LONGEST_KEPT] for name, value in sorted(headers.items()) if _KEPT.fullmatch(name)}


def own_headers(request: Request, scrubber: Scrubber) -> httpx.Headers:
    """Return the headers of one request, the secret ones among them; the client adds those of all.

    Args:
        request: what is asked.
        scrubber: knows the request's keys.

    Raises:
        FaultError: a key cannot be sent as a header, or stands where others would see it.
    """
    for name, value in request.secrets:
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise FaultError(
                "address", "was not asked: its key holds a character that no header can; set the key again"
            )
    if scrubber.finds(request.url.encode("utf-8", "surrogatepass")) or scrubber.finds(request.body):
        raise FaultError("address", "was not asked: a key stands in the question itself, where logs and files show it")
    headers = httpx.Headers({"Content-Type": "application/json"} if request.method == "POST" else None)
    headers.update(request.secrets)
    return headers
