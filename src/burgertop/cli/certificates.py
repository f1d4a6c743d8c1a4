"""A certificate and its key, read as a browser would read them: by shaking hands in memory."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from burgertop.cli.house import Problem

__all__ = ["Certificate", "read_certificate"]

NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL: the clock is an argument here
MOST_TURNS = 10


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says: for which names and addresses, from when, until when.

    ``is_known``: an authority vouches for it that this machine knows, and so do other machines.
    """

    names: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    is_known: bool

    def covers(self, host: str) -> bool:
        """Whether a browser that asks for this host is content; a star stands for one label."""
        wanted = _plain(host)
        return any(_plain(name) == wanted or _is_star_of(name.lower(), wanted) for name in self.names)


def read_certificate(certificate: Path, key: Path) -> Certificate:
    """Read a chain of certificates (PEM, one's own first) and the key of the first.

    Raises:
        Problem: a file is missing or unreadable, is no certificate or key, the key has a passphrase, or does not
            belong to the certificate.
    """
    for path in (certificate, key):
        _need_file(path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        server.load_cert_chain(certificate, key, password=_refuse_passphrase)
    except ssl.SSLError as error:
        raise Problem(_why_unusable(certificate, key, error)) from None
    browser = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    browser.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | NO_CHECK_TIME
    browser.load_verify_locations(certificate)
    facts = _shake_hands(server, browser)
    if facts is None:
        raise Problem(f"{certificate} is no certificate for a web server.")
    stranger = ssl.create_default_context()
    stranger.verify_flags |= NO_CHECK_TIME
    return Certificate(
        names=tuple(name for kind, name in facts.get("subjectAltName", ()) if kind in {"DNS", "IP Address"}),
        begins_at=_moment(facts["notBefore"]),
        ends_at=_moment(facts["notAfter"]),
        is_known=_shake_hands(server, stranger) is not None,
    )


def _need_file(path: Path) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror).lower()
        raise Problem(f"cannot read {path}: {reason}.") from None


def _refuse_passphrase() -> str:
    raise Problem("the key has a passphrase. Bring one without; keep its file readable for you alone.")


def _why_unusable(certificate: Path, key: Path, error: ssl.SSLError) -> str:
    if error.reason == "KEY_VALUES_MISMATCH" or "values mismatch" in str(error).lower():
        return f"the key {key} does not belong to the certificate {certificate}. Bring the two that were made together."
    return f"{certificate} and {key} are no certificate and key in PEM form (text that begins with -----BEGIN)."


def _shake_hands(server: ssl.SSLContext, browser: ssl.SSLContext) -> dict[str, Any] | None:
    """Return what the browser reads in the server's certificate, or nothing when it does not trust it."""
    browser.check_hostname = False  # names are compared later, to say which there are
    to_server, to_browser = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        browser.wrap_bio(to_browser, to_server),
        server.wrap_bio(to_server, to_browser, server_side=True),
    )
    for _turn in range(MOST_TURNS):
        waiting = 0
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                waiting += 1
            except ssl.SSLError:
                return None
        if not waiting:
            return dict(ends[0].getpeercert() or {})
    return None


def _moment(text: object) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), UTC)


def _is_star_of(name: str, host: str) -> bool:
    first, dot, rest = host.partition(".")
    return name.startswith("*.") and bool(first and dot) and name[2:] == rest


def _plain(name: str) -> str:
    """A name without capitals; an address in the one way it is written."""
    try:
        return str(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return name.lower().rstrip(".")
