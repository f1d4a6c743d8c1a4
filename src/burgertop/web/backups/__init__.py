"""Backups of a server: made while it runs, checked without touching it, put back whole or not at all."""
