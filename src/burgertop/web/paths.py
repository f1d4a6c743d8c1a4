"""Where the house stands on disk."""

from pathlib import Path

__all__ = ["HERE"]

HERE = Path(__file__).resolve().parent
