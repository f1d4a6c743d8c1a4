"""The terminal of the fair lottery: files in, a folder that anybody can check out; no server, no database.

Sums are made on one thread, whatever the machine: the answer is the same with more, but they would only wait for
each other.
"""

import os

for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"  # read when numpy is imported, so before everything below
