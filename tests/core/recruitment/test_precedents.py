"""The past: its figures against the shared file, and what it tells about the next process."""

import csv
from pathlib import Path

import pytest

from burgertop.core.errors import InputError
from burgertop.core.recruitment import PRECEDENTS, Kind, Precedent, Tally, attendance_before, response_before
from burgertop.core.recruitment.precedents import rates_of_groups

BY_NAME = {one.process: one for one in PRECEDENTS}


def test_every_precedent_tells_something_and_names_its_source() -> None:
    assert all(one.source and (one.response or one.attendance or one.arrival) for one in PRECEDENTS)
    assert len(BY_NAME) == len(PRECEDENTS)


def test_the_figures_are_those_of_the_file_of_funnels(shared_data: Path) -> None:
    with (shared_data / "g1000" / "funnels.csv").open(encoding="utf-8") as file:
        told = {(row["process"], row["measure"]): row["value"] for row in csv.DictReader(file)}
    amersfoort, ostbelgien, kessel_lo = (BY_NAME[name] for name in ("G1000 Amersfoort", "Ostbelgien", "Kessel-Lo"))
    steenwijkerland, belgium = BY_NAME["G1000 Steenwijkerland"], BY_NAME["G1000"]

    assert str(amersfoort.sent) == told["G1000Amersfoort", "citizens drawn and invited"]
    assert str(amersfoort.yes) == str(amersfoort.confirmed) == told["G1000Amersfoort", "registered"]
    assert any(f"({amersfoort.present} drawn citizens" in measure for _, measure in told)
    assert str(belgium.confirmed) == told["G1000 BE phase 2", "seats planned"]
    assert str(belgium.present) == told["G1000 BE phase 2", "participants present"]
    assert (
        told["G1000Steenwijkerland", "invited / participants"] == f"{steenwijkerland.sent} / {steenwijkerland.present}"
    )
    assert told["Ostbelgien citizens council", "letters / yes / reasoned no"].startswith(
        f"{ostbelgien.sent} / {ostbelgien.yes} /"
    )
    assert told["Kessel-Lo panel", "letters / candidates / panel"].startswith(f"{kessel_lo.sent} / {kessel_lo.yes} /")


def test_the_next_response_lies_among_those_of_the_past() -> None:
    before = response_before().newcomer()

    assert 0.06 < before.quantile(0.5) < 0.1
    assert before.quantile(0.1) < 0.06
    assert before.quantile(0.9) > 0.11


def test_who_is_called_to_a_panel_comes_more_surely_than_to_a_hall() -> None:
    hall, panel = attendance_before(Kind.HALL).newcomer(), attendance_before(Kind.PANEL).newcomer()

    assert hall.quantile(0.9) < 0.85 < 0.95 < panel.quantile(0.1)


def test_arrivals_alone_tell_of_the_response_by_way_of_the_attendance() -> None:
    """Half come; of 10,000 letters 400 arrive: about 800 said yes."""
    half = Precedent("half", 2000, "BE", Kind.HALL, "made", confirmed=100_000, present=50_000)
    halves = [
        Precedent(f"half {n}", 2000, "BE", Kind.HALL, "made", confirmed=100_000, present=50_000) for n in range(9)
    ]
    arrived = Precedent("arrived", 2000, "BE", Kind.HALL, "made", sent=10_000, present=400)

    before = response_before([half, *halves, arrived]).belief("arrived")

    assert before.mean == pytest.approx(0.08, rel=0.05)


def test_arrivals_of_a_panel_tell_nothing_of_the_response() -> None:
    panel = Precedent("panel", 2000, "BE", Kind.PANEL, "made", sent=10_000, present=45)

    assert panel.arrival is None


def test_a_single_group_is_the_whole_process() -> None:
    before = attendance_before()

    alone = rates_of_groups({"all": Tally(0, 0)}, before, spread=0.25).belief("all")

    for share in (0.1, 0.5, 0.9):
        assert alone.quantile(share) == pytest.approx(before.newcomer().quantile(share), abs=0.015)


@pytest.mark.parametrize("groups", [2, 4, 10])
def test_cutting_a_process_into_groups_leaves_the_forecast_of_the_whole(groups: int) -> None:
    before = attendance_before()
    names = [f"group {number}" for number in range(groups)]

    total = rates_of_groups(dict.fromkeys(names, Tally(0, 0)), before, spread=0.25).total(
        dict.fromkeys(names, 1000 // groups)
    )

    whole, parts = before.newcomer().counts(1000), total.counts()
    assert parts.mean == pytest.approx(whole.mean, rel=0.01)
    assert parts.high - parts.low == pytest.approx(whole.high - whole.low, rel=0.15)


def test_a_past_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        attendance_before(Kind.PANEL, [BY_NAME["G1000"]])
    assert (caught.value.code, caught.value.params) == ("recruitment.no_precedents", {"kind": "panel"})

    with pytest.raises(InputError) as caught:
        response_before([BY_NAME["G1000"]])
    assert caught.value.code == "recruitment.no_precedents"


def test_no_groups_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        rates_of_groups({}, attendance_before(), spread=0.25)

    assert caught.value.code == "recruitment.no_groups"
