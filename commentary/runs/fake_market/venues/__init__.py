"""Venues of the generated market, one file or folder each, in the shapes that they document."""
