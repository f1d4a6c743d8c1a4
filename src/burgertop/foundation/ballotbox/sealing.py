"""The tellers' key and the envelopes.

A paper is sealed (libsodium's sealed box) to a key pair made for one ballot. The public
half stands in the database, the private half in a file beside it, which is destroyed after
the count. Envelopes of one ballot have one length, whatever is inside.
"""

import json
import os
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from burgertop.foundation.codes.alphabet import ALPHABET, spell
from burgertop.foundation.keys import ballot_keys, keyed_hash
from burgertop.foundation.wording import HouseError

__all__ = [
    "Unsealed",
    "destroy_key",
    "key_file",
    "make_key",
    "marks_of",
    "private_key",
    "receipt_for",
    "seal",
    "unseal",
    "voter_mark",
]

RECEIPT_LENGTH = 12
BLOCK = 64
BYTES_PER_CHOICE = 7


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What was in an envelope."""

    choices: tuple[int, ...]
    receipt: str


# Keys ------------------------------------------------------------------------------


def key_file(ballot_id: uuid.UUID) -> Path:
    """Return where the private key of a ballot is, while there is one."""
    return ballot_keys() / f"{ballot_id}.key"


def make_key(ballot_id: uuid.UUID) -> bytes:
    """Make the key pair of a ballot, keep the private half on disk, return the public half."""
    key = PrivateKey.generate()
    path = key_file(ballot_id)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(bytes(key))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_folder(path.parent)
    return bytes(key.public_key)


def private_key(ballot_id: uuid.UUID, public_key: bytes) -> PrivateKey:
    """Read the private key of a ballot.

    Raises:
        HouseError: ``ballots.key_missing``, ``ballots.key_wrong``.
    """
    try:
        key = PrivateKey(key_file(ballot_id).read_bytes())
    except FileNotFoundError as error:
        raise HouseError("ballots.key_missing", ballot=str(ballot_id)) from error
    except (CryptoError, ValueError, TypeError) as error:
        raise HouseError("ballots.key_wrong", ballot=str(ballot_id)) from error
    if bytes(key.public_key) != bytes(public_key):
        raise HouseError("ballots.key_wrong", ballot=str(ballot_id))
    return key


def destroy_key(ballot_id: uuid.UUID) -> bool:
    """Overwrite the private key of a ballot and remove its file; False when it was gone."""
    path = key_file(ballot_id)
    try:
        with path.open("r+b") as file:
            size = path.stat().st_size
            file.write(secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# Envelopes -------------------------------------------------------------------------


def seal(public_key: bytes, paper: Unsealed, most_choices: int) -> bytes:
    """Seal a paper; the envelope's length follows from the ballot, not from the paper."""
    content = json.dumps({"choices": paper.choices, "receipt": paper.receipt}, separators=(",", ":")).encode()
    padded = content.ljust(_size(most_choices))
    return bytes(SealedBox(PublicKey(bytes(public_key))).encrypt(padded))


def _size(most_choices: int) -> int:
    """The least whole number of blocks that holds any paper of a ballot."""
    return -(-(BLOCK + BYTES_PER_CHOICE * most_choices) // BLOCK) * BLOCK


def unseal(key: PrivateKey, sealed: bytes) -> Unsealed | None:
    """Open an envelope; None when it was changed or holds no paper."""
    try:
        content = json.loads(SealedBox(key).decrypt(bytes(sealed)))
        choices, receipt = content["choices"], content["receipt"]
    except (CryptoError, ValueError, TypeError, KeyError):
        return None
    is_paper = isinstance(choices, list) and all(type(choice) is int for choice in choices)
    if not is_paper or not isinstance(receipt, str) or not _is_receipt(receipt):
        return None
    return Unsealed(tuple(choices), receipt)


def _is_receipt(text: str) -> bool:
    return len(text) == RECEIPT_LENGTH and set(text) <= set(ALPHABET)


# What stands on the envelope -----------------------------------------------------------


def voter_mark(ballot_id: uuid.UUID, voter: str) -> str:
    """Return the keyed hash under which a voter's envelope is kept; another one in each ballot."""
    return keyed_hash("voters", "voter", str(ballot_id), voter)


def marks_of(ballot_id: uuid.UUID, once: uuid.UUID, choices: tuple[int, ...]) -> tuple[str, str]:
    """Return the keyed hashes of a form's number, alone and with its choices.

    They tell a form sent twice from a number used for other choices. The form's number is
    random and kept nowhere, so that nobody can try out choices against the second.
    """
    listed = " ".join(str(choice) for choice in choices)
    return (
        keyed_hash("voters", "form", str(ballot_id), str(once)),
        keyed_hash("voters", "form and choices", str(ballot_id), str(once), listed),
    )


def receipt_for(ballot_id: uuid.UUID, voter: str, once: uuid.UUID) -> str:
    """Return the receipt of a form: the same when it is sent again, and nowhere stored with the voter."""
    number = int(keyed_hash("receipts", str(ballot_id), voter, str(once)), 16)
    digits = []
    for _ in range(RECEIPT_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(digit)
    return spell(digits)
