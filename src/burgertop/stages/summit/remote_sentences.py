"""The sentences for people at home and local gatherings."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import Sentence

__all__ = ["REMOTE_SENTENCES"]

REMOTE_SENTENCES: Mapping[str, Sentence] = {
    "summit.bad_room_address": _(
        "This is no address of a room we can link to. It must begin with https:// and hold no spaces and no password."
    ),
    "summit.bad_card_row": _("Line %(line)s: we cannot read “%(cell)s” under “%(column)s”."),
    "summit.home_closed": _("Registration to take part from home is closed."),
    "summit.home_full": _(
        "Too many people register at this moment, or all places are taken. Try again in a few minutes."
    ),
    "summit.no_home_table": _("This is no online table of this summit."),
    "summit.no_such_guest": _("Nobody at home has the number %(number)s."),
    "summit.off_closed": _("Local gatherings can no longer register."),
    "summit.off_full": _("Too many gatherings register at this moment. Try again in an hour."),
    "summit.own_statement": _("This is your own statement. Others rate it."),
    "summit.pen_handed_on": _(
        "Somebody else writes for your table now. Tell them what this card says, or say it to your table yourself."
    ),
    "summit.pen_taken": _("Somebody at your table writes already. Ask them to hand it on."),
    "summit.room_without_secret": _(
        "The address of the rooms needs {secret}, after the name of the server. Without it anybody could guess a room."
    ),
    "summit.statement_hidden": _("A moderator has hidden this statement."),
    "summit.too_fast": _("You write very fast. Read what the others say, and try again in a minute."),
    "summit.too_many_rows": _("These are more than %(most)s cards. Look at the file again."),
    "summit.uploads_over": _("Cards of local gatherings are no longer taken."),
    "summit.too_many_statements": _("In one round you can say at most %(most)s things."),
}
