"""Live sources: one file each, found by its name. Each says what it asks, and turns replies into typed rows."""
