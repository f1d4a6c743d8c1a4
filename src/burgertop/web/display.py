"""The reader's switches: large type and strong contrast, kept in two cookies."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

__all__ = ["Switches", "keep_switches", "switches_of"]

LARGE_COOKIE = "bt_large"
CONTRAST_COOKIE = "bt_contrast"
LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Switches:
    """What this reader has switched on."""

    is_large: bool = False
    is_contrast: bool = False

    @property
    def classes(self) -> str:
        """The classes on ``<html>``."""
        return " ".join(
            name for name, is_on in (("bt-large", self.is_large), ("bt-contrast", self.is_contrast)) if is_on
        )


def switches_of(request: HttpRequest) -> Switches:
    """Read the switches from the cookies."""
    return Switches(request.COOKIES.get(LARGE_COOKIE) == "1", request.COOKIES.get(CONTRAST_COOKIE) == "1")


def keep_switches(response: HttpResponse, switches: Switches, *, is_secure: bool) -> None:
    """Write the switches into cookies; off takes the cookie away."""
    for name, is_on in ((LARGE_COOKIE, switches.is_large), (CONTRAST_COOKIE, switches.is_contrast)):
        if is_on:
            response.set_cookie(name, "1", max_age=LIFE, samesite="Lax", secure=is_secure, httponly=True)
        else:
            response.delete_cookie(name, samesite="Lax")
