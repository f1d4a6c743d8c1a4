"""Kinds of ballot: what may stand on a paper. A paper is a tuple of whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.core.errors import InputError

__all__ = ["ABSTAIN", "AGAINST", "FOR", "Approval", "Kind", "Motion", "Paper", "Ranking", "Score"]

Paper = tuple[int, ...]

FOR, AGAINST, ABSTAIN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Approval:
    """Choose some of the options; a paper names the chosen options, in any order.

    Args:
        options: number of options, numbered from 0.
        least: least number of choices on a paper that is not blank, 1 or more.
        most: most number of choices.

    Raises:
        InputError: ``ballots.no_options``, ``ballots.bad_limits``.

    >>> Approval(options=25, least=1, most=3).check((4, 0, 24))
    """

    options: int
    least: int
    most: int

    def __post_init__(self) -> None:
        """Refuse a ballot nobody could fill in."""
        _check_options(self.options)
        if not 1 <= self.least <= self.most <= self.options:
            raise InputError("ballots.bad_limits", least=self.least, most=self.most, options=self.options)

    def check(self, paper: Paper) -> None:
        """Refuse a paper that is not valid; ``()``, the blank paper, is.

        Raises:
            InputError: ``ballots.unknown_option``, ``ballots.doubled_choice``,
                ``ballots.too_few_choices``, ``ballots.too_many_choices``.

        >>> Approval(options=25, least=1, most=3).check((1, 2, 3, 4))
        Traceback (most recent call last):
        burgertop.core.errors.InputError: ('ballots.too_many_choices', {'chosen': 4, 'most': 3})
        """
        _check_choices(paper, self.options, self.most)
        if paper and len(paper) < self.least:
            raise InputError("ballots.too_few_choices", chosen=len(paper), least=self.least)


@dataclass(frozen=True, slots=True)
class Motion:
    """For, against or abstain; a paper is ``(FOR,)``, ``(AGAINST,)`` or ``(ABSTAIN,)``.

    >>> Motion().check((FOR,))
    """

    @property
    def options(self) -> int:
        """Three: for, against, abstain."""
        return 3

    def check(self, paper: Paper) -> None:
        """Refuse a paper that is not valid; ``()``, the blank paper, is.

        Raises:
            InputError: ``ballots.unknown_option``, ``ballots.doubled_choice``,
                ``ballots.too_many_choices``.

        >>> Motion().check((FOR, AGAINST))
        Traceback (most recent call last):
        burgertop.core.errors.InputError: ('ballots.too_many_choices', {'chosen': 2, 'most': 1})
        """
        _check_choices(paper, 3, 1)


@dataclass(frozen=True, slots=True)
class Score:
    """Give every option points; a paper holds one number per option, in their order.

    Args:
        options: number of options.
        most: most points for one option, 1 or more; the least is 0.

    Raises:
        InputError: ``ballots.no_options``, ``ballots.no_points``.

    >>> Score(options=3, most=5).check((5, 0, 3))
    """

    options: int
    most: int

    def __post_init__(self) -> None:
        """Refuse a ballot without options or points."""
        _check_options(self.options)
        if self.most < 1:
            raise InputError("ballots.no_points", most=self.most)

    def check(self, paper: Paper) -> None:
        """Refuse a paper that is not valid; ``()``, the blank paper, is.

        Raises:
            InputError: ``ballots.missing_points``, ``ballots.points_out_of_range``.

        >>> Score(options=3, most=5).check((5, 0, 6))
        Traceback (most recent call last):
        burgertop.core.errors.InputError: ('ballots.points_out_of_range', {'option': 2, \
'points': 6, 'most': 5})
        """
        if not paper:
            return
        if len(paper) != self.options:
            raise InputError("ballots.missing_points", given=len(paper), options=self.options)
        for option, points in enumerate(paper):
            if not 0 <= points <= self.most:
                raise InputError("ballots.points_out_of_range", option=option, points=points, most=self.most)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Put options in order; a paper names options, the best first.

    Args:
        options: number of options, numbered from 0.
        most: most number of options on a paper, 1 or more.

    Raises:
        InputError: ``ballots.no_options``, ``ballots.bad_limits``.

    >>> Ranking(options=4, most=3).check((2, 0, 3))
    """

    options: int
    most: int

    def __post_init__(self) -> None:
        """Refuse a ballot nobody could fill in."""
        _check_options(self.options)
        if not 1 <= self.most <= self.options:
            raise InputError("ballots.bad_limits", least=1, most=self.most, options=self.options)

    def check(self, paper: Paper) -> None:
        """Refuse a paper that is not valid; ``()``, the blank paper, is.

        Raises:
            InputError: ``ballots.unknown_option``, ``ballots.doubled_choice``,
                ``ballots.too_many_choices``.

        >>> Ranking(options=4, most=3).check((2, 2))
        Traceback (most recent call last):
        burgertop.core.errors.InputError: ('ballots.doubled_choice', {'option': 2})
        """
        _check_choices(paper, self.options, self.most)


Kind = Approval | Motion | Score | Ranking


def _check_options(options: int) -> None:
    if options < 1:
        raise InputError("ballots.no_options")


def _check_choices(paper: Sequence[int], options: int, most: int) -> None:
    for place, option in enumerate(paper):
        if not 0 <= option < options:
            raise InputError("ballots.unknown_option", option=option, options=options)
        if option in paper[:place]:
            raise InputError("ballots.doubled_choice", option=option)
    if len(paper) > most:
        raise InputError("ballots.too_many_choices", chosen=len(paper), most=most)
