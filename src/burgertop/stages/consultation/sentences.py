"""The sentence for each error code of a consultation."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

__all__ = ["SENTENCES"]

SENTENCES: Mapping[str, Promise] = {
    "consultation.text_empty": gettext_lazy("Write your idea first. One sentence is enough."),
    "consultation.text_too_short": gettext_lazy("Write at least %(least)s characters."),
    "consultation.text_too_long": gettext_lazy(
        "Your text has %(length)s characters. There is room for %(most)s: make it %(over)s shorter."
    ),
    "consultation.note_empty": gettext_lazy("Write a few words first."),
    "consultation.language_unknown": gettext_lazy("Choose the language of the text."),
    "consultation.place_too_long": gettext_lazy("Write the name of the place in at most %(most)s characters."),
    "consultation.sent_already": gettext_lazy("You sent this idea already: it is idea %(number)s."),
    "consultation.too_many": gettext_lazy(
        "Many ideas came from this network in the last hour. Keep your text and try again in %(minutes)s minutes."
    ),
    "consultation.ideas_closed": gettext_lazy(
        "Ideas are not taken now. Your text is still here: copy it if you need it."
    ),
    "consultation.ratings_closed": gettext_lazy("Ratings are not taken now. Your answer was not stored."),
    "consultation.contributors_only": gettext_lazy("Here people rate who sent in an idea. Send yours first."),
    "consultation.idea_not_shown": gettext_lazy("This idea is not shown now, so it cannot be rated."),
    "consultation.own_code_only": gettext_lazy(
        "Only the person who sent this idea can do that. Enter your code first."
    ),
    "consultation.nothing_hidden": gettext_lazy("This idea is shown. There is nothing to ask for."),
    "consultation.appealed_already": gettext_lazy("You asked for a second look already. The answer will stand here."),
    "consultation.no_appeal": gettext_lazy("Nobody waits for an answer about this idea."),
    "consultation.same_moderator": gettext_lazy("Somebody else than the person who hid the idea must answer."),
    "consultation.hidden_already": gettext_lazy("This idea is hidden already."),
    "consultation.shown_already": gettext_lazy("This idea is shown already."),
    "consultation.reason_missing": gettext_lazy("Choose one of the published rules as the reason."),
    "consultation.title_missing": gettext_lazy("Give the theme a title in at least one language."),
    "consultation.theme_elsewhere": gettext_lazy("This theme belongs to another consultation."),
    "consultation.theme_merged": gettext_lazy("This theme was merged into another one. Choose that one."),
    "consultation.idea_elsewhere": gettext_lazy("This idea belongs to another consultation."),
    "consultation.idea_hidden": gettext_lazy("Idea %(number)s is hidden, so it cannot be put under a theme."),
    "consultation.not_placed": gettext_lazy("This idea is under no theme, so there is nothing to undo or confirm."),
    "consultation.second_reader_is_first": gettext_lazy(
        "You put this idea here yourself. Somebody else must confirm it."
    ),
    "consultation.too_few_themes": gettext_lazy("Choose at least %(least)s themes; you chose %(chosen)s."),
    "consultation.vote_running": gettext_lazy("A vote on the themes is open or being prepared already."),
    "consultation.vote_done": gettext_lazy("The themes were voted on already."),
    "consultation.no_vote": gettext_lazy("There is no vote to open or to close."),
    "consultation.vote_ends_in_past": gettext_lazy("The end of the vote must lie in the future."),
    "consultation.themes_fixed": gettext_lazy("The themes are on the ballot now, so they can no longer be changed."),
    "consultation.import_no_text": gettext_lazy(
        "No column with texts was found. Name it comment-body or text. Columns of the file: %(columns)s."
    ),
    "consultation.import_no_votes": gettext_lazy(
        "The file of ratings needs the columns comment-id, voter-id and vote. Columns of the file: %(columns)s."
    ),
    "consultation.import_empty": gettext_lazy("There is nothing in this file that can be imported."),
}
