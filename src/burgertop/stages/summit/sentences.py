"""The sentences of the summit: its own errors, and those of the seating."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from burgertop.core.errors import Param
from burgertop.foundation.wording import Sentence
from burgertop.stages.summit.desk_sentences import DESK_SENTENCES
from burgertop.stages.summit.remote_sentences import REMOTE_SENTENCES
from burgertop.stages.summit.rule_sentences import RULE_SENTENCES

__all__ = ["SENTENCES"]


def _number(params: Mapping[str, Param], name: str) -> int:
    return int(str(params[name]))


def _named(params: Mapping[str, Param], name: str) -> str:
    value = params[name]
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _too_few_seats(params: Mapping[str, Param]) -> str:
    people = _number(params, "people")
    return ngettext(
        "There is %(people)s person, but only %(seats)s seats. Add tables or seats.",
        "There are %(people)s people, but only %(seats)s seats. Add tables or seats.",
        people,
    ) % {"people": people, "seats": params["seats"]}


def _no_table_for_language(params: Mapping[str, Param]) -> str:
    people = _number(params, "people")
    return ngettext(
        "%(people)s person speaks only %(languages)s, and no table has that language. Add a table or an interpreter.",
        "%(people)s people speak only %(languages)s, and no table has that language. Add a table or an interpreter.",
        people,
    ) % {"people": people, "languages": _named(params, "languages")}


def _no_table_for_need(params: Mapping[str, Param]) -> str:
    people = _number(params, "people")
    said = ngettext(
        "%(people)s person needs a table that is step-free or has a hearing loop, in a language they speak, "
        "and there is none.",
        "%(people)s people need a table that is step-free or has a hearing loop, in a language they speak, "
        "and there is none.",
        people,
    )
    return said % {"people": people}


def _too_few_reachable(params: Mapping[str, Param]) -> str:
    people = _number(params, "people")
    return ngettext(
        "%(people)s person has only %(seats)s seats that fit by language and access. Add seats at such tables.",
        "%(people)s people have only %(seats)s seats that fit by language and access. Add seats at such tables.",
        people,
    ) % {"people": people, "seats": params["seats"]}


def _too_many_sent(params: Mapping[str, Param]) -> str:
    most = _number(params, "most")
    return ngettext(
        "A table sends %(most)s card in this round. Pick fewer, or call a sent one back first.",
        "A table sends %(most)s cards in this round. Pick fewer, or call a sent one back first.",
        most,
    ) % {"most": most}


SENTENCES: dict[str, Sentence] = {
    # of the core
    "seating.doubled_person": _("These people are on the list twice: %(ids)s."),
    "seating.doubled_table": _("These tables are on the list twice: %(tables)s."),
    "seating.empty_id": _("A person on the list has no number."),
    "seating.household_together": _("Two people of one household sit at table %(table)s."),
    "seating.no_language": _("We do not know which language participant %(id)s speaks. Add one."),
    "seating.no_seats": _("Table %(table)s has no seats."),
    "seating.no_start": _("No seating was found for %(people)s people and %(tables)s tables. Loosen some rules."),
    "seating.no_table_for_need": _no_table_for_need,
    "seating.no_table_for_language": _no_table_for_language,
    "seating.no_table_language": _("Table %(table)s has no language."),
    "seating.no_tables": _("There are no tables yet. Lay them first."),
    "seating.nobody": _("Nobody is on the list yet. Draw the participants first."),
    "seating.not_step_free": _("Table %(table)s is not step-free, and this person needs that."),
    "seating.not_understood": _("This person speaks none of the languages of table %(table)s."),
    "seating.ragged_features": _("Participant %(id)s has %(values)s values for %(features)s features."),
    "seating.seated_twice": _("These people have two seats: %(ids)s."),
    "seating.solver_stopped": _("The seating could not be worked out. Try again."),
    "seating.table_overfull": _("Table %(table)s has %(seats)s seats and would have %(people)s people."),
    "seating.too_few_reachable_seats": _too_few_reachable,
    "seating.too_few_seats": _too_few_seats,
    "seating.unknown_need": _("Participant %(id)s has a need that we do not know: %(needs)s."),
    "seating.unknown_person": _("These people are not on the list: %(ids)s."),
    "seating.unknown_table": _("There is no table %(table)s."),
    "seating.unseated": _("These people have no seat: %(ids)s."),
    **RULE_SENTENCES,
    **DESK_SENTENCES,
    **REMOTE_SENTENCES,
    # of the summit
    "summit.bad_staff_row": _("Line %(line)s: we cannot read “%(cell)s” under “%(column)s”."),
    "summit.badge_replaced": _("This badge was replaced by a new one. Ask for the new badge, or look for the name."),
    "summit.bad_table_row": _("Line %(line)s: we cannot read “%(cell)s” under “%(column)s”."),
    "summit.ballot_needs_clusters": _("A ballot needs at least two clusters to choose from."),
    "summit.ballot_not_counted": _("Close the ballot and count it first."),
    "summit.card_changed": _(
        "Card %(card)s was changed meanwhile. Nothing was sent or taken off: read it aloud again first."
    ),
    "summit.card_elsewhere": _("This card belongs to another table."),
    "summit.card_sent_away": _("This card was taken off. It cannot be sent."),
    "summit.cluster_in_use": _("This cluster still has cards. Put them elsewhere first."),
    "summit.cluster_of_other_round": _("Card and cluster belong to different rounds."),
    "summit.device_ended": _("This device no longer writes for its table. Scan the square on the table again."),
    "summit.door_broken": _("This sheet does not belong to a table of ours. Scan the square on your table again."),
    "summit.door_closed": _("This door is closed. Open it again first."),
    "summit.door_replaced": _("This sheet was replaced by a newer one. Ask the hall desk."),
    "summit.embargo_in_past": _("This moment is over. Set one that is still to come."),
    "summit.hall_changed": _("People, tables, seats or rules changed meanwhile. Nothing was stored: plan again."),
    "summit.hall_in_use": _("The day has begun: the tables can no longer be laid anew."),
    "summit.key_used": _("Something else came under the same key before. Nothing was changed: write it once more."),
    "summit.photos_need_guardian": _(
        "This person takes part with the consent of a parent or guardian, who has to agree to photos as well. "
        "Until then: no photos."
    ),
    "summit.link_ends_in_past": _("This moment is over. Set one that is still to come."),
    "summit.link_too_long": _("A link can be good for %(days)s days at most."),
    "summit.move_overtaken": _("The seats were changed since: this move can no longer be taken back."),
    "summit.no_picture": _("This is no picture we can keep. Take a photo as JPEG, PNG or WebP."),
    "summit.no_plan": _("There is no plan yet. Plan the seats first."),
    "summit.no_round_planned": _("Every round has begun, or there is none yet: there is nothing to seat."),
    "summit.no_such_card": _("The server does not have this card. Its text is still on this device."),
    "summit.no_such_people": _("Nobody here has the number %(numbers)s."),
    "summit.nobody_here": _("Nobody is checked in yet."),
    "summit.not_seatable": _("This person cannot get a seat here."),
    "summit.nothing_picked": _("Pick the cards first that the table wants to send."),
    "summit.note_not_published": _("Only what is published can be answered."),
    "summit.note_published": _("This is published: it can no longer be changed or thrown away."),
    "summit.nothing_to_print": _(
        "There is nothing to put on this paper yet. Draw the participants, lay the tables or name the staff first."
    ),
    "summit.no_yes_yet": _(
        "This person was invited and has not said yes. Take the answer at the reply desk first, then check them in."
    ),
    "summit.not_invited": _(
        "Nobody was invited under this name or code. The invitation is personal: it cannot be given to a husband, "
        "a wife or a friend."
    ),
    "summit.not_on_list": _("Not on the list of this door. Send them to the hall desk."),
    "summit.nothing_to_undo": _("There is nothing to undo."),
    "summit.other_device_sends": _(
        "Another device of this table sends. Take over the sending first, or send from there."
    ),
    "summit.other_round_open": _("Round %(number)s is still open. Close it first."),
    "summit.picture_too_big": _("This picture has more than %(most)s MB. Take it smaller."),
    "summit.pin_at_closed_table": _(
        "A rule keeps somebody at table %(table)s, and this table is closed. Open the table, or drop the rule."
    ),
    "summit.proposal_gone": _("What you looked at is no longer there. Look at a new proposal first."),
    "summit.result_public": _("Everybody has seen this result: there is no embargo any more."),
    "summit.round_closed": _("This round is closed. Nothing was lost: read your text to the hall desk."),
    "summit.rule_needs_people": _("Name two people at least, by their numbers."),
    "summit.rule_needs_table": _("Say who sits at which table."),
    "summit.same_table": _("They sit at the same table already."),
    "summit.sheet_broken": _("This sheet does not belong to a door of ours. Scan the square of your door again."),
    "summit.stage_not_open": _("The summit is not open. Open the stage first."),
    "summit.table_closed": _("Table %(table)s is closed. Open it first."),
    "summit.too_many_cards": _("A table keeps at most %(most)s cards in a round. Take one off to write another."),
    "summit.too_many_devices": _(
        "%(most)s devices write for this table already. Use one of them, or ask the hall desk."
    ),
    "summit.too_many_photos": _("A table keeps at most %(most)s photos of a round. Take one off first."),
    "summit.too_many_sent": _too_many_sent,
    "summit.too_many_links": _("There can be at most %(most)s links."),
    "summit.too_many_notes": _("There can be at most %(most)s notes that are not published."),
    "summit.too_many_staff": _("These are more than %(most)s people. Look at the file again."),
    "summit.too_many_doors": _("There can be at most %(most)s doors."),
    "summit.too_many_found": _("%(found)s people have such a name. Type more of it."),
    "summit.too_many_tables": _("These are more than %(most)s tables. Look at the numbers again."),
    "summit.call_elsewhere": _("This call belongs to another table."),
    "summit.clock_moved": _("Somebody pressed something else meanwhile. Look at the clock, then press again."),
    "summit.item_too_early": _("This item is not to begin before %(at)s."),
    "summit.item_begun": _("This item has begun, or others behind it have: it can no longer be moved or taken out."),
    "summit.message_without_words": _("Write the message in one language at least."),
    "summit.no_free_topic": _("In this round the topic is the same for all tables."),
    "summit.nothing_under_way": _("Nothing is under way: there is nothing to go back from."),
    "summit.round_stays": _("A round cannot be taken out: seats and cards belong to it. Leave it out on the day."),
    "summit.rounds_keep_order": _("Rounds keep their order: the seats are planned for it."),
    "summit.script_begun": _("The day has begun: its script can no longer be replaced."),
}
