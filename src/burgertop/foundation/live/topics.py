"""What a topic may be called, and the signed words that open one.

A topic is named by the room that publishes, such as ``summit.<id>.desk``. A page
carries the address of its stream; the signature in it is the right to listen, so
that the stream asks no database.
"""

import re

from django.core import signing

__all__ = ["UnknownStreamError", "check_topic", "sign_topics", "topics_in"]

TOPIC = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
MOST_TOPICS = 12
SALT = "burgertop.live"
BETWEEN, BEFORE_SIGNATURE = ",", "~"


class UnknownStreamError(Exception):
    """The address was not made by this server."""


def check_topic(topic: str) -> str:
    """Return the topic, or refuse a name that could not stand in an address."""
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"{topic!r} is not a topic: small letters, digits, dots and dashes, 120 at most.")
    return topic


def sign_topics(*topics: str) -> str:
    """Return the signed words that open these topics in one stream."""
    if not 1 <= len(topics) <= MOST_TOPICS:
        raise ValueError(f"A stream carries 1 to {MOST_TOPICS} topics, not {len(topics)}.")
    return _signer().sign(BETWEEN.join(check_topic(topic) for topic in topics))


def topics_in(signed: str) -> tuple[str, ...]:
    """Return the topics that signed words open.

    Raises:
        UnknownStreamError: the words were changed or signed by another server.
    """
    try:
        return tuple(_signer().unsign(signed).split(BETWEEN))
    except signing.BadSignature as error:
        raise UnknownStreamError(signed[:20]) from error


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=BEFORE_SIGNATURE)
