"""What a local model is worth as a writer: the drafts of some snapshots, from templates alone and with the model."""
