"""Least squares whose last digits are the same on one processor and on eight.

Libraries of linear algebra add up in an order that depends on the processor and on its threads, and the last digits
with it. Here a sum is either exact, so that its order does not matter, or made by numpy one term after the other.
"""

import numpy as np
from scipy.sparse import csc_array, csr_array

from burgertop.core.sortition.kinds import Floats

__all__ = ["smallest_step", "solved_by", "triangle_of"]

GRAIN = 1 << 22  # entries of the factor are whole numbers of 1 / GRAIN: products of two, and their sums, are exact
SHIFT = 2.0**-20  # added to a diagonal of ones, so that there is a factor where rows depend on each other
LOST = 0.1  # entries above this, under a pivot that is nought but for the shift, are nothing but rounding
BLOCK, AT_ONCE = 64, 512  # columns of the factor, and of the rows, that are worked on together
STEPS = 400
EXACT = 1e-13


def smallest_step(rows: csr_array, missing: Floats) -> Floats:
    """Find the smallest ``step`` (in the sum of squares) with ``rows @ step`` as close to ``missing`` as can be.

    The normal equations are solved by conjugate gradients, led by a Cholesky factor of them with
    22 binary places: few steps are left to take, and no step knows how many processors there are.

    Args:
        rows: shape (R, n); rows may depend on each other, and be empty.
        missing: shape (R,).

    Returns:
        Shape (n,).

    Cost: O(n * R squared).
    Source: Hestenes and Stiefel (1952), Methods of conjugate gradients for solving linear systems,
    Journal of Research of the National Bureau of Standards 49(6), 409-436.

    >>> smallest_step(csr_array([[1.0, 1.0, 0.0], [2.0, 2.0, 0.0]]), np.array([1.0, 2.0])).round(9).tolist()
    [0.5, 0.5, 0.0]
    """
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)))
    scale = np.where(lengths > 0, 1 / np.maximum(lengths, 1e-150), 0)
    scaled = csr_array(rows.multiply(scale[:, None]))
    turned, missing = csr_array(scaled.T), missing * scale
    factor = _factor(csc_array(scaled))
    best = step = np.zeros(rows.shape[1])
    push, last, least = np.zeros(len(missing)), 1.0, np.inf
    for _ in range(STEPS):
        far = float(np.abs(missing).max(initial=0))
        if far < least:
            best, least = step, far
        if far < EXACT or far > 1e3 * least:
            break
        led = solved_by(factor, missing)
        now = float((missing * led).sum())
        push = led + now / last * push
        moved = turned @ push
        size = now / max(float((moved * moved).sum()), 1e-300)
        step = step + size * moved
        missing = missing - size * (scaled @ moved)
        last = now
    return best


def _factor(scaled: csc_array) -> Floats:
    """Find the lower triangle L of whole numbers of 1 / GRAIN with L @ L.T close to scaled @ scaled.T.

    The rows have length 1, so no sum of products leaves -1..1: it is a whole number of 1 / GRAIN squared, below
    2**53 of them, and exact in whatever order it is added up.
    """
    number = scaled.shape[0]
    grained = csc_array((np.rint(scaled.data * GRAIN) / GRAIN, scaled.indices, scaled.indptr), shape=scaled.shape)
    lower = np.zeros((number, number))
    for begin in range(0, grained.shape[1], AT_ONCE):
        part = grained[:, begin : begin + AT_ONCE].toarray()
        lower += part @ part.T
    lower[np.diag_indices(number)] += SHIFT
    for begin in range(0, number, BLOCK):
        end = min(begin + BLOCK, number)
        column = lower[begin:, begin:end]
        column -= lower[begin:, :begin] @ lower[begin:end, :begin].T
        for at in range(end - begin):
            column[at:, at] -= column[at:, :at] @ column[at, :at]
            pivot = np.sqrt(max(column[at, at], SHIFT))
            is_lost = column[at, at] < SHIFT and np.abs(column[at + 1 :, at]).max(initial=0) > LOST * pivot
            column[at, at] = 1 if is_lost else pivot
            column[at + 1 :, at] = 0 if is_lost else np.rint(column[at + 1 :, at] / pivot * GRAIN) / GRAIN
    return lower


def triangle_of(square: Floats, apart: int = 0) -> Floats:
    """Find the lower triangle L of full precision with L @ L.T = square (Cholesky).

    Args:
        square: shape (R, R), symmetric, positive definite.
        apart: so many first rows of it meet none of each other; that saves most of the work.

    Cost: O((R - apart) cubed).

    >>> triangle_of(np.array([[4.0, 2.0], [2.0, 5.0]])).tolist()
    [[2.0, 0.0], [1.0, 2.0]]
    """
    lower = np.tril(square)
    if apart:
        pivots = np.sqrt(np.diag(square)[:apart])
        beside = csr_array(square[apart:, :apart] / pivots)
        lower[:apart, :apart] = np.diag(pivots)
        lower[apart:, :apart] = beside.toarray()
        lower[apart:, apart:] -= np.tril((beside @ beside.T).toarray())
    for at in range(apart, len(lower)):
        lower[at, at] = np.sqrt(max(lower[at, at], 1e-300))
        lower[at + 1 :, at] /= lower[at, at]
        lower[at + 1 :, at + 1 :] -= np.tril(lower[at + 1 :, at, None] * lower[at + 1 :, at])
    return lower


def solved_by(lower: Floats, right: Floats) -> Floats:
    """Find x with L @ L.T @ x = right, forth and back, one column after the other.

    Args:
        lower: shape (R, R): the triangle L.
        right: shape (R,).

    Cost: O(R squared).

    >>> solved_by(np.array([[2.0, 0.0], [1.0, 2.0]]), np.array([2.0, 5.0])).tolist()
    [0.0, 1.0]
    """
    found = right.copy()
    for at in range(len(found)):
        found[at] /= lower[at, at]
        found[at + 1 :] -= lower[at + 1 :, at] * found[at]
    for at in range(len(found) - 1, -1, -1):
        found[at] /= lower[at, at]
        found[:at] -= lower[at, :at] * found[at]
    return found
