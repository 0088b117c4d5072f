"""data/formats: what the program would write now, and examples that their schemas accept."""

import json

import pytest
from jsonschema import Draft202012Validator

from commentary.records.draft import Draft
from commentary.records.fact_file import FactsFile
from commentary.records.finding import Findings
from commentary.records.formats import NAMES
from commentary.resources import folder
from commentary.runs.formats import files, main

FOLDER = folder("data") / "formats"


def test_the_folder_holds_what_the_program_would_write_now(tmp_path):
    # If this fails after a change of wording or of a record, run: python -m commentary.runs.formats data/formats
    assert main([str(tmp_path)]) == 0
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(name for name, _ in files())
    for path in FOLDER.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", NAMES)
def test_each_example_is_valid_by_its_schema(name):
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    example = json.loads((FOLDER / f"{name}.example.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(example)
    assert example["format"] == f"commentary.{name}/1"
    # The schema is strict: a name that the format does not have is refused.
    assert list(Draft202012Validator(schema).iter_errors({**example, "colour": "red"}))


def test_the_examples_are_read_back_by_their_records():
    for name, record in (("facts", FactsFile), ("draft", Draft), ("findings", Findings)):
        content = (FOLDER / f"{name}.example.json").read_bytes()
        assert record.model_validate_json(content).model_dump_json(indent=2) + "\n" == content.decode()


def test_a_folder_that_does_not_exist_is_named(capsys):
    assert main(["nowhere/at/all"]) == 2
    assert "nowhere/at/all" in capsys.readouterr().err
