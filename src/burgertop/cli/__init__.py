"""``burgertop ...`` for the terminal; thin.

Sums are made on one thread, whatever the machine: the answer is the same with more, but they would only wait for
each other, and the processes of a server share its processors already.
"""

import os

for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"  # read when numpy is imported, so before everything below
