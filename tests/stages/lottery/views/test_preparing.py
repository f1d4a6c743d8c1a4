"""From two files in the browser to a panel that meets its quotas."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.checking import check_again, verify
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.queries import roster_of
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Identity, Participant, Role
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry

pytestmark = pytest.mark.django_db


def address(name: str, draw: str = "", **more: object) -> str:
    names: dict[str, object] = {"process": "town", "stage": "lottery"} | more
    with override("en"):
        return reverse(f"lottery:{name}", kwargs=names | ({"draw": draw} if draw else {}))


def send(client: Client, page: str, name: str, content: bytes, draw: str = "hall", sheet: str = "") -> HttpResponse:
    return client.post(address(page, draw), {"file": SimpleUploadedFile(name, content), "sheet": sheet})


def confirmed(client: Client, response: HttpResponse, **more: str) -> HttpResponse:
    """Follow an upload to its preview, confirm it as it stands, and let the worker do what was asked of it."""
    preview = client.get(response["Location"])
    form = preview.context["form"]
    sent = {field.html_name: field.value() or "" for field in form if field.html_name != "is_fresh"}
    answer = client.post(response["Location"], sent | {"step": "take"} | more)
    work_off()
    return answer


def work_off() -> None:
    """Do the work that waits."""
    for job in Job.objects.filter(state=JobState.WAITING):
        run_job.call(str(job.pk))


def test_two_files_of_a_real_assembly_become_a_panel_of_22(organiser: Client, stage: Stage, shared_data: Path) -> None:
    folder = shared_data / "sortition" / "sf_fixture_22"
    organiser.post(address("new_draw"), {"name": "panel", "seats": 22})

    people = send(organiser, "pool", "respondents.csv", (folder / "respondents.csv").read_bytes(), "panel")
    confirmed(organiser, people)
    quotas = send(organiser, "quotas_file", "categories.csv", (folder / "categories.csv").read_bytes(), "panel")
    confirmed(organiser, quotas)
    answer = organiser.post(address("check", "panel"))
    organiser.post(address("compute", "panel"))
    work_off()
    organiser.post(address("seal", "panel"), {"chance": "dice", "source": "Three dice in the town hall"})
    drawn = organiser.post(address("chance", "panel"), {"public_seed": "314"})

    draw = Draw.objects.get()
    assert "At least one panel meets all quotas" in answer.content.decode()
    assert drawn["Location"] == address("draw", "panel")
    assert draw.state == DrawState.DRAWN
    assert roster_of(draw).count() == 22
    assert verify(draw) == ()
    assert check_again(draw).is_same is True
    page = organiser.get(address("draw", "panel")).content.decode()
    assert "22 people are drawn" in page
    assert "not met" not in page


def test_nothing_is_stored_before_the_confirmation(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\nx,F\ny,M\n")

    page = organiser.get(response["Location"]).content.decode()

    assert "2 people would come into the pool" in page
    assert Participant.objects.count() == 12


TWO = {"column_0": "pool_id", "column_1": "feature", "origin": "drawn", "step": "take"}


def test_a_confirmation_sent_twice_counts_once(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\nx,F\ny,M\n")
    sent = TWO | {"once": str(uuid.uuid4())}

    first = organiser.post(response["Location"], sent)
    second = organiser.post(response["Location"], sent)
    work_off()
    third = organiser.post(response["Location"], sent)

    assert first["Location"] == second["Location"]
    assert third["Location"] == address("desk", "hall")
    assert (Participant.objects.count(), Job.objects.count()) == (14, 1)


def test_what_the_worker_cannot_take_in_is_said_on_the_desk(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\nx,F\ny,M\n")
    organiser.post(response["Location"], TWO | {"once": str(uuid.uuid4())})
    draws.fill_pool(draw, [PoolRow("x", {"sex": "F"}, "nl")])

    work_off()

    page = organiser.get(address("desk", "hall")).content.decode()
    assert "The file was not taken in" in page
    assert "is in this process already: x." in page
    assert Participant.objects.count() == 13


def test_while_a_pool_is_filled_nothing_else_is_offered(organiser: Client, draw: Draw) -> None:
    Draw.objects.update(filling_from=12)

    page = organiser.get(address("desk", "hall")).content.decode()
    answer = organiser.post(address("duties", "hall"), {"must": "1", "never": ""})

    assert "Compute the lottery" not in page
    assert "Change by hand" not in page
    assert "People are being added to this pool." in answer.content.decode()


def test_names_of_a_file_go_to_the_vault_and_not_into_features(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", "id;sex;Voornaam\nx;F;Zoë\ny;M;Jan\n".encode("cp1252"))

    confirmed(organiser, response, is_fresh="on")

    assert [one.features for one in Participant.objects.order_by("pool_id")] == [{"sex": "F"}, {"sex": "M"}]
    assert [open_identity(one) for one in Identity.objects.order_by("participant__pool_id")] == [
        {"given_name": "Zoë"},
        {"given_name": "Jan"},
    ]


def test_the_uploaded_file_lies_sealed_and_is_gone_after_the_confirmation(organiser: Client, draw: Draw) -> None:
    scratch = Path(settings.HOME) / "scratch"
    others = set(scratch.glob("*.upload"))
    response = send(organiser, "pool", "people.csv", b"id,sex,Voornaam\nx,F,Mieke\ny,M,Jan\n")
    kept = set(scratch.glob("*.upload")) - others

    lying = [path.read_bytes() for path in kept]
    confirmed(organiser, response, is_fresh="on")

    assert not any(b"Mieke" in content for content in lying)
    assert len(lying) == 1
    assert set(scratch.glob("*.upload")) == others


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "This file is empty."),
        ("page.csv", b"<html><body>no table</body></html>", "This is not a CSV or XLSX file."),
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "is an old Excel file"),
        ("twice.csv", b"sex,Sex\nF,F\n", "Two columns have the heading"),
        ("ragged.csv", b"id,sex\nx,F\ny,F,9\n", "Line 3 has 3 cells, but there are 2 columns."),
        ("only.csv", b"id,sex\n", "headings but no rows"),
    ],
)
def test_a_bad_file_is_explained_at_the_field(
    organiser: Client, draw: Draw, name: str, content: bytes, sentence: str
) -> None:
    response = send(organiser, "pool", name, content)

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_somebody_without_a_value_is_named_by_row_and_nothing_is_taken_in(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\nx,F\ny,\n")
    sent = TWO | {"once": str(uuid.uuid4())}

    page = organiser.post(response["Location"], sent).content.decode()

    assert "Person 2 has no value for sex." in page
    assert Participant.objects.count() == 12


def test_an_id_that_is_known_is_said_before_the_confirmation(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\np1,F\nq2,M\n")

    page = organiser.get(response["Location"]).content.decode()
    confirmed(organiser, response, is_fresh="on")

    assert "is in this process already: p1." in page
    assert [one.pool_id for one in Participant.objects.order_by("pool_id")] == ["p1", "q2"]


def test_quotas_in_both_forms_are_understood(organiser: Client, draw: Draw) -> None:
    older = send(organiser, "quotas_file", "a.csv", b"category,feature,min,max\nsex,F,1,3\nsex,M,1,3\n")
    confirmed(organiser, older)
    first = [(row.value, row.least, row.most, row.least_flex) for row in draw.quotas.all()]
    newer = send(
        organiser, "quotas_file", "b.csv", b"feature;value;min;max;min_flex;max_flex\nsex;F;2;2;1;3\nsex;M;2;2;;\n"
    )
    confirmed(organiser, newer)

    assert first == [("F", 1, 3, None), ("M", 1, 3, None)]
    assert [(row.value, row.least, row.least_flex, row.most_flex) for row in draw.quotas.all()] == [
        ("F", 2, 1, 3),
        ("M", 2, None, None),
    ]


def test_a_quota_that_is_no_number_is_said_with_its_line(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "quotas_file", "a.csv", b"feature,value,min,max\nsex,F,two,3\n")

    page = organiser.get(response["Location"]).content.decode()

    assert "Line 2, column min: “two” is not a whole number." in page


def test_quotas_can_be_changed_by_hand(organiser: Client, draw: Draw) -> None:
    organiser.post(
        address("quotas", "hall"),
        {"seats": 5, "rule": "maximin", "panels": 100, "least_0": 2, "most_0": 3, "least_1": 2, "most_1": 3},
    )

    draw.refresh_from_db()
    assert (draw.seats, draw.rule, draw.panels, draw.per_household) == (5, "maximin", 100, None)
    assert [(row.least, row.most) for row in draw.quotas.all()] == [(2, 3), (2, 3)]


def test_a_clash_is_told_with_the_change_that_would_help(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "quotas_file", "a.csv", b"feature,value,min,max\nsex,F,2,2\nsex,M,0,2\nsex,X,1,1\n")
    confirmed(organiser, response)

    page = organiser.post(address("check", "hall")).content.decode()

    assert "There is no panel that meets all quotas" in page
    assert "sex, X: lower the least from 1 to 0." in page


def test_a_sealed_draw_takes_no_file(organiser: Client, draw: Draw) -> None:
    organiser.post(address("compute", "hall"))
    work_off()
    organiser.post(address("seal", "hall"), {"chance": "dice", "source": "Three dice"})

    response = organiser.get(address("pool", "hall"), follow=True)

    assert response.redirect_chain == [(address("desk", "hall"), 302)]
    assert "They can no longer change." in response.content.decode()
    assert [e.kind for e in Entry.objects.order_by("number")] == ["draw_committed"]


def test_another_account_cannot_fetch_an_uploaded_file(organiser: Client, draw: Draw) -> None:
    response = send(organiser, "pool", "people.csv", b"id,sex\nx,F\ny,M\n")
    other = Client()
    account = Account.objects.create_user("other@town.example", "a long password")
    give_role(draw.stage.process, account, Role.ORGANISER)
    other.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    answer = other.get(response["Location"], follow=True)

    assert "The file is no longer here" in answer.content.decode()
