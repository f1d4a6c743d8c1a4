"""The public moment: computed, sealed for good, drawn once, whatever is sent twice."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Chance, Draw, DrawState, Member, Round
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.jobs.actions import cancel
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.models import Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
SEAL = {"chance": "public_text", "source": "The national lottery of Saturday 8 October"}
DICE = {"chance": "dice", "source": "Three ten-sided dice, in the town hall"}


def address(name: str, draw: str = "hall") -> str:
    with override("en"):
        return reverse(f"lottery:{name}", kwargs={"process": "town", "stage": "lottery", "draw": draw})


def kinds() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("kind", flat=True))


def compute(organiser: Client) -> Job:
    """Ask for the lottery and let the worker compute it."""
    organiser.post(address("compute"))
    job = Job.objects.filter(kind="draws.make_lottery")[0]
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def text(page: bytes) -> str:
    return " ".join(page.decode().split())


def test_the_lottery_is_computed_once_at_a_time_and_the_page_of_the_work_leads_back(
    organiser: Client, draw: Draw
) -> None:
    first = organiser.post(address("compute"))
    second = organiser.post(address("compute"))

    job = Job.objects.get()
    assert first["Location"] == second["Location"] == f"/en/town/jobs/{job.pk}/?next={address('desk')}"
    run_job.call(str(job.pk))
    page = text(organiser.get(first["Location"]).content)
    assert "The work is done" in page
    assert address("desk") in page
    assert Round.objects.get().panels == 1000


def test_a_computation_that_is_stopped_leaves_nothing_behind(organiser: Client, draw: Draw) -> None:
    organiser.post(address("compute"))
    cancel(Job.objects.get())

    run_job.call(str(Job.objects.get().pk))

    assert not Round.objects.exists()
    assert "Compute the lottery" in text(organiser.get(address("desk")).content)


def test_quotas_that_nobody_can_meet_give_no_lottery_and_it_is_said(organiser: Client, draw: Draw) -> None:
    draw.quotas.filter(value="F").update(least=0, most=4)
    draw.quotas.filter(value="M").update(value="X", least=1, most=4)

    compute(organiser)

    assert "this value has no quota" in text(organiser.get(address("desk")).content)
    assert not Round.objects.exists()


def test_quotas_that_change_throw_the_lottery_away(organiser: Client, draw: Draw) -> None:
    compute(organiser)

    organiser.post(
        address("quotas"),
        {"seats": 4, "rule": "leximin", "least_0": 1, "most_0": 3, "least_1": 1, "most_1": 3},
    )

    assert not Round.objects.exists()
    assert "Compute the lottery first." in text(organiser.get(address("seal"), follow=True).content)


def test_sealing_twice_writes_one_line(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)

    again = organiser.post(address("seal"), SEAL | {"source": "My own pocket"})

    assert again["Location"] == address("desk")
    assert Round.objects.get().source == "The national lottery of Saturday 8 October"
    assert kinds() == ["draw_committed"]


def test_the_commitment_stands_in_the_record_before_the_chance(organiser: Client, draw: Draw) -> None:
    compute(organiser)

    organiser.post(address("seal"), SEAL)

    facts = Entry.objects.get(kind="draw_committed").facts
    assert facts["commitment"] == Round.objects.get().commitment
    assert len(facts["commitment"]) == 64
    assert (facts["rule"], facts["panels"], facts["source"]) == ("leximin", 1000, SEAL["source"])


def test_a_lottery_that_is_not_under_way_cannot_be_sealed(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    Stage.objects.update(state=StageState.PLANNED)

    assert organiser.post(address("seal"), SEAL).status_code == 403


def test_no_chance_is_taken_before_the_seal(organiser: Client, draw: Draw) -> None:
    compute(organiser)

    page = text(organiser.post(address("chance"), {"public_seed": "1 2 3"}, follow=True).content)

    assert "Seal the lottery first" in page
    assert Draw.objects.get().state == DrawState.PREPARING


def test_the_chance_draws_at_once_and_two_tabs_draw_once(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)

    first = organiser.post(address("chance"), {"public_seed": "1 2 3"})
    second = organiser.post(address("chance"), {"public_seed": " 1  2 3 "})

    assert first["Location"] == second["Location"] == address("draw")
    assert kinds() == ["draw_committed", "draw_chance", "draw_made"]
    assert Member.objects.filter(standing="drawn").count() == 4


def test_another_chance_is_refused_once_one_is_written(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})

    page = text(organiser.post(address("chance"), {"public_seed": "3 2 1"}).content)

    assert "It cannot be replaced." in page
    assert Round.objects.get().public_seed == "1 2 3"


@pytest.mark.parametrize(("thrown", "panel"), [("417", 417), ("4 1 7", 417), ("000", 1000), ("1000", 1000)])
def test_dice_give_the_number_of_the_panel(organiser: Client, draw: Draw, thrown: str, panel: int) -> None:
    compute(organiser)
    organiser.post(address("seal"), DICE)

    organiser.post(address("chance"), {"public_seed": thrown})

    assert Round.objects.get().panel == panel


@pytest.mark.parametrize("thrown", ["1001", "-1", "4.17", "four", "<b>4</b>", "4\u0661\u0667", "🎲", "99999999"])
def test_dice_that_are_no_number_of_a_panel_are_refused_and_nothing_is_written(
    organiser: Client, draw: Draw, thrown: str
) -> None:
    compute(organiser)
    organiser.post(address("seal"), DICE)

    page = text(organiser.post(address("chance"), {"public_seed": thrown}).content)

    assert "from 1 to 1000" in page
    assert kinds() == ["draw_committed"]


def test_a_pool_changed_behind_our_back_stops_the_draw_and_mending_it_lets_it_go_on(
    organiser: Client, draw: Draw
) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    person = draw.members.select_related("participant")[0].participant
    person.features = {"sex": "M"}
    person.save()
    page = text(organiser.post(address("chance"), {"public_seed": "1 2 3"}).content)

    person.features = {"sex": "F"}
    person.save()
    organiser.post(address("chance"), {"public_seed": "1 2 3"})

    assert "Pool or quotas are no longer what they were." in page
    assert Draw.objects.get().state == DrawState.DRAWN


def test_a_draw_is_checked_and_computed_again_and_the_desk_says_whether_it_is_the_same(
    organiser: Client, draw: Draw
) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})

    organiser.post(address("recheck"))
    organiser.post(address("recheck"))
    run_job.call(str(Job.objects.get(kind="draws.check_again").pk))
    honest = text(organiser.get(address("desk")).content)
    Round.objects.update(panel=Round.objects.get().panel % 1000 + 1)
    organiser.post(address("recheck"))
    run_job.call(str(Job.objects.filter(kind="draws.check_again")[0].pk))
    forged = text(organiser.get(address("desk")).content)

    assert "The same lottery came out" in honest
    assert "Everybody’s chance follows from the weights of the panels." in honest
    assert "It did not come out the same." in forged


def test_a_draw_that_was_not_made_cannot_be_checked(organiser: Client, draw: Draw) -> None:
    page = text(organiser.post(address("recheck"), follow=True).content)

    assert "This draw has not been made yet." in page
    assert Job.objects.count() == 0


def test_a_seat_that_is_given_back_is_drawn_again_by_the_same_rules(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    gone = Member.objects.filter(standing="drawn")[0]

    organiser.post(address("leavers"), {"number": gone.number})
    desk = text(organiser.get(address("desk")).content)
    compute(organiser)
    organiser.post(address("seal"), DICE)
    organiser.post(address("chance"), {"public_seed": "77"})

    fresh = Member.objects.get(standing="replacement")
    assert "1 seat is free." in desk
    assert fresh.participant.features == gone.participant.features
    assert (fresh.seated_in, fresh.pk != gone.pk) == (2, True)
    assert Member.objects.filter(standing__in=("drawn", "replacement")).count() == 4
    assert kinds()[-3:] == ["draw_committed", "draw_chance", "draw_made"]


def test_a_seat_given_back_by_mistake_is_kept(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    member = Member.objects.filter(standing="drawn")[0]
    organiser.post(address("leavers"), {"number": member.number})

    organiser.post(address("leavers"), {"number": member.number, "comes_back": "1"})

    member.refresh_from_db()
    assert member.standing == "drawn"
    assert kinds()[-2:] == ["seat_left", "seat_kept"]


def test_nobody_comes_back_to_a_seat_that_waits_for_its_replacement(organiser: Client, draw: Draw) -> None:
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    member = Member.objects.filter(standing="drawn")[0]
    organiser.post(address("leavers"), {"number": member.number})
    compute(organiser)
    organiser.post(address("seal"), DICE)

    page = organiser.post(address("leavers"), {"number": member.number, "comes_back": "1"}, follow=True)

    assert "waits for its public chance" in text(page.content)
    member.refresh_from_db()
    assert member.standing == "left"


def test_who_must_sits_and_who_cannot_does_not(organiser: Client, draw: Draw) -> None:
    organiser.post(address("duties"), {"must": "1, 2", "never": "3 5\n7"})
    compute(organiser)
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})

    seated = set(Member.objects.filter(standing="drawn").values_list("number", flat=True))
    assert {1, 2} <= seated
    assert not seated & {3, 5, 7}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"must": "one"}, "is not a number of the pool"),
        ({"must": "99"}, "These numbers are not in the pool: 99."),
        ({"must": "1", "never": "1"}, "both on the panel and off it"),
        ({"must": "<b>1</b>"}, "is not a number of the pool"),
    ],
)
def test_duties_that_make_no_sense_are_explained(
    organiser: Client, draw: Draw, sent: dict[str, str], said: str
) -> None:
    page = text(organiser.post(address("duties"), sent).content)

    assert said in page
    assert not Member.objects.exclude(duty="").exists()


def test_quotas_give_way_for_replacements_at_a_press_and_back(organiser: Client, stage: Stage, visitor: Client) -> None:
    draw = draws.found_draw(stage, "small", seats=2)
    draws.fill_pool(draw, [PoolRow(f"s{n}", {"sex": sex}, "nl") for n, sex in enumerate("FMMM")])
    draws.set_quotas(draw, [Quota("sex", "F", 1, 1), Quota("sex", "M", 1, 1)])
    draws.make_lottery(draw, now=NOW)
    draws.seal(draw, chance=Chance.DICE, source="Three dice", now=NOW)
    draws.take_chance(draw, "1", now=NOW)
    draws.leave(draw.members.get(number=1), now=NOW)

    checked = organiser.post(address("check", "small")).content.decode()
    organiser.post(address("ease", "small"))
    desk = organiser.get(address("desk", "small")).content.decode()
    draws.make_lottery(draw, now=NOW)
    draws.seal(draw, chance=Chance.DICE, source="Three dice", now=NOW)
    public = visitor.get(address("draw", "small")).content.decode()

    assert "Let these quotas give way" in checked
    assert "sex, F: 0 to 1 seats" in desk
    assert "Keep the quotas as they were" in desk
    assert "sex, F: 0 to 1 seats" in public


def test_the_chance_is_typed_on_the_screen_by_who_holds_the_draw(
    organiser: Client, visitor: Client, draw: Draw
) -> None:
    compute(organiser)
    organiser.post(address("seal"), DICE)
    seen = [one.get(address("screen")).content.decode() for one in (organiser, visitor)]

    answer = organiser.post(address("chance"), {"public_seed": "417", "back": "screen"})

    assert ["public_seed" in page for page in seen] == [True, False]
    assert answer["Location"] == address("screen")
    assert "public_seed" not in organiser.get(address("screen")).content.decode()
