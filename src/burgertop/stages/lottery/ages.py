"""The sentences about age that a yes says, on the web, at the reply desk and on the card."""

from django.utils.translation import gettext as _

from burgertop.foundation.people.ages import least_ages
from burgertop.foundation.process.models import Process

__all__ = ["ALONE", "WITH_GUARDIAN", "age_choices"]

ALONE, WITH_GUARDIAN = "alone", "guardian"


def age_choices(process: Process) -> list[tuple[str, str]]:
    """What somebody who says yes chooses from, in the language that is spoken now; empty when any age may."""
    ages = least_ages(process)
    if ages.alone <= 0:
        return []
    choices = [(ALONE, _("I am %(age)s or older") % {"age": ages.alone})]
    if ages.with_guardian is not None:
        said = (
            _("I am %(least)s or older but not yet %(age)s, and my parent or guardian agrees")
            if ages.with_guardian > 0
            else _("I am not yet %(age)s, and my parent or guardian agrees")
        )
        choices.append((WITH_GUARDIAN, said % {"least": ages.with_guardian, "age": ages.alone}))
    return choices
