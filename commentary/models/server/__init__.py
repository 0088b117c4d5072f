"""A model behind a server with the API of OpenAI's chat completions: vLLM, llama.cpp, Ollama, LM Studio, transformers.

What is used of that API (platform.openai.com/docs/api-reference/chat, read 2026-11-30): POST chat/completions with
messages, temperature, seed, max_tokens and response_format, and GET models. Nothing is streamed.
"""

from commentary.models.server.writer import ServerWriter as ServerWriter
from commentary.models.server.writer import open_server as open_server
