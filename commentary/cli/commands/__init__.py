"""One file per command; the file's first line is what `commentary --help` says of it."""
