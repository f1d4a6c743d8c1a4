"""The invented citizens look like Belgium in 2011, and the same seed invents the same people."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from burgertop.web.demo.census import load_education, load_margins
from burgertop.web.demo.content import load_content
from burgertop.web.demo.kinds import QuotaRow
from burgertop.web.demo.population import AGE_BANDS, COUNTED_IN, Citizen, invent_citizens

COUNT = 5000
CITIZENS = invent_citizens(COUNT, np.random.default_rng(2011))
ADULTS = sum(cell.adults for cell in load_margins())


def value_of(citizen: Citizen, feature: str) -> str:
    """Return a draw feature of a citizen."""
    return str(getattr(citizen, feature))


def expected_shares(feature: str) -> dict[str, float]:
    """Work the shares of a feature out from the counts of Statbel."""
    shares: defaultdict[str, float] = defaultdict(float)
    levels = load_education()
    for cell in load_margins():
        share = cell.adults / ADULTS
        if feature == "education":
            mine = [
                row
                for row in levels
                if (row.province, row.sex, row.age_band) == (cell.province, cell.sex, cell.age_band)
            ]
            for row in mine:
                shares[row.education] += share * row.people / sum(one.people for one in mine)
        else:
            shares[getattr(cell, feature)] += share
    return dict(shares)


def drawn(people: Sequence[Citizen], quotas: Sequence[QuotaRow], seats: int, rng: np.random.Generator) -> list[Citizen]:
    """Return one panel that meets the quotas, or nothing: a random objective picks which."""
    rows = [[float(value_of(one, row.feature) == row.value) for one in people] for row in quotas]
    solved = milp(
        rng.random(len(people)),
        constraints=LinearConstraint(
            np.array([*rows, [1.0] * len(people)]),
            [*(row.least for row in quotas), seats],
            [*(row.most for row in quotas), seats],
        ),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(people), dtype=np.int64),
    )
    return [one for one, chosen in zip(people, solved.x, strict=True) if chosen > 0.5] if solved.success else []


@pytest.mark.parametrize("feature", ["province", "sex", "age_band", "education"])
def test_margins_are_those_of_statbel_within_sampling_error(feature: str) -> None:
    found = Counter(value_of(one, feature) for one in CITIZENS)

    far = {
        value: (found[value], round(share * COUNT))
        for value, share in expected_shares(feature).items()
        if abs(found[value] - share * COUNT) > 4 * np.sqrt(COUNT * share * (1 - share))
    }

    assert far == {}
    assert set(found) == set(expected_shares(feature))


def test_languages_follow_the_language_areas() -> None:
    found = Counter(one.language for one in CITIZENS)
    brussels = Counter(one.language for one in CITIZENS if one.province == "BE10")

    assert found["nl"] / COUNT == pytest.approx(0.577, abs=0.03)
    assert found["de"] / COUNT == pytest.approx(0.0069, abs=0.004)
    assert brussels["nl"] / brussels.total() == pytest.approx(0.08, abs=0.05)
    assert {one.province for one in CITIZENS if one.language == "de"} == {"BE33"}
    assert {one.language for one in CITIZENS if one.province in {"BE21", "BE22", "BE23", "BE25"}} == {"nl"}


def test_the_same_seed_invents_the_same_people() -> None:
    again = invent_citizens(COUNT, np.random.default_rng(2011))
    others = invent_citizens(COUNT, np.random.default_rng(2012))

    assert again == CITIZENS
    assert others != CITIZENS


def test_everyone_is_old_enough_and_in_the_right_band() -> None:
    ages = [(one.age_band, COUNTED_IN - 1 - one.birth_year) for one in CITIZENS]

    assert [age for age in ages if not AGE_BANDS[age[0]][0] <= age[1] <= AGE_BANDS[age[0]][1]] == []


def test_nobody_can_be_reached() -> None:
    assert all(one.mail.endswith("@example.org") and one.mail.isascii() for one in CITIZENS)
    assert all(one.phone.startswith("0470 00 ") for one in CITIZENS)
    assert len({one.mail for one in CITIZENS}) == len({one.phone for one in CITIZENS}) == COUNT


def test_many_speak_a_second_language_and_nobody_their_own_twice() -> None:
    second = [one for one in CITIZENS if one.also_speaks]

    assert len(second) > COUNT // 3
    assert [one for one in CITIZENS if one.language in one.also_speaks] == []


@pytest.mark.parametrize("seed", [1, 7, 2011])
def test_a_hall_of_704_and_from_it_a_panel_of_32_can_be_drawn(seed: int) -> None:
    content = load_content()
    rng = np.random.default_rng(seed)
    people = invent_citizens(COUNT, rng)

    hall = drawn(people, content.hall_quotas, 704, rng)
    panel = drawn(hall, content.panel_quotas, 32, rng)

    assert len(hall) == 704
    assert len(panel) == 32
    assert Counter(one.language for one in panel) == {"nl": 18, "fr": 12, "de": 2}
