"""A rehearsal of the live day: how many tables and viewers this machine carries, measured as browsers see it."""
