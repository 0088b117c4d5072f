"""What a test tells the server, and asks of it.

GET    /time                       {"time": ms, "iso": ..., "speed": N}
GET    /control                    the whole state
POST   /control/time               {"to": time} or {"by": seconds}, and {"speed": N}
GET    /control/faults             the rules in force
POST   /control/faults             a rule as of faults.py; answers {"id": N}
DELETE /control/faults[/N]         all rules, or one
GET    /control/requests           what was asked: ?venue=, ?after=NUMBER, ?limit=
GET    /control/counts             how often which path was asked, by venue
DELETE /control/requests           forgets both
GET    /control/limits             what each pool has seen
POST   /control/limits             {"enforce": true}, {"venue": "binance", "most": 200, "seconds": 1, "bucket": false}
in place of its own, or {"venue": "binance", "most": null}
POST   /control/skew               {"venue": "okx", "seconds": -3}
POST   /control/plan               {"plan": "hobbyist"}
GET    /control/truth              ?asset=BTC&at=ms: what is so, on all venues together
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from commentary.errors import BadInputError
from commentary.runs.fake_market.answers import Answers, page, truth
from commentary.runs.fake_market.clock import iso
from commentary.runs.fake_market.faults import fault_of
from commentary.runs.fake_market.limits import Pool
from commentary.runs.fake_market.script import time_of
from commentary.runs.fake_market.venues.base import venues
from commentary.runs.fake_market.venues.coinglass import PLANS
from commentary.runs.fake_market.wire import HttpReply, HttpRequest

Json = Any
_ROWS = 1000


class Control:
    """Answers to requests at /time and /control."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._routes: dict[tuple[str, str], Callable[[dict[str, str], Json], Json]] = {
            ("GET", "/time"): self._time,
            ("GET", "/control"): self._state,
            ("POST", "/control/time"): self._go,
            ("GET", "/control/faults"): self._faults,
            ("POST", "/control/faults"): self._add_fault,
            ("DELETE", "/control/faults"): self._clear_faults,
            ("GET", "/control/requests"): self._requests,
            ("DELETE", "/control/requests"): self._forget,
            ("GET", "/control/counts"): self._counts,
            ("GET", "/control/limits"): self._limits,
            ("POST", "/control/limits"): self._set_limits,
            ("POST", "/control/skew"): self._skew,
            ("POST", "/control/plan"): self._plan,
            ("GET", "/control/truth"): self._truth,
        }

    def answer(self, request: HttpRequest) -> HttpReply:
        """Return the reply to a request at /time or /control."""
        split = urlsplit(request.target)
        path, body = split.path, None
        query = dict(parse_qsl(split.query))
        number = path.removeprefix("/control/faults/")
        if request.method == "DELETE" and number.isdigit():
            path, query = "/control/faults", {"id": number}
        handler = self._routes.get((request.method, path))
        if handler is None:
            return page(404, "404 Not Found")
        try:
            body = json.loads(request.body) if request.body else {}
            if not isinstance(body, dict):
                raise ValueError("send an object in { }")
            payload, status = handler(query, body), 200
        except (BadInputError, ValueError, TypeError, KeyError) as error:
            payload, status = {"error": str(error)}, 400
        return HttpReply(status, json.dumps(payload, separators=(",", ":")).encode(), date=self._answers.clock.now())

    def _time(self, query: dict[str, str], body: Json) -> Json:
        clock = self._answers.clock
        now = clock.now()
        return {"time": round(now * 1000), "iso": iso(now), "speed": clock.speed}

    def _state(self, query: dict[str, str], body: Json) -> Json:
        answers = self._answers
        return {
            **self._time(query, body),
            "seed": answers.market.seed,
            "assets": list(answers.market.assets),
            "venues": list(venues),
            "plan": answers.plan,
            "skews": answers.skews,
            "faults": self._faults(query, body),
            "requests": sum(answers.counts.values()),
            "elsewhere": answers.elsewhere,
            "exceeded": answers.limits.exceeded(),
        }

    def _go(self, query: dict[str, str], body: Json) -> Json:
        clock = self._answers.clock
        if "speed" in body:
            clock.run_at(float(body["speed"]))
        if "to" in body:
            clock.go_to(time_of(body["to"], clock.now(), "/to"))
        if "by" in body:
            clock.advance(float(body["by"]))
        return self._time(query, body)

    def _faults(self, query: dict[str, str], body: Json) -> Json:
        return [
            {"id": number, "kind": list(fault.kinds), "venue": fault.venue, "path": fault.path, "left": left}
            for number, (fault, left) in self._answers.faults.rules().items()
        ]

    def _add_fault(self, query: dict[str, str], body: Json) -> Json:
        timed = dict(body)
        for told, name in (("from", "start"), ("to", "end")):
            if told in timed:
                timed[name] = time_of(timed.pop(told), self._answers.clock.now(), f"/{told}")
        return {"id": self._answers.faults.add(fault_of(timed))}

    def _clear_faults(self, query: dict[str, str], body: Json) -> Json:
        if "id" in query:
            return {"removed": self._answers.faults.remove(int(query["id"]))}
        self._answers.faults.clear()
        return {"removed": True}

    def _requests(self, query: dict[str, str], body: Json) -> Json:
        after, limit = int(query.get("after", 0)), int(query.get("limit", _ROWS))
        rows = [
            row._asdict()
            for row in self._answers.seen
            if row.number > after and query.get("venue") in (None, row.venue)
        ]
        return {"count": len(rows), "requests": rows[:limit]}

    def _forget(self, query: dict[str, str], body: Json) -> Json:
        self._answers.forget()
        return {}

    def _counts(self, query: dict[str, str], body: Json) -> Json:
        made: dict[str, dict[str, int]] = {}
        for (venue, path), count in sorted(self._answers.counts.items()):
            made.setdefault(venue, {})[path] = count
        return made

    def _limits(self, query: dict[str, str], body: Json) -> Json:
        return {"enforce": self._answers.limits.enforce, "pools": self._answers.limits.report()}

    def _set_limits(self, query: dict[str, str], body: Json) -> Json:
        limits = self._answers.limits
        if "venue" in body:
            pool = body.get("most") and Pool(float(body["most"]), float(body["seconds"]), bool(body.get("bucket")))
            limits.instead(_venue(body), pool or None)
        if "enforce" in body:
            limits.enforce = bool(body["enforce"])
        return self._limits(query, body)

    def _skew(self, query: dict[str, str], body: Json) -> Json:
        self._answers.skews[_venue(body)] = float(body["seconds"])
        return self._answers.skews

    def _plan(self, query: dict[str, str], body: Json) -> Json:
        if body.get("plan") not in PLANS:
            raise BadInputError("/plan", body.get("plan"), f"write one of {', '.join(PLANS)}")
        self._answers.plan = body["plan"]
        return {"plan": self._answers.plan}

    def _truth(self, query: dict[str, str], body: Json) -> Json:
        at = float(query["at"]) / 1000.0 if "at" in query else self._answers.clock.now()
        return truth(self._answers.market, query.get("asset", "BTC"), at)


def _venue(body: Json) -> str:
    name = body["venue"]
    if name not in venues:
        raise BadInputError("/venue", name, f"write one of {', '.join(venues)}")
    return str(name)
