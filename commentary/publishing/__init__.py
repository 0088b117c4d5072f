"""A draft becomes a page, a text or a file: one module per output format."""
