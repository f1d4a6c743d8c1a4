"""A small process in which every page has something to show, and somebody for every way of coming in."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.stages.lottery.recruits import address_file, frame_file
from tests.web.small_summit import summit_arguments

from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.codes.models import Code
from burgertop.foundation.files import scratch
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.models import Account, Membership, Role
from burgertop.foundation.people.passes import COOKIE, grant
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.stages.consultation.models import Idea, IdeaState, Theme
from burgertop.stages.lottery import actions as lottery
from burgertop.stages.lottery.models import Answer as Yes
from burgertop.stages.lottery.models import Channel, Invitee, Partner, Window
from burgertop.stages.panel import actions as panel
from burgertop.stages.panel.models import PanelSeat, Recommendation, RecommendationState
from burgertop.stages.report import actions as report
from burgertop.stages.report.models import Addressee, Answer, Edition
from burgertop.stages.summit import actions as summit
from burgertop.stages.summit.models import (
    Table,
)
from burgertop.stages.summit.queries import door_of, sheet_word
from burgertop.web.demo.content import load_content
from burgertop.web.demo.practice import prepare_practice

__all__ = ["ACTORS", "SmallProcess", "make_small_process"]

SEED = 7
WAVE = 3  # after the two of the practice summit
ROLES = tuple(role.value for role in Role)
# A visitor; an account with each role; the operator; an organiser of another process;
# a member of the panel with a seat code; the device of a table; an addressee with a signed link.
ACTORS = ("visitor", *ROLES, "operator", "stranger", "seat", "device", "link")


@dataclass(slots=True)
class SmallProcess:
    """The process, and the arguments that lead to one example of every page."""

    process: Process
    arguments: Mapping[str, Mapping[str, object]]
    passes: Mapping[str, Pass]

    def client(self, actor: str) -> Client:
        """A browser of somebody who came in this way."""
        client = Client(raise_request_exception=False)
        if actor in self.passes:
            response = HttpResponse()
            grant(RequestFactory().get("/"), response, self.passes[actor])
            client.cookies[COOKIE] = response.cookies[COOKIE].value
        elif actor != "visitor":
            account = Account.objects.get(email=f"{actor}@small.example")
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_small_process() -> SmallProcess:
    """Make it: the practice summit of the demo, an edition, a job, and everybody."""
    process = prepare_practice(load_content(), np.random.default_rng(SEED), now=timezone.now())
    Membership.objects.filter(process=process).delete()
    stages = {stage.kind: stage for stage in process.stages.select_related("process")}
    other = found_process("other", Template.PANEL_ONLY, titles={"en": "Another"}, languages=["en"])
    for role in Role:
        give_role(process, Account.objects.create_user(f"{role}@small.example"), role)
    give_role(other, Account.objects.create_user("stranger@small.example"), Role.ORGANISER)
    Account.objects.create_superuser("operator@small.example")
    office = report.renew_link(Addressee.objects.get(stage=stages[StageKind.REPORT]))
    office.account = Account.objects.get(email="addressee@small.example")
    office.save(update_fields=["account"])
    table = Table.objects.filter(stage=stages[StageKind.SUMMIT]).select_related("stage__process").first()
    assert table is not None
    seat = PanelSeat.objects.filter(stage=stages[StageKind.PANEL], left_at__isnull=True).first()
    assert seat is not None
    code = Code.objects.get(subject=seat.participant_id, replaced_at__isnull=True)
    passes = {
        "seat": Pass("seat", process.pk, seat.participant_id, str(code.pk)),
        "device": summit.bind_device(table, now=timezone.now()),
        "link": Pass("answer", process.pk, office.pk, office.link_key),
    }
    return SmallProcess(process, _arguments(process, stages, table, office), passes)


def _arguments(
    process: Process, stages: Mapping[str, Stage], table: Table, office: Addressee
) -> dict[str, dict[str, object]]:
    """Return the arguments of one example of every page, by the name of the page."""
    report.publish_edition(stages[StageKind.REPORT], now=timezone.now())
    where = {kind: {"process": process.slug, "stage": stage.slug} for kind, stage in stages.items()}
    return {
        "brand": {"process": process.slug},
        "table_door": {"token": door_of(table)},
        "hall_door": {"token": sheet_word(summit.make_door(stages[StageKind.SUMMIT], "North", now=timezone.now()))},
        "link_door": {"token": report.link_for(office, "/en/").removeprefix("/a/")},
        "account_confirm_email": {"key": "none"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        **_of_process(process),
        **_of_consultation(where[StageKind.CONSULTATION], stages[StageKind.CONSULTATION]),
        **_of_lottery(where[StageKind.LOTTERY], stages[StageKind.LOTTERY]),
        **summit_arguments(where[StageKind.SUMMIT], stages[StageKind.SUMMIT], table),
        **_of_panel(where[StageKind.PANEL], stages[StageKind.PANEL]),
        **_of_report(where[StageKind.REPORT], stages[StageKind.REPORT], office),
    }


def _of_process(process: Process) -> dict[str, dict[str, object]]:
    here: dict[str, object] = {"process": process.slug}
    idea = Idea.objects.filter(stage__process=process, state=IdeaState.SHOWN).first()
    job = Job.objects.create(kind="report.publish_edition", process_id=process.pk, made_at=timezone.now())
    member = Membership.objects.get(process=process, role=Role.MODERATOR)
    assert idea is not None
    return {
        "process:": here,
        "process:trace": {**here, "kind": "idea", "pk": idea.pk},
        "process:job": {**here, "pk": job.pk},
        "process:desk_stage": {**here, "pk": process.stages.all()[0].pk},
        "process:desk_remove_role": {**here, "pk": member.pk},
    }


def _of_consultation(here: dict[str, object], stage: Stage) -> dict[str, dict[str, object]]:
    idea = Idea.objects.filter(stage=stage, state=IdeaState.SHOWN).first()
    theme = Theme.objects.filter(stage=stage).first()
    assert idea is not None
    assert theme is not None
    one, key = {**here, "pk": idea.pk}, {**here, "key": theme.key}
    return {
        "consultation:": here,
        **{f"consultation:{name}": one for name in ("received", "idea", "support", "appeal", "rate_idea")},
        **{f"consultation:{name}": one for name in ("moderate", "decide")},
        **{f"consultation:{name}": key for name in ("theme", "theme_ideas", "edit_theme")},
        "consultation:export": {**here, "kind": "ideas", "ending": "csv"},
    }


def _of_lottery(here: dict[str, object], stage: Stage) -> dict[str, dict[str, object]]:
    hall, second = {**here, "draw": "hall"}, {**here, "draw": "second"}
    draw = stage.draws.get(name="second")
    organiser = Account.objects.get(email="organiser@small.example")
    file = scratch.keep("quotas.csv", b"feature,value,min,max\nsex,F,1,9\n", owner=f"{draw.pk}:{organiser.pk}")
    population = scratch.keep(
        "people.csv", b"feature,value,people\nsex,F,9\nsex,M,9\n", owner=f"{draw.pk}:{organiser.pk}:population"
    )
    waiting, invitee, addresses = _recruit(stage, organiser)
    wave = {**here, "number": WAVE, "bundle": 1}
    partner = Partner.objects.create(stage=stage, name="The shelter", seats=1, link_key="a")
    preparing = (
        "desk",
        "pool",
        "quotas",
        "quotas_file",
        "population",
        "check",
        "duties",
        "compute",
        "seal",
        "chance",
        "respondents",
    )
    drawn = ("draw", "screen", "recheck", "roster", "leavers", "names", "input", "ease")
    return {
        "lottery:": here,
        **{f"lottery:{name}": second for name in preparing},
        **{f"lottery:{name}": {**second, "file": file} for name in ("pool_preview", "quotas_preview")},
        "lottery:proposal": {**second, "file": population},
        **{f"lottery:{name}": {**hall, "number": 1} for name in ("own", "public", "audit")},
        **{f"lottery:{name}": hall for name in drawn},
        **{f"lottery:{name}": {**here, "frame": waiting} for name in ("frame_chance", "frame_discard")},
        **{
            f"lottery:desk_{name}": {**here, "pk": invitee.pk}
            for name in ("invitee", "needs", "letters", "code", "erase", "returned")
        },
        **{f"lottery:{name}": {**here, "number": WAVE} for name in ("print_letters", "wave_sent")},
        **{f"lottery:{name}": wave for name in ("bundle", "print_again")},
        **{f"lottery:{name}": {**here, "pk": partner.pk} for name in ("partner_seats", "partner_link")},
        "lottery:frame_preview": {**here, "file": addresses},
        "lottery:export": {**hall, "which": "selected", "form": "csv"},
    }


def _recruit(stage: Stage, organiser: Account) -> tuple[str, Invitee, uuid.UUID]:
    """A list that waits for its chance, somebody who was written to and said yes, and a file that was uploaded."""
    now = timezone.now()
    stage = Stage.objects.select_related("process").get(pk=stage.pk)
    drawn = lottery.commit_frame(stage, replace(frame_file(address_file(6), wanted={"": 4}), name="first"), now=now)
    drawn.public_seed = "3 5 1 6 2"
    drawn.save(update_fields=["public_seed"])
    lottery.draw_invitees(drawn, now=now)
    waiting = lottery.commit_frame(stage, replace(frame_file(address_file(6), wanted={"": 4}), name="more"), now=now)
    last = now + timedelta(days=30)
    terms = lottery.Terms(last, Window.RIGHT, has_card=True)
    lottery.set_invitation(lottery.invitation_of(stage), terms, {}, now)
    wave = lottery.plan_wave(stage, is_reminder=False, most=3, once=uuid.uuid4(), now=now)
    lottery.print_wave(wave, account=None, now=now)
    invitee = Invitee.objects.filter(frame=drawn).order_by("order").select_related("stage__process").first()
    assert invitee is not None
    lottery.answer(invitee, lottery.Draft(Yes.YES, wording="Yes."), channel=Channel.PHONE, version=0, now=now)
    owner = f"{stage.pk}:{organiser.pk}:frame"
    return waiting.name, invitee, scratch.keep("people.csv", address_file(6), owner=owner)


def _of_panel(here: dict[str, object], stage: Stage) -> dict[str, dict[str, object]]:
    now = timezone.now()
    rows = {row.state: row for row in Recommendation.objects.filter(stage=stage).select_related("stage__process")}
    draft, adopted = rows[RecommendationState.DRAFT], rows[RecommendationState.ADOPTED]
    texts, today = {"en": "Something"}, now.date()
    sitting = panel.plan_sitting(stage, number=1, begins_on=today, ends_on=today, titles=texts, agendas={})
    question = panel.ask(sitting, questions=texts, experts=texts, once=uuid.uuid4())
    amendment = panel.propose_amendment(
        draft, bodies={"en": "Another wording."}, reasons=texts, language="en", once=uuid.uuid4(), now=now
    )
    ballot = Ballot.objects.get(stage=stage, state="open")
    one = {**here, "pk": draft.pk}
    return {
        "panel:": here,
        **{f"panel:{name}": one for name in ("rewrite", "amend", "minority_note")},
        "panel:recommendation": {**here, "pk": adopted.pk},
        "panel:withdraw": {**here, "pk": amendment.pk},
        "panel:ask": {**here, "pk": sitting.pk},
        "panel:answer": {**here, "pk": question.pk},
        **{f"panel:{name}": {**one, "kind": "recommendation"} for name in ("decide", "close")},
        "panel:vote": {**here, "pk": ballot.pk},
    }


def _of_report(here: dict[str, object], stage: Stage, office: Addressee) -> dict[str, dict[str, object]]:
    answer = Answer.objects.filter(addressee=office).first()
    edition = Edition.objects.filter(stage=stage).first()
    assert answer is not None
    assert edition is not None
    return {
        "report:": here,
        "report:edition": {**here, "pk": edition.pk},
        "report:link": {**here, "pk": office.pk},
        "report:answer": {**here, "pk": answer.pk},
    }
