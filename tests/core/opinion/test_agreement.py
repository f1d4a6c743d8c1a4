"""Alpha is that of the published examples; it keeps its meaning whatever coders and codes are called."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from burgertop.core.errors import InputError, ShapeError
from burgertop.core.opinion import MISSING, Agreement, agreement_of, codes_of, krippendorff_alpha, pair_agreement


def coded(*rows: str) -> NDArray[np.int64]:
    """Codes from one string for each coder, a letter for each card, a dot where there is none."""
    return codes_of([[None if letter == "." else letter for letter in row] for row in rows])[0]


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: examples A, B and C (there .095, .692, .743);
# the last one is the worked example of his "Content Analysis" that many programs quote (.691).
PUBLISHED = [
    (coded("0100000010", "1110010000"), 0.095),
    (coded("aabbdcccedda", "babbbccceddd"), 0.692),
    (coded("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    (coded(".....34121133.3", "1.213343.......", "..21344.21133.4"), 0.691),
]


@pytest.mark.parametrize(("codes", "alpha"), PUBLISHED)
def test_alpha_is_that_of_the_published_examples(codes: NDArray[np.int64], alpha: float) -> None:
    found = krippendorff_alpha(codes)

    assert found is not None
    assert round(found, 3) == alpha


def test_alpha_by_hand() -> None:
    # Two coders, three cards: aa, ab, bb. Six codes, three of each; two of six pairs differ, 2*3*3/5 of them by chance.
    assert krippendorff_alpha(coded("aab", "abb")) == pytest.approx(1 - 2 / (18 / 5))


CODES = st.lists(st.lists(st.integers(-1, 3), min_size=7, max_size=7), min_size=2, max_size=4).map(
    lambda rows: np.array(rows, dtype=np.int64)
)


def by_pairs(codes: NDArray[np.int64]) -> float | None:
    """Alpha from its definition: walk through all pairs of codes, on one card and at all."""
    units = [[int(code) for code in card if code != MISSING] for card in codes.T]
    units = [unit for unit in units if len(unit) > 1]
    everything = [code for unit in units for code in unit]
    observed = sum(sum(p != q for p in unit for q in unit) / (len(unit) - 1) for unit in units)
    expected = sum(p != q for p in everything for q in everything) / (len(everything) - 1)
    return 1 - observed / expected if expected else None


@settings(max_examples=80, deadline=None)
@given(codes=CODES, order=st.permutations(range(4)), cards=st.permutations(range(7)))
def test_alpha_is_that_of_its_definition_and_cares_for_no_names_and_no_order(
    codes: NDArray[np.int64], order: list[int], cards: list[int]
) -> None:
    assume(((codes != MISSING).sum(axis=0) > 1).any())
    renamed = np.where(codes == MISSING, MISSING, np.array([*order, 0])[codes] + 10)

    alpha = krippendorff_alpha(codes)

    assert alpha == (None if (plain := by_pairs(codes)) is None else pytest.approx(plain))
    assert krippendorff_alpha(renamed) == pytest.approx(alpha)
    assert krippendorff_alpha(codes[::-1]) == pytest.approx(alpha)
    assert krippendorff_alpha(codes[:, cards]) == pytest.approx(alpha)
    assert krippendorff_alpha(np.vstack([codes, np.full(7, MISSING)])) == pytest.approx(alpha)


@settings(max_examples=80, deadline=None)
@given(codes=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_two_coders_who_coded_everything_have_the_pi_of_scott_corrected_for_few_cards(
    codes: list[tuple[int, int]],
) -> None:
    both = np.array(codes, dtype=np.int64).T
    shares = np.bincount(both.ravel()) / both.size
    chance = float((shares**2).sum())
    assume(chance < 1)
    pi = (float((both[0] == both[1]).mean()) - chance) / (1 - chance)

    # Krippendorff (1980): alpha = 1 - (1 - pi) (n - 1) / n with n codes.
    assert krippendorff_alpha(both) == pytest.approx(1 - (1 - pi) * (both.size - 1) / both.size)


def test_pairs_that_agree_are_told_over_all_and_for_each_code() -> None:
    share, by_code = pair_agreement(coded("aabbc.", "abbb.d"))

    # The cards aa, ab, bb, bb: of the 3 a 2 agree, of the 5 b 4; c and d are in no pair.
    assert share == 0.75
    assert by_code[:2].tolist() == pytest.approx([2 / 3, 4 / 5])
    assert np.isnan(by_code[2:]).all()


def test_codes_all_the_same_agree_wholly_but_have_no_alpha() -> None:
    found = agreement_of(coded("aaaa", "aaa."), rng=np.random.default_rng(1))

    assert found == Agreement(alpha=None, low=None, high=None, share=1.0, share_by_code=(1.0,), cards=3, codes=6)


def test_coders_who_always_agree_have_an_alpha_of_one_with_an_interval_of_no_width() -> None:
    found = agreement_of(coded("abcabc", "abcabc"), rng=np.random.default_rng(1))

    assert (found.alpha, found.low, found.high) == (1.0, 1.0, 1.0)


def test_chance_is_an_argument() -> None:
    codes = PUBLISHED[2][0]

    first, again, other = (agreement_of(codes, rng=np.random.default_rng(seed), draws=300) for seed in (1, 1, 2))

    assert first == again != other


def test_the_interval_holds_the_truth_nearly_as_often_as_it_says() -> None:
    # Two coders give the true one of five codes 85 % of the time, else one of the five by chance: alpha is .85^2.
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(200):
        truth = rng.integers(0, 5, 60)
        codes = np.where(rng.random((2, 60)) < 0.85, truth, rng.integers(0, 5, (2, 60)))
        found = agreement_of(codes, rng=rng, draws=300, level=0.9)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.85**2 <= found.high

    assert 168 <= held <= 194  # 90 % would be 180; five standard errors are 21, and it is known to be a bit narrow


@pytest.mark.parametrize("codes", [coded("a.b.", ".a.b"), coded("abc"), np.empty((2, 0), dtype=np.int64)])
def test_where_no_card_has_two_codes_there_is_nothing_to_pair(codes: NDArray[np.int64]) -> None:
    with pytest.raises(InputError) as caught:
        krippendorff_alpha(codes)

    assert caught.value.code == "opinion.nothing_to_pair"


@pytest.mark.parametrize("codes", [np.array([0, 1]), np.array([[0, -2]]), np.array([[0.5, 1.0], [0.5, 1.0]])])
def test_codes_are_whole_numbers_from_zero_in_two_dimensions(codes: NDArray[np.int64]) -> None:
    with pytest.raises(InputError) as caught:
        pair_agreement(codes)

    assert caught.value.code == "opinion.bad_code"


def test_what_makes_no_sense_is_refused() -> None:
    codes, rng = coded("ab", "ab"), np.random.default_rng(1)
    with pytest.raises(InputError) as draws:
        agreement_of(codes, rng=rng, draws=0)
    with pytest.raises(InputError) as level:
        agreement_of(codes, rng=rng, level=1.0)
    with pytest.raises(ShapeError) as ragged:
        codes_of([["a", "b"], ["a"]])

    assert (draws.value.code, draws.value.params) == ("opinion.bad_draws", {"draws": 0})
    assert (level.value.code, level.value.params) == ("opinion.bad_level", {"level": 1.0})
    assert (ragged.value.code, ragged.value.params) == ("opinion.ragged_codes", {"lengths": ("2", "1")})
