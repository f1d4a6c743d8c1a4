"""Chance in whole numbers."""

import numpy as np

from burgertop.core.seating.noise import GRAIN, heats, noise


def test_the_noise_is_that_of_gumbel() -> None:
    values = noise() / GRAIN

    assert abs(values.mean() - np.euler_gamma) < 0.01
    assert abs(values.var() - np.pi**2 / 6) < 0.02


def test_choices_fall_with_their_cost_as_they_should() -> None:
    shaken = noise()[: 3 * 40_000].reshape(-1, 3)
    costs = np.array([0, GRAIN, 2 * GRAIN])

    chosen = np.bincount((costs - shaken).argmin(axis=1), minlength=3) / len(shaken)

    wanted = np.exp([0, -1, -2]) / np.exp([0, -1, -2]).sum()
    assert np.abs(chosen - wanted).max() < 0.01


def test_heats_fall_evenly_and_never_to_nought() -> None:
    assert heats(10, 4, 800, 100) == [8, 4, 2, 1]
    assert heats(1, 3, 400, 4) == [1, 1, 1]
