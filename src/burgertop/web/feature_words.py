"""Plain words for features, values and draws that many processes share; any other stands as the organizer wrote it."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["DRAWS", "FEATURES", "OF_ONE", "VALUES", "draw_words", "feature_words", "value_words", "value_words_of_one"]

FEATURES: Mapping[str, Promise] = MappingProxyType(
    {
        "language": pgettext_lazy("feature", "Language"),
        "province": pgettext_lazy("feature", "Province"),
        "sex": pgettext_lazy("feature", "Sex"),
        "age_band": pgettext_lazy("feature", "Age"),
        "education": pgettext_lazy("feature", "Education"),
        "household": pgettext_lazy("feature", "Household"),
        "needs": pgettext_lazy("feature", "Needs"),
    }
)

VALUES: Mapping[tuple[str, str], Promise] = MappingProxyType(
    {
        ("sex", "F"): pgettext_lazy("sex", "women"),
        ("sex", "M"): pgettext_lazy("sex", "men"),
        ("language", "nl"): _("Dutch"),
        ("language", "fr"): _("French"),
        ("language", "de"): _("German"),
        ("language", "en"): _("English"),
        ("education", "low"): pgettext_lazy("education", "lower secondary or less"),
        ("education", "secondary"): pgettext_lazy("education", "upper secondary"),
        ("education", "higher"): pgettext_lazy("education", "higher education"),
        ("education", "unknown"): pgettext_lazy("education", "not known"),
        ("province", "BE10"): _("Brussels"),
        ("province", "BE21"): _("Antwerp"),
        ("province", "BE22"): _("Limburg"),
        ("province", "BE23"): _("East Flanders"),
        ("province", "BE24"): _("Flemish Brabant"),
        ("province", "BE25"): _("West Flanders"),
        ("province", "BE31"): _("Walloon Brabant"),
        ("province", "BE32"): _("Hainaut"),
        ("province", "BE33"): _("Liège"),
        ("province", "BE34"): _("Luxembourg (province)"),
        ("province", "BE35"): _("Namur"),
    }
)

# Words for a value where they are said of one person: those that differ from the words for all who have it.
OF_ONE: Mapping[tuple[str, str], Promise] = MappingProxyType(
    {
        ("sex", "F"): pgettext_lazy("one person", "woman"),
        ("sex", "M"): pgettext_lazy("one person", "man"),
    }
)

DRAWS: Mapping[str, Promise] = MappingProxyType(
    {
        "hall": pgettext_lazy("draw", "Hall"),
        "panel": pgettext_lazy("draw", "Panel"),
        "second": pgettext_lazy("draw", "Second draw"),
    }
)


def draw_words(name: str) -> str:
    """Return the words for the short name of a draw."""
    return str(DRAWS.get(name, name))


def feature_words(name: str) -> str:
    """Return the words for a feature."""
    return str(FEATURES.get(name, name))


def value_words(name: str, value: str) -> str:
    """Return the words for a value of a feature."""
    return str(VALUES.get((name, value), value))


def value_words_of_one(name: str, value: str) -> str:
    """Return the words for a value of a feature of one person."""
    return str(OF_ONE.get((name, value)) or value_words(name, value))
