"""A fake market for tests and demos: a loopback server that speaks each venue's documented shapes.

Its figures come from generated series (series.py) and scripted moves laid over them (script.py); faults come on demand
(faults.py), limits are counted and may be enforced (limits.py), and the clock runs as told (clock.py). Venues stand in
`venues`, each under a prefix of its own. It shares no code with the sources that read it.
"""
