"""The retention classes in words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from burgertop.foundation.retention import Retention

__all__ = ["CLASS_WORDS", "class_words"]

CLASS_WORDS: Mapping[str, Promise] = MappingProxyType(
    {
        Retention.IDENTITY: pgettext_lazy("class of data", "who somebody is"),
        Retention.CONTACT: pgettext_lazy("class of data", "what was sent, codes, roles"),
        Retention.PROFILE: pgettext_lazy("class of data", "features, seats, consents"),
        Retention.SPEECH: pgettext_lazy("class of data", "ideas and cards"),
        Retention.BALLOT: pgettext_lazy("class of data", "ballot papers"),
        Retention.ACCESS: pgettext_lazy("class of data", "who opened names"),
        Retention.RECORD: pgettext_lazy("class of data", "the public record"),
        Retention.LOG: pgettext_lazy("class of data", "technical traces"),
    }
)


def class_words(name: str) -> str:
    """Say a retention class; an unknown one stands as it is."""
    return str(CLASS_WORDS.get(name, name))
