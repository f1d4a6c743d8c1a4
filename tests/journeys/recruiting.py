"""A town that has written to eight people and waits for their answers, for the journeys from letter to yes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from tests.docs.pages import ROOT
from tests.journeys.serving import House

__all__ = ["DESK_WORD", "HERE", "Town", "invite", "run_in", "well_formed"]

HERE = "town/lottery/draw/"
DESK_WORD = "a long day at the reply desk"
MAKE = """
import json, sys, uuid
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from tests.stages.lottery.recruits import SEED, address_file, frame_file
from burgertop.foundation.draws.actions import found_draw
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import StageState, Template
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Frame, Window

now = timezone.now()
titles = {"nl": "De burgertop", "fr": "Le sommet", "de": "Der Gipfel", "en": "The summit"}
process = found_process("town", Template.BELGIAN, titles=titles, languages=["nl", "fr", "de", "en"])
process.phone = "0800 11 811"
process.save()
stage, summit = (process.stages.get(kind=kind) for kind in ("lottery", "summit"))
process.stages.filter(pk=stage.pk).update(state=StageState.OPEN, slug="draw")
day = now + timedelta(days=60)
process.stages.filter(pk=summit.pk).update(opens_at=day, closes_at=day + timedelta(hours=9))
stage.refresh_from_db()
frame = actions.commit_frame(stage, frame_file(address_file(20), wanted={"": 8}), now=now)
Frame.objects.filter(pk=frame.pk).update(public_seed=SEED)
actions.draw_invitees(Frame.objects.select_related("stage__process").get(pk=frame.pk), now=now)
terms = actions.Terms(now + timedelta(days=30), Window.RIGHT, has_card=True)
actions.set_invitation(actions.invitation_of(stage), terms, {}, now)
wave = actions.plan_wave(stage, is_reminder=False, most=None, once=uuid.uuid4(), now=now)
actions.print_wave(wave, account=None, now=now)
actions.mark_sent(wave, sent_on=now.date(), now=now)
found_draw(stage, "hall", seats=18)
for mail, role in (("olga", Role.REPLY_DESK), ("omar", Role.REPLY_DESK), ("rosa", Role.ORGANISER)):
    give_role(process, Account.objects.create_user(f"{mail}@example.org", sys.argv[1]), role)
people = list(stage.invitees.select_related("stage__process").order_by("order"))
print(json.dumps({
    "codes": [actions.new_code(one, now=now) for one in people],
    "rows": [one.row for one in people],
}))
"""
OVER = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from burgertop.stages.lottery.models import Invitation
Invitation.objects.update(answer_by=timezone.now() - timedelta(days=1))
"""
FORGET = """
import django; django.setup()
from burgertop.foundation.codes.models import Attempts
Attempts.objects.all().delete()
"""


@dataclass(frozen=True, slots=True)
class Town:
    """The served house, with the codes of the eight letters and the rows they were drawn with."""

    house: House
    codes: list[str]
    rows: list[int]

    def end_the_time_to_answer(self) -> None:
        """From now on a yes is late."""
        run_in(self.house, OVER)

    def forget_guesses(self) -> None:
        """Take codes again at once, as ten minutes later."""
        run_in(self.house, FORGET)


def invite(house: House) -> Town:
    """Make the town in a house."""
    return Town(house, **json.loads(run_in(house, MAKE, DESK_WORD).splitlines()[-1]))


def run_in(house: House, program: str, *words: str) -> str:
    """Run a program inside the house; return what it printed."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "burgertop.web.settings", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def well_formed(number: int) -> str:
    """A code that nobody has, with a check character that fits."""
    from burgertop.foundation.codes.alphabet import ALPHABET, LENGTH, MODULUS, WEIGHTS

    body = [number // len(ALPHABET) ** place % len(ALPHABET) for place in range(LENGTH - 1)]
    check = -sum(weight * value for weight, value in zip(WEIGHTS, body, strict=False)) % MODULUS
    return "".join(ALPHABET[value] for value in body) + (ALPHABET[check] if check < len(ALPHABET) else "2")
