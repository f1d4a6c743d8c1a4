"""Forms of the lottery: draws and their pools, frames, letters, replies."""

from burgertop.stages.lottery.forms.confirming import ConfirmingForm
from burgertop.stages.lottery.forms.draws import (
    ChanceForm,
    CodeForm,
    ConfirmForm,
    DutiesForm,
    LeaverForm,
    NewDrawForm,
    PoolForm,
    ProposalForm,
    QuotasForm,
    ReasonForm,
    SealForm,
)
from burgertop.stages.lottery.forms.partners import (
    NominationForm,
    PartnerForm,
    PartnerShareForm,
    SeatsForm,
    WithdrawForm,
)
from burgertop.stages.lottery.forms.recruiting import FrameForm, InvitationForm, SentForm, WaveForm
from burgertop.stages.lottery.forms.replies import (
    DeskAnswerForm,
    DeskNeedsForm,
    LettersForm,
    NameForm,
    NeedsForm,
    ReplyForm,
    ReturnedRowForm,
    ReturnForm,
)

__all__ = [
    "ChanceForm",
    "CodeForm",
    "ConfirmForm",
    "ConfirmingForm",
    "DeskAnswerForm",
    "DeskNeedsForm",
    "DutiesForm",
    "FrameForm",
    "InvitationForm",
    "LeaverForm",
    "LettersForm",
    "NameForm",
    "NeedsForm",
    "NewDrawForm",
    "NominationForm",
    "PartnerForm",
    "PartnerShareForm",
    "PoolForm",
    "ProposalForm",
    "QuotasForm",
    "ReasonForm",
    "ReplyForm",
    "ReturnForm",
    "ReturnedRowForm",
    "SealForm",
    "SeatsForm",
    "SentForm",
    "WaveForm",
    "WithdrawForm",
]
