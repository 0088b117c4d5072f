"""Where snapshots come from: files, an editor's entries, live sources."""
