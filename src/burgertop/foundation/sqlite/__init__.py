"""SQLite as a hall needs it: who writes waits in a queue, not in a lottery (``base``)."""
