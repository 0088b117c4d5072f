"""A task's messages as the tokens that a model was taught to answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from commentary.errors import BadInputError
from commentary.records.writer import Message

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_THINKING = "enable_thinking"
"""The switch of templates of models that may think aloud first."""


def prompt_of(messages: Sequence[Message], tokenizer: "PreTrainedTokenizerBase") -> list[int]:
    """Return the tokens of a conversation up to where the answer begins.

    Args:
        messages: the conversation.
        tokenizer: of transformers. Where it has no chat template, the messages stand one below the other.

    Raises:
        BadInputError: its chat template takes neither a system message nor a conversation without one.
    """
    if not tokenizer.chat_template:
        text = "\n\n".join(message.content for message in messages) + "\n\n"
        plain: list[int] = tokenizer(text)["input_ids"]
        return plain
    try:
        text = _laid_out(messages, tokenizer)
    except TemplateError:
        try:
            text = _laid_out(_without_system(messages), tokenizer)
        except TemplateError as error:
            raise BadInputError(
                "--model", None, f"the model's chat template refuses our messages ({error}); use another model"
            ) from None
    # The template writes the special tokens itself.
    tokens: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return tokens


def _laid_out(messages: Sequence[Message], tokenizer: "PreTrainedTokenizerBase") -> str:
    options = {_THINKING: False} if _THINKING in str(tokenizer.chat_template) else {}
    turns = [{"role": message.role, "content": message.content} for message in messages]
    text: str = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True, **options)
    return text


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """Return the messages with what the system says at the head of the first user's: some templates know no system."""
    said = "".join(f"{message.content}\n\n" for message in messages if message.role == "system")
    turns = [message for message in messages if message.role != "system"]
    return [turns[0]._replace(content=said + turns[0].content), *turns[1:]]
