"""The words of features, their values and draws in templates."""

from django import template

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


@register.filter
def value_of_one(value: str, name: str) -> str:
    """Write a value of a feature of one person in words: ``"F"|value_of_one:"sex"`` is woman."""
    return value_words_of_one(name, str(value))


@register.filter
def draw_called(name: str) -> str:
    """Write the short name of a draw in words: ``hall`` is Hall."""
    return draw_words(name)
