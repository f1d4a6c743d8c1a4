"""What can be done in a consultation, by subject."""

from burgertop.stages.consultation.actions.holding import set_up
from burgertop.stages.consultation.actions.ideas import forget_author, send_idea, translate_idea
from burgertop.stages.consultation.actions.importing import import_ideas, plan_import
from burgertop.stages.consultation.actions.moderating import answer_appeal, appeal, hide, pass_idea, restore
from burgertop.stages.consultation.actions.placing import (
    Hand,
    confirm_placement,
    leave_out,
    link_double,
    place_idea,
    place_ideas,
    undo_placement,
)
from burgertop.stages.consultation.actions.ratings import rate, take_rating_back
from burgertop.stages.consultation.actions.theming import make_theme, merge_theme, reword_theme, split_theme
from burgertop.stages.consultation.actions.voting import (
    close_due_vote,
    close_vote,
    open_vote,
    prepare_vote,
    withdraw_vote,
)

__all__ = [
    "Hand",
    "answer_appeal",
    "appeal",
    "close_due_vote",
    "close_vote",
    "confirm_placement",
    "forget_author",
    "hide",
    "import_ideas",
    "leave_out",
    "link_double",
    "make_theme",
    "merge_theme",
    "open_vote",
    "pass_idea",
    "place_idea",
    "place_ideas",
    "plan_import",
    "prepare_vote",
    "rate",
    "restore",
    "reword_theme",
    "send_idea",
    "set_up",
    "split_theme",
    "take_rating_back",
    "translate_idea",
    "undo_placement",
    "withdraw_vote",
]
