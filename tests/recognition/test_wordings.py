"""Which wordings a sentence is like does not depend on the process that asks."""

import os
import subprocess
import sys

LISTED = """
from commentary.pipeline import recognising
found = recognising._wordings("en", None, ())
said = "In dollars, open interest on the exchanges CoinGlass covers fell 1.1% in the 24 hours to 08:50 UTC."
print(*(piece.origin for piece in found.like(said, 0.3)), sep="\\n")
"""


def listed(seed):
    env = os.environ | {"PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", LISTED], env=env, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_the_order_of_wordings_as_alike_is_the_same_whatever_order_sets_have():
    first = listed("0")
    assert len(first) > 100
    assert listed("26") == first
