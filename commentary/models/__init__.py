"""Writers: one file for each way to run a model."""
