"""Agreement is told per origin and never added up across origins."""

import numpy as np
import pytest
from tests.core.opinion.cases import counts_of

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion import agreement_share, lowest_share

DRAWN = counts_of((8, 1, 1), (30, 10, 0), (9, 0, 0))
ONLINE = counts_of((90, 10, 0), (10, 90, 0), (50, 0, 50))


def test_each_origin_has_its_own_shares_and_too_few_ratings_have_none() -> None:
    shares = agreement_share({"drawn": DRAWN, "online": ONLINE}, least_ratings=10)

    assert list(shares) == ["drawn", "online"]
    np.testing.assert_array_equal(shares["drawn"], [0.8, 0.75, np.nan])
    np.testing.assert_array_equal(shares["online"], [0.9, 0.1, 0.5])


def test_the_lowest_share_says_what_all_origins_agree_on() -> None:
    shares = agreement_share({"drawn": DRAWN, "online": ONLINE})

    np.testing.assert_array_equal(lowest_share(shares), [0.8, 0.1, np.nan])


def test_an_idea_nobody_rated_has_no_share() -> None:
    np.testing.assert_array_equal(agreement_share({"drawn": counts_of((0, 0, 0))}, least_ratings=1)["drawn"], [np.nan])


def test_origins_must_speak_of_the_same_ideas() -> None:
    with pytest.raises(ShapeError) as ragged:
        agreement_share({"drawn": DRAWN, "paper": counts_of((1, 0, 0))})
    with pytest.raises(InputError) as least:
        agreement_share({"drawn": DRAWN}, least_ratings=0)
    with pytest.raises(InputError) as none:
        lowest_share({})

    assert [(error.value.code, error.value.params) for error in (ragged, least, none)] == [
        ("opinion.ragged_origins", {"origins": ("drawn", "paper")}),
        ("opinion.bad_least_ratings", {"least": 0}),
        ("opinion.no_origins", {}),
    ]
