"""The terminal of the fair lottery: files in, a folder that anybody can check out; no server, no database.

Only commands that draw load a solver: see ``solverless``.
"""

from burgertop.cli.sortition.solverless import leave_solver_out

leave_solver_out()
