"""Logs carry ids, never names, addresses or votes."""

import logging
import re
from http import HTTPStatus

__all__ = ["WithoutPersonalData", "WithoutWaiting"]

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
ADDRESS = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b"  # IPv4
    r"|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}\b"  # IPv6 written out
    r"|(?:\b[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?::(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*\b)?"  # IPv6, short
)
QUERY = re.compile(r"\?[^\s\"']+")


class WithoutPersonalData(logging.Filter):
    """Strikes mail addresses, network addresses and query strings out of every line and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the message and the traceback; every line passes."""
        record.msg, record.args = _cleaned(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _cleaned(record.exc_text)
        return True


class WithoutWaiting(logging.Filter):
    """Leaves out each answer that asked somebody to come back later: why is said once, by whoever knows it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass but those."""
        return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


def _cleaned(text: str) -> str:
    for pattern, word in ((QUERY, "?[query]"), (MAIL, "[mail]"), (ADDRESS, "[address]")):
        text = pattern.sub(word, text)
    return text
