"""From bytes to text: byte order marks, UTF-8, UTF-16, and Windows-1252 as the last guess."""

import codecs
import re

from burgertop.foundation.files.errors import FileError

__all__ = ["decode"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
STRANGE = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # no table holds such signs, and a database refuses some
SAMPLE = 4096


def decode(content: bytes) -> tuple[str, str, bool]:
    """Return the text, the name of its encoding, and whether the encoding is a guess.

    Raises:
        FileError: ``files.unreadable_encoding`` when no encoding fits, ``files.not_a_table``
            when the bytes are not text at all.
    """
    text, name, is_guess = _decoded(content)
    if strange := STRANGE.search(text):
        if strange.start() < SAMPLE:
            raise FileError("files.not_a_table")
        raise FileError("files.unreadable_encoding", line=text.count("\n", 0, strange.start()) + 1)
    return text.rstrip("\x1a"), name, is_guess


def _decoded(content: bytes) -> tuple[str, str, bool]:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return _strictly(content, codec), name, False
    if codec := _wide(content):
        return _strictly(content, codec), "UTF-16", True
    try:
        return content.decode("utf-8"), "UTF-8", False
    except UnicodeDecodeError:
        return _strictly(content, "cp1252"), "Windows-1252", True


def _wide(content: bytes) -> str:
    """Name the UTF-16 codec of a text without a mark: in our scripts every second byte is then nought."""
    sample = content[:SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > half * 0.6 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.6 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _strictly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileError("files.unreadable_encoding", line=line) from error
