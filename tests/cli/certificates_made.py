"""Certificates made for one test: signed by themselves, for any names and days."""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

__all__ = ["BEGINS", "ENDS", "make_certificate"]

BEGINS, ENDS = datetime(2011, 11, 1, tzinfo=UTC), datetime(2061, 11, 1, tzinfo=UTC)


def make_certificate(folder: Path, names: Sequence[str], *, passphrase: bytes = b"") -> tuple[Path, Path]:
    """Make a certificate and its key as PEM files; return where they are."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a hall")])
    maker = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), BEGINS, ENDS)
    maker = maker.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    maker = maker.add_extension(x509.SubjectAlternativeName([_general(one) for one in names]), critical=False)
    chain, own_key = folder / "fullchain.pem", folder / "privkey.pem"
    folder.mkdir(parents=True, exist_ok=True)
    chain.write_bytes(maker.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    own_key.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, lock))
    return chain, own_key


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
