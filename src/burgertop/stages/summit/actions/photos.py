"""Photos of flip charts: taken once by their id and their digest; the table can take one back."""

import uuid
from datetime import datetime

from django.db import transaction

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.process.models import StageState
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Photo, Round, RoundState, Table
from burgertop.stages.summit.news import tell_desk, tell_table
from burgertop.stages.summit.pictures import BadPictureError, picture_of

__all__ = ["MOST_PHOTOS", "MOST_PHOTO_BYTES", "keep_photo", "take_photo_back"]

MOST_PHOTO_BYTES = 4 * 1024 * 1024
MOST_PHOTOS = 12


@transaction.atomic
def keep_photo(
    round_: Round, table: Table, content: bytes, *, photo_id: uuid.UUID, by: uuid.UUID | None, now: datetime
) -> Photo:
    """Keep a photo without place, moment and camera; the same id or the same picture again gives the one that is there.

    Raises:
        HouseError: ``summit.no_picture``, ``summit.picture_too_big``, ``summit.too_many_photos``,
            ``summit.round_closed``, ``summit.key_used``.
    """
    if len(content) > MOST_PHOTO_BYTES:
        raise HouseError("summit.picture_too_big", most=MOST_PHOTO_BYTES // 1024 // 1024)
    digest = fingerprint(content)
    Table.objects.select_for_update().get(pk=table.pk)
    known = Photo.objects.defer("image").filter(pk=photo_id).first()
    if known is not None and (known.table_id, known.digest) != (table.pk, digest):
        raise HouseError("summit.key_used")
    mine = Photo.objects.defer("image").filter(round=round_, table=table)
    known = known or mine.filter(digest=digest).first()
    if known is not None:
        return known
    stage_state, state = Round.objects.filter(pk=round_.pk).values_list("stage__state", "state").get()
    if stage_state != StageState.OPEN or state == RoundState.PLANNED:
        raise HouseError("summit.round_closed")
    if mine.filter(taken_back_at__isnull=True).count() >= MOST_PHOTOS:
        raise HouseError("summit.too_many_photos", most=MOST_PHOTOS)
    try:
        picture = picture_of(content)
    except BadPictureError as error:
        raise HouseError("summit.no_picture") from error
    photo = Photo.objects.create(
        id=photo_id,
        round=round_,
        table=table,
        type=picture.type,
        digest=digest,
        size=len(picture.content),
        image=picture.content,
        taken_by=by,
        taken_at=now,
    )
    tell_table(table.stage, table.number, "photo")
    tell_desk(table.stage, "photo")
    return photo


@transaction.atomic
def take_photo_back(photo: Photo, *, now: datetime) -> None:
    """Take a photo back: the picture is destroyed, that there was one stays known."""
    changed = Photo.objects.filter(pk=photo.pk, taken_back_at__isnull=True).update(taken_back_at=now, image=b"", size=0)
    if changed:
        tell_table(photo.table.stage, photo.table.number, "photo")
