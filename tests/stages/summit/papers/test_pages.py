"""The page "Print for the day": who may, what it says, and the way from the button to the file."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.stages.summit.conftest import HERE

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.models import Participant, Role
from burgertop.stages.summit.models import Seat, Table
from burgertop.stages.summit.papers.kinds import Paper

PAGE = f"{HERE}papers/"


def print_it(client: Client, what: Paper, **more: str) -> Job:
    answer = client.post(f"{PAGE}{what.value}/print/", more)
    job = Job.objects.latest("made_at")
    assert answer.headers["Location"] == f"/en/town/jobs/{job.pk}/?next={PAGE}"
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.usefixtures("seated", "staff")
def test_the_organiser_prints_fetches_and_throws_away(organiser: Client) -> None:
    assert "Print again" not in organiser.get(PAGE).content.decode()

    job = print_it(organiser, Paper.BADGES)
    page = organiser.get(PAGE).content.decode()
    file = organiser.get(f"{PAGE}{job.pk}/pdf/")

    assert "2 pages" in page
    assert file.content.startswith(b"%PDF")
    assert file.headers["Content-Disposition"] == 'attachment; filename="town-badges.pdf"'
    assert file.headers["Cache-Control"] == "no-store"

    organiser.post(f"{PAGE}{job.pk}/drop/")

    assert "The file is destroyed." in organiser.get(PAGE).content.decode()
    assert organiser.get(f"{PAGE}{job.pk}/pdf/").status_code == 302


@pytest.mark.usefixtures("seated", "staff")
def test_the_door_list_is_printed_in_as_many_parts_as_there_are_doors(organiser: Client) -> None:
    job = print_it(organiser, Paper.DOOR_LIST, shares="3")

    assert job.args["shares"] == 3
    assert job.result is not None
    assert job.result["pages"] == 3
    assert organiser.get(f"{PAGE}{job.pk}/csv/").content.startswith(b"\xef\xbb\xbf")
    assert organiser.get(f"{PAGE}{job.pk}/xlsx/").status_code == 302


@pytest.mark.usefixtures("staff")
def test_the_page_warns_when_seats_have_changed(
    organiser: Client, seated: list[Participant], tables: list[Table]
) -> None:
    print_it(organiser, Paper.FIND_LIST)
    assert "have changed since" not in organiser.get(PAGE).content.decode()

    seat = Seat.objects.filter(participant=seated[0]).exclude(table=tables[1]).first()
    assert seat is not None
    seat.table = tables[1]
    seat.save(update_fields=["table"])

    assert "Seats, people or tables have changed since. Print it again." in organiser.get(PAGE).content.decode()


@pytest.mark.usefixtures("stage")
def test_an_empty_hall_says_what_is_missing(organiser: Client) -> None:
    page = organiser.get(PAGE).content.decode()

    assert "Nobody is drawn yet" in page
    assert "Name the staff of the hall first." in page
    assert "Lay the tables first." in page
    assert organiser.post(f"{PAGE}badges/print/").headers["Location"] == PAGE
    assert not Job.objects.exists()


@pytest.mark.usefixtures("seated", "staff")
def test_facilitators_have_the_sheets_of_the_hosts_and_nothing_else(
    organiser: Client, client_as: Callable[[Role | None], Client]
) -> None:
    badges = print_it(organiser, Paper.BADGES)
    facilitator = client_as(Role.FACILITATOR)

    page = facilitator.get(PAGE).content.decode()
    sheets = print_it(facilitator, Paper.HOST_SHEETS)

    assert "Sheets for the table hosts" in page
    assert "Door list" not in page
    assert facilitator.get(f"{PAGE}{sheets.pk}/pdf/").status_code == 200
    refused = [
        facilitator.get(f"{PAGE}{badges.pk}/pdf/"),
        facilitator.post(f"{PAGE}{badges.pk}/drop/"),
        facilitator.post(f"{PAGE}door_list/print/"),
    ]
    assert {answer.status_code for answer in refused} == {403}


@pytest.mark.usefixtures("seated")
def test_nobody_else_comes_in(organiser: Client, client_as: Callable[[Role | None], Client]) -> None:
    job = print_it(organiser, Paper.BADGES)

    for role in (None, Role.OBSERVER, Role.THEME_TEAM, Role.MODERATOR):
        client = client_as(role)
        answers = [
            client.get(PAGE),
            client.get(f"{PAGE}{job.pk}/pdf/"),
            client.post(f"{PAGE}badges/print/"),
            client.post(f"{PAGE}{job.pk}/drop/"),
        ]
        assert {answer.status_code for answer in answers} <= {302, 403}, role
        assert all("accounts/login" in one.headers.get("Location", "accounts/login") for one in answers), role


@pytest.mark.usefixtures("seated")
def test_a_paper_of_another_stage_is_not_there(organiser: Client) -> None:
    job = print_it(organiser, Paper.BADGES)
    Job.objects.filter(pk=job.pk).update(args={**job.args, "stage": str(job.pk)})

    assert organiser.get(f"{PAGE}{job.pk}/pdf/").status_code == 404
    assert organiser.post(f"{PAGE}posters/print/").status_code == 404
    assert organiser.get(f"{PAGE}{job.pk}/exe/").status_code == 404


@pytest.mark.usefixtures("seated", "staff")
def test_the_page_takes_as_many_queries_for_many_as_for_few(
    organiser: Client, seated: list[Participant], make_queries: Callable[[Client, str], int]
) -> None:
    many = make_queries(organiser, PAGE)
    Participant.objects.filter(pk__in=[one.pk for one in seated[2:]]).delete()

    assert make_queries(organiser, PAGE) == many
