"""What a server's answer is: a text to be judged, or why there is none.

A text is handed on as the model wrote it, with every figure, wrong slot or untrue word that it holds: to find those
is the judge's task, and what is mended here he would not see.
"""

import json
import re
from typing import Any

from commentary.models.server.segments import SLOT, joined, read
from commentary.records.writer import Failed, Returned, Task

_THOUGHT = re.compile(r".*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
"""The opening mark may be missing: templates of some models write it at the end of the question. To be matched, not
searched for: a search would begin anew at each of a million characters."""
_THINKING = re.compile(r"<(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_FENCED = re.compile(r"```(?:json)?[ \t]*\n(.*)\n```", re.DOTALL)
_REFUSAL = re.compile(
    r"(?:i['’]?m|i am|we are|we['’]re)? ?(?:(?:very|so|really) )?(?:sorry|afraid|unable|not able|not allowed)\b"
    r"|i (?:cannot|can ?not|can['’]?t|could not|couldn['’]t|won['’]?t|will not|must decline|decline|apologi[sz]e)\b"
    r"|(?:my )?apologies\b|(?:unfortunately|regrettably), (?:i|we)\b|as an? (?:ai|artificial|language model)\b"
    r"|(?:this|your|the) request (?:cannot|can['’]t|violates)\b",
    re.IGNORECASE,
)
"""How models open that will not. No sentence of news begins so."""
NO_SEGMENTS = (
    Failed("malformed", "the answer is neither segments in JSON nor a text"),
    Failed("malformed", "the answer's JSON has another form than was asked for"),
)
"""What a server cannot send that keeps to the schema that it is asked for."""


def result(content: bytes, task: Task, where: str) -> Returned | Failed:
    """Return what a reply with status 200 brings.

    Args:
        content: the reply.
        task: what was asked.
        where: the server's address.
    """
    try:
        reply = json.loads(content)
    except (ValueError, RecursionError):
        return Failed("malformed", f"{where} sent no JSON; see that it is the address of a model server, with its /v1")
    choice, why = _choice(reply)
    if choice is None:
        return why
    message = choice["message"]
    if refusal := message.get("refusal"):
        return Failed("refusal", f"the model refuses: {_line(refusal)}")
    if choice.get("finish_reason") == "content_filter":
        return Failed("refusal", "the server's filter held the answer back")
    written = message.get("content")
    if written is None:
        written = ""
    if not isinstance(written, str):
        return Failed("malformed", "the answer's content is no text")
    if choice.get("finish_reason") == "length":
        return Failed("malformed", "the answer was cut off at its most tokens; turn the model's thinking off if it has")
    text = _text(written, task)
    return text if isinstance(text, Failed) else Returned(text, _tokens(reply))


def _choice(reply: object) -> tuple[dict[str, Any] | None, Failed]:
    """Return the first choice, with a message that is one; else why there is none."""
    malformed = Failed("malformed", "the answer is no chat completion; see that the address is a model server's /v1")
    if not isinstance(reply, dict):
        return None, malformed
    if reply.get("error") and not reply.get("choices"):
        # Some report a fault with status 200.
        return None, Failed("transport", f"the model server reports an error: {words(reply)}")
    match reply.get("choices"):
        case []:
            return None, Failed("empty", "the answer has no choices")
        case [{"message": dict()} as choice, *_]:
            return choice, malformed
    return None, malformed


def _text(written: str, task: Task) -> str | Failed:
    thought = _THOUGHT.match(written)
    written = written[thought.end() if thought else 0 :].strip()
    if _THINKING.search(written):
        return Failed("malformed", "the answer is a thought that does not end; turn the model's thinking off")
    if not written:
        return Failed("empty", "the model wrote nothing (its thinking, if it has any, is not counted)")
    text = _spoken(written, task)
    if isinstance(text, Failed):
        return text
    if _REFUSAL.match(text):
        return Failed("refusal", f"the model refuses: {_line(text)}")
    return text or Failed("empty", "the model wrote nothing: its segments are empty")


def _spoken(written: str, task: Task) -> str | Failed:
    """Return the text of segments, or of an answer that is a text itself."""
    fenced = _FENCED.fullmatch(written)
    try:
        answer = json.loads(fenced[1] if fenced else written)
    except (ValueError, RecursionError):
        if fenced or written.startswith(("{", "```")):
            return NO_SEGMENTS[0]
        answer = written
    if isinstance(answer, str):
        # A sentence between quotes is JSON too; the quotes are the model's.
        has_slots = not task.slots or SLOT.search(written) or _REFUSAL.match(written)
        return written if has_slots else Failed("malformed", f"the answer has none of the slots: {_line(written)}")
    segments = read(answer)
    return NO_SEGMENTS[1] if segments is None else joined(segments)


def _tokens(reply: dict[str, Any]) -> int:
    match reply.get("usage"):
        case {"completion_tokens": int(count)} if count > 0:
            return int(count)
    return 0


def words(reply: object) -> str:
    """Return what a server says of an error, in the forms that they have; empty where it says nothing."""
    match reply:
        case {"error": {"message": str(told)}} | {"error": str(told)} | {"detail": str(told)} | {"message": str(told)}:
            return _line(told)
    return ""


def _line(told: object) -> str:
    """Return a line of plain characters, cut: a stranger's words, for an editor's screen."""
    line = " ".join("".join(each if each.isprintable() else " " for each in str(told)).split())
    return line if len(line) <= 200 else f"{line[:197]}..."
