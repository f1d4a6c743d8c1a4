"""The sentences for what a draw does not allow, and for every code of the sortition core."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from burgertop.core.errors import Param
from burgertop.foundation.draws.package_sentences import OF_PACKAGES
from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]

Values = Mapping[str, Param]


def _known_pool_ids(values: Values) -> str:
    return _many(
        values,
        ngettext(
            "%(people)s person of this file is in this process already: %(ids)s.",
            "%(people)s people of this file are in this process already, such as %(ids)s.",
            int(str(values["people"])),
        ),
    )


def _doubled_pool_ids(values: Values) -> str:
    return _many(
        values,
        ngettext(
            "One id stands in the file more than once: %(ids)s.",
            "%(people)s ids stand in the file more than once, such as %(ids)s.",
            int(str(values["people"])),
        ),
    )


def _value_without_quota(values: Values) -> str:
    return _many(
        values,
        ngettext(
            "%(people)s person has “%(value)s” as %(feature)s, but this value has no quota. Add a row for it.",
            "%(people)s people have “%(value)s” as %(feature)s, but this value has no quota. Add a row for it.",
            int(str(values["people"])),
        ),
    )


def _many(values: Values, sentence: str) -> str:
    return sentence % {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


OF_DRAWS: dict[str, Sentence] = {
    "draws.no_seats": _("A draw has at least one seat."),
    "draws.name_taken": _("There is a draw “%(name)s” already, with another number of seats."),
    "draws.sealed": _("Pool and quotas of this draw are sealed. They can no longer change."),
    "draws.no_lottery": _("Compute the lottery first. Only a lottery that is there can be sealed."),
    "draws.round_sealed": _("The lottery is sealed and waits for its public chance. Draw first."),
    "draws.not_committed": _("Seal the lottery first. The chance comes after that."),
    "draws.other_ceremony": _("It is in the record already where the chance comes from. It cannot be changed."),
    "draws.not_a_number": _("Type the number that was thrown, from 1 to %(panels)s."),
    "draws.seat_is_taken": _("The seat of number %(number)s was filled already."),
    "draws.row_changed": _("What is known of you is no longer what was sealed. Ask the organizers."),
    "draws.rows_erased": _("Somebody of the pool was erased since. Not all rows can be opened any more."),
    "draws.nobody_left": _("Every seat is taken. There is nobody to replace."),
    "draws.no_way": _(
        "No change of the quotas within their flexible bounds is enough. Look for people outside this pool."
    ),
    "draws.no_such_numbers": _("These numbers are not in the pool: %(numbers)s."),
    "draws.being_filled": _("People are being added to this pool. Wait until that is done, or stop it."),
    "draws.at_chances": _("Looking for the fairest chances."),
    "draws.at_panels": _("Putting the numbered panels together."),
    "draws.at_distribution": _("Working out the exact chances."),
    "draws.at_pricing": _("Looking for whole panels that reach the fairest chances. This can take long."),
    "draws.not_drawn": _("This draw has not been made yet."),
    "draws.other_seed": _("The chance of this draw is in the record already: “%(seed)s”. It cannot be replaced."),
    "draws.input_changed": _("Pool or quotas are no longer what they were. Nothing was drawn; look again."),
    "draws.no_seat_to_leave": _("Number %(number)s has no seat in this draw."),
    "draws.empty_pool": _("There is nobody in this file."),
    "draws.no_features": _("Choose at least one column as a feature, such as age or place."),
    "draws.long_feature": _("The name of a feature is too long: “%(feature)s …”. The most is %(most)s letters."),
    "draws.missing_value": _("Person %(row)s has no value for %(feature)s. Fill it in, for example with “unknown”."),
    "draws.long_margin": _("The value “%(value)s …” of %(feature)s is too long. The most is %(most)s letters."),
    "draws.long_value": _("The value of %(feature)s of person %(row)s is too long. The most is %(most)s letters."),
    "draws.unknown_language": _(
        "“%(language)s” of person %(row)s is not a language tag. Use tags such as nl, fr, de or ar."
    ),
    "draws.unknown_field": _("The vault keeps no %(fields)s."),
    "draws.doubled_pool_id": _doubled_pool_ids,
    "draws.known_pool_id": _known_pool_ids,
}

OF_THE_POOL: dict[str, Sentence] = {
    "sortition.empty_pool": _("The pool is empty."),
    "sortition.no_features": _("The pool has no features to draw by."),
    "sortition.empty_id": _("Person %(row)s of the pool has no id."),
    "sortition.doubled_id": _("These ids stand in the pool more than once: %(ids)s."),
    "sortition.doubled_feature": _("These features stand in the pool more than once: %(features)s."),
    "sortition.ragged_rows": _("The pool has %(people)s ids but %(rows)s rows of values."),
    "sortition.ragged_row": _("Person %(id)s has %(values)s values, but there are %(features)s features."),
    "sortition.empty_value": _("Person %(id)s has no value for %(feature)s."),
    "sortition.ragged_households": _("The pool has %(people)s people but %(households)s households."),
    "sortition.pool_too_small": _("The pool has %(people)s people, but %(seats)s seats are to be drawn."),
    "sortition.unknown_feature": _("The quotas speak of “%(feature)s”, but the pool has no such feature."),
    "sortition.unknown_person": _("These people are not in the pool: %(ids)s."),
    "sortition.must_and_never": _("These people are both on the panel and off it: %(ids)s."),
    "sortition.must_above_seats": _("%(people)s people must be on the panel, but there are %(seats)s seats."),
    "sortition.households_unknown": _("The pool does not say who lives together."),
    "sortition.no_one_per_household": _("At least one person of a household must be allowed, not %(limit)s."),
}

OF_QUOTAS: dict[str, Sentence] = {
    "sortition.no_seats": _("A panel has at least one seat, not %(seats)s."),
    "sortition.no_quotas": _("There are no quotas yet."),
    "sortition.empty_quota": _("A quota needs a feature and a value (feature “%(feature)s”, value “%(value)s”)."),
    "sortition.negative_quota": _("A quota cannot be less than nought: %(feature)s, %(value)s."),
    "sortition.least_above_most": _("%(feature)s, %(value)s: the least (%(least)s) is above the most (%(most)s)."),
    "sortition.flex_inside_quota": _(
        "%(feature)s, %(value)s: the flexible bounds must lie outside the least and the most."
    ),
    "sortition.doubled_quota": _("There are two quotas for %(feature)s, %(value)s. Keep one."),
    "sortition.least_above_seats": _(
        "%(feature)s: the least seats add up to %(total)s, but there are only %(seats)s seats."
    ),
    "sortition.most_below_seats": _(
        "%(feature)s: the most seats add up to %(total)s, which does not fill %(seats)s seats."
    ),
    "sortition.overlapping_bands": _("%(feature)s: “%(first)s” and “%(second)s” overlap."),
    "sortition.reversed_band": _("“%(value)s” runs backwards. Write the lower number first."),
    "sortition.value_without_quota": _value_without_quota,
}

OF_THE_DRAW: dict[str, Sentence] = {
    "sortition.empty_seed": _("Write down the public chance first."),
    "sortition.not_a_digest": _("“%(digest)s” is not a digest: 64 digits and letters a to f."),
    "sortition.no_feasible_panel": _("No panel of %(seats)s from these %(people)s people meets all quotas."),
    "sortition.no_panel_without_quotas": _("Even without any quota there are too few people for %(seats)s seats."),
    "sortition.out_of_time": _("No certain answer in the time allowed. Nothing was changed; try again."),
    "sortition.solver_stopped": _("The search for a panel stopped without an answer. Nothing was changed; try again."),
    "sortition.panel_size": _("The panel has %(people)s people instead of %(seats)s."),
    "sortition.doubled_on_panel": _("These people are on the panel twice: %(ids)s."),
    "sortition.not_in_pool": _("These people are not in the pool: %(ids)s."),
    "sortition.below_least": _("%(feature)s, %(value)s: %(people)s people, the least is %(least)s."),
    "sortition.above_most": _("%(feature)s, %(value)s: %(people)s people, the most is %(most)s."),
    "sortition.must_missing": _("These people should be on the panel: %(ids)s."),
    "sortition.never_present": _("These people should not be on the panel: %(ids)s."),
    "sortition.household_above_limit": _("%(people)s people of one household are on the panel; the most is %(limit)s."),
}

OF_THE_LOTTERY: dict[str, Sentence] = {
    "sortition.unknown_rule": _("There is no rule “%(rule)s”. Rules are: %(known)s."),
    "sortition.no_panels": _("A lottery has at least one numbered panel, not %(panels)s."),
    "sortition.no_such_panel": _("There is no panel number %(number)s: numbers go from 1 to %(panels)s. Throw again."),
    "sortition.no_exact_lottery": _(
        "The rule “%(rule)s” cannot be kept by whole panels with these quotas. Loosen a quota or choose leximin."
    ),
    "sortition.too_many_programs": _(
        "No certain answer after %(programs)s integer programs. Nothing was changed. Loosen a quota."
    ),
    "sortition.one_chance_only": _("Give either the number thrown or the public seed, not both."),
    "sortition.not_a_lottery": _("This is not a published lottery (%(reason)s)."),
    "sortition.no_margins": _("%(feature)s: the population has no people, or fewer than none, with a value."),
    "sortition.unknown_value": _("%(feature)s has no value “%(value)s” in the population."),
    "sortition.not_on_panel": _("These people are not on the panel: %(ids)s."),
    "sortition.bad_share": _("A chance to leave is between 0 and 1; the certainty is below 1."),
    "sortition.check_input": _("Pool, quotas and lists are those of the published digest."),
    "sortition.check_panels": _("Every panel meets the quotas and the lists (%(wrong)s of %(panels)s do not)."),
    "sortition.check_published": _("Everybody is on as many numbered panels as was published."),
    "sortition.check_floor": _(
        "Everybody is on at least as many numbered panels as the ideal chance says, rounded down."
    ),
    "sortition.check_weights": _("The weights of the exact distribution are not negative and add up to 1."),
    "sortition.check_kinds": _("People of one kind are alike in all that counts for the draw."),
    "sortition.check_chances": _("Everybody’s chance follows from the weights of the panels."),
    "sortition.check_gap": _("The exact chances are the ideal ones (largest relative difference: %(gap)s)."),
    "sortition.check_certificate": _("Each level of the certificate follows from its prices."),
}

SENTENCES: dict[str, Sentence] = OF_DRAWS | OF_THE_POOL | OF_QUOTAS | OF_THE_DRAW | OF_THE_LOTTERY | OF_PACKAGES
