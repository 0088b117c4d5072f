"""What says which model lies in a folder: a hash over its files, and its publisher's revision where it is told."""

import json
import re
from hashlib import sha256
from pathlib import Path

from commentary.errors import BadInputError

CONFIG = "config.json"
WEIGHTS = "*.safetensors"
_READ = re.compile(r".+\.(?:safetensors|json|jinja|model|tiktoken)|(?:merges|vocab)\.txt")
"""The files that loading reads: weights, settings, the chat template and the tokenizer."""
_COMMIT = re.compile(r"[0-9a-f]{40}")
_CHUNK = 2**20


def require_model(where: str) -> Path:
    """Return the folder of a model.

    Raises:
        BadInputError: the path is not absolute, or holds no model with weights as safetensors.
    """
    folder = Path(where)
    if not folder.is_absolute():
        raise BadInputError("--model", where, "write the whole path of a model's folder, from the root on, or a URL")
    if not folder.is_dir():
        raise BadInputError("--model", where, "there is no such folder; write the path of a model's folder")
    if not (folder / CONFIG).is_file():
        raise BadInputError("--model", where, f"the folder has no {CONFIG}; write the path of a model's folder")
    if not any(folder.glob(WEIGHTS)):
        raise BadInputError(
            "--model",
            where,
            f"the folder has no {WEIGHTS}; other formats of weights can run code, and are not read",
        )
    return folder


def weights_sha256(folder: Path) -> str:
    """Return the SHA-256 over names, sizes and contents of the files of a model, in the order of their names."""
    whole = sha256()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file() and _READ.fullmatch(path.name):
            whole.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.update(chunk)
    return whole.hexdigest()


def revision(folder: Path) -> str:
    """Return the publisher's revision: config.json's "revision", or the snapshot of a download cache; else empty.

    Raises:
        BadInputError: config.json is no JSON object.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInputError("--model", folder / CONFIG, f"it is no JSON ({error}); fetch the model again") from None
    if not isinstance(config, dict):
        raise BadInputError("--model", folder / CONFIG, "it is no JSON object; fetch the model again")
    told = config.get("revision")
    if isinstance(told, str):
        return told
    return folder.name if folder.parent.name == "snapshots" and _COMMIT.fullmatch(folder.name) else ""
