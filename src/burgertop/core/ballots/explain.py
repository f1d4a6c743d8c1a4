"""A result said as codes with values, for ``foundation.wording`` to make sentences of."""

from collections.abc import Mapping
from dataclasses import dataclass

from burgertop.core.ballots.kinds import ABSTAIN, AGAINST, FOR
from burgertop.core.ballots.rules import RULES, Majority, majority_share
from burgertop.core.ballots.tally import Tally
from burgertop.core.ballots.ties import TieBreak
from burgertop.core.errors import Param

__all__ = ["Explanation", "explanation_of", "explanation_of_lot"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence about a result, as a code with values; options are numbers from 0.

    >>> Explanation("ballots.chosen_with", {"option": 4, "count": 310, "papers": 704}).code
    'ballots.chosen_with'
    """

    code: str
    params: Mapping[str, Param]


def explanation_of(tally: Tally) -> tuple[Explanation, ...]:
    """Tell how a result came about.

    Args:
        tally: the result.

    Returns:
        In this order: ``ballots.papers_counted``; ``ballots.no_quorum`` and nothing more, or
        for a motion ``ballots.adopted`` or ``ballots.rejected`` (``ballots.no_vote_counts``
        when all abstain); else ``ballots.chosen_with`` for each chosen option, from the most to
        the fewest, and ``ballots.tied_with`` if places are left for tied options.

    Raises:
        KeyError: the tally was not made by a rule of ``RULES``.

    Cost: O(options).

    >>> from burgertop.core.ballots import Motion, tally_of
    >>> tally = tally_of(Motion(), [(0,), (0,), (1,)], rule="majority_two_thirds")
    >>> [said.code for said in explanation_of(tally)]
    ['ballots.papers_counted', 'ballots.adopted']
    """
    counted = Explanation(
        "ballots.papers_counted",
        {"papers": tally.papers, "blank": tally.blank, "invalid": tally.invalid},
    )
    if not tally.has_quorum:
        params: dict[str, Param] = {"papers": tally.papers, "quorum": tally.quorum}
        return counted, Explanation("ballots.no_quorum", params)
    majority = RULES[tally.rule].majority
    if majority is not None:
        return counted, _motion(tally, majority)
    valid = tally.papers - tally.blank - tally.invalid
    said = [counted]
    for option in (option for group in tally.order for option in group if option in tally.chosen):
        params = {"option": option, "count": tally.counts[option], "papers": valid}
        said.append(Explanation("ballots.chosen_with", params))
    if tally.tied:
        params = {
            "options": tuple(str(option) for option in tally.tied),
            "count": tally.counts[tally.tied[0]],
            "places": tally.open_places,
        }
        said.append(Explanation("ballots.tied_with", params))
    return tuple(said)


def explanation_of_lot(lot: TieBreak) -> tuple[Explanation, ...]:
    """Tell how a tie was broken: ``ballots.lot_chose`` for each option that got a place.

    Cost: O(tied).

    >>> explanation_of_lot(TieBreak((1, 2), 1, "themes", "3 5 1", (2, 1)))[0].params
    {'option': 2, 'tied': ('1', '2'), 'places': 1, 'seed': '3 5 1'}
    """
    tied = tuple(str(option) for option in lot.tied)
    return tuple(
        Explanation(
            "ballots.lot_chose",
            {"option": option, "tied": tied, "places": lot.places, "seed": lot.seed_text},
        )
        for option in lot.chosen
    )


def _motion(tally: Tally, majority: Majority) -> Explanation:
    share, is_adopted = majority_share(tally.counts, majority)
    if share is None:
        return Explanation("ballots.no_vote_counts", {"abstain": tally.counts[ABSTAIN]})
    return Explanation(
        "ballots.adopted" if is_adopted else "ballots.rejected",
        {
            "in_favor": tally.counts[FOR],
            "against": tally.counts[AGAINST],
            "abstain": tally.counts[ABSTAIN],
            "share": str(share),
            "threshold": str(majority.threshold),
            "is_strict": majority.is_strict,
            "counts_abstentions": majority.counts_abstentions,
        },
    )
