"""The sentences of the theme desk."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import Sentence

__all__ = ["DESK_SENTENCES"]

DESK_SENTENCES: Mapping[str, Sentence] = {
    "summit.answer_needs_words": _("Say why the card stays: the table reads it."),
    "summit.ballot_objections": _(
        "Objections without an answer: %(count)s. Answer them, or say why the ballot goes on without."
    ),
    "summit.ballot_unconfirmed": _(
        "Cards that only one person has placed: %(count)s. Confirm them, or say why the ballot goes on without."
    ),
    "summit.ballot_words_missing": _(
        "Words missing in a language: %(count)s. Write them, or say why the ballot goes on without."
    ),
    "summit.card_back_meanwhile": _(
        "Card %(card)s waits again: somebody took it back meanwhile. You wanted it in “%(wanted)s”. Nothing was moved."
    ),
    "summit.card_in_hand": _("Somebody else has this card in hand."),
    "summit.card_moved_meanwhile": _(
        "Card %(card)s lies in “%(here)s”: somebody put it there meanwhile. You wanted it in “%(wanted)s”. "
        "Nothing was moved."
    ),
    "summit.card_moved_since": _("The desk has moved this card since. Look again where it is now."),
    "summit.cluster_gone": _("This cluster is no longer on the desk. Nothing was moved: choose another one."),
    "summit.cluster_key_taken": _("There is a cluster with this title already. Choose another title."),
    "summit.coder_knows_card": _("You placed or confirmed this card yourself: somebody else codes it."),
    "summit.nothing_to_code": _("There is no placed card that you have not placed or confirmed yourself."),
    "summit.nothing_to_split": _("Choose the cards that go into the new cluster."),
    "summit.objected_already": _("This objection is at the desk already. The answer appears here."),
    "summit.own_placement": _("You put this card here yourself: somebody else confirms it."),
    "summit.rest_not_on_ballot": _("Cards that stand alone are no cluster: they go on no ballot."),
    "summit.rest_stays": _("The cards that stand alone cannot be merged into a cluster. Move them one by one."),
    "summit.vote_has_begun": _("The vote has begun: the desk can no longer change this."),
    "summit.words_changed_meanwhile": _(
        "Somebody else wrote these words anew meanwhile. Theirs stand above; yours are still in the form."
    ),
}
