"""What a picture says beside what it shows: recognized by its first bytes, stored without place, moment and camera.

Only the containers are read; the picture itself is never decoded here. JPEG: ISO/IEC 10918-1, annex B. PNG: RFC 2083,
section 3. WebP: RFC 9649, section 2.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from burgertop.stages.summit.models import PhotoType

__all__ = ["BadPictureError", "Picture", "picture_of"]

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
# Frames, tables, restart interval, and APP0 (JFIF) and APP14 (which colors); EXIF, XMP, IPTC and comments are left out.
JPEG_KEPT = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, 0xE0, 0xEE}) - {0xC8}
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
WEBP_FLAGS = 0b00010000  # of an extended file only the transparency remains: no colors, EXIF, XMP, animation


class BadPictureError(ValueError):
    """These bytes are no picture of a kind that is taken, or it is cut off."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a known kind, with nothing in it but the picture."""

    type: PhotoType
    content: bytes


def picture_of(content: bytes) -> Picture:
    """Recognize a picture and leave out what it says beside.

    Raises:
        BadPictureError: unknown kind, or cut off.

    >>> picture_of(b"GIF89a")
    Traceback (most recent call last):
    burgertop.stages.summit.pictures.BadPictureError: unknown kind
    """
    try:
        if content.startswith(JPEG):
            return Picture(PhotoType.JPEG, b"".join(_jpeg(content)))
        if content.startswith(PNG):
            return Picture(PhotoType.PNG, b"".join(_png(content)))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return Picture(PhotoType.WEBP, _webp(content))
    except (struct.error, IndexError) as error:
        raise BadPictureError("cut off") from error
    raise BadPictureError("unknown kind")


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield JPEG
    at, has_frame = len(JPEG), False
    while True:
        if content[at] != 0xFF:
            raise BadPictureError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise BadPictureError("cut off")
        if marker == START_OF_SCAN:
            break
        has_frame = has_frame or marker in {0xC0, 0xC1, 0xC2}
        if marker in JPEG_KEPT:
            yield content[at:end]
        at = end
    last = content.rfind(bytes((0xFF, END_OF_IMAGE)))
    if not has_frame or last < end:
        raise BadPictureError("cut off")
    yield from _scans(content, at, last)
    yield content[last : last + 2]


def _scans(content: bytes, at: int, last: int) -> Iterator[bytes]:
    """The data of the picture; what is not picture between its scans is left out, too."""
    while at < last:
        if content[at] == 0xFF and content[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            marker = content[at + 1]
            if marker == END_OF_IMAGE:
                return  # a second picture behind the first, as some cameras hide
            (length,) = struct.unpack_from(">H", content, at + 2)
            if length < 2 or at + 2 + length > last:
                raise BadPictureError("cut off")
            if marker == START_OF_SCAN or marker in JPEG_KEPT:
                yield content[at : at + 2 + length]
            at += 2 + length
            continue
        next_marker = content.find(b"\xff", at + 1)
        end = min(next_marker if next_marker > 0 else last, last)
        yield content[at:end]
        at = end


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG
    at, kinds = len(PNG), list[bytes]()
    while not kinds or kinds[-1] != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise BadPictureError("cut off")
        kinds.append(kind)
        if kind in PNG_KEPT:
            yield content[at:end]
        at = end
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds:
        raise BadPictureError("no picture")


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise BadPictureError("cut off")
    at, kept = 12, []
    while at < size + 8:
        kind = content[at : at + 4]
        (length,) = struct.unpack_from("<I", content, at + 4)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(content):
            raise BadPictureError("cut off")
        if kind in WEBP_KEPT:
            chunk = bytearray(content[at:end])
            if kind == b"VP8X":
                chunk[8] &= WEBP_FLAGS
            kept.append((kind, bytes(chunk)))
        at = end
    if not any(kind in {b"VP8 ", b"VP8L"} for kind, _chunk in kept):
        raise BadPictureError("no picture")
    body = b"WEBP" + b"".join(chunk for _kind, chunk in kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
