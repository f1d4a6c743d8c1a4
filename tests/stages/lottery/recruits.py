"""A list of addresses, and the way from it to letters, for every test of the recruitment."""

import io
import uuid
from datetime import UTC, datetime, timedelta

from burgertop.foundation.draws.models import Chance
from burgertop.foundation.files import scratch
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import FrameFile, Terms
from burgertop.stages.lottery.addressing import LanguageRule
from burgertop.stages.lottery.models import Frame, Invitee, Wave, Window

__all__ = ["HEADINGS", "NOW", "ROLES", "SEED", "address_file", "frame_file", "letters_out", "made_invitees"]

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
SEED = "3 5 1 6 2"
HEADINGS = "first_name,last_name,address,postcode,municipality,sex,language"
ROLES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "address": "address",
    "postcode": "postcode",
    "municipality": "feature_municipality",
    "sex": "feature",
    "language": "language",
}
TOWNS = (("9000", "Gent"), ("1000", "Brussel"), ("5000", "Namur"))


def address_file(people: int, *, broken: str = "") -> bytes:
    """So many people, three towns in turn, each with a name that is found nowhere else."""
    out = io.StringIO()
    print(HEADINGS, file=out)
    for number in range(1, people + 1):
        postcode, town = TOWNS[number % 3]
        sex, language = "FM"[number % 2], ("nl", "nl fr", "fr")[number % 3]
        print(f"Xavi{number:05d},Quirijns{number:05d},Zwaluwpad {number},{postcode},{town},{sex},{language}", file=out)
    out.write(broken)
    return out.getvalue().encode()


def frame_file(content: bytes, *, wanted: dict[str, int], group_by: str = "", is_lenient: bool = False) -> FrameFile:
    """An uploaded file that waits to be committed."""
    return FrameFile(
        file=scratch.keep("people.csv", content, owner="me"),
        owner="me",
        once=uuid.uuid4(),
        name="letters",
        roles=ROLES,
        rule=LanguageRule.POSTCODE,
        group_by=group_by,
        wanted=wanted,
        chance=Chance.PUBLIC_TEXT,
        source="the lottery of Saturday",
        is_lenient=is_lenient,
    )


def made_invitees(stage: Stage, people: int = 30, wanted: int = 12) -> list[Invitee]:
    """Draw so many invitees from a list of so many people, by the order of the draw."""
    frame = actions.commit_frame(stage, frame_file(address_file(people), wanted={"": wanted}), now=NOW)
    Frame.objects.filter(pk=frame.pk).update(public_seed=SEED)
    frame.refresh_from_db()
    actions.draw_invitees(frame, now=NOW)
    return list(stage.invitees.select_related("identity", "stage__process").order_by("order"))


def letters_out(stage: Stage, *, days: int = 30, is_reminder: bool = False, most: int | None = None) -> Wave:
    """Print letters to everybody and hand them to the post."""
    invitation = actions.invitation_of(stage)
    actions.set_invitation(invitation, Terms(NOW + timedelta(days=days), Window.RIGHT, has_card=True), {}, NOW)
    wave = actions.plan_wave(stage, is_reminder=is_reminder, most=most, once=uuid.uuid4(), now=NOW)
    actions.print_wave(wave, account=None, now=NOW)
    return actions.mark_sent(wave, sent_on=NOW.date(), now=NOW)
