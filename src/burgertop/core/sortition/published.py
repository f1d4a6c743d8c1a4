"""A lottery as it is published: numbered panels, chances and certificate, in plain values and in one way only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError

__all__ = [
    "Certificate",
    "CertificateLevel",
    "Lottery",
    "canonical_lottery",
    "commitment_of",
    "lottery_as_json",
    "lottery_from_json",
    "reordered",
]

FORMAT = "burgertop.lottery.1"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CertificateLevel:
    """People whose chance is settled together, and the proof that it cannot be larger.

    Args:
        ids: the people, sorted.
        bound: no lottery that keeps the earlier levels gives all of them a larger chance.
        reached: the smallest chance of one of them under the exact distribution.
        proof: how: ``"duality"``: by the prices; ``"size"``: the chance is 1; ``"pricing"``: integer programs
            found the bound over whole panels, where prices prove too little; ``"nash"``: the prices prove
            that no product of chances is larger; ``"measure"``: the rule's measure is best so, not proven here.
        seat_price: price of a seat.
        quota_prices: price of a seat for somebody with the value, by feature and value; where
            it is missing, 0.
        household_prices: price of a seat for somebody of the household; where missing, 0.
        worths: for ``"pricing"``: what a seat of everybody is worth; where missing, 0. No panel is
            worth more than the bound says; it takes an integer program to see it.

    >>> CertificateLevel(("a",), 0.5, 0.5, "duality", 0.5, {}, {}).bound
    0.5
    """

    ids: tuple[str, ...]
    bound: float
    reached: float
    proof: str
    seat_price: float
    quota_prices: Mapping[tuple[str, str], float]
    household_prices: Mapping[str, float]
    worths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is proven about a lottery.

    Args:
        levels: from the smallest chance up; people who must or never sit are in none.
        upper_bound: no lottery gives everybody (who can be chosen at all) a larger chance.
        min_probability: the smallest chance under the exact distribution.
        gap: the largest relative difference, over all levels, of bound and reached.
        is_relaxed_reached: the bounds that prices prove are reached by whole panels.

    >>> Certificate((), 1.0, 1.0, 0.0, True).gap
    0.0
    """

    levels: tuple[CertificateLevel, ...]
    upper_bound: float
    min_probability: float
    gap: float
    is_relaxed_reached: bool


@dataclass(frozen=True, eq=False)
class Lottery:
    """A lottery of numbered panels, everybody's chances, and the proof that they are fair.

    Args:
        rule: name of the rule.
        seats: people on a panel.
        input_digest: ``canonical_digest`` of everything the lottery depends on.
        ids: everybody, in the order of the pool.
        ideal: shape (n,): the chance the rule gives everybody.
        exact: shape (n,): everybody's chance under the exact distribution.
        published: shape (n,): on how many of the numbered panels everybody is.
        panels: shape (M, seats): positions in the pool, sorted; panel number 1 comes first.
        extra_panels: shape (E, seats): more panels of the exact distribution.
        weights: shape (M + E,): weight of each panel in the exact distribution: a panel is drawn
            by its weight, then its people are replaced by as many of their kind, all equally likely.
            Empty when the exact distribution was not asked for.
        alike: shape (n,): everybody's kind; people of a kind have the same chance.
        certificate: what is proven.
        never_chosen: ids of people whom no panel can hold.
    """

    rule: str
    seats: int
    input_digest: str
    ids: tuple[str, ...]
    ideal: Floats
    exact: Floats
    published: Ints
    panels: NDArray[np.int32]
    extra_panels: NDArray[np.int32]
    weights: Floats
    alike: Ints
    certificate: Certificate
    never_chosen: tuple[str, ...]

    def panel(self, number: int) -> tuple[str, ...]:
        """Tell who is on a numbered panel.

        Args:
            number: 1 for the first panel.

        Raises:
            InputError: ``sortition.no_such_panel``.
        """
        if not 1 <= number <= len(self.panels):
            raise InputError("sortition.no_such_panel", number=number, panels=len(self.panels))
        return tuple(self.ids[place] for place in self.panels[number - 1])


def reordered(lottery: Lottery, ids: Sequence[str]) -> Lottery:
    """Put the people of a lottery into another order.

    Args:
        lottery: the lottery.
        ids: the same ids in the wanted order.

    Raises:
        InputError: ``sortition.unknown_person``: the ids are not the same.

    Cost: O(panels * seats * log(seats)).
    """
    if other := set(ids) ^ set(lottery.ids):
        raise InputError("sortition.unknown_person", ids=tuple(sorted(other)))
    place = {one: number for number, one in enumerate(lottery.ids)}
    order = np.array([place[one] for one in ids], dtype=np.int64)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return replace(
        lottery,
        ids=tuple(ids),
        ideal=lottery.ideal[order],
        exact=lottery.exact[order],
        published=lottery.published[order],
        alike=lottery.alike[order],
        panels=np.sort(back[lottery.panels], axis=1).astype(np.int32),
        extra_panels=np.sort(back[lottery.extra_panels], axis=1).astype(np.int32),
        never_chosen=tuple(sorted(lottery.never_chosen, key=tuple(ids).index)),
    )


def lottery_as_json(lottery: Lottery) -> dict[str, Any]:
    """Write a lottery in plain values: the same for the same inputs, whatever the order of their rows.

    People are sorted by id; panels name them by position (from 0) in that order.

    Cost: O(panels * seats).
    """
    whole = reordered(lottery, sorted(lottery.ids))
    proven = whole.certificate
    return {
        "format": FORMAT,
        "rule": whole.rule,
        "seats": whole.seats,
        "input_digest": whole.input_digest,
        "ids": list(whole.ids),
        "ideal": whole.ideal.tolist(),
        "exact": whole.exact.tolist(),
        "published": whole.published.tolist(),
        "panels": whole.panels.tolist(),
        "extra_panels": whole.extra_panels.tolist(),
        "weights": whole.weights.tolist(),
        "alike": whole.alike.tolist(),
        "never_chosen": sorted(whole.never_chosen),
        "certificate": {
            "upper_bound": proven.upper_bound,
            "min_probability": proven.min_probability,
            "gap": proven.gap,
            "is_relaxed_reached": proven.is_relaxed_reached,
            "levels": [_level_as_json(level) for level in proven.levels],
        },
    }


def _level_as_json(level: CertificateLevel) -> dict[str, Any]:
    return {
        "ids": list(level.ids),
        "bound": level.bound,
        "reached": level.reached,
        "proof": level.proof,
        "seat_price": level.seat_price,
        "quota_prices": sorted([feature, value, price] for (feature, value), price in level.quota_prices.items()),
        "household_prices": dict(level.household_prices),
        "worths": dict(level.worths),
    }


def lottery_from_json(content: Mapping[str, Any]) -> Lottery:
    """Read a lottery back, people sorted by id.

    Raises:
        InputError: ``sortition.not_a_lottery``: a value is missing or of another form.

    Cost: O(panels * seats).
    """
    try:
        if content["format"] != FORMAT:
            raise InputError("sortition.not_a_lottery", reason=str(content["format"]))
        seats = int(content["seats"])
        proven = content["certificate"]
        return Lottery(
            rule=str(content["rule"]),
            seats=seats,
            input_digest=str(content["input_digest"]),
            ids=tuple(map(str, content["ids"])),
            ideal=np.array(content["ideal"], dtype=np.float64),
            exact=np.array(content["exact"], dtype=np.float64),
            published=np.array(content["published"], dtype=np.int64),
            panels=np.array(content["panels"], dtype=np.int32).reshape(-1, seats),
            extra_panels=np.array(content["extra_panels"], dtype=np.int32).reshape(-1, seats),
            weights=np.array(content["weights"], dtype=np.float64),
            alike=np.array(content["alike"], dtype=np.int64),
            never_chosen=tuple(map(str, content["never_chosen"])),
            certificate=Certificate(
                levels=tuple(_level_from_json(level) for level in proven["levels"]),
                upper_bound=float(proven["upper_bound"]),
                min_probability=float(proven["min_probability"]),
                gap=float(proven["gap"]),
                is_relaxed_reached=bool(proven["is_relaxed_reached"]),
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("sortition.not_a_lottery", reason=str(error)) from error


def _level_from_json(level: Mapping[str, Any]) -> CertificateLevel:
    return CertificateLevel(
        ids=tuple(map(str, level["ids"])),
        bound=float(level["bound"]),
        reached=float(level["reached"]),
        proof=str(level["proof"]),
        seat_price=float(level["seat_price"]),
        quota_prices={(str(feature), str(value)): float(price) for feature, value, price in level["quota_prices"]},
        household_prices={str(home): float(price) for home, price in level["household_prices"].items()},
        worths={str(one): float(worth) for one, worth in level["worths"].items()},
    )


def canonical_lottery(lottery: Lottery) -> bytes:
    """Write a lottery as canonical JSON, in UTF-8: the same bytes for the same lottery.

    Cost: O(panels * seats).
    """
    content = lottery_as_json(lottery)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def commitment_of(lottery: Lottery) -> str:
    """Give the SHA-256 of the canonical JSON of a lottery, to be published before the public chance.

    Returns:
        64 hexadecimal digits.

    Cost: O(panels * seats).
    """
    return sha256(canonical_lottery(lottery)).hexdigest()
