"""Why a server gave no answer, as a writer says it: what failed, where, and what to do."""

import json
import re

from commentary.models.server.answer import words
from commentary.net import Failure
from commentary.records.writer import Failed

KEY_VARIABLE = "COMMENTARY_MODEL_KEY"
"""The environment's variable that holds a server's key."""


def failed(failure: Failure, base: str, model: str, key: str) -> Failed:
    """Return what became of a question that has no reply.

    Args:
        failure: why.
        base: the server's address.
        model: as it was asked for; empty where it is not known yet.
        key: is not shown, however short: the network's own care begins with keys of eight characters.
    """
    told = f"the model server at {base} {failure.reason}"
    # Before the words are cut: the beginning of a key is not known for one.
    if said := words(_json(without(failure.content.decode(errors="replace"), key))):
        told += f' ("{said}")'
    message = without(f"{told}; {_remedy(failure, base, model)}", key)
    match failure.kind:
        case "timeout":
            return Failed("timeout", message)
        case "size":
            return Failed("malformed", message)
    return Failed("transport", message)


def without(text: str, key: str) -> str:
    """Return a text without a key."""
    return re.sub(re.escape(key), "[key]", text, flags=re.IGNORECASE) if key else text


def _remedy(failure: Failure, base: str, model: str) -> str:
    match failure.status:
        case 400 | 422:
            return "it does not take the question as it is: see its log"
        case 401 | 403:
            return f"set its key in {KEY_VARIABLE}"
        case 404:
            which = f", and does it have a model named {model!r}" if model else ""
            return f"is that its address, with /v1 at the end{which}?"
        case 429:
            return "lower concurrency under [model], or give it more time"
        case int():
            return "see its log"
    match failure.kind:
        case "timeout":
            return "give a call more time under [model], or take a smaller model"
        case "size":
            return "it writes without end: see what it is asked for, and its model"
        case "redirect":
            return "name the address that it is really at"
        case "limit":
            return "lower concurrency under [model], or give it more time"
    return "is it running there?"


def _json(content: str) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
