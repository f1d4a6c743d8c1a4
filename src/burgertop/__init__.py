"""Burgertop: the software with which a city, foundation or parliament holds a citizens' summit."""

__version__ = "0.2.0"
