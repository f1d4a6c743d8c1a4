"""Where a voice comes from; stands on every participant, card, rating and paper."""

from django.db import models
from django.utils.translation import pgettext_lazy

__all__ = ["REMOTE", "Origin"]


class Origin(models.TextChoices):
    """How a person or a text came in; results never add up across origins."""

    DRAWN = "drawn", pgettext_lazy("origin", "drawn by lot")
    PARTNER = "partner", pgettext_lazy("origin", "partner seat")
    SELF_SELECTED = "self_selected", pgettext_lazy("origin", "came by themselves")
    G_HOME = "g_home", pgettext_lazy("origin", "G-Home, online table")
    G_OFF = "g_off", pgettext_lazy("origin", "G-Off, local gathering")
    PAPER = "paper", pgettext_lazy("origin", "on paper")
    STAFF_ENTERED = "staff_entered", pgettext_lazy("origin", "entered by staff")
    IMPORTED = "imported", pgettext_lazy("origin", "imported")


# Tables that are not in the hall: their people have no seats there, and their results stand apart.
REMOTE = frozenset({Origin.G_HOME, Origin.G_OFF})
