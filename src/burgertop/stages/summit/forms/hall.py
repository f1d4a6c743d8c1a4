"""Forms of the hall: a plan of seats."""

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.core.seating.rules import LEAST_SPEAKERS
from burgertop.stages.summit.forms.day import SeedForm
from burgertop.stages.summit.models import Effort

__all__ = ["PlanForm"]


class PlanForm(SeedForm):
    """What a plan of the hall starts from."""

    effort = forms.ChoiceField(label=_("How long to improve"), choices=Effort.choices, initial=Effort.GOOD)
    least_speakers = forms.IntegerField(
        label=_("Company in one’s language"),
        min_value=1,
        max_value=5,
        initial=LEAST_SPEAKERS,
        help_text=_(
            "At a table with several languages, somebody who follows only one of them has company: at least so many "
            "people there follow it. 1 if nobody minds."
        ),
    )
