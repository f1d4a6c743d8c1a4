"""Forms of the summit: the day, and the hall."""

from burgertop.stages.summit.forms.day import (
    BallotForm,
    CancelForm,
    CardForm,
    ClusterForm,
    CodeForm,
    CountsForm,
    MoveForm,
    RoundForm,
    SeedForm,
    SharesForm,
    WordsForm,
)
from burgertop.stages.summit.forms.hall import PlanForm

__all__ = [
    "BallotForm",
    "CancelForm",
    "CardForm",
    "ClusterForm",
    "CodeForm",
    "CountsForm",
    "MoveForm",
    "PlanForm",
    "RoundForm",
    "SeedForm",
    "SharesForm",
    "WordsForm",
]
