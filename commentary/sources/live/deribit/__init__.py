"""Deribit: perpetuals, dated futures and options, asked without a key by JSON-RPC over GET.

Definitions: docs.deribit.com, the pages of the methods that each file here names, "Rate Limits", "JSON-RPC" and
"Errors" (read 2026-11-22). An answer stands in an envelope under `result`, a refusal under `error`. Bitcoin and ether
trade as inverse contracts, whose amounts are US dollars; other coins against USDC, with amounts in coins.

Limit: twenty questions a second without an account (500 credits each of 10,000 a second).
"""

from collections.abc import Iterator

from commentary.net import Pool
from commentary.sources.live.base import Asked, Call, Json, NotListedError, RefusedError, Source, TimeCall, sources
from commentary.sources.live.deribit import dated, perpetual
from commentary.sources.live.deribit.common import VENUE
from commentary.sources.shapes.reading import Part

NOT_FOUND = "13020"
INVALID = "-32602"
"""The codes for what does not exist, the second where `param` names what was looked for ("Errors")."""
_LOOKED_FOR = ("instrument_name", "currency", "index_name")
_SUBJECTS = (perpetual, dated)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin: its perpetual and, in full, its dated futures and options."""
    for subject in _SUBJECTS:
        yield from subject.calls(asked)


def unwrap(payload: Json) -> Json:
    """Return the result in a JSON-RPC envelope.

    Raises:
        NotListedError: there is no such instrument, currency or index.
        RefusedError: the server refused; 10028 is "too_many_requests".
        ReplyError: it is no such envelope.
    """
    reply = Part(payload)
    error = reply.maybe("error")
    if error is None:
        return reply["result"].value
    code, message = f"{error['code'].number():f}", error["message"].text()
    data = error.maybe("data")
    looked_for = data.value.get("param") if data is not None and isinstance(data.value, dict) else None
    if code == NOT_FOUND or (code == INVALID and looked_for in _LOOKED_FOR):
        raise NotListedError(code, message)
    raise RefusedError(code, message)


sources.add("deribit")(
    Source(
        "deribit",
        VENUE,
        "https://www.deribit.com/api/v2",
        calls,
        pools={"all": Pool(20, 1)},
        unwrap=unwrap,
        clock=TimeCall("/public/get_time", lambda payload: Part(payload).time()),
    )
)
