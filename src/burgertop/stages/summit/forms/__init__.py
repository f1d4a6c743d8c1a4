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
from burgertop.stages.summit.forms.doors import DoorForm, FindForm, SettleForm
from burgertop.stages.summit.forms.eyes import EmbargoForm, LinkForm, NoteForm, ReplyForm, ReportForm, SignedForm
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
    "BallotForm",
    "CancelForm",
    "CardForm",
    "ClusterForm",
    "CodeForm",
    "CountsForm",
    "DoorForm",
    "EmbargoForm",
    "FindForm",
    "LinkForm",
    "MixForm",
    "NoteForm",
    "PlanForm",
    "ReplyForm",
    "ReportForm",
    "ReseatForm",
    "RoundForm",
    "RuleForm",
    "SeedForm",
    "SettleForm",
    "SharesForm",
    "SignedForm",
    "StaffChangeForm",
    "StaffForm",
    "SwapForm",
    "TableForm",
    "WeightsForm",
    "WordsForm",
]
