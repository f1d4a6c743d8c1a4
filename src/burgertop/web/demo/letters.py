"""The demo's letters: a list of invented addresses, people drawn from it, and what they answer.

Rates of answers are invented; they lie where those of real assemblies lie (docs/maths/recruitment.md).
"""

import csv
import hashlib
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import override

from burgertop.foundation.draws.models import Chance
from burgertop.foundation.files import scratch
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Consent, Participant, Purpose
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.addressing import LanguageRule
from burgertop.stages.lottery.forms.replies import CONSENTS, TAKE_PART
from burgertop.stages.lottery.models import Answer, Channel, Diet, Frame, Invitee, Refusal, Reply, Wave, Window
from burgertop.web.demo.first_stage import IDS
from burgertop.web.demo.population import Citizen

__all__ = ["FEATURES", "Post", "draw_addressees", "hand_to_post", "take_replies"]

FEATURES = ("language", "province", "sex", "age_band", "education")
OWNER = "demo"
BATCH = 500
COLUMNS = {
    "first_name": "given_name",
    "last_name": "family_name",
    "address": "address",
    "municipality": "municipality",
    "phone": "phone",
    "mail": "mail",
    "birth_year": "birth_year",
    "letters": "language",
    **dict.fromkeys(FEATURES, "feature"),
}
BRUSSELS, BOTH = "BE10", "nl fr"
# Who answers, by age and by school: shares of those who got a letter.
YES = {"18-29": 0.10, "30-44": 0.11, "45-59": 0.14, "60+": 0.13}
BY_SCHOOL = {"low": 0.85, "secondary": 1.0, "higher": 1.25, "unknown": 1.0}
NO, LATER, OF_GERMAN_SPEAKERS = 0.09, 0.02, 1.6
CHANNELS = ((Channel.WEB, 0.62), (Channel.CARD, 0.27), (Channel.PHONE, 0.11))
REFUSALS = (
    *((Refusal.NO_TIME, 0.3), (Refusal.WORK, 0.13), (Refusal.CARE, 0.1), (Refusal.HEALTH, 0.14), (Refusal.FAR, 0.05)),
    *((Refusal.NOT_FOR_ME, 0.16), (Refusal.NO_TRUST, 0.08), (Refusal.OTHER, 0.04)),
)
NEEDS: Mapping[str, float] = {
    "large_print": 0.03,
    "step_free": 0.025,
    "hearing_loop": 0.03,
    "sign_language": 0.003,
    "travel": 0.08,
    "allowance": 0.3,
}
DIETS = ((Diet.VEGETARIAN, 0.09), (Diet.VEGAN, 0.02), (Diet.HALAL, 0.05), (Diet.KOSHER, 0.003), (Diet.ALLERGY, 0.02))
AGREES = {Purpose.PHOTO: 0.85, Purpose.STREAM: 0.75, Purpose.RESEARCH: 0.7, Purpose.CONTACT_LATER: 0.55}


@dataclass(frozen=True, slots=True)
class Post:
    """How many letters go to whom (by language), by which public chance, and when."""

    name: str
    wanted: Mapping[str, int]
    source: str
    said: str
    committed_at: datetime
    answer_by: datetime


def draw_addressees(stage: Stage, citizens: Sequence[Citizen], post: Post) -> list[Citizen]:
    """Commit a list of addresses, draw from it, and destroy it; return who stands on which row of it."""
    listed = list({(one.given_name, one.family_name, one.address, one.municipality): one for one in citizens}.values())
    waiting = actions.FrameFile(
        file=scratch.keep("addresses.csv", _file(listed), owner=OWNER),
        owner=OWNER,
        once=_id(stage, "frame", post.name),
        name=post.name,
        roles=COLUMNS,
        rule=LanguageRule.FIRST,
        group_by="language",
        wanted=post.wanted,
        chance=Chance.PUBLIC_TEXT,
        source=post.source,
    )
    salt = hashlib.sha256(f"{post.name} of the demo".encode()).hexdigest()
    frame = actions.commit_frame(stage, waiting, now=post.committed_at, salt=salt)
    Frame.objects.filter(pk=frame.pk).update(public_seed=post.said)
    frame.refresh_from_db()
    actions.draw_invitees(frame, now=post.committed_at + timedelta(hours=2))
    terms = actions.Terms(post.answer_by, Window.RIGHT, has_card=True)
    actions.set_invitation(actions.invitation_of(stage), terms, {}, post.committed_at + timedelta(hours=3))
    return listed


def _file(citizens: Sequence[Citizen]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for one in citizens:
        tongues = BOTH if one.province == BRUSSELS else one.language
        who = (one.given_name, one.family_name, one.address, one.municipality, one.phone, one.mail, one.birth_year)
        rows.writerow([*who, tongues, *(getattr(one, name) for name in FEATURES)])
    return out.getvalue().encode()


def hand_to_post(stage: Stage, *, is_reminder: bool, now: datetime, is_printed: bool) -> Wave:
    """Write to all who have had no letter, or have not answered one.

    ``is_printed``: print the letters now. Else they were printed long ago, and the files are destroyed.
    """
    once = _id(stage, "wave", is_reminder)
    wave = actions.plan_wave(stage, is_reminder=is_reminder, most=None, once=once, now=now)
    if is_printed:
        actions.print_wave(wave, account=None, now=now)
    else:
        for bundle in wave.bundles.all():
            bundle.printed, bundle.printed_at, bundle.dropped_at = bundle.letters.count(), now, now + timedelta(days=1)
            bundle.save(update_fields=["printed", "printed_at", "dropped_at"])
    return actions.mark_sent(wave, sent_on=now.date(), now=now + timedelta(hours=1))


def take_replies(
    stage: Stage, listed: Sequence[Citizen], rng: np.random.Generator, *, since: datetime, share: float = 1.0
) -> int:
    """Store what people answer, all at once (one by one would take a minute); return how many said yes.

    ``share`` of those who will answer have done so by now.
    """
    made = _Answers(listed, rng, since)
    for invitee in stage.invitees.select_related("stage").order_by("order"):
        if rng.random() < share:
            made.take(invitee)
    with transaction.atomic():
        Participant.objects.bulk_create((one.participant for one in made.coming if one.participant), batch_size=BATCH)
        Invitee.objects.bulk_update(made.coming, ["participant", "wants_large_print"], batch_size=BATCH)
        Reply.objects.bulk_create(made.replies, batch_size=BATCH)
        Consent.objects.bulk_create(made.consents, batch_size=BATCH)
    return len(made.coming)


class _Answers:
    """What people answer, drawn person by person; not stored yet."""

    def __init__(self, listed: Sequence[Citizen], rng: np.random.Generator, since: datetime) -> None:
        self._listed, self._rng, self._since = listed, rng, since
        self._words: dict[tuple[str, str], str] = {}
        self.coming: list[Invitee] = []
        self.replies: list[Reply] = []
        self.consents: list[Consent] = []

    def take(self, invitee: Invitee) -> None:
        """Let one person answer, or not."""
        one, luck = self._listed[invitee.row - 1], self._rng.random()
        yes = YES[one.age_band] * BY_SCHOOL[one.education] * (OF_GERMAN_SPEAKERS if one.language == "de" else 1.0)
        if luck < yes:
            self._come(invitee, one)
        elif luck < yes + NO:
            self._reply(invitee, one, Answer.NO, reason=_pick(REFUSALS, self._rng))
        elif luck < yes + NO + LATER:
            self._reply(invitee, one, Answer.LATER, reason=Refusal.NO_TIME)

    def _come(self, invitee: Invitee, one: Citizen) -> None:
        rng = self._rng
        needs: dict[str, object] = {name: True for name, share in NEEDS.items() if rng.random() < share}
        if one.also_speaks:
            needs["speaks"] = list(one.also_speaks)
        if diet := _pick(DIETS, rng):
            needs["diet"] = diet
        if one.age_band == "30-44" and rng.random() < 0.15:
            needs["children"] = int(rng.integers(1, 4))
        reply = self._reply(invitee, one, Answer.YES, needs=needs)
        invitee.participant = Participant(
            process_id=invitee.stage.process_id,
            identity_id=invitee.identity_id,
            origin=invitee.origin,
            language=one.language,
            speaks=[one.language, *one.also_speaks],
            features=invitee.features,
            created_at=reply.answered_at,
        )
        invitee.wants_large_print = "large_print" in needs
        self.coming.append(invitee)
        agreed = [Purpose.TAKE_PART, *(purpose for purpose, share in AGREES.items() if rng.random() < share)]
        self.consents += [
            Consent(
                participant=invitee.participant,
                purpose=purpose,
                wording=self._wording(purpose, one.language),
                language=one.language,
                given_at=reply.answered_at,
            )
            for purpose in agreed
        ]

    def _reply(
        self, invitee: Invitee, one: Citizen, answer: Answer, *, reason: str = "", needs: object = None
    ) -> Reply:
        at = self._since + timedelta(hours=float(self._rng.exponential(60)) % 200)
        channel = _pick(CHANNELS, self._rng) or Channel.WEB
        reply = Reply(
            invitee=invitee,
            answer=answer,
            reason=reason,
            language=one.language,
            needs=needs or {},
            channel=channel,
            answered_at=at,
            changed_at=at,
        )
        self.replies.append(reply)
        return reply

    def _wording(self, purpose: Purpose, language: str) -> str:
        if (purpose, language) not in self._words:
            with override(language):
                words = str(TAKE_PART if purpose == Purpose.TAKE_PART else CONSENTS[purpose])
            self._words[purpose, language] = fingerprint(words.encode())
        return self._words[purpose, language]


def _pick(shares: Sequence[tuple[str, float]], rng: np.random.Generator) -> str:
    """Pick one by its share; nothing where the shares leave room."""
    luck = rng.random()
    for value, share in shares:
        luck -= share
        if luck < 0:
            return value
    return ""


def _id(stage: Stage, *parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in ("letters", stage.process.slug, *parts)))
