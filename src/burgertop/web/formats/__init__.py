"""How moments and figures are written, per language."""
