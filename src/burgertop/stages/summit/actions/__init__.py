"""What happens on the day, subject by subject."""

from burgertop.stages.summit.actions.cards import CardDraft, Outcome, change_card, link_idea, withdraw_card, write_card
from burgertop.stages.summit.actions.desk import dissolve_cluster, make_cluster, place_card, reword_cluster, undo_last
from burgertop.stages.summit.actions.devices import bind_device, release_device, renew_door
from burgertop.stages.summit.actions.forgetting import forget_in_hall
from burgertop.stages.summit.actions.planning import SEATING_RULE, seat_hall
from burgertop.stages.summit.actions.rechecking import PlanRecheck, check_plan_again
from burgertop.stages.summit.actions.reseating import (
    accept_proposal,
    discard_proposal,
    propose_reseat,
    reseat_hall,
    seat_walk_in,
)
from burgertop.stages.summit.actions.rounds import close_round, make_round, open_round, reword_round
from burgertop.stages.summit.actions.ruling import drop_rule, make_rule
from burgertop.stages.summit.actions.seats import (
    HandCost,
    loosen_seat,
    move_cost,
    move_seat,
    swap_seats,
    undo_last_move,
)
from burgertop.stages.summit.actions.staffing import (
    StaffDraft,
    assign_staff,
    change_staff,
    drop_staff,
    lead_in_one_language,
    staff_drafts_from,
    take_staff,
)
from burgertop.stages.summit.actions.tables import (
    TableDraft,
    change_table,
    drafts_from,
    lay_tables,
    set_table_closed,
    tables_of_2011,
    tables_of_kind,
)
from burgertop.stages.summit.actions.votes import (
    cancel_ballot,
    close_ballot,
    close_due_ballot,
    make_seat_codes,
    open_ballot,
    publish_result,
    put_to_ballot,
    replace_seat_code,
)

__all__ = [
    "SEATING_RULE",
    "CardDraft",
    "HandCost",
    "Outcome",
    "PlanRecheck",
    "StaffDraft",
    "TableDraft",
    "accept_proposal",
    "assign_staff",
    "bind_device",
    "cancel_ballot",
    "change_card",
    "change_staff",
    "change_table",
    "check_plan_again",
    "close_ballot",
    "close_due_ballot",
    "close_round",
    "discard_proposal",
    "dissolve_cluster",
    "drafts_from",
    "drop_rule",
    "drop_staff",
    "forget_in_hall",
    "lay_tables",
    "lead_in_one_language",
    "link_idea",
    "loosen_seat",
    "make_cluster",
    "make_round",
    "make_rule",
    "make_seat_codes",
    "move_cost",
    "move_seat",
    "open_ballot",
    "open_round",
    "place_card",
    "propose_reseat",
    "publish_result",
    "put_to_ballot",
    "release_device",
    "renew_door",
    "replace_seat_code",
    "reseat_hall",
    "reword_cluster",
    "reword_round",
    "seat_hall",
    "seat_walk_in",
    "set_table_closed",
    "staff_drafts_from",
    "swap_seats",
    "tables_of_2011",
    "tables_of_kind",
    "take_staff",
    "undo_last",
    "undo_last_move",
    "withdraw_card",
    "write_card",
]
