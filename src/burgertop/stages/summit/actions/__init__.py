"""What happens on the day, subject by subject."""

from burgertop.stages.summit.actions.cards import CardDraft, Outcome, change_card, link_idea, withdraw_card, write_card
from burgertop.stages.summit.actions.desk import dissolve_cluster, make_cluster, place_card, reword_cluster, undo_last
from burgertop.stages.summit.actions.devices import bind_device, release_device, renew_door
from burgertop.stages.summit.actions.forgetting import forget_in_hall
from burgertop.stages.summit.actions.rounds import close_round, make_round, open_round, reword_round
from burgertop.stages.summit.actions.seats import move_seat, seat_everyone, seat_round, swap_seats
from burgertop.stages.summit.actions.tables import TableDraft, drafts_from, lay_tables, tables_of_kind
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
    "CardDraft",
    "Outcome",
    "TableDraft",
    "bind_device",
    "cancel_ballot",
    "change_card",
    "close_ballot",
    "close_due_ballot",
    "close_round",
    "dissolve_cluster",
    "drafts_from",
    "forget_in_hall",
    "lay_tables",
    "link_idea",
    "make_cluster",
    "make_round",
    "make_seat_codes",
    "move_seat",
    "open_ballot",
    "open_round",
    "place_card",
    "publish_result",
    "put_to_ballot",
    "release_device",
    "renew_door",
    "replace_seat_code",
    "reword_cluster",
    "reword_round",
    "seat_everyone",
    "seat_round",
    "swap_seats",
    "tables_of_kind",
    "undo_last",
    "withdraw_card",
    "write_card",
]
