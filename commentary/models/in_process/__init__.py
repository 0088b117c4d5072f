"""A model that runs in this process, with transformers, and can only write what a slotted sentence may hold.

torch and transformers are imported inside functions, so that nothing pays for them but who opens a model.
"""
