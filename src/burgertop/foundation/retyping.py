"""What was typed into a form, shown again with a value of ours changed."""

from typing import Any, cast

from django.forms import BaseForm
from django.http import QueryDict

__all__ = ["retype"]


def retype(form: BaseForm, **values: object) -> None:
    """Change hidden values of a form that is shown again; what somebody typed stays as it is.

    A form bound to ``request.POST`` holds lists: a plain ``{**form.data}`` would show ``['words']``.
    """
    typed = cast("QueryDict | dict[str, Any]", form.data).copy()
    for name, value in values.items():
        typed[name] = str(value)
    form.data = typed
