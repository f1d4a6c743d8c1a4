"""How Django's forms look in this house."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

__all__ = ["HouseRenderer"]

WIDGETS = "django/forms/widgets/"
CHOICE_LISTS = {f"{WIDGETS}radio.html", f"{WIDGETS}checkbox_select.html", f"{WIDGETS}multiple_input.html"}
OTHER_TEMPLATES = {f"{WIDGETS}checkbox.html": "ui/checkbox.html"}
WITHOUT_INPUT_CLASS = {f"{WIDGETS}checkbox.html", f"{WIDGETS}hidden.html", f"{WIDGETS}multiple_hidden.html"}


class HouseRenderer(TemplatesSetting):
    """Fields with label, hint, error and control; choices as the circles of a ballot paper."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        """Render a widget, a field or a form with the house's templates."""
        if "widget" in context:
            _dress(context["widget"])
        if template_name in CHOICE_LISTS:
            template_name = "ui/choices.html"
        return super().render(OTHER_TEMPLATES.get(template_name, template_name), dict(context), request)


def _dress(widget: dict[str, Any]) -> None:
    """Give text controls the class of an input, also inside a widget of several parts."""
    name = widget.get("template_name", "")
    if name.startswith(WIDGETS) and name not in CHOICE_LISTS | WITHOUT_INPUT_CLASS and "subwidgets" not in widget:
        attrs = widget["attrs"]
        classes = str(attrs.get("class", "")).split()
        if "input" not in classes:
            attrs["class"] = " ".join(["input", *classes])
    for part in widget.get("subwidgets", []):
        _dress(part)
