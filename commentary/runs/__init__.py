"""Programs that make files of this repository: the bundled snapshots, parts of the README."""
