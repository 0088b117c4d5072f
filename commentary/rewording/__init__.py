"""Open sentences in a model's words: what it is shown, what it may answer, and what becomes of the answer."""
