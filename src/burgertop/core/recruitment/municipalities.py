"""Municipalities drawn in proportion to their size, and how many letters go to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from burgertop.core.errors import InputError
from burgertop.core.recruitment.chance import draw_ordered, numbers_from, text_of

__all__ = ["Municipality", "draw_municipalities", "letters_by_municipality"]


@dataclass(frozen=True, slots=True)
class Municipality:
    """One that was drawn: its name, its people, and the chance it had of being drawn (exact)."""

    name: str
    people: int
    chance: Fraction


def draw_municipalities(
    people: Mapping[str, int], wanted: int, seed_text: str, *, digest: str = "", is_shuffled: bool = True
) -> tuple[Municipality, ...]:
    """Draw municipalities without doubles, each with a chance in exact proportion to its people.

    One so large that its chance would reach 1 is in for certain; the rest share the places that are left,
    and so on until no chance reaches 1. The rest are laid end to end, n times as long as they have people;
    from a random start every T-th point of the line draws the one it falls on, with n the places left
    and T the people of the rest.

    Args:
        people: people by municipality; one with nobody is never drawn.
        wanted: how many to draw.
        seed_text: a public text nobody could know when the list was fixed.
        digest: the digest of the frame, if there is one.
        is_shuffled: True: the line is laid in an order drawn from the seed. False: in the order handed
            in, so that a list sorted by province spreads the draw over the provinces.

    Returns:
        The drawn: those certain first, then the others in the order of the line.

    Raises:
        InputError: ``recruitment.negative_people``, ``recruitment.negative_number``,
            ``recruitment.too_few_municipalities``, ``recruitment.empty_seed``, ``recruitment.not_a_digest``.

    Cost: O(municipalities * certain rounds), hashes: O(municipalities).
    Source: Madow (1949), On the theory of systematic sampling II, Annals of Mathematical Statistics
    20(3); in a shuffled order: Goodman and Kish (1950), Journal of the American Statistical
    Association 45; those in for certain: Sarndal, Swensson and Wretman (1992), section 3.6.

    >>> drawn = draw_municipalities({"Gent": 60, "Aalst": 20, "Ronse": 10, "Deinze": 10}, 2, "3 5 1 6 2")
    >>> [(one.name, str(one.chance)) for one in drawn]
    [('Gent', '1'), ('Aalst', '1/2')]
    """
    rest = _checked(people, wanted)
    certain = _certain(rest, wanted)
    rest = {name: number for name, number in rest.items() if name not in certain}
    places, total = wanted - len(certain), sum(rest.values())
    drawn = [Municipality(name, people[name], Fraction(1)) for name in certain]
    kind, names = "burgertop.places.1", list(rest)
    text = text_of(kind, digest, seed_text, "start")
    if not places:
        return tuple(drawn)
    if is_shuffled:
        order = draw_ordered(len(names), len(names), text_of(kind, digest, seed_text, "order"))
        names = [names[place] for place in order]
    start = next(numbers_from(text, (total,)))
    ends = accumulate(places * rest[name] for name in names)
    for name, end in zip(names, ends, strict=True):
        begin = end - places * rest[name]
        # Points lie at start, start + total, start + 2 total ...: one is in [begin, end) if their number grows.
        if (end - 1 - start) // total > (begin - 1 - start) // total:
            drawn.append(Municipality(name, rest[name], Fraction(places * rest[name], total)))
    return tuple(drawn)


def letters_by_municipality(
    drawn: Sequence[Municipality], letters: int, everybody: int, seed_text: str, *, digest: str = ""
) -> dict[str, int]:
    """Share out letters so that everybody in the country has the same chance of one: letters / everybody.

    A municipality drawn with chance c gets people * letters / everybody / c letters; what is not whole
    is rounded up or down by chance, with one random number for all, so that no chance shifts.

    Args:
        drawn: from ``draw_municipalities``.
        letters: how many in all.
        everybody: people of all municipalities, also of those not drawn.
        seed_text: a public text nobody could know when the list was fixed.
        digest: the digest of the frame, if there is one.

    Returns:
        Letters by municipality: as many in all as asked for; then ``draw_rows`` draws the people.

    Raises:
        InputError: ``recruitment.negative_number``, ``recruitment.too_few_people``,
            ``recruitment.too_many_letters`` (a municipality would need more letters than it has people: draw
            more municipalities), ``recruitment.empty_seed``, ``recruitment.not_a_digest``.

    Cost: O(municipalities).
    Source: two-stage sampling with equal chances: Cochran (1977), Sampling Techniques, section 11.4;
    the rounding: Cox (1987), Journal of the American Statistical Association 82.

    >>> people = {"Gent": 60, "Aalst": 20, "Ronse": 10, "Deinze": 10}
    >>> drawn = draw_municipalities(people, 2, "3 5 1 6 2")
    >>> letters_by_municipality(drawn, 10, 100, "3 5 1 6 2")
    {'Gent': 6, 'Aalst': 4}
    """
    if letters < 0:
        raise InputError("recruitment.negative_number", number=letters)
    if everybody < sum(one.people for one in drawn):
        raise InputError("recruitment.too_few_people", people=everybody, drawn=sum(one.people for one in drawn))
    fine = 2**64
    ends = [Fraction(next(numbers_from(text_of("burgertop.shares.1", digest, seed_text), (fine,))), fine)]
    for one in drawn:
        share = Fraction(one.people * letters, everybody) / one.chance
        if share > one.people:
            raise InputError(
                "recruitment.too_many_letters", municipality=one.name, letters=-int(-share // 1), people=one.people
            )
        ends.append(ends[-1] + share)
    return {one.name: int(end) - int(begin) for one, begin, end in zip(drawn, ends[:-1], ends[1:], strict=True)}


def _checked(people: Mapping[str, int], wanted: int) -> dict[str, int]:
    for name, number in people.items():
        if number < 0:
            raise InputError("recruitment.negative_people", municipality=name, people=number)
    if wanted < 0:
        raise InputError("recruitment.negative_number", number=wanted)
    inhabited = {name: number for name, number in people.items() if number > 0}
    if wanted > len(inhabited):
        raise InputError("recruitment.too_few_municipalities", wanted=wanted, municipalities=len(inhabited))
    return inhabited


def _certain(people: Mapping[str, int], wanted: int) -> list[str]:
    """Name those whose chance would reach 1, again and again until none is left."""
    certain: list[str] = []
    while True:
        places = wanted - len(certain)
        total = sum(number for name, number in people.items() if name not in certain)
        more = [name for name, number in people.items() if name not in certain and places * number >= total]
        if not places or not more:
            return certain
        certain += more
