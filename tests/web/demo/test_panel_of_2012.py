"""The panel of 2012 drawn again: 32 of 491 invented people by the quotas of then, and with education besides."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from burgertop.core.sortition import (
    Pool,
    Quota,
    Quotas,
    breaches_of,
    check_feasibility,
    lottery_of,
    pick_panel,
    propose_quotas,
    verify_lottery,
)
from burgertop.web.demo.census import load_education
from burgertop.web.demo.content import load_content
from burgertop.web.demo.population import Citizen, invent_citizens

APPLIED, SEATS = 491, 32
EDUCATED = "education"
QUOTAS = tuple(
    Quota(row.feature, row.value, row.least, row.most) for row in load_content().panel_quotas if row.feature != EDUCATED
)
FEATURES = tuple(dict.fromkeys(row.feature for row in QUOTAS))


def pool_of(people: Sequence[Citizen], features: Sequence[str]) -> Pool:
    return Pool(
        tuple(f"c{number:03}" for number in range(len(people))),
        tuple(features),
        tuple(tuple(str(getattr(one, name)) for name in features) for one in people),
    )


@pytest.fixture(scope="module")
def applicants() -> list[Citizen]:
    """Who applied in 2012 had been in the hall, and was better educated than the country: few had no diploma."""
    rng = np.random.default_rng(491)
    people = invent_citizens(5000, rng)
    german = [one for one in people if one.language == "de"][:6]
    weight = np.array([0.01 if one.education in {"low", "unknown"} else 1.0 for one in people])
    others = rng.choice(len(people), APPLIED - len(german), replace=False, p=weight / weight.sum())
    return german + [people[place] for place in others]


def test_32_of_491_meet_every_margin_of_2012_and_two_speak_german(applicants: list[Citizen]) -> None:
    pool, quotas = pool_of(applicants, FEATURES), Quotas(SEATS, QUOTAS)

    lottery = lottery_of(pool, quotas)
    panel = lottery.panel(pick_panel(lottery, public_seed="2012-09-01"))

    assert len(pool) == APPLIED
    assert {check.state for check in verify_lottery(pool, quotas, lottery)} == {"passed"}
    assert breaches_of(pool, quotas, panel) == ()
    language = dict(zip(pool.ids, pool.column("language"), strict=True))
    assert Counter(language[one] for one in panel) == {"nl": 18, "fr": 12, "de": 2}


def test_education_as_in_the_population_clashes_and_is_named(applicants: list[Citizen]) -> None:
    counted: Counter[str] = Counter()
    for cell in load_education():
        counted[cell.education] += cell.people
    proposed = propose_quotas({EDUCATED: counted}, SEATS, tolerance=0)
    pool, quotas = pool_of(applicants, (*FEATURES, EDUCATED)), Quotas(SEATS, (*QUOTAS, *proposed))

    found = check_feasibility(pool, quotas)

    assert not found.is_feasible
    assert found.is_smallest
    assert {row.feature for row in found.clash} >= {EDUCATED}
    assert [move.quota.feature for move in found.relaxation]
    moved = {(move.quota.feature, move.quota.value): (move.least, move.most) for move in found.relaxation}
    eased = (
        Quota(row.feature, row.value, *moved.get((row.feature, row.value), (row.least, row.most))) for row in quotas
    )
    assert check_feasibility(pool, Quotas(SEATS, tuple(eased))).is_feasible
