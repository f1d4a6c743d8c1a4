"""What the post says when something does not go out."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import register

__all__ = ["speak"]


def speak() -> None:
    """Register the sentences of this room."""
    register(
        {
            "post.no_address": _("There is no address for this person. Add one, or send a letter."),
            "post.mail_failed": _("The mail server did not take it. Check BURGERTOP_MAIL_URL and send it again."),
            "post.sms_failed": _("The text message was not taken. Check BURGERTOP_SMS_COMMAND and send it again."),
            "post.no_sms_command": _("This server sends no text messages. Set BURGERTOP_SMS_COMMAND first."),
        }
    )
