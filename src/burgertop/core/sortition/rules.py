"""The rules a lottery can follow: each settles everybody's ideal chance and has its paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from burgertop.core.errors import InputError
from burgertop.core.sortition.kinds import Kinds
from burgertop.core.sortition.leximin import Level, leximin_levels
from burgertop.core.sortition.measures import goldilocks_levels, maximin_levels, nash_levels

__all__ = ["RULES", "Rule", "rule_of"]

Step = Callable[[float], None] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of fairness.

    Args:
        name: as organisers write it.
        goal: what it makes as large or small as can be.
        paper: where it comes from.
        levels: finds the chances over all averages of panels that the rows allow.
        is_whole: the chances can be found over whole panels too, where averages promise too much.

    >>> RULES["leximin"].paper[:15]
    'Flanigan, Goelz'
    """

    name: str
    goal: str
    paper: str
    levels: Callable[[Kinds, Step], tuple[Level, ...]]
    is_whole: bool = False


def rule_of(name: str) -> Rule:
    """Find a rule by its name.

    Raises:
        InputError: ``sortition.unknown_rule``.

    >>> rule_of("leximin").name
    'leximin'
    """
    if name not in RULES:
        raise InputError("sortition.unknown_rule", rule=name, known=tuple(RULES))
    return RULES[name]


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "leximin",
            "the smallest chance as large as can be, then the next smallest, and so on",
            "Flanigan, Goelz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens' "
            "assemblies, Nature 596, 548-552",
            lambda kinds, step: leximin_levels(kinds, step=step),
            is_whole=True,
        ),
        Rule(
            "maximin",
            "the smallest chance as large as can be; what that leaves open, as even as can be",
            "Flanigan, Goelz, Gupta and Procaccia (2020), Neutralizing self-selection bias in sampling for "
            "sortition, NeurIPS 33",
            maximin_levels,
            is_whole=True,
        ),
        Rule(
            "nash",
            "the product of all chances as large as can be",
            "Flanigan, Goelz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens' "
            "assemblies, Nature 596, 548-552",
            nash_levels,
        ),
        Rule(
            "goldilocks",
            "no chance too small and none too large",
            "Baharav and Flanigan (2024), Fair, manipulation-robust, and transparent sortition, EC 2024",
            goldilocks_levels,
        ),
    )
}
