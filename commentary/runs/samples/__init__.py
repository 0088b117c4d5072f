"""The bundled snapshots, a topic a file; their figures are illustrative and made from seeds."""
