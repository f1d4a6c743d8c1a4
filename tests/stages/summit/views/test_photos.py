"""Photos of flip charts: of the table and the staff, never public."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.stages.summit.test_pictures import PLACE, jpeg, png, segment

from burgertop.foundation.people.models import Role
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, Photo, Round, Table
from burgertop.stages.summit.queries import door_of

HERE = "/en/town/summit/day/"
JSON = {"Accept": "application/json"}


def address(table: Table) -> str:
    return f"{HERE}tables/{table.pk}/photos/"


def body(round_: Round, content: bytes, photo: str = "") -> dict[str, object]:
    file = SimpleUploadedFile("chart.jpg", content, "text/html")
    return {"round": str(round_.pk), "id": photo or str(uuid.uuid4()), "photo": file}


def test_a_photo_is_kept_once_without_what_it_says_beside(tablet: Client, round_: Round, tables: list[Table]) -> None:
    content, one = jpeg(beside=segment(0xE1, PLACE)), str(uuid.uuid4())

    answers = [tablet.post(address(tables[3]), body(round_, content, photo), headers=JSON) for photo in (one, one, "")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    photo = Photo.objects.get()
    assert (str(photo.pk), photo.table, photo.round, bytes(photo.image)) == (one, tables[3], round_, jpeg())


def test_table_and_staff_see_it_as_a_picture_and_nothing_else(
    tablet: Client,
    client_as: Callable[[Role | None], Client],
    round_: Round,
    tables: list[Table],
    write: Callable[..., Card],
) -> None:
    write(tables[3], "Een bank voor elke deur")
    tablet.post(address(tables[3]), body(round_, png()))
    where = f"{HERE}photos/{Photo.objects.get().pk}/"
    other = Client()
    other.post(f"/t/{door_of(tables[0])}")

    seen = {role: client_as(role).get(where).status_code for role in (Role.THEME_TEAM, Role.OBSERVER, Role.PRESS)}
    shown = tablet.get(where)
    page = client_as(Role.FACILITATOR).get(f"{HERE}photos/?round=1").content.decode()

    assert seen == {Role.THEME_TEAM: 200, Role.OBSERVER: 200, Role.PRESS: 403}
    assert (Client().get(where).status_code, other.get(where).status_code) == (403, 403)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ("Table 4" in page, "Een bank voor elke deur" in page, where in page) == (True, True, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg/>", "This is no picture we can keep."),
        (b"", "This is no picture we can keep."),
        (b"\xff\xd8" + bytes(4 * 1024 * 1024), "This picture has more than 4 MB."),
    ],
)
def test_what_cannot_be_kept_is_said(
    tablet: Client, round_: Round, tables: list[Table], content: bytes, said: str
) -> None:
    device = tablet.post(address(tables[3]), body(round_, content), headers=JSON)
    form = tablet.post(address(tables[3]), body(round_, content))

    assert (device.status_code, form.status_code, Photo.objects.count()) == (422, 422, 0)
    assert said in device.json()["said"]
    assert said in form.content.decode()


def test_a_table_keeps_so_many_photos_and_takes_one_off(
    tablet: Client, round_: Round, tables: list[Table], now: datetime
) -> None:
    for number in range(12):
        content = jpeg(beside=segment(0xE0, bytes([number])))
        actions.keep_photo(round_, tables[3], content, photo_id=uuid.uuid4(), by=None, now=now)

    full = tablet.post(address(tables[3]), body(round_, png()), headers=JSON).json()["said"]
    first = Photo.objects.first()
    assert first is not None
    dropped = tablet.post(f"{HERE}photos/{first.pk}/drop/").status_code
    again = tablet.post(address(tables[3]), body(round_, png()), headers=JSON).status_code

    first.refresh_from_db()
    assert full == "A table keeps at most 12 photos of a round. Take one off first."
    assert (dropped, again, bytes(first.image), first.size) == (302, 200, b"", 0)
    assert tablet.get(f"{HERE}photos/{first.pk}/").status_code == 404
