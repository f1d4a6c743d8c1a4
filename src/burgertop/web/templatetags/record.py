"""The words of a record line."""

from django import template

from burgertop.foundation.record.models import Entry
from burgertop.web.record_words import words_for

__all__ = ["register"]

register = template.Library()


@register.filter
def record_words(entry: Entry) -> str:
    """Say in one sentence what a line of the record tells."""
    return words_for(entry.kind, entry.facts)
