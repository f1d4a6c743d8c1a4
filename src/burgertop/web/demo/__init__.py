"""The demo: one invented process that can be followed from idea to answer."""
