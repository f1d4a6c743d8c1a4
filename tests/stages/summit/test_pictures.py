"""Pictures: recognized by their first bytes, and stored with nothing in them but the picture."""

import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from burgertop.stages.summit.models import PhotoType
from burgertop.stages.summit.pictures import BadPictureError, picture_of

PLACE = b"Exif\x00\x00 50.85 N, 4.35 E; a phone of somebody"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*, beside: bytes = b"", behind: bytes = b"") -> bytes:
    """A picture of one point: start, tables, a frame, one scan with a stuffed byte and a restart, end."""
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + beside
        + segment(0xDB, b"\x00" + bytes(64))
        + segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
        + segment(0xC4, b"\x00" + bytes(16))
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
        + behind
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*, beside: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + beside + chunk(b"IDAT", zlib.compress(b"\x00\x7f")) + chunk(b"IEND", b"")


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_jpeg_loses_place_moment_camera_and_what_hides_behind_it() -> None:
    beside = segment(0xE1, PLACE) + segment(0xED, b"Photoshop") + segment(0xFE, b"a remark")

    picture = picture_of(jpeg(beside=beside, behind=b"\xff\xd8hidden second picture\xff\xd9"))

    assert (picture.type, picture.content) == (PhotoType.JPEG, jpeg())


def test_a_png_loses_its_words() -> None:
    beside = chunk(b"tEXt", b"Author\x00Mia") + chunk(b"eXIf", PLACE) + chunk(b"tIME", bytes(7))

    picture = picture_of(png(beside=beside) + b"behind")

    assert (picture.type, picture.content) == (PhotoType.PNG, png())


def test_a_webp_loses_its_exif_and_says_so() -> None:
    head = b"\x1c" + bytes(9)

    picture = picture_of(webp((b"VP8X", head), (b"VP8 ", b"abc"), (b"EXIF", PLACE), (b"XMP ", b"x")))

    assert picture.type == PhotoType.WEBP
    assert picture.content == webp((b"VP8X", b"\x10" + bytes(9)), (b"VP8 ", b"abc"))


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"\xff\xd8", b"RIFF\x04\x00\x00\x00WEBP"]
)
def test_what_is_no_picture_is_not_taken(content: bytes) -> None:
    with pytest.raises(BadPictureError):
        picture_of(content)


@given(st.sampled_from([jpeg(), png(), webp((b"VP8 ", b"abcd"))]), st.integers(0, 200), st.binary(max_size=4))
@example(jpeg(), 138, b"\xc0")  # a part between the scans that claims to reach behind the end
def test_whatever_is_cut_off_or_broken_gives_a_picture_or_is_refused(whole: bytes, at: int, noise: bytes) -> None:
    broken = whole[:at] + noise + whole[at + len(noise) :]

    try:
        picture = picture_of(broken)
    except BadPictureError:
        return

    assert len(picture.content) <= len(broken) + 2
    assert picture_of(picture.content) == picture


@given(st.sampled_from([jpeg(), png(), webp((b"VP8 ", b"abcd"))]), st.integers(0, 60))
def test_a_picture_that_is_cut_off_is_refused(whole: bytes, missing: int) -> None:
    with pytest.raises(BadPictureError):
        picture_of(whole[: max(0, len(whole) - 1 - missing)])
