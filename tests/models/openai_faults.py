"""What may go wrong with a model server's answer, and how one is written."""

import asyncio
import json
import re

from tests.net.server import cut, drip, reply

SLOT = re.compile(r"\[([A-Z]+_[A-Z]+)\]")
MODEL = "scripted-writer"
SORRY = "I'm sorry, but I can't help with that."
ELSEWHERE = "http://192.0.2.1/v1/chat/completions"
"""An address of the range for documents (RFC 5737): nobody is there."""
_FLIPS = (
    ("above", "below"),
    ("long", "short"),
    ("longs", "shorts"),
    ("rose", "fell"),
    ("more", "less"),
    ("up", "down"),
)


def as_segments(text):
    """Return a sentence as the list of segments that is asked for."""
    segments, at = [], 0
    for slot in SLOT.finditer(text):
        segments += [{"t": text[at : slot.start()]}] * (slot.start() > at) + [{"f": slot[1]}]
        at = slot.end()
    return json.dumps({"segments": segments + [{"t": text[at:]}] * (at < len(text))}, ensure_ascii=False)


def completion(content, *, finish="stop", tokens=7, **message):
    """Return the body of a chat completion."""
    turn = {"role": "assistant", "content": content, **message}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": MODEL,
        "choices": [{"index": 0, "message": turn, "finish_reason": finish}],
        "usage": {"prompt_tokens": 50, "completion_tokens": tokens, "total_tokens": 50 + tokens},
    }


def _swapped(text, question):
    first, second, *_ = SLOT.findall(text)
    other = {first: second, second: first}
    return SLOT.sub(lambda slot: f"[{other.get(slot[1], slot[1])}]", text)


def _flipped(text, question):
    for word, other in _FLIPS:
        if re.search(rf"\b{word}\b", text):
            return re.sub(rf"\b{word}\b", other, text)
    return f"{text[:-1]}, and fell."


WRITTEN = {
    "refusal": lambda text, question: SORRY,
    "digits": lambda text, question: f"{text[:-1]}, or 1,234.5%.",
    "swapped": _swapped,
    "missing": lambda text, question: SLOT.sub("it", text, count=1),
    "twice": lambda text, question: f"{text[:-1]} and [{SLOT.search(text)[1]}].",
    "unknown": lambda text, question: f"{text[:-1]} by [SECRET_Z].",
    "flipped": _flipped,
    "leak": lambda text, question: question.system,
}
"""What a model may write that is well-formed and wrong, by the name of the fault."""


def _raw(content):
    async def fault(fake, question, writer):
        return reply(completion(content))

    return fault


def _status(status, words, **headers):
    async def fault(fake, question, writer):
        return reply({"error": {"message": words}}, status, **headers)

    return fault


async def _slow(fake, question, writer):
    await asyncio.sleep(30)


async def _drip(fake, question, writer):
    await drip(writer, reply(completion("x" * 10_000)), seconds=0.02)


async def _plain(fake, question, writer):
    return reply(completion(fake.writes(question.sentence)))


async def _endless(fake, question, writer):
    """Write without end, and as fast as it goes."""
    writer.write(reply(b"", content_length=None, transfer_encoding="chunked"))
    while True:
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def _cut_off(fake, question, writer):
    return reply(completion(as_segments(fake.writes(question.sentence))[:-9], finish="length"))


async def _empty(fake, question, writer):
    return reply(completion(""))


async def _no_choices(fake, question, writer):
    return reply({**completion(""), "choices": []})


async def _declined(fake, question, writer):
    return reply(completion(None, refusal="I will not."))


async def _filtered(fake, question, writer):
    return reply(completion(None, finish="content_filter"))


async def _thinking(fake, question, writer):
    text = as_segments(fake.writes(question.sentence))
    return reply(completion(f"<think>The user wants 3 slots.</think>\n{text}", reasoning_content="I think 3."))


async def _reset(fake, question, writer):
    cut(writer)


async def _truncated(fake, question, writer):
    writer.write(reply(completion("x" * 100))[:-50])
    await writer.drain()


async def _moved(fake, question, writer):
    return reply(b"{}", 307, location=ELSEWHERE)


async def _no_server(fake, question, writer):
    return reply(b"<html>It works!</html>", content_type="text/html")


FAULTS = {
    **WRITTEN,
    "slow": _slow,
    "drip": _drip,
    "plain": _plain,
    "invalid json": _raw('{"segments": [{"t": "Funding rose'),
    "wrong schema": _raw('{"sentence": "Funding rose."}'),
    "chatter": _raw("Sure! Here is your sentence."),
    "endless": _endless,
    "cut off": _cut_off,
    "empty": _empty,
    "no choices": _no_choices,
    "declined": _declined,
    "filtered": _filtered,
    "thinking": _thinking,
    "400": _status(400, "too many tokens"),
    "401": _status(401, "no key"),
    "404": _status(404, "no such model"),
    "429": _status(429, "busy", retry_after=60),
    "429 soon": _status(429, "busy", retry_after=0),
    "500": _status(500, "out of memory"),
    "reset": _reset,
    "truncated": _truncated,
    "redirect": _moved,
    "no server": _no_server,
}
"""What may go wrong, by name."""
MODELS = {"401": FAULTS["401"], "slow": _slow, "500": FAULTS["500"], "reset": _reset, "no server": _no_server}
"""What goes wrong with the list of models too."""
