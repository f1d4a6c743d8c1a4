"""The identity vault: names, addresses, phones and mails, sealed with a key outside the database."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from burgertop.foundation.keys import secret
from burgertop.foundation.people.models import Identity

__all__ = ["FIELDS", "VaultError", "blank", "open_identity", "reseal", "seal", "seal_many"]

FIELDS = ("given_name", "family_name", "address", "postcode", "municipality", "phone", "mail", "birth_year")


class VaultError(Exception):
    """A row of the vault cannot be opened: its key is missing or another one."""


def _box() -> SecretBox:
    return SecretBox(secret("vault"))


def _sealed(fields: Mapping[str, str]) -> bytes:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"The vault keeps no {', '.join(sorted(unknown))}.")
    plain = json.dumps({name: fields[name] for name in FIELDS if fields.get(name)}, ensure_ascii=False)
    return bytes(_box().encrypt(plain.encode()))


def seal(process_id: uuid.UUID, fields: Mapping[str, str]) -> Identity:
    """Put one person into the vault."""
    return Identity.objects.create(process_id=process_id, sealed=_sealed(fields))


def seal_many(process_id: uuid.UUID, people: Iterable[Mapping[str, str]]) -> list[Identity]:
    """Put many people into the vault at once, in their order."""
    return Identity.objects.bulk_create(
        (Identity(process_id=process_id, sealed=_sealed(fields)) for fields in people), batch_size=500
    )


def reseal(identity: Identity, fields: Mapping[str, str]) -> None:
    """Put other fields in the place of those of one person."""
    identity.sealed = _sealed(fields)
    identity.save(update_fields=["sealed"])


def open_identity(identity: Identity) -> dict[str, str]:
    """Read one row; an erased person gives an empty answer."""
    if identity.blanked_at is not None:
        return {}
    try:
        plain = _box().decrypt(bytes(identity.sealed))
    except (CryptoError, ValueError) as error:
        raise VaultError(f"The vault key does not open identity {identity.pk}.") from error
    fields: dict[str, str] = json.loads(plain)
    return fields


def blank(identity: Identity, *, now: datetime) -> None:
    """Erase a person and keep the row."""
    identity.sealed = b""
    identity.blanked_at = now
    identity.save(update_fields=["sealed", "blanked_at"])
