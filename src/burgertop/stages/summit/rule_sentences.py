"""The sentences for the rules of a seating: pins, who sits apart or together, lone speakers."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from burgertop.core.errors import Param
from burgertop.foundation.wording import Sentence

__all__ = ["RULE_SENTENCES"]


def _rule(name: str) -> str:
    """One rule in words: its name is a kind and ids, as ``core.seating.clash`` writes it."""
    kind, _sign, rest = name.partition(":")
    ids = ", ".join(rest.split("+"))
    if kind == "pin":
        person, _sign, where = rest.rpartition("@")
        table, _sign, number = where.partition("/")
        if number:
            return gettext("%(id)s sits at table %(table)s in round %(round)s") % {
                "id": person,
                "table": table,
                "round": number,
            }
        return gettext("%(id)s sits at table %(table)s") % {"id": person, "table": table}
    if kind == "household":
        return gettext("%(ids)s live together and sit apart") % {"ids": ids}
    if kind == "apart":
        return gettext("%(ids)s sit apart") % {"ids": ids}
    if kind == "together":
        return gettext("%(ids)s sit together") % {"ids": ids}
    return gettext("%(least)s speakers of a language at a mixed table, or none") % {"least": rest}


def _clash(params: Mapping[str, Param]) -> str:
    rules = params["rules"]
    named = "; ".join(map(_rule, rules if isinstance(rules, tuple) else (str(rules),)))
    said = gettext("With these people and tables the following cannot hold at once: %(rules)s. Give up one of them.")
    return said % {"rules": named}


RULE_SENTENCES: dict[str, Sentence] = {
    "seating.bad_least": _("The least people at a table are 1 or more, not %(least)s."),
    "seating.bad_weight": _("The weight of %(feature)s is a whole number from 0 to %(most)s, not %(weight)s."),
    "seating.lone_speaker": _("Participant %(id)s has too few others at table %(table)s who speak their language."),
    "seating.negative_table": _("A table cannot have the number %(table)s."),
    "seating.no_facilitator": _("These tables cannot all have a facilitator who speaks their languages: %(tables)s."),
    "seating.no_free_seat": _("No free seat in round %(round)s keeps all rules for participant %(id)s."),
    "seating.no_hearing_loop": _("Table %(table)s has no hearing loop, and this person needs one."),
    "seating.no_interpreter": _("These tables cannot all have an interpreter in one round: %(tables)s."),
    "seating.no_round_left": _("All %(rounds)s rounds have begun: there is nothing to seat anew."),
    "seating.no_rounds": _("There must be at least one round, not %(rounds)s."),
    "seating.not_apart": _("These people should sit apart, but share table %(table)s: %(ids)s."),
    "seating.not_at_pin": _("Participant %(id)s should sit at table %(table)s."),
    "seating.not_together": _("These people should sit together: %(ids)s."),
    "seating.pinned_twice": _("Participant %(id)s has two fixed tables in round %(round)s. Choose one."),
    "seating.rules_clash": _clash,
    "seating.together_twice": _("These people stand in two lists of people who sit together: %(ids)s. Make one list."),
    "seating.unknown_effort": _("There is no effort “%(effort)s”. There are: %(efforts)s."),
    "seating.unknown_feature": _("There is no feature “%(feature)s”. The features are: %(features)s."),
    "seating.unknown_round": _("There is no round %(round)s; there are %(rounds)s rounds."),
}
