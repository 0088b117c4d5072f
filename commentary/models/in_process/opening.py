"""Opens a model's folder."""

from commentary.models.in_process.loading import load, require_extra
from commentary.models.in_process.weights import require_model, revision, weights_sha256
from commentary.models.in_process.writer import InProcessWriter
from commentary.records.writer import ModelIdentity

WHERE = "in process"


def open_folder(
    where: str, *, name: str = "", temperature: float = 0.7, batch: int = 16, device: str = ""
) -> InProcessWriter:
    """Return the writer of a model that lies in a folder.

    Args:
        where: the folder's absolute path.
        name: what the record calls the model; the folder's own name where empty.
        temperature: what scores are divided by before a token is drawn; at 0 the most probable one is taken.
        batch: how many sentences are written at once.
        device: such as "cpu" or "cuda"; empty for a graphics card where there is one.

    Raises:
        MissingExtraError: torch or transformers is not installed.
        BadInputError: the folder holds no model that can be loaded, or the device is not there.
    """
    require_extra()
    folder = require_model(where)
    identity = ModelIdentity(name or folder.name, revision(folder), weights_sha256(folder), WHERE)
    return InProcessWriter(load(folder, device), identity, temperature=temperature, batch=batch)
