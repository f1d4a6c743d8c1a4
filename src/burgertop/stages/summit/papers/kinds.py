"""The papers of the day: what each is for, who may have it, what makes it out of date."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["ABOUT", "Look", "Paper", "PaperAbout"]


class Paper(models.TextChoices):
    """Everything that can be printed; ``WORKBOOK`` is all lists as one XLSX file, ``PACK`` all sheets as one ZIP."""

    BADGES = "badges", _("Badges")
    STAFF_BADGES = "staff_badges", _("Badges of the staff")
    TABLE_CARDS = "table_cards", _("Table cards")
    DOOR_LIST = "door_list", _("Door list")
    FIND_LIST = "find_list", _("Find your table")
    HOST_SHEETS = "host_sheets", _("Sheets for the table hosts")
    CARD_SHEETS = "card_sheets", _("Card sheets")
    SCRIPT = "script", _("Script of the day")
    HELP_SIGNS = "help_signs", _("Signs to call for help")
    GUIDES = "guides", _("Guides")
    ROTA = "rota", _("Rota of the interpreters")
    CATERING = "catering", _("List for the caterer")
    CHILD_CARE = "child_care", _("List for the child care")
    ACCESS = "access", _("Access and travel")
    PHOTOGRAPHERS = "photographers", _("List for photographers")
    WORKBOOK = "workbook", _("All lists as a workbook")
    PACK = "pack", _("Everything for a day on paper")

    @property
    def is_list(self) -> bool:
        """Whether it is rows, which can be had as CSV too."""
        return self in LISTS

    @property
    def ending(self) -> str:
        """The ending of its file."""
        return {Paper.WORKBOOK: "xlsx", Paper.PACK: "zip"}.get(self, "pdf")


LISTS = frozenset(
    {
        *(Paper.DOOR_LIST, Paper.FIND_LIST, Paper.ROTA, Paper.CATERING),
        *(Paper.CHILD_CARE, Paper.ACCESS, Paper.PHOTOGRAPHERS),
    }
)


class Look(models.TextChoices):
    """Why names of participants are opened for the day in the hall."""

    PAPERS = "papers", pgettext_lazy("opening", "to print papers for the day")


@dataclass(frozen=True, slots=True)
class PaperAbout:
    """What a paper is for; whether it names people, has to do with seats, with the staff."""

    purpose: str | Promise
    names_people: bool = True
    needs_seats: bool = True
    needs_staff: bool = False
    needs_script: bool = False
    is_for_hosts: bool = False


ABOUT: dict[Paper, PaperAbout] = {
    Paper.BADGES: PaperAbout(
        _("One for each person: name, languages, table per round, a square for the door. Eight of 90 × 60 mm a sheet.")
    ),
    Paper.STAFF_BADGES: PaperAbout(
        _("For table hosts and interpreters, on the same sheets."),
        names_people=False,
        needs_seats=False,
        needs_staff=True,
    ),
    Paper.TABLE_CARDS: PaperAbout(
        _("A card to fold for each table: its number, seen from both sides, its languages and the interpreter."),
        names_people=False,
        needs_seats=False,
        needs_staff=True,
    ),
    Paper.DOOR_LIST: PaperAbout(
        _("Everybody by family name, with a box and room for the time: for the doors when no device works.")
    ),
    Paper.FIND_LIST: PaperAbout(
        _("For the wall: the first signs of each badge and the tables. Nobody is named."), names_people=False
    ),
    Paper.HOST_SHEETS: PaperAbout(
        _("For each table host: the questions, and first name, languages and needs of who sits there. Nothing else."),
        needs_staff=True,
        is_for_hosts=True,
    ),
    Paper.CARD_SHEETS: PaperAbout(
        _("For each table and round: cards to write by hand when no device works. The staff types them in."),
        names_people=False,
        needs_seats=False,
        is_for_hosts=True,
    ),
    Paper.SCRIPT: PaperAbout(
        _("A sheet each for the hall, the table hosts, G-Home and the G-Offs: when, what, and what happens there."),
        names_people=False,
        needs_seats=False,
        needs_script=True,
        is_for_hosts=True,
    ),
    Paper.HELP_SIGNS: PaperAbout(
        _("A sign for each table, to hold up when the device does not work."),
        names_people=False,
        needs_seats=False,
        needs_staff=True,
        is_for_hosts=True,
    ),
    Paper.GUIDES: PaperAbout(
        _(
            "One sheet each for table hosts, note takers, the theme team, the control desk, hosts of a G-Off and "
            "observers, in every language of the process."
        ),
        names_people=False,
        needs_seats=False,
        is_for_hosts=True,
    ),
    Paper.ROTA: PaperAbout(
        _("Who interprets when, at which table, and who has a break."),
        names_people=False,
        needs_seats=False,
        needs_staff=True,
    ),
    Paper.CATERING: PaperAbout(_("How many meals of each kind, and where those sit who have an allergy.")),
    Paper.CHILD_CARE: PaperAbout(_("How many children, of whom, and where to find the parents.")),
    Paper.ACCESS: PaperAbout(
        _("Who needs a place without steps, sign language, a hearing loop, large print or help with travel.")
    ),
    Paper.PHOTOGRAPHERS: PaperAbout(
        _("At which tables somebody wants no photo, round by round: by the first signs of the badge, without a name."),
        names_people=False,
    ),
    Paper.WORKBOOK: PaperAbout(
        _("Every list above on a sheet of its own, to sort and to search (XLSX)."), needs_staff=True
    ),
    Paper.PACK: PaperAbout(
        _("Every sheet above that can be printed, numbered, in one file (ZIP): for when devices and network fail."),
        needs_staff=True,
    ),
}
