"""Quotas proposed from the population are consistent and close to its shares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.sortition import Quotas, propose_quotas


@settings(max_examples=100, deadline=None)
@given(
    counts=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10_000), min_size=1),
    seats=st.integers(1, 200),
    tolerance=st.integers(0, 5),
    data=st.data(),
)
def test_proposed_quotas_never_contradict_each_other(
    counts: dict[str, int], seats: int, tolerance: int, data: st.DataObject
) -> None:
    counts["whole"] = 1
    least = {("x", value): data.draw(st.integers(0, seats // len(counts))) for value in counts}

    quotas = propose_quotas({"x": counts}, seats, tolerance=tolerance, at_least=least)

    Quotas(seats, quotas)
    for quota in quotas:
        share = seats * counts[quota.value] / sum(counts.values())
        assert quota.least >= least["x", quota.value]
        assert quota.most >= min(seats, int(share)) - len(counts) * max(least.values()) - 1
        if not any(least.values()):
            assert quota.least <= share + 1
            assert share - tolerance - 1 <= quota.least or quota.least == 0
            assert quota.most <= share + tolerance + 1


def test_german_speakers_get_two_seats_of_the_panel_of_32() -> None:
    language = {"nl": 5_072_000, "fr": 3_588_000, "de": 60_000}

    quotas = propose_quotas({"language": language}, 32, tolerance=0, at_least={("language", "de"): 2})

    assert [(quota.value, quota.least, quota.most) for quota in quotas] == [
        ("nl", 18, 18),
        ("fr", 12, 12),
        ("de", 2, 2),
    ]


@pytest.mark.parametrize(
    ("margins", "least", "code"),
    [
        ({"x": {"a": 0}}, {}, "sortition.no_margins"),
        ({"x": {"a": -1, "b": 5}}, {}, "sortition.no_margins"),
        ({"x": {"a": 1}}, {("x", "b"): 1}, "sortition.unknown_value"),
        ({"x": {"a": 1}}, {("x", "a"): -1}, "sortition.negative_quota"),
        ({"x": {"a": 1, "b": 1}}, {("x", "a"): 3, ("x", "b"): 3}, "sortition.least_above_seats"),
    ],
)
def test_margins_that_cannot_be_are_refused(
    margins: dict[str, dict[str, int]], least: dict[tuple[str, str], int], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        propose_quotas(margins, 5, at_least=least)

    assert caught.value.code == code
