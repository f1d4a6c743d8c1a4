"""The request as every view gets it: Django's, with the actor on it."""

from django.http import HttpRequest

from burgertop.foundation.people.actors import Actor

__all__ = ["HouseRequest"]


class HouseRequest(HttpRequest):
    """A request that knows who acts; set by ``web.middleware.know_actor``."""

    actor: Actor
    LANGUAGE_CODE: str
    htmx: object
