"""What happens in the panel: seating, drafting, amending, deciding."""

from burgertop.stages.panel.actions.amending import propose_amendment, withdraw_amendment
from burgertop.stages.panel.actions.deciding import close_due_vote, close_vote, put_to_vote
from burgertop.stages.panel.actions.drafting import (
    add_minority_note,
    answer_question,
    ask,
    draft_recommendation,
    plan_sitting,
    rewrite,
)
from burgertop.stages.panel.actions.seating import found_panel_draw, leave_panel, return_to_panel, seat_panel

__all__ = [
    "add_minority_note",
    "answer_question",
    "ask",
    "close_due_vote",
    "close_vote",
    "draft_recommendation",
    "found_panel_draw",
    "leave_panel",
    "plan_sitting",
    "propose_amendment",
    "put_to_vote",
    "return_to_panel",
    "rewrite",
    "seat_panel",
    "withdraw_amendment",
]
