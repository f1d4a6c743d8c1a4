"""How staff sign in: accounts are made by an organiser, never by the visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

__all__ = ["StaffAdapter"]


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Closes open sign-up; an organiser invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False
