"""What is said when a frame, a letter or a reply is not taken."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]

SENTENCES: Final[dict[str, Sentence]] = {
    "lottery.broken_addresses": _(
        "%(rows)s rows of this file cannot be written to; the first is line %(line)s. Mend them or leave them out."
    ),
    "lottery.frame_name_taken": _("There is a list “%(name)s” already. Choose another name."),
    "lottery.no_letters": _("Say how many people are to be drawn."),
    "lottery.other_chance": _("The chance of this list is in the record already: “%(seed)s”. It cannot be replaced."),
    "lottery.frame_gone": _("This list was destroyed. Nobody can be drawn from it any more."),
    "lottery.no_answer_day": _("Set the last day to answer first; it must lie ahead."),
    "lottery.nobody_to_write_to": _("There is nobody left to write to."),
    "lottery.sent_already": _("These letters were sent. Printed anew, their codes would no longer work."),
    "lottery.not_printed": _("Print all letters of this wave first."),
    "lottery.reply_changed": _("Somebody else changed this reply meanwhile. Look at it and answer again."),
    "lottery.reply_erased": _("The data of this person are erased."),
    "lottery.not_coming": _("Only somebody who says yes has a place to prepare."),
    "lottery.in_sealed_pool": _("The draw is sealed and waits for its chance. Say this again when it is drawn."),
    "lottery.nobody_said_yes": _("Nobody has said yes who is not in this pool already."),
    "lottery.too_young": _("People of this age cannot take part, not even with a parent or guardian."),
    "lottery.has_answered": _("This person has answered, so the letter arrived."),
    "lottery.no_such_row": _("Nobody was drawn with row %(row)s. With several lists, say which list."),
    "lottery.partner_name_taken": _("There is a partner “%(name)s” already."),
    "lottery.too_many_partner_seats": _(
        "Partners would have %(together)s seats together; %(most)s are possible, by their share of all seats."
    ),
    "lottery.partner_seats_held": _("%(held)s seats of this partner are held. It cannot have fewer."),
    "lottery.no_partner_seat_free": _("All %(seats)s seats are taken. Withdraw a nomination that was not answered."),
    "lottery.no_open_nomination": _("There is no nomination number %(number)s that waits for an answer."),
    "lottery.partner_seat_gone": _("Your seat was given to somebody else after you said no."),
    "recruitment.too_few_in_group": _("The group “%(group)s” has only %(rows)s people; %(wanted)s are to be drawn."),
    "recruitment.empty_seed": _("Write down the public chance first."),
}
