"""The file formats and their JSON Schemas: what `commentary schema` prints and data/formats holds."""

from typing import Any, Literal, get_args

from pydantic import BaseModel

from commentary.records.draft import Draft
from commentary.records.editor_fact import EditorFacts
from commentary.records.fact_file import FactsFile
from commentary.records.finding import Findings
from commentary.records.history import History
from commentary.records.model_eval import ModelEval
from commentary.records.override import Overrides
from commentary.records.replies import RepliesFile
from commentary.records.snapshot import Snapshot

Name = Literal[
    "snapshot", "facts", "draft", "findings", "editor_facts", "overrides", "history", "replies", "model_eval"
]
NAMES: tuple[Name, ...] = get_args(Name)
_MODELS: dict[Name, type[BaseModel]] = {
    "snapshot": Snapshot,
    "facts": FactsFile,
    "draft": Draft,
    "findings": Findings,
    "editor_facts": EditorFacts,
    "overrides": Overrides,
    "history": History,
    "replies": RepliesFile,
    "model_eval": ModelEval,
}


def schema(name: Name) -> dict[str, Any]:
    """Return the JSON Schema of a format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:commentary:{name}:1",
        **_MODELS[name].model_json_schema(),
        "title": f"commentary.{name}/1",
    }
