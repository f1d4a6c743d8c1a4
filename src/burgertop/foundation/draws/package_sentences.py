"""The sentences for the checks of a package, and for what a package cannot show."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import Sentence

__all__ = ["OF_PACKAGES"]

OF_MAKING: dict[str, Sentence] = {
    "sortition.short_secret": _("The secret for the salts has %(bytes)s bytes; the least is %(least)s."),
    "sortition.no_such_row": _("There is no row %(index)s: rows go from 0 and there are %(rows)s."),
    "sortition.not_a_package": _("This is not a package of a lottery (%(reason)s)."),
}

OF_FIGURES: dict[str, Sentence] = {
    "sortition.package_quotas": _("Every panel lies within the quotas (%(wrong)s of %(panels)s do not)."),
    "sortition.package_seats": _("On every panel each feature adds up to the seats (%(wrong)s of %(panels)s do not)."),
    "sortition.package_cells": _(
        "The table of chances counts all %(people)s people, at least %(least)s in each line if it has several."
    ),
    "sortition.package_places": _("The table of chances fits the %(places)s seats of all panels together."),
    "sortition.package_bound": _(
        "The smallest chance (%(reached)s), its upper bound (%(bound)s) and the gap fit each other."
    ),
    "sortition.package_pick": _("Panel %(panel)s follows from the commitment and the public chance."),
}

OF_ONE_ROW: dict[str, Sentence] = {
    "sortition.package_proof": _("Your row is one of the %(people)s rows that the root promises."),
    "sortition.package_own_panels": _("You stand on as many panels as was published (%(panels)s)."),
    "sortition.package_own_floor": _(
        "You stand on at least as many panels as the ideal chance says, rounded down (%(least)s)."
    ),
    "sortition.package_drawn": _("It says rightly whether you were drawn."),
    "sortition.package_same": _("Both packages speak of the same lottery, with the same commitment and root."),
}

OF_ALL_ROWS: dict[str, Sentence] = {
    "sortition.package_commitment": _("The lottery is the one that was committed to."),
    "sortition.package_head": _("Rule, seats, panels, people and digest are those of the lottery."),
    "sortition.package_root": _("The %(people)s rows are those that the root promises."),
    "sortition.package_rows": _(
        "Every row tells the panels and chances of the lottery (%(wrong)s of %(people)s do not)."
    ),
    "sortition.package_totals": _(
        "The totals are those counted from rows and panels (%(wrong)s of %(panels)s panels are not)."
    ),
    "sortition.package_chances": _("The table of chances is the one counted from the rows."),
    "sortition.package_certificate": _("Bound, smallest chance and gap are those of the certificate."),
    "sortition.package_lists": _("As many people must sit, and never sit, as was published."),
}

LEFT_OPEN: dict[str, Sentence] = {
    "sortition.open_pick": _("No panel was picked yet."),
    "sortition.open_chance": _("Whether chance really fell so: those who were there can say."),
    "sortition.open_commitment": _("Whether the commitment fits the lottery: an auditor can check it."),
    "sortition.open_rows": _(
        "Whether the rows behind the root are true: each member of the pool can check their own, an auditor all."
    ),
    "sortition.open_fairness": _("Whether a fairer lottery was possible: an auditor can check it."),
    "sortition.open_people": _("Whether all who said yes are in the pool, with true answers: no package can show it."),
    "sortition.open_published": _(
        "Whether everybody got this commitment and this root: compare them with the public package."
    ),
    "sortition.open_others": _("Whether the rows and panels of the others are right: an auditor can check it."),
}

OF_PACKAGES: dict[str, Sentence] = OF_MAKING | OF_FIGURES | OF_ONE_ROW | OF_ALL_ROWS | LEFT_OPEN
