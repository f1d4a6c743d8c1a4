"""Forms for a file: choose it, and say what its columns are."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.tables import MOST_BYTES, Table, read_table
from burgertop.foundation.wording import say

__all__ = ["ColumnsForm", "UploadForm"]


class UploadForm(forms.Form):
    """One CSV or XLSX file; what is wrong with it is said at the field."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or XLSX, with one row of headings. Nothing is stored before you confirm."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        max_length=60,
        help_text=_("Only for a workbook with several sheets. Left empty, the first one is read."),
    )
    table: Table
    content: bytes = b""
    name: str = ""

    def clean(self) -> dict[str, Any]:
        """Read the file; keep the table and the bytes."""
        data = super().clean() or {}
        upload = cast("UploadedFile | None", data.get("file"))  # type: ignore[type-arg]  # not generic when it runs
        if upload is None:
            return data
        self.name = upload.name or ""
        try:
            self.content = upload.read(MOST_BYTES + 1)
            self.table = read_table(self.name, self.content, sheet=data.get("sheet", ""))
        except FileError as error:
            field = "sheet" if error.code == "files.no_such_sheet" else "file"
            self.add_error(field, ValidationError(say(error), code=error.code))
        return data


class ColumnsForm(forms.Form):
    """What each column of a table is: one choice a column, with a first guess."""

    def __init__(
        self, table: Table, roles: Sequence[tuple[str, Any]], guesses: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for number, column in enumerate(table.columns):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column, choices=list(roles), initial=guesses.get(column, "")
            )

    def column_fields(self) -> list[tuple[BoundField, str]]:
        """Return the field of each column with a few of its values."""
        return [
            (self[f"column_{number}"], ", ".join(self._samples(number))) for number in range(len(self.table.columns))
        ]

    def roles(self) -> dict[str, str]:
        """Return what each column is, by heading: as chosen, or as guessed when nothing was sent."""
        chosen = {}
        for number, column in enumerate(self.table.columns):
            key = f"column_{number}"
            field = self.fields[key]
            chosen[column] = str(self.cleaned_data.get(key, "") if self.is_bound else field.initial or "")
        return chosen

    def _samples(self, place: int) -> list[str]:
        values = dict.fromkeys(row[place] for row in self.table.rows[:200] if row[place])
        return [value[:40] for value in list(values)[:4]]
