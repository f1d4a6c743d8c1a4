"""The words of features, their values and draws in templates."""

from collections.abc import Mapping
from types import MappingProxyType

from django import template
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from burgertop.web.feature_words import draw_words, feature_words, value_words, value_words_of_one

__all__ = ["register"]

register = template.Library()


@register.filter
def feature(name: str) -> str:
    """Write a feature in words: ``age_band`` is Age."""
    return feature_words(name)


@register.filter
def value_of(value: str, name: str) -> str:
    """Write a value of a feature in words: ``"F"|value_of:"sex"`` is women."""
    return value_words(name, str(value))


NEEDS: Mapping[str, Promise] = MappingProxyType(
    {
        "interpreter": pgettext_lazy("need", "interpreter"),
        "sign_language": pgettext_lazy("need", "sign language"),
        "large_print": pgettext_lazy("need", "large print"),
        "step_free": pgettext_lazy("need", "step-free"),
        "hearing_loop": pgettext_lazy("need", "hearing loop"),
    }
)


@register.filter
def need_called(name: str) -> str:
    """Write a need in words: ``step_free`` is step-free."""
    return str(NEEDS.get(name, name))


@register.filter
def signed(value: float) -> str:
    """Write a change with its sign: +2, −1, 0; whole where it is whole."""
    number = round(float(value), 1)
    shown = formats.number_format(abs(number), 0 if number == int(number) else 1)
    return f"+{shown}" if number > 0 else f"\N{MINUS SIGN}{shown}" if number < 0 else shown


@register.filter
def value_of_one(value: str, name: str) -> str:
    """Write a value of a feature of one person in words: ``"F"|value_of_one:"sex"`` is woman."""
    return value_words_of_one(name, str(value))


@register.filter
def draw_called(name: str) -> str:
    """Write the short name of a draw in words: ``hall`` is Hall."""
    return draw_words(name)
