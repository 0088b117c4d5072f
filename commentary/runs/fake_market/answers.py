"""Requests answered: which venue, within its limits, spoilt by which fault; and what was asked, kept for who asks."""

import json
from collections import Counter, OrderedDict, deque
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from commentary.runs.fake_market.clock import MarketTime, iso
from commentary.runs.fake_market.faults import Chosen, Faults, spoilt
from commentary.runs.fake_market.limits import Limits, Over
from commentary.runs.fake_market.series import Market
from commentary.runs.fake_market.venues.base import Ask, Error, Refused, Venue, venues
from commentary.runs.fake_market.wire import HttpReply, HttpRequest

Json = Any
_KEPT = 20_000
"""Requests that are remembered."""
_CACHED = 4_000
"""Replies held while the clock stands."""
_PAGE = b"<!DOCTYPE html><html><head><title>%b</title></head><body><h1>%b</h1></body></html>"
_WAYS = ("cut", "drip", "reset", "silent", "oversized", "bomb")


class Seen(NamedTuple):
    """A request that came to a venue."""

    number: int
    time: float
    """Of the market's clock."""
    venue: str
    method: str
    target: str
    """Path and query, with the values of keys taken out."""
    body: Json
    status: int
    """0 where nothing was sent that has one."""
    faults: tuple[str, ...]
    over: str | None
    """The pool that it went beyond."""


class Answers:
    """What the server says.

    Args:
        market: the generated market.
        clock: its clock.
        faults: what goes wrong.
        limits: what venues allow.
        skews: seconds by which a venue's clock is ahead.
        plan: of vendors with a key.
    """

    def __init__(
        self,
        market: Market,
        clock: MarketTime,
        faults: Faults,
        limits: Limits,
        skews: Mapping[str, float],
        plan: str = "professional",
    ) -> None:
        self.market, self.clock, self.faults, self.limits = market, clock, faults, limits
        self.skews = dict(skews)
        self.plan = plan
        self.seen: deque[Seen] = deque(maxlen=_KEPT)
        self.counts: Counter[tuple[str, str]] = Counter()
        """Requests by venue and path; of one path for all, by the question in the body."""
        self.elsewhere = 0
        """Requests that followed a redirect which is a fault."""
        self._number = 0
        self._held: OrderedDict[tuple[object, ...], HttpReply] = OrderedDict()

    def of_venue(self, name: str, request: HttpRequest, place: str) -> HttpReply:
        """Return the reply of a venue to a request; `place` is its target behind the venue's prefix."""
        venue = venues[name]
        now = self.clock.now()
        split = urlsplit(place)
        chosen = self.faults.choose(name, split.path, now)
        ahead = self.skews.get(name, 0.0) + sum(each.seconds for each in chosen if each.kind == "skew")
        ask = Ask(
            self.market,
            now + ahead,
            split.path,
            dict(parse_qsl(split.query, keep_blank_values=True)),
            _json_of(request.body),
            request.headers,
            self.plan,
        )
        over = self.limits.take(name, venue.pools(ask), venue.costs(ask))
        fault = next((each for each in chosen if each.kind not in ("latency", "skew")), None)
        if over is not None and self.limits.enforce:
            reply = _error(venue.limited(over, ask))
        else:
            reply = self._reply(venue, ask, request, fault)
        told = venue.told(lambda pool: self.limits.used(name, pool), ask)
        delay = sum(each.seconds for each in chosen if each.kind == "latency")
        reply = reply._replace(headers=(*reply.headers, *told), delay=delay, date=ask.now)
        self._remember(venue, request, ask, reply, chosen, over.pool if over else None)
        return reply

    def _reply(self, venue: Venue, ask: Ask, request: HttpRequest, fault: Chosen | None) -> HttpReply:
        if fault is None and self.clock.stands:
            key = (venue.name, ask.now, request.method, request.target, request.body, self.plan, _key_told(ask))
            held = self._held.get(key)
            if held is None:
                held = self._held[key] = self._made(venue, ask, request, None)
                if len(self._held) > _CACHED:
                    self._held.popitem(last=False)
            return held
        if fault is None or fault.kind in ("wrong_types", "empty", "missing_keys", "truncated", *_WAYS):
            return _spoilt_reply(self._made(venue, ask, request, fault), fault)
        return _instead(venue, ask, fault)

    def _made(self, venue: Venue, ask: Ask, request: HttpRequest, fault: Chosen | None) -> HttpReply:
        if request.method != ("POST" if venue.name == "hyperliquid" else "GET"):
            return _error(Error(405, {"code": 405, "msg": "Method Not Allowed"}))
        try:
            data = venue.answer(ask)
        except Refused as refused:
            return _error(venue.refuse(refused.kind, refused.what, ask))
        if fault is not None:
            data = spoilt(data, fault)
        return HttpReply(200, _bytes(venue.wrap(data, ask)))

    def _remember(
        self, venue: Venue, request: HttpRequest, ask: Ask, reply: HttpReply, chosen: list[Chosen], over: str | None
    ) -> None:
        self._number += 1
        word = ask.body.get("type") if venue.name == "hyperliquid" and isinstance(ask.body, dict) else None
        self.counts[venue.name, f"{ask.path}#{word}" if word else ask.path] += 1
        query = "&".join(f"{name}={'***' if 'key' in name else value}" for name, value in ask.query.items())
        target = f"{ask.path}?{query}" if query else ask.path
        status = 0 if reply.way in ("reset", "silent") else reply.status
        kinds = tuple(each.kind for each in chosen)
        row = Seen(self._number, ask.now, venue.name, request.method, target, ask.body, status, kinds, over)
        self.seen.append(row)

    def forget(self) -> None:
        """Drop what was remembered of requests."""
        self.seen.clear()
        self.counts.clear()
        self.elsewhere = 0


def _key_told(ask: Ask) -> bool:
    return bool(ask.headers.get("cg-api-key") or ask.headers.get("api_key"))


def _json_of(body: bytes) -> Json:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return None


def _bytes(payload: Json) -> bytes:
    return json.dumps(payload, separators=(",", ":")).encode()


def _error(error: Error) -> HttpReply:
    return HttpReply(error.status, _bytes(error.payload), headers=error.headers)


def page(status: int, words: str) -> HttpReply:
    """Return a page as a proxy shows it."""
    return HttpReply(status, _PAGE % (words.encode(), words.encode()), "text/html; charset=utf-8")


def _spoilt_reply(reply: HttpReply, fault: Chosen | None) -> HttpReply:
    if fault is None:
        return reply
    if fault.kind == "truncated":
        return reply._replace(body=reply.body[: len(reply.body) // 2])
    if fault.kind in _WAYS:
        return reply._replace(way=fault.kind, pause=fault.seconds, size=fault.fault.size_bytes)
    return reply


def _instead(venue: Venue, ask: Ask, fault: Chosen) -> HttpReply:
    """Return what comes in place of the data."""
    if fault.kind == "html":
        return page(200, "Just a moment...")
    if fault.kind == "redirect":
        host, _, port = ask.headers.get("host", "").partition(":")
        other = "localhost" if host != "localhost" else "127.0.0.1"
        where = fault.fault.location or f"http://{other}:{port}/elsewhere{ask.path}"
        return HttpReply(302, b"", "text/html", (("Location", where),))
    if fault.kind == "envelope":
        return _error(venue.refuse("server", "", ask))._replace(status=200)
    status = int(fault.kind.removeprefix("status_"))
    if status >= 500:
        return page(status, f"{status} Server Error")
    limited = venue.limited(Over("all", 1.0, status == 418), ask)
    payload = limited.payload if status in (418, 429) else venue.refuse("server", "", ask).payload
    headers = () if fault.fault.retry_after is None else (("Retry-After", f"{fault.fault.retry_after:g}"),)
    return _error(Error(status, payload, headers))


def truth(market: Market, asset: str, at: float) -> Json:
    """Return what is so in the market at a time, for tests that compare: all venues together."""
    day = at - 86400.0
    longs, shorts = market.liquidated(asset, day, at)
    held, before = market.open_interest(asset, at), market.open_interest(asset, day)
    return {
        "asset": asset,
        "time": iso(at),
        "price": market.price(asset, at),
        "price_change_percent_24h": (market.price(asset, at) / market.price(asset, day) - 1.0) * 100.0,
        "open_interest_coin": held,
        "open_interest_change_percent_24h": (held / before - 1.0) * 100.0,
        "funding_8h": market.funding(asset, at, "Binance"),
        "long_liquidations_usd_24h": longs,
        "short_liquidations_usd_24h": shorts,
    }
