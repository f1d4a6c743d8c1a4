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
    "recruitment.too_few_in_group": _("The group “%(group)s” has only %(rows)s people; %(wanted)s are to be drawn."),
    "recruitment.empty_seed": _("Write down the public chance first."),
}
