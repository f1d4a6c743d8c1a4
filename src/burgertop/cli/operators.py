"""``burgertop operator MAIL``: the account that may found processes and invite organisers."""

import argparse

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from burgertop.cli.house import Problem
from burgertop.foundation.people.models import Account

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose account."""
    parser.add_argument("mail", help="the mail address to sign in with")


def run(chosen: argparse.Namespace) -> int:
    """Make the account, or raise an existing one, and print a link that works once."""
    try:
        validate_email(chosen.mail)
    except ValidationError:
        raise Problem(f"{chosen.mail!r} is not a mail address.") from None
    account = Account.objects.filter(email__iexact=chosen.mail).first()
    if account is None:
        account = Account.objects.create_superuser(chosen.mail)
    elif not account.is_superuser:
        account.is_superuser = account.is_staff = True
        account.save(update_fields=["is_superuser", "is_staff"])
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    print("Open this link once to choose a password; it works for three days:")
    print(f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', kwargs=key)}")
    return 0
