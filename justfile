# Everything a contributor runs. `just` lists the recipes.

default:
    @just --list

# What must pass before a change is handed in.
check: lint types contracts test docs

lint:
    ruff check .
    ruff format --check .

types:
    mypy

contracts:
    lint-imports

test:
    pytest

slow:
    pytest -m slow

# README and docs hold what the program prints.
docs:
    cog --check README.md CONTRIBUTING.md

# Write the generated parts of the documents again, and data/formats.
update-docs:
    cog -r README.md CONTRIBUTING.md
    python -m commentary.runs.formats data/formats

# Rewrite the bundled snapshots from their seeds.
snapshots:
    python -m commentary.runs.sample_snapshots data/snapshots

# Train the two models that the tests write with: a quarter of an hour or so.
fixture-models:
    python tests/models/fixtures/train.py

# Print one draft of every bundled snapshot.
drafts:
    for file in data/snapshots/*.json; do commentary draft "$file" || true; done

# What a start of the program costs.
startup:
    python tests/benchmarks/startup.py

# What asking many questions costs, against latency and limits alone.
polling:
    python tests/benchmarks/polling.py

# Whether the tests notice a mistake in the checkers.
mutants:
    python tests/benchmarks/mutants.py

# What our own liquidation map costs.
map:
    python tests/benchmarks/liquidation_map.py

# What it costs to make wrong words impossible, and what batches save: both need the extra "model".
model:
    python tests/benchmarks/constrained_generation.py
    python tests/benchmarks/batched_writing.py
