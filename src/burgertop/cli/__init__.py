"""``burgertop ...`` for the terminal; thin."""
