"""What is said when a ballot, a paper or a count does not go through, and how a result came about.

The codes of ``core.ballots`` are here too. Options are numbered from 0 there, from 1 for people.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext, gettext_lazy, ngettext

from burgertop.core.errors import Param
from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]


def _number(values: Mapping[str, Param], name: str) -> int:
    return int(str(values[name]))


def _option(values: Mapping[str, Param]) -> int:
    return _number(values, "option") + 1


def _options(value: Param) -> str:
    listed = value if isinstance(value, tuple) else (str(value),)
    return ", ".join(str(int(number) + 1) for number in listed)


def _percent(value: Param) -> str:
    return f"{float(Fraction(str(value))) * 100:.1f}"


def _unknown_option(values: Mapping[str, Param]) -> str:
    return gettext("There is no option %(option)s on this paper.") % {"option": _option(values)}


def _doubled_choice(values: Mapping[str, Param]) -> str:
    return gettext("Option %(option)s is on the paper twice.") % {"option": _option(values)}


def _too_many_choices(values: Mapping[str, Param]) -> str:
    most = _number(values, "most")
    return ngettext(
        "You chose %(chosen)s; at most %(most)s is allowed.",
        "You chose %(chosen)s; at most %(most)s are allowed.",
        most,
    ) % {"chosen": values["chosen"], "most": most}


def _too_few_choices(values: Mapping[str, Param]) -> str:
    least = _number(values, "least")
    return ngettext(
        "You chose %(chosen)s; at least %(least)s is needed.",
        "You chose %(chosen)s; at least %(least)s are needed.",
        least,
    ) % {"chosen": values["chosen"], "least": least}


def _points_out_of_range(values: Mapping[str, Param]) -> str:
    return gettext("Option %(option)s has %(points)s points; from 0 to %(most)s are possible.") % {
        "option": _option(values),
        "points": values["points"],
        "most": values["most"],
    }


def _papers_counted(values: Mapping[str, Param]) -> str:
    papers = _number(values, "papers")
    return ngettext(
        "%(papers)s paper was counted; %(blank)s blank, %(invalid)s not valid.",
        "%(papers)s papers were counted; %(blank)s blank, %(invalid)s not valid.",
        papers,
    ) % {"papers": papers, "blank": values["blank"], "invalid": values["invalid"]}


def _chosen_with(values: Mapping[str, Param]) -> str:
    return gettext("Option %(option)s is chosen with %(count)s of %(papers)s valid papers.") % {
        "option": _option(values),
        "count": values["count"],
        "papers": values["papers"],
    }


def _tied_with(values: Mapping[str, Param]) -> str:
    places = _number(values, "places")
    return ngettext(
        "Options %(options)s have %(count)s each; %(places)s place is left for them.",
        "Options %(options)s have %(count)s each; %(places)s places are left for them.",
        places,
    ) % {"options": _options(values["options"]), "count": values["count"], "places": places}


def _motion(sentence: str, values: Mapping[str, Param]) -> str:
    return sentence % {
        "in_favor": values["in_favor"],
        "against": values["against"],
        "abstain": values["abstain"],
        "share": _percent(values["share"]),
        "threshold": _percent(values["threshold"]),
    }


def _adopted(values: Mapping[str, Param]) -> str:
    if values["is_strict"]:
        more = gettext(
            "Adopted: %(in_favor)s for, %(against)s against, %(abstain)s abstained. "
            "That is %(share)s %% for; more than %(threshold)s %% is needed."
        )
        return _motion(more, values)
    least = gettext(
        "Adopted: %(in_favor)s for, %(against)s against, %(abstain)s abstained. "
        "That is %(share)s %% for; at least %(threshold)s %% is needed."
    )
    return _motion(least, values)


def _rejected(values: Mapping[str, Param]) -> str:
    if values["is_strict"]:
        more = gettext(
            "Not adopted: %(in_favor)s for, %(against)s against, %(abstain)s abstained. "
            "That is %(share)s %% for; more than %(threshold)s %% is needed."
        )
        return _motion(more, values)
    least = gettext(
        "Not adopted: %(in_favor)s for, %(against)s against, %(abstain)s abstained. "
        "That is %(share)s %% for; at least %(threshold)s %% is needed."
    )
    return _motion(least, values)


def _lot_chose(values: Mapping[str, Param]) -> str:
    return gettext("The lot chose option %(option)s among the tied options %(tied)s; the seed was “%(seed)s”.") % {
        "option": _option(values),
        "tied": _options(values["tied"]),
        "seed": values["seed"],
    }


SENTENCES: Final[Mapping[str, Sentence]] = {
    # Before the vote
    "ballots.no_options": gettext_lazy("A ballot needs at least one option."),
    "ballots.bad_limits": gettext_lazy(
        "From %(least)s to %(most)s choices do not fit a ballot with %(options)s options."
    ),
    "ballots.no_points": gettext_lazy("A ballot with points needs at least 1 point to give."),
    "ballots.unknown_rule": gettext_lazy("There is no rule “%(rule)s”. The rules are: %(rules)s."),
    "ballots.rule_not_for_kind": gettext_lazy("The rule “%(rule)s” does not count this kind of ballot."),
    "ballots.bad_winners": gettext_lazy("%(winners)s places do not fit a ballot with %(options)s options."),
    "ballots.bad_quorum": gettext_lazy("A quorum cannot be less than 0."),
    "ballots.bad_threshold": gettext_lazy("The share needed must be from 0 to 1."),
    "ballots.motion_has_options": gettext_lazy("A motion is voted for, against or abstain; it has no other options."),
    "ballots.code_purpose_missing": gettext_lazy("Say which personal codes open this ballot."),
    "ballots.not_draft": gettext_lazy("This ballot was over already. Make a new one."),
    "ballots.closes_in_the_past": gettext_lazy("The moment of closing is over already."),
    # A paper
    "ballots.not_open": gettext_lazy("This ballot is not open yet."),
    "ballots.closed": gettext_lazy("The ballot is closed. Your paper came too late and was not taken."),
    "ballots.cancelled": gettext_lazy("This ballot was cancelled. No papers are counted."),
    "ballots.once_reused": gettext_lazy(
        "This form was sent already with other choices. Load the page again to change your vote."
    ),
    "ballots.paper_replaced": gettext_lazy("You changed your vote after this paper. The newer paper counts."),
    "ballots.no_right": gettext_lazy("You need your personal code to vote here."),
    "ballots.unknown_option": _unknown_option,
    "ballots.doubled_choice": _doubled_choice,
    "ballots.too_many_choices": _too_many_choices,
    "ballots.too_few_choices": _too_few_choices,
    "ballots.missing_points": gettext_lazy("Give points to all %(options)s options; %(given)s have some."),
    "ballots.points_out_of_range": _points_out_of_range,
    # The count
    "ballots.key_missing": gettext_lazy(
        "The key of this ballot is not on the server, so its papers cannot be opened. Nothing is lost: "
        "put the file %(ballot)s.key back into the folder keys/ballots and count again."
    ),
    "ballots.key_wrong": gettext_lazy(
        "The key on the server is not the one of this ballot, so its papers cannot be opened. Nothing is lost: "
        "put the right file %(ballot)s.key back into the folder keys/ballots and count again."
    ),
    "ballots.counted_already": gettext_lazy("This ballot is counted and can no longer be cancelled."),
    "ballots.reason_missing": gettext_lazy("Say why the ballot is cancelled; the reason will be public."),
    "ballots.not_counted": gettext_lazy("This ballot is not counted yet."),
    # The result
    "ballots.papers_counted": _papers_counted,
    "ballots.no_quorum": gettext_lazy(
        "%(papers)s papers were handed in; %(quorum)s are needed. The result does not stand."
    ),
    "ballots.no_vote_counts": gettext_lazy("Not adopted: nobody voted for or against."),
    "ballots.adopted": _adopted,
    "ballots.rejected": _rejected,
    "ballots.chosen_with": _chosen_with,
    "ballots.tied_with": _tied_with,
    "ballots.lot_chose": _lot_chose,
    "ballots.empty_seed": gettext_lazy("The lot needs a public seed, such as dice thrown in the hall."),
    "ballots.not_tied": gettext_lazy("%(places)s places for %(tied)s options is no tie."),
    "ballots.nothing_to_test": gettext_lazy("There are too few votes to test whether places mattered."),
    "ballots.ragged_orders": gettext_lazy("The orders of the options do not all have the same length."),
}
