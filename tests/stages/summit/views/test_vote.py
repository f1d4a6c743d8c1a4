"""The ballot on a phone, and its result."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.models import SealedPaper
from burgertop.foundation.codes.actions import make
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HallBallot, Round, Seat, Table
from burgertop.stages.summit.queries import hall_ballot_or_404, screen_of

HERE = "/en/town/summit/day/"


@pytest.fixture
def open_hall(hall: HallBallot, now: datetime) -> HallBallot:
    return actions.open_ballot(hall, now=now)


@pytest.fixture
def counted(open_hall: HallBallot, people: list[Participant], now: datetime) -> HallBallot:
    """Eleven papers for the second option, one for the first and the third; counted, not published."""
    for number, person in enumerate(people):
        cast(
            open_hall.ballot,
            voter=f"seat:{person.pk}",
            choices=[2] if number else [1, 3],
            origin=Origin.DRAWN,
            once=uuid.uuid4(),
            now=now,
        )
    return actions.close_ballot(open_hall, now=now)


def paper(*choices: int, step: str = "send") -> dict[str, object]:
    return {"once": str(uuid.uuid4()), "choice": [str(choice) for choice in choices], "step": step}


def test_without_a_code_the_page_asks_for_it(visitor: Client, open_hall: HallBallot) -> None:
    page = visitor.get(f"{HERE}ballots/{open_hall.pk}/").content.decode()

    assert "Your seat code" in page
    assert "Care" not in page.split("<main")[1]


def test_the_code_opens_the_paper(visitor: Client, open_hall: HallBallot, people: list[Participant]) -> None:
    code = make(people[0].process_id, "seat", people[0].pk)
    address = f"{HERE}ballots/{open_hall.pk}/"

    came = visitor.post(address, {"code": code.lower()})
    page = visitor.get(address).content.decode()

    assert came.status_code == 302
    assert ["Care" in page, "Doctors" in page, "Buses" in page] == [True, True, True]


def test_a_wrong_code_is_said(visitor: Client, open_hall: HallBallot) -> None:
    response = visitor.post(f"{HERE}ballots/{open_hall.pk}/", {"code": "1234"})

    assert response.status_code == 200
    assert "Please look again." in response.content.decode()


def test_a_paper_is_looked_over_sent_and_replaced(citizen: Client, open_hall: HallBallot) -> None:
    address = f"{HERE}ballots/{open_hall.pk}/"

    review = citizen.post(address, paper(1, 2, step="review")).content.decode()
    before = SealedPaper.objects.count()
    sent = citizen.post(address, paper(1, 2)).content.decode()
    again = citizen.post(address, paper(3)).content.decode()

    assert "Is this your vote?" in review
    assert (before, SealedPaper.objects.count()) == (0, 1)
    assert ["Your receipt:" in sent, "Your receipt:" in again] == [True, True]


def test_the_same_form_twice_gives_the_same_receipt(citizen: Client, open_hall: HallBallot) -> None:
    body = paper(1)

    pages = [citizen.post(f"{HERE}ballots/{open_hall.pk}/", body) for _ in range(2)]

    receipts = [page.context["receipt"] for page in pages]
    assert receipts[0] == receipts[1]
    assert SealedPaper.objects.count() == 1


@pytest.mark.parametrize("choices", [(), (1, 2, 3), (9,)])
def test_a_paper_that_is_not_valid_goes_nowhere(
    citizen: Client, open_hall: HallBallot, choices: tuple[int, ...]
) -> None:
    response = citizen.post(f"{HERE}ballots/{open_hall.pk}/", paper(*choices))

    assert response.status_code == 200
    assert SealedPaper.objects.count() == 0
    assert "not right yet" in response.content.decode()


def test_after_the_close_no_paper_is_taken(citizen: Client, open_hall: HallBallot, now: datetime) -> None:
    actions.close_ballot(open_hall, now=now)

    response = citizen.post(f"{HERE}ballots/{open_hall.pk}/", paper(1))

    assert "This ballot is closed." in response.content.decode()
    assert "Your receipt:" not in response.content.decode()


def test_a_draft_ballot_is_not_there(citizen: Client, hall: HallBallot) -> None:
    assert citizen.get(f"{HERE}ballots/{hall.pk}/").status_code == 404


def test_before_it_is_published_only_the_organiser_sees_the_result(
    visitor: Client, organiser: Client, counted: HallBallot
) -> None:
    address = f"{HERE}ballots/{counted.pk}/"

    assert visitor.get(f"{address}result/").status_code == 404
    assert visitor.get(f"{address}papers.zip").status_code == 404
    assert "Only you see this." in organiser.get(f"{address}result/").content.decode()


def test_the_published_result_has_base_and_papers(visitor: Client, counted: HallBallot, now: datetime) -> None:
    actions.publish_result(counted, now=now)

    page = visitor.get(f"{HERE}ballots/{counted.pk}/result/").content.decode()
    folder = visitor.get(f"{HERE}ballots/{counted.pk}/papers.zip")

    assert "12 papers: 12 valid, 0 blank, 0 not valid." in page
    assert (folder["Content-Type"], folder.content[:2]) == ("application/zip", b"PK")


def test_the_screen_shows_papers_but_no_tendency_before_the_count(
    visitor: Client, open_hall: HallBallot, people: list[Participant], now: datetime
) -> None:
    for person in people[:3]:
        cast(
            open_hall.ballot,
            voter=f"seat:{person.pk}",
            choices=[1],
            origin=Origin.DRAWN,
            once=uuid.uuid4(),
            now=now,
        )

    page = visitor.get(f"{HERE}screen/").content.decode()

    assert '<p class="result__figure">3<small' in page
    assert ["Care" in page, 'class="result"' in page] == [False, False]


def test_the_screen_waits_for_the_publishing_and_then_speaks_three_languages(
    visitor: Client, counted: HallBallot, now: datetime
) -> None:
    before = visitor.get(f"{HERE}screen/", headers={"HX-Request": "true"}).content.decode()
    actions.publish_result(counted, now=now)
    after = visitor.get(f"{HERE}screen/", headers={"HX-Request": "true"}).content.decode()

    assert ('class="result"' in before, "<html" in after) == (False, False)
    assert after.count('<li class="result">') == 3
    assert [f'<span lang="{tag}" dir="ltr">Doctors</span>' in after for tag in ("nl", "fr")] == [True, True]
    assert after.index("Doctors</span>") < after.index("Care</span>")


def test_a_result_of_one_origin_only_draws_one_round_per_paper(counted: HallBallot, now: datetime) -> None:
    actions.publish_result(counted, now=now)
    hall = hall_ballot_or_404(counted.stage, counted.pk)

    view = screen_of(hall, is_shown=True)

    assert view.votes_per_round == 1
    assert [(row.votes, sum(dot.is_on for dot in row.dots), len(row.dots)) for row in view.rows] == [
        (11, 11, 12),
        (1, 1, 12),
        (1, 1, 12),
    ]


def test_my_table_tells_the_rounds(
    citizen: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    Seat.objects.create(round=rounds[0], table=tables[3], participant=people[0])

    page = citizen.get(f"{HERE}my-table/").content.decode()

    assert "Table 4" in page
    assert "with an interpreter" in page


def test_my_table_asks_for_a_code(visitor: Client, rounds: list[Round]) -> None:
    assert "Your seat code" in visitor.get(f"{HERE}my-table/").content.decode()


def test_a_replaced_code_opens_nothing_any_more(
    citizen: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    Seat.objects.create(round=rounds[0], table=tables[3], participant=people[0])
    actions.replace_seat_code(rounds[0].stage, people[0].pk)

    assert "Your seat code" in citizen.get(f"{HERE}my-table/").content.decode()


def test_the_day_is_told_to_everybody(visitor: Client, open_hall: HallBallot, now: datetime) -> None:
    page = visitor.get(HERE).content.decode()

    assert "4 tables, 16 seats" in page
    assert "The ballot is open." in page
    assert "Control of the day" not in page


def test_the_day_asks_as_often_for_many_rounds(
    visitor: Client, round_: Round, make_queries: Callable[[Client, str], int]
) -> None:
    few = make_queries(visitor, HERE)
    for number in range(4):
        actions.make_round(round_.stage, questions={"nl": f"Nog een {number}?"})

    assert make_queries(visitor, HERE) == few
