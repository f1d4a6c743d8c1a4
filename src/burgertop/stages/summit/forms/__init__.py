"""Forms of the summit: the day, and the hall."""

from burgertop.stages.summit.forms.day import (
    CancelForm,
    CardForm,
    CodeForm,
    CountsForm,
    RoundForm,
    SeedForm,
    SharesForm,
    WordsForm,
)
from burgertop.stages.summit.forms.desk import (
    AnswerForm,
    BallotForm,
    ClusterForm,
    CodingForm,
    ObjectionForm,
    SampleForm,
    SplitForm,
)
from burgertop.stages.summit.forms.doors import DoorForm, FindForm, SettleForm
from burgertop.stages.summit.forms.hall import (
    MixForm,
    PlanForm,
    ReseatForm,
    RuleForm,
    StaffChangeForm,
    StaffForm,
    SwapForm,
    TableForm,
    WeightsForm,
)

__all__ = [
    "AnswerForm",
    "BallotForm",
    "CancelForm",
    "CardForm",
    "ClusterForm",
    "CodeForm",
    "CodingForm",
    "CountsForm",
    "DoorForm",
    "FindForm",
    "MixForm",
    "ObjectionForm",
    "PlanForm",
    "ReseatForm",
    "RoundForm",
    "RuleForm",
    "SampleForm",
    "SeedForm",
    "SettleForm",
    "SharesForm",
    "SplitForm",
    "StaffChangeForm",
    "StaffForm",
    "SwapForm",
    "TableForm",
    "WeightsForm",
    "WordsForm",
]
