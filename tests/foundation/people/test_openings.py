"""Whoever of the staff opens a name leaves a line: whose account, why, whose name."""

import re
from datetime import timedelta

from tests.docs.pages import ROOT
from tests.foundation.people.conftest import NOW

from burgertop.foundation.people.actions import note_openings
from burgertop.foundation.people.models import Account, Participant
from burgertop.foundation.people.queries import OpenedNames, openings_in, openings_of

SRC = ROOT / "src" / "burgertop"
# Who may open the vault: the person themself, the post on its way out, staff with a line in the access log.
OPENERS = {
    "foundation/people/vault.py": "the vault",
    "foundation/post/actions.py": "an address, to send to",
    "stages/lottery/actions/answering.py": "staff: find_by_name and open_for_reply leave the lines",
    "stages/lottery/actions/confirming.py": "an address, to send to",
    "stages/lottery/actions/mailing.py": "staff: a line for each file of letters",
    "stages/lottery/queries/draws.py": "staff: lottery.actions.open_names leaves the lines",
    "stages/summit/actions/guests.py": "staff and bound devices of doors: every way in leaves its line",
    "stages/summit/queries/gatherings.py": "an address, to send to",
    "stages/summit/actions/papers.py": "staff: a line for each paper that names people",
    "web/holdings.py": "the person",
    "web/views/own_data.py": "the person",
}


def test_the_log_tells_who_opened_how_many_names_when_and_why(mia: Participant) -> None:
    account = Account.objects.create_user("olga@town.example")
    bob = Participant.objects.create(process=mia.process, origin="drawn", language="nl")

    note_openings(mia.process_id, [mia.pk, bob.pk], by=account.pk, reason="door", now=NOW)
    note_openings(mia.process_id, [mia.pk], by=None, reason="asked", now=NOW + timedelta(hours=1))

    assert openings_in(mia.process) == [
        OpenedNames(NOW + timedelta(hours=1), None, "asked", 1),
        OpenedNames(NOW, account.pk, "door", 2),
    ]
    assert [one.reason for one in openings_of(mia)] == ["asked", "door"]


def test_nobody_else_opens_the_vault() -> None:
    """A new opener must leave its lines: note_openings, in the action that the view calls. Then name it above."""
    found = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        if re.search(r"\bopen_identity\(", path.read_text("utf-8"))
    }

    assert found == set(OPENERS)
