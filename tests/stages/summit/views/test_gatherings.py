"""Local gatherings: registered by anybody, decided by the organiser, led by who has the link, their cards apart."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.stages.summit.homes import open_homes

from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import CardDraft, GatheringDraft, LateCard
from burgertop.stages.summit.actions.packs import ask_for_pack
from burgertop.stages.summit.models import Card, Gathering, GatheringState, Round, Table
from burgertop.stages.summit.queries import gathering_tables, home_setting

HERE = "/en/town/summit/day/gatherings/"
TABLES = "/en/town/summit/day/tables/"


def accepted(stage: Stage, now: datetime, place: str = "Gent") -> Gathering:
    """A gathering with two tables."""
    draft = GatheringDraft(place, ("nl",), 2, "host@gent.example")
    asked = actions.ask_for_gathering(stage, draft, once=uuid.uuid4(), now=now)
    return actions.decide_gathering(asked, is_accepted=True, now=now)


@pytest.fixture
def gathering(stage: Stage, round_: Round, now: datetime) -> Gathering:
    open_homes(stage, now=now)
    return accepted(stage, now)


def host_of(gathering: Gathering) -> Client:
    client = Client()
    client.get(actions.link_for_gathering(gathering, f"{HERE}{gathering.pk}/"))
    return client


def test_from_a_form_to_a_link_by_mail(stage: Stage, organiser: Client, visitor: Client, now: datetime) -> None:
    open_homes(stage, now=now)
    form = {"once": str(uuid.uuid4()), "place": "Aalst", "languages": ["nl"], "tables": 2, "mail": "host@gent.example"}
    for _ in range(2):
        visitor.post(HERE, form)
    asked = Gathering.objects.get()

    before = visitor.get(HERE).content.decode()
    shown = organiser.post(f"{HERE}{asked.pk}/accept/")
    host = Client()
    page = host.get(shown.context["link"], follow=True)

    assert "Aalst" not in before
    assert "/a/" in mail.outbox[0].body
    assert (page.status_code, "Table 801" in page.content.decode()) == (200, True)
    assert b"host@" not in bytes(Identity.objects.get().sealed)
    assert "host@gent.example" not in visitor.get(HERE).content.decode()


def test_a_refused_gathering_has_no_tables_and_is_decided_once(stage: Stage, now: datetime) -> None:
    open_homes(stage, now=now)
    draft = GatheringDraft("Gent", ("nl",), 2, "host@gent.example")
    asked = actions.ask_for_gathering(stage, draft, once=uuid.uuid4(), now=now)

    actions.decide_gathering(asked, is_accepted=False, now=now)
    again = actions.decide_gathering(asked, is_accepted=True, now=now)

    assert (again.state, Table.objects.count()) == (GatheringState.REFUSED, 0)


def test_a_host_comes_to_their_own_gathering_and_tables_only(
    stage: Stage, gathering: Gathering, tables: list[Table], now: datetime
) -> None:
    other = accepted(stage, now, "Luik")
    host = host_of(gathering)
    mine, theirs = gathering_tables(gathering)[0], gathering_tables(other)[0]

    found = [host.get(f"{HERE}{one.pk}/").status_code for one in (gathering, other)]
    seen = [host.get(f"{TABLES}{table.pk}/").status_code for table in (mine, theirs, tables[0])]
    actions.renew_gathering_link(gathering)

    assert (found, seen) == ([200, 403], [200, 403, 403])
    assert host.get(f"{HERE}{gathering.pk}/").status_code == 403
    assert Client().get(f"{HERE}{gathering.pk}/").status_code == 403


def test_a_card_from_paper_comes_late_and_keeps_its_origin(gathering: Gathering, round_: Round, now: datetime) -> None:
    host = host_of(gathering)
    form = {"once": str(uuid.uuid4()), "round": str(round_.pk), "table": "801", "text": "Een bus", "language": "nl"}
    actions.close_round(round_, now=now)

    for _ in range(2):
        host.post(f"{HERE}{gathering.pk}/card/", form)
    public = Client().get(f"{HERE}{gathering.pk}/result/").content.decode()

    assert list(Card.objects.values_list("origin", "state", "is_late")) == [("g_off", "sent", True)]
    assert "Een bus" in public
    assert "added to none of the hall" in public


def test_a_file_is_looked_at_first_and_sent_once(gathering: Gathering, round_: Round) -> None:
    host = host_of(gathering)
    rows = b"round,table,text,support\n1,801,Een bus,7\n1,802,Een trein,\n"
    shown = host.post(f"{HERE}{gathering.pk}/file/", {"file": SimpleUploadedFile("cards.csv", rows)})
    before = Card.objects.count()

    for _ in range(2):
        host.post(f"{HERE}{gathering.pk}/file/", {"from": "kept", "kept_as": shown.context["kept_as"]})

    assert ([one.draft.text for one in shown.context["preview"]], before) == (["Een bus", "Een trein"], 0)
    assert list(Card.objects.order_by("table__number").values_list("support", "is_late")) == [(7, False), (None, False)]


@pytest.mark.parametrize(
    ("row", "column"), [("9,801,x,", "round"), ("1,1,x,", "table"), ("1,801,,", "text"), ("1,801,x,many", "support")]
)
def test_a_bad_row_names_line_and_column(gathering: Gathering, tables: list[Table], row: str, column: str) -> None:
    file = SimpleUploadedFile("cards.csv", f"round,table,text,support\n{row}\n".encode())

    page = host_of(gathering).post(f"{HERE}{gathering.pk}/file/", {"file": file}).content.decode()

    assert "Line 2: we cannot read" in page
    assert f"under “{column}”" in page


def test_after_the_deadline_or_at_a_table_of_others_nothing_is_taken(
    stage: Stage, gathering: Gathering, tables: list[Table], round_: Round, now: datetime
) -> None:
    draft = CardDraft("Een bus", "nl")
    with pytest.raises(HouseError) as elsewhere:
        actions.send_late_cards(gathering, [LateCard(round_, tables[0], draft)], once=uuid.uuid4(), by=None, now=now)
    setting = home_setting(stage)
    setting.uploads_until = now
    setting.save()

    late = LateCard(round_, gathering_tables(gathering)[0], draft)
    with pytest.raises(HouseError) as over:
        actions.send_late_cards(gathering, [late], once=uuid.uuid4(), by=None, now=now + timedelta(seconds=1))

    assert (elsewhere.value.code, over.value.code) == ("summit.no_home_table", "summit.uploads_over")


def test_a_host_counts_people_and_names_nobody(gathering: Gathering) -> None:
    host_of(gathering).post(f"{HERE}{gathering.pk}/", {"people": 17, "sex__F": 9})

    found = Gathering.objects.get()
    assert (found.people_came, found.counts) == (17, {"sex": {"F": 9}})


def test_a_host_prints_the_pack_and_fetches_it_and_nobody_else_does(gathering: Gathering, visitor: Client) -> None:
    host, address = host_of(gathering), f"{HERE}{gathering.pk}/pack/"

    before = host.get(address).content.decode()
    early = host.get(f"{address}pack.pdf", follow=True).content.decode()
    host.post(address, {"language": "fr"})
    run_job.call(str(Job.objects.get().pk))
    after = host.get(address, headers={"HX-Request": "true"}).content.decode()
    file = host.get(f"{address}pack.pdf")

    assert ("Print the pack" in before, "Fetch the pack" in before) == (True, False)
    assert "This file is destroyed." in early
    assert ("The pack is ready." in after, "<html" in after) == (True, False)
    assert (file["Content-Type"], file.content[:5], file["Cache-Control"]) == ("application/pdf", b"%PDF-", "no-store")
    refused = [visitor.get(address), visitor.post(address, {"language": "fr"}), visitor.get(f"{address}pack.pdf")]
    assert [one.status_code for one in refused] == [403, 403, 403]


def test_while_the_pack_is_printed_the_page_says_so_and_listens(gathering: Gathering, now: datetime) -> None:
    job = ask_for_pack(gathering, "nl", actor_id=None, now=now)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, ended_at=None)

    page = host_of(gathering).get(f"{HERE}{gathering.pk}/pack/").content.decode()

    assert "The pack is being printed." in page
    assert "data-live=" in page
