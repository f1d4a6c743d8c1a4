"""What happens on the day, subject by subject."""

from burgertop.stages.summit.actions.cards import CardDraft, Outcome, change_card, link_idea, withdraw_card, write_card
from burgertop.stages.summit.actions.checking_in import (
    ScanDraft,
    Source,
    check_in,
    replace_badge,
    settle_clash,
    take_scans,
    undo_arrival,
)
from burgertop.stages.summit.actions.desk import dissolve_cluster, make_cluster, place_card, reword_cluster, undo_last
from burgertop.stages.summit.actions.devices import bind_device, release_device, renew_door
from burgertop.stages.summit.actions.doors import (
    bind_door,
    close_door,
    make_door,
    note_device,
    open_door_again,
    renew_sheet,
    shut_out,
)
from burgertop.stages.summit.actions.guests import find_guests, open_guest, open_list
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
    "ScanDraft",
    "Source",
    "TableDraft",
    "bind_device",
    "bind_door",
    "cancel_ballot",
    "change_card",
    "check_in",
    "close_ballot",
    "close_door",
    "close_due_ballot",
    "close_round",
    "dissolve_cluster",
    "drafts_from",
    "find_guests",
    "lay_tables",
    "link_idea",
    "make_cluster",
    "make_door",
    "make_round",
    "make_seat_codes",
    "move_seat",
    "note_device",
    "open_ballot",
    "open_door_again",
    "open_guest",
    "open_list",
    "open_round",
    "place_card",
    "publish_result",
    "put_to_ballot",
    "release_device",
    "renew_door",
    "renew_sheet",
    "replace_badge",
    "replace_seat_code",
    "reword_cluster",
    "reword_round",
    "seat_everyone",
    "seat_round",
    "settle_clash",
    "shut_out",
    "swap_seats",
    "tables_of_kind",
    "take_scans",
    "undo_arrival",
    "undo_last",
    "withdraw_card",
    "write_card",
]
