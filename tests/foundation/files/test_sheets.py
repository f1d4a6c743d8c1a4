"""Formulas of a workbook are found where they stand."""

import io

from openpyxl import Workbook

from burgertop.foundation.files.sheets import formulas_of


def test_the_first_formula_of_each_column_is_named_with_its_row() -> None:
    book, out = Workbook(), io.BytesIO()
    for row in (["id", "age"], [1, "=B9"], ["=A2+1", "=B2"], [3, "old"]):
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(out)

    assert formulas_of(out.getvalue()) == {0: (3, "=A2+1"), 1: (2, "=B9")}
