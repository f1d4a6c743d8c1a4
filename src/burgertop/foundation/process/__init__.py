"""A process, its stages and windows, its promise and its news."""
