"""What a server is asked for one sentence."""

import json
from typing import Any, NamedTuple

from commentary.models.server.segments import parts_of, schema
from commentary.records.writer import Message, Task

TOKENS_A_WORD = 3
"""English has 1.3, scripts that a model knows little of up to three."""
TOKENS_A_SLOT = 24
"""Its name in capitals, and the JSON around it and around the text behind it."""
TOKENS_MORE = 64
"""For the frame, and for a model that says a little more than it may: what is cut off cannot be judged."""
FORM = (
    'Answer in JSON: {"segments": [...]} with the parts of the sentence in their order, {"t": "..."} for text and '
    '{"f": "..."} for a slot, by its name without brackets. Spaces belong to the text.'
)


class Manner(NamedTuple):
    """How a server is asked, beyond what all of them know."""

    with_schema: bool
    """For segments; the turns of the model in the task are shown to it in that form too."""
    unthinking: bool
    """For an answer without thoughts before it, which take minutes and come to nothing for one sentence."""


MANNERS = (Manner(True, True), Manner(True, False), Manner(False, True), Manner(False, False))
"""From what helps most to what all servers take."""
_UNTHINKING: dict[str, Any] = {"reasoning_effort": "none", "chat_template_kwargs": {"enable_thinking": False}}
"""The first for Ollama (its documents, read 2026-11-30), the second for vLLM and llama.cpp, whose templates of models
that think know it; a server may refuse either."""


def body(task: Task, model: str, temperature: float, manner: Manner) -> bytes:
    """Return the body of a POST to chat/completions.

    Args:
        task: the sentence.
        model: as the server names it.
        temperature: of the sampling, from 0.
        manner: how it is asked.
    """
    asked: dict[str, Any] = {
        "model": model,
        "messages": [_turn(message, with_schema=manner.with_schema) for message in task.messages],
        "temperature": temperature,
        "seed": task.seed,
        "max_tokens": TOKENS_MORE + TOKENS_A_WORD * task.longest + TOKENS_A_SLOT * len(task.slots),
        "stream": False,
    }
    if manner.unthinking:
        asked |= _UNTHINKING
    if manner.with_schema:
        named = {"name": "sentence", "strict": True, "schema": schema(task.slots)}
        asked["response_format"] = {"type": "json_schema", "json_schema": named}
    return json.dumps(asked, ensure_ascii=False).encode()


def _turn(message: Message, *, with_schema: bool) -> dict[str, str]:
    content = message.content
    if with_schema and message.role == "assistant":
        content = json.dumps({"segments": list(parts_of(content))}, ensure_ascii=False)
    elif with_schema and message.role == "system":
        content = f"{content}\n\n{FORM}"
    return {"role": message.role, "content": content}
