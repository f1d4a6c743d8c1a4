"""The terminal of the fair lottery: files in, a folder that anybody can check out; no server, no database.

Only commands that draw load a solver: see ``solverless``. Sums are made on one thread, whatever the machine: with
more, they are added up in another order, the last digits differ, and so would the digest of the lottery.
"""

import os

from burgertop.cli.sortition.solverless import leave_solver_out

for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"  # read when numpy is imported, so before everything below
leave_solver_out()
