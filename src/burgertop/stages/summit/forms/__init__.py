"""Forms of the summit: the day, and the hall."""

from burgertop.stages.summit.forms.day import (
    BallotForm,
    CancelForm,
    CardForm,
    ClusterForm,
    CodeForm,
    CountsForm,
    RoundForm,
    SeedForm,
    SharesForm,
    WordsForm,
)
from burgertop.stages.summit.forms.hall import (
    MixForm,
    PlanForm,
    ReseatForm,
    RuleForm,
    StaffChangeForm,
    StaffForm,
    SwapForm,
    TableForm,
)

__all__ = [
    "BallotForm",
    "CancelForm",
    "CardForm",
    "ClusterForm",
    "CodeForm",
    "CountsForm",
    "MixForm",
    "PlanForm",
    "ReseatForm",
    "RoundForm",
    "RuleForm",
    "SeedForm",
    "SharesForm",
    "StaffChangeForm",
    "StaffForm",
    "SwapForm",
    "TableForm",
    "WordsForm",
]
