"""Open the demo's files: rows of a CSV file, the tree of a TOML file."""

import csv
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from io import StringIO
from typing import Any

__all__ = ["FOLDER", "Row", "Tree", "rows_of", "tree_of"]

FOLDER = files("burgertop.web.demo") / "content"
Row = dict[str, str]
Tree = Mapping[str, Any]


def rows_of(name: str) -> list[Row]:
    """Return the rows of a CSV file in `content/`, by column."""
    return list(csv.DictReader(StringIO((FOLDER / name).read_text(encoding="utf-8"))))


def tree_of(name: str) -> Tree:
    """Return what a TOML file in `content/` holds."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
