"""What each kind of record line says, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import StageKind
from burgertop.stages.consultation.models import HideReason
from burgertop.stages.summit.models import Answer, LinkKind, WaiverKind
from burgertop.web.class_words import class_words
from burgertop.web.feature_words import draw_words

__all__ = ["WORDS", "words_for"]

WORDS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "agenda_set": _("The agenda is set: the chosen themes are %(themes)s."),
        "amendment_adopted": _("Amendment %(amendment)s to recommendation %(recommendation)s is adopted."),
        "amendment_rejected": _("Amendment %(amendment)s to recommendation %(recommendation)s is not adopted."),
        "answer_published": _("An answer to recommendation %(recommendation)s is published."),
        "answers_until": _("Whoever was written to can answer until %(until)s."),
        "answers_asked": _("Answers are asked, due by %(due_on)s: %(answers)s."),
        "appeal_answered": _("An author’s appeal about idea %(idea)s is answered."),
        "ballot_cancelled": _("A ballot is cancelled; its papers are destroyed unread."),
        "ballot_check_left_out": _(
            "Ballot %(number)s of the hall goes on without a check (%(check)s: %(count)s). Reason: %(reason)s."
        ),
        "ballot_counted": _("A ballot is counted; the digest of its papers is in this line."),
        "ballot_opened": _("A ballot is open."),
        "cards_coded_blind": _(
            "Round %(round)s: %(coders)s blind coders and the desk agree on %(agree_in_hundredths)s of 100 pairs, "
            "over %(cards)s cards. Krippendorff’s alpha in hundredths: %(alpha_in_hundredths)s."
        ),
        "coding_sample_drawn": _(
            "Round %(round)s: a sample of %(cards)s cards was drawn for a blind coder from “%(seed)s”."
        ),
        "consultation_rules_set": _("The rules of the consultation are set."),
        "data_cleared": _("The retention clock has cleared the class “%(kept)s” (rows: %(rows)s)."),
        "door_device_bound": _("Door %(door)s has a device to check people in with."),
        "doors_closed": _("The doors are closed: %(came)s people came, %(walk_ins)s of them without a seat."),
        "draw_chance": _("The public chance of the draw “%(draw)s” is %(seed)s."),
        "draw_committed": _("The draw “%(draw)s” is sealed."),
        "draw_made": _("The draw “%(draw)s” is made: %(seats)s seats."),
        "frame_chance": _("The public chance of the list “%(frame)s” is %(seed)s."),
        "frame_committed": _("The list “%(frame)s” is committed: %(rows)s rows, %(letters)s people to draw."),
        "frame_destroyed": _("The list “%(frame)s” is destroyed. Whoever was not drawn is kept nowhere."),
        "hall_embargo_lifted": _("The embargo on the result of ballot %(number)s of the hall is over."),
        "hall_result_embargoed": _("The result of ballot %(number)s of the hall is under embargo until %(until)s."),
        "hall_result_shown": _(
            "The result of ballot %(number)s is shown in the hall; everybody sees it from %(until)s on."
        ),
        "hall_result_published": _("The result of ballot %(number)s of the hall is published."),
        "head_sent": _("The head of the record, line %(number)s, went to witnesses: %(witnesses)s."),
        "idea_hidden": _("Idea %(idea)s is hidden. Reason: %(reason)s."),
        "idea_restored": _("Idea %(idea)s is shown again."),
        "ideas_imported": _("Ideas are imported."),
        "invitees_drawn": _("From the list “%(frame)s” %(invitees)s people are drawn."),
        "letters_sent": _("Wave %(wave)s went to the post on %(sent_on)s: %(letters)s letters."),
        "link_called_back": _("A signed link is called back. It was for: %(for)s."),
        "link_given": _("A signed link is given to people who look on. It is for: %(for)s."),
        "minority_note_added": _("A minority note stands beside recommendation %(recommendation)s."),
        "objection_answered": _("The theme desk answered table %(table)s about its card %(card)s: %(answer)s."),
        "observer_note_published": _("A note of an observer is published; its digest is %(digest)s."),
        "observer_report_published": _("A report of an observer is published; its digest is %(digest)s."),
        "panel_seated": _("The panel is seated: %(seats)s seats."),
        "partner_seats_given": _("Partner seats of %(partner)s: %(seats)s."),
        "partner_share_set": _("Partners may have %(percent)s %% of all seats."),
        "person_erased": _("Somebody’s personal data are erased."),
        "process_founded": _("The process is founded."),
        "recommendation_adopted": _("Recommendation %(number)s is adopted."),
        "recommendation_rejected": _("Recommendation %(number)s is not adopted."),
        "reminders_sent": _("Wave %(wave)s went to the post on %(sent_on)s: %(letters)s reminders."),
        "report_published": _("Edition %(edition)s of the report is published."),
        "reserve_forgotten": _("%(people)s people who were drawn and not written to are deleted."),
        "respondents_taken": _("%(people)s people who said yes are in the pool of the draw “%(draw)s”."),
        "role_given": _("A role is given: %(role)s."),
        "role_taken": _("A role is taken away: %(role)s."),
        "roster_opened": _("The names of the roster were opened by somebody with the right to do so."),
        "round_closed": _("Round %(round)s is closed."),
        "round_opened": _("Round %(round)s is open."),
        "round_opened_again": _("Round %(round)s is open again."),
        "round_put_back": _("Round %(round)s was opened by mistake and is planned again."),
        "rows_opened": _("All rows of the draw “%(draw)s” were opened for an auditor."),
        "seat_kept": _("Somebody keeps the seat after all."),
        "seat_left": _("Somebody has given up their seat."),
        "seat_moved": _("A seat of round %(round)s is moved by hand."),
        "seat_move_undone": _("A seat of round %(round)s that was moved by hand is moved back."),
        "seats_planned": _("The seats are planned: %(people)s people at %(tables)s tables. Rounds: %(rounds)s."),
        "seats_replanned": _(
            "The seats are planned anew for the %(people)s people who are here; %(moved)s of them change tables. "
            "Rounds: %(rounds)s."
        ),
        "seats_swapped": _("Two seats of round %(round)s are swapped by hand."),
        "server_frozen": _("From %(since)s to %(until)s this server could only be read: nobody could write or vote."),
        "stage_closed": _("A stage is closed: %(kind)s."),
        "stage_opened": _("A stage is open: %(kind)s."),
        "staff_assigned": _(
            "Staff has tables: %(facilitators)s with a facilitator; %(interpreters)s times an interpreter for a round."
        ),
        "table_closed": _("Table %(table)s is closed."),
        "table_device_bound": _("Table %(table)s has a device to write with."),
        "table_opened": _("Table %(table)s is open again."),
        "table_sender_changed": _("Another device sends for table %(table)s."),
        "tables_changed": _("Seats, languages or access changed at these tables: %(tables)s."),
        "tables_laid": _("The tables are laid."),
        "gathering_accepted": _("A local gathering takes part."),
        "gathering_refused": _("A local gathering is refused."),
        "home_tables_dealt": _("People at home have online tables for round %(round)s: %(people)s. Chance: %(seed)s."),
        "remote_registration": _("Who may register to take part from home or at a local gathering has changed."),
        "remote_tables_opened": _("Tables outside the hall are open: %(tables)s."),
        "statement_hidden": _("A statement from home is hidden in round %(round)s."),
        "statement_shown": _("A statement from home is shown again in round %(round)s."),
        "theme_made": _("A theme is made: %(theme)s."),
        "theme_merged": _("Two themes are merged."),
        "theme_reworded": _("A theme is worded anew: %(theme)s."),
        "theme_split": _("A theme is split."),
        "themes_put_to_vote": _("The themes are put to the vote; everyone may choose %(choose)s."),
        "tie_broken": _("A tie is broken by lot."),
        "walk_in_seated": _("Somebody who came without a seat has one. Rounds: %(rounds)s."),
        "vote_withdrawn": _("A vote that was not open yet is taken back."),
    }
)


OF_EARLIER_VERSIONS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "draw_ceremony": _("A draw is held in public."),
        "seats_drawn": _("The seats of round %(round)s are drawn: %(people)s people at %(tables)s tables."),
    }
)

# Facts whose values are words of the house, and where these words stand.
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}\Z")
MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
CHOICES: Mapping[str, type[TextChoices]] = MappingProxyType(
    {"for": LinkKind, "kind": StageKind, "reason": HideReason, "role": Role, "check": WaiverKind, "answer": Answer}
)


class _Named(dict[str, object]):
    """Facts by name; one that is missing shows as a dash instead of breaking the record."""

    def __missing__(self, key: str) -> str:
        return "–"


def words_for(kind: str, facts: Mapping[str, object]) -> str:
    """Return the sentence for a line; a kind without words is shown as it is."""
    sentence = WORDS.get(kind, OF_EARLIER_VERSIONS.get(kind))
    if sentence is None:
        return kind.replace("_", " ")
    return str(sentence) % _Named({name: _said(name, value) for name, value in facts.items()})


def _said(name: str, value: object) -> object:
    """Say a fact in words where the house has words for it."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name == "draw":
        return draw_words(str(value))
    if name == "kept":
        return class_words(str(value))
    choices = CHOICES.get(name)
    if choices is not None and value in choices.values:
        return str(choices(value).label).rstrip(".")
    if isinstance(value, str) and MOMENT.match(value):
        return formats.date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if isinstance(value, str) and DAY.match(value):
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value
