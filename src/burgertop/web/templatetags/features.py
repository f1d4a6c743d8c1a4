"""The words of features and their values in templates."""

from django import template

from burgertop.web.feature_words import feature_words, value_words

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
