"""``burgertop serve --hall``: under its own name with a certificate that was brought along, without any web server."""

import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from burgertop.cli.certificates import Certificate, read_certificate
from burgertop.cli.house import Problem
from burgertop.web.knobs import Knobs

__all__ = ["Hall", "hall_from", "own_address"]

HTTPS = 443
EVERY_NETWORK = "0.0.0.0"  # noqa: S104  # a hall is a network of its own, and its tablets come from it
SOON = timedelta(days=14)
SOMEWHERE = ("10.255.255.255", 9)  # nothing is sent there: it only tells which address of ours looks out


@dataclass(frozen=True, slots=True)
class Hall:
    """A server in a hall: the name people type, where it listens, with which certificate."""

    name: str
    bind: str
    port: int
    certificate: Path
    key: Path
    read: Certificate

    @property
    def address(self) -> str:
        """What people type into a browser, without the last slash."""
        shown = f"[{self.name}]" if ":" in self.name else self.name
        return f"https://{shown}" if self.port == HTTPS else f"https://{shown}:{self.port}"

    def environment(self, hosts: tuple[str, ...]) -> dict[str, str]:
        """What web process and worker read in place of what the knobs said."""
        return {
            "BURGERTOP_PUBLIC_URL": self.address,
            "BURGERTOP_HOSTS": ",".join(dict.fromkeys([self.name, *hosts])),
            "BURGERTOP_BEHIND_PROXY": "0",
            "BURGERTOP_CERTIFICATE": str(self.certificate),
            "BURGERTOP_CERTIFICATE_KEY": str(self.key),
        }

    def remarks(self, now: datetime) -> list[str]:
        """What the operator should know before the doors open."""
        said = [f"The router of the hall must lead {self.name} to {own_address() or 'this machine'}."]
        if self.read.ends_at - now < SOON:
            said.append(f"The certificate ends on {self.read.ends_at:%d %B %Y}. Bring a new one before that day.")
        if not self.read.is_known:
            said.append("No authority that this machine knows vouches for the certificate: tablets will warn.")
            said.append(
                "From a public authority, bring the whole chain (fullchain.pem); of your own, see docs/run/serve.md."
            )
        return said


def hall_from(
    knobs: Knobs, *, bind: str = "", port: int = 0, certificate: str = "", key: str = "", now: datetime
) -> Hall:
    """Say how to serve a hall, or what is missing for it.

    The name is that of ``BURGERTOP_PUBLIC_URL`` when it is https, else the first in the certificate.

    Raises:
        Problem: no certificate or key is named, or they are of no use now or for that name.
    """
    if not (certificate and key):
        raise Problem(
            "a hall needs a certificate: --certificate fullchain.pem --key privkey.pem "
            "(or BURGERTOP_CERTIFICATE and BURGERTOP_CERTIFICATE_KEY). docs/run/serve.md says how to get one."
        )
    chain, own_key = Path(certificate).expanduser().resolve(), Path(key).expanduser().resolve()
    read = read_certificate(chain, own_key)
    _need_valid(read, now)
    wanted = urlsplit(knobs.public_url if knobs.public_url.startswith("https://") else "")
    name = wanted.hostname or next((one.lower() for one in read.names if not one.startswith("*.")), "")
    if not name:
        raise Problem(f"say which name the hall has: BURGERTOP_PUBLIC_URL=https://... ({_names(read)}).")
    if not read.covers(name):
        raise Problem(
            f"the certificate is for {_names(read)}, not for {name}. Bring one for {name}, "
            "or set BURGERTOP_PUBLIC_URL to a name it is for."
        )
    return Hall(name, bind or EVERY_NETWORK, port or wanted.port or HTTPS, chain, own_key, read)


def own_address() -> str:
    """The address of this machine in its network; nothing when it is in none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.connect(SOMEWHERE)
        return str(door.getsockname()[0])
    return ""


def _need_valid(read: Certificate, now: datetime) -> None:
    if now >= read.ends_at:
        raise Problem(f"the certificate ended on {read.ends_at:%d %B %Y}. Bring a new one.")
    if now < read.begins_at:
        raise Problem(
            f"the certificate holds from {read.begins_at:%d %B %Y}, and this machine believes it is {now:%d %B %Y}. "
            "Set its clock."
        )


def _names(read: Certificate) -> str:
    return ", ".join(read.names) or "no name at all"
