"""The sentences for what can be said about a file."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from burgertop.core.errors import Param
from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]


def _rows(params: Mapping[str, Param]) -> int:
    return int(str(params["rows"]))


def _blank_rows(params: Mapping[str, Param]) -> str:
    rows = _rows(params)
    return ngettext("%(rows)d empty row was left out.", "%(rows)d empty rows were left out.", rows) % {"rows": rows}


def _title_rows(params: Mapping[str, Param]) -> str:
    rows = _rows(params)
    return ngettext(
        "%(rows)d row above the headings was left out.", "%(rows)d rows above the headings were left out.", rows
    ) % {"rows": rows}


SENTENCES: dict[str, Sentence] = {
    "files.destroyed": _("This file is destroyed. It cannot be opened any more."),
    "files.no_font": _(
        "A text has a sign for which this server has no font. Install one, such as Noto Sans, and print again."
    ),
    "files.no_address_columns": _("Say which columns are the name, the street and the municipality."),
    "files.no_feature_columns": _("Choose at least one column as a feature, such as age or place."),
    "files.long_feature": _("The name of a feature is too long: “%(feature)s …”. The most is %(most)s letters."),
    "files.empty": _("This file is empty."),
    "files.too_large": _("This file is too large: %(megabytes)s MB. The most is %(most)s MB."),
    "files.unpacks_too_large": _(
        "This workbook grows to %(megabytes)s MB when it is opened. Save it as CSV and try again."
    ),
    "files.too_many_rows": _("This file has more than %(most)s rows. Split it and take it in in parts."),
    "files.too_many_columns": _("This file has %(columns)s columns. The most is %(most)s."),
    "files.not_a_table": _("This is not a CSV or XLSX file. Save your table in one of these two forms and try again."),
    "files.old_excel": _(
        "“%(file)s” is an old Excel file or has a password. Save it as XLSX without a password and try again."
    ),
    "files.unreadable_encoding": _(
        "The letters on line %(line)s cannot be read. Save the file as “CSV UTF-8” or as XLSX and try again."
    ),
    "files.no_such_sheet": _("There is no sheet “%(sheet)s”. The sheets are: %(sheets)s."),
    "files.no_rows": _("This file has headings but no rows below them."),
    "files.no_such_column": _("There is no column “%(column)s”. The columns are: %(columns)s."),
    "files.blank_column": _("Column %(number)s has no heading. Give it one, or remove the column."),
    "files.doubled_column": _(
        "Two columns have the heading “%(column)s”: column %(first)s and column %(second)s. Rename or remove one."
    ),
    "files.ragged_row": _(
        "Line %(line)s has %(cells)s cells, but there are %(columns)s columns. Mend this line and try again."
    ),
    "files.open_quote": _("A quotation mark that opens on line %(line)s is never closed."),
    "files.stray_quote": _("On line %(line)s something stands between a closing quotation mark and the next cell."),
    "files.cell_too_large": _("A cell on line %(line)s is too long. Perhaps a quotation mark is missing."),
    "files.role_twice": _("“%(first)s” and “%(second)s” cannot both be the same thing. Choose one of them."),
    "files.empty_cell": _("Line %(line)s, column %(column)s is empty."),
    "files.doubled_value": _("Line %(line)s: “%(value)s” of %(feature)s stands in the file already."),
    "files.not_a_duty": _("Line %(line)s: “%(text)s” should be “must”, “never” or empty."),
    "files.not_a_number": _("Line %(line)s, column %(column)s: “%(text)s” is not a whole number."),
    "files.gone": _("The file is no longer here: files are kept for one hour. Please choose it again."),
    "files.guessed_encoding": _("The letters were read as %(encoding)s. Check that names with accents look right."),
    "files.other_sheets": _("Only the sheet “%(sheet)s” was read. There are also: %(sheets)s."),
    "files.blank_rows": _blank_rows,
    "files.title_rows": _title_rows,
}
