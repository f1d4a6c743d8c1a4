"""``burgertop check --pool``: feasible or not, why, what helps, who can never be chosen."""

from tests.cli.sortition.conftest import Case


def _check(case: Case, *more: str) -> tuple[int, str, str]:
    return case.call("check", *case.files(), "--seats", "4", "--id", "id", *more)


def test_quotas_that_can_be_met(case: Case) -> None:
    assert _check(case) == (
        0,
        "Panels of 4 from these 12 people meet all 4 quotas.\nEverybody can be chosen.\n",
        "",
    )


def test_people_who_can_never_be_chosen_are_named(case: Case) -> None:
    case.quotas.write_text(
        "feature,value,min,max\ngender,woman,4,4\ngender,man,0,0\nage,young,0,4\nage,old,0,4\n", encoding="utf-8"
    )

    code, said, _ = _check(case)

    assert code == 0
    assert "6 people can never be chosen, whatever the draw: p7, p8, p9, p10, p11, p12." in said


def test_a_clash_and_the_least_change_are_named(case: Case) -> None:
    case.quotas.write_text(
        "feature,value,min,max\ngender,woman,0,0\ngender,man,4,4\nage,young,3,3\nage,old,1,1\n", encoding="utf-8"
    )

    code, said, _ = _check(case)

    assert code == 1
    assert said.splitlines()[0] == "No panel of 4 from these 12 people meets all quotas."
    assert "age, young: 3 to 3" in said
    assert "The least change that helps moves " in said


def test_it_takes_pool_quotas_and_seats_together(case: Case) -> None:
    code, _, complaint = case.call("check", "--pool", case.pool)

    assert code == 2
    assert complaint == "burgertop: to check quotas, name --quotas and --seats, too.\n"


def test_bad_input_is_refused_as_in_a_draw(case: Case) -> None:
    case.pool.write_text(case.pool.read_text("utf-8").replace("p9,", "p3,"), encoding="utf-8")

    assert _check(case)[0] == 2
