"""Import and export in a browser, and a real conversation from file to agenda."""

import csv
import io
import uuid
from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from burgertop.foundation.files.tables import read_table
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, Theme
from burgertop.stages.consultation.queries import agenda_of

Address = Callable[..., str]
SignedIn = Callable[[Role], Client]
NAMES = ("Income for all", "Work", "Cost", "Trials")


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_previewed_before_anything_is_stored(signed_in: SignedIn, stage: Stage, address: Address) -> None:
    organiser = signed_in(Role.ORGANISER)
    form = {"ideas": uploaded("list.csv", "text;language\nMeer bomen;nl\n".encode("utf-16")), "language": "en"}

    page = organiser.post(address("exchange"), form)
    assert (page.status_code, Idea.objects.count()) == (200, 0)
    organiser.post(address("take_in"), {"kept": [str(one) for one in page.context["kept"]], "language": "en"})

    assert [(idea.language, idea.origin) for idea in Idea.objects.all()] == [("nl", "imported")]


def test_a_file_that_is_no_table_is_explained(signed_in: SignedIn, stage: Stage, address: Address) -> None:
    organiser = signed_in(Role.ORGANISER)

    for content in (b"", b"%PDF-1.7", b"name,age\nAnn,30\n", b"\x00\xff" * 50):
        page = organiser.post(address("exchange"), {"ideas": uploaded("a.csv", content), "language": "en"})

        assert page.status_code == 422
        assert "could not be done (" not in page.content.decode()
    assert not Idea.objects.exists()


def test_another_organisers_file_cannot_be_taken_in(signed_in: SignedIn, stage: Stage, address: Address) -> None:
    form = {"ideas": uploaded("list.csv", b"text,language\nMore trees,en\n"), "language": "en"}
    page = signed_in(Role.ORGANISER).post(address("exchange"), form)

    kept = [str(one) for one in page.context["kept"]]
    signed_in(Role.ORGANISER).post(address("take_in"), {"kept": kept, "language": "en"})

    assert not Idea.objects.exists()


def test_what_leaves_names_no_author_and_runs_no_formula(
    signed_in: SignedIn, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    idea = idea_from("=1+1 is two")
    organiser = signed_in(Role.ORGANISER)

    content = organiser.get(address("export", kind="ideas", ending="csv")).content
    rows = list(csv.DictReader(io.StringIO(content.decode())))

    assert [row["text"] for row in rows] == ["'=1+1 is two"]
    assert str(idea.speech) not in content.decode()


def test_polis_columns_come_back_in(
    signed_in: SignedIn, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    idea_from("More trees")

    table = read_table(
        "out.csv", signed_in(Role.ORGANISER).get(address("export", kind="comments", ending="csv")).content
    )

    assert table.column("comment-body") == ("More trees",)
    assert table.column("moderated") == ("1",)


def test_an_idea_from_paper_gets_its_code_for_the_reply_card(
    signed_in: SignedIn, stage: Stage, address: Address
) -> None:
    form = {"text": "Een laatste bus", "language": "nl", "once": str(uuid.uuid4())}

    page = signed_in(Role.ORGANISER).post(address("paper"), form)

    assert "Stored as idea 1." in page.content.decode()
    assert Idea.objects.get().origin == "paper"


def test_a_real_conversation_goes_from_file_to_themes_to_agenda(
    signed_in: SignedIn, stage: Stage, address: Address, shared_data: Path
) -> None:
    folder = shared_data / "consultation" / "nz-ubi"
    organiser, team = signed_in(Role.ORGANISER), signed_in(Role.THEME_TEAM)
    files = {
        "ideas": uploaded("comments.csv", (folder / "comments.csv").read_bytes()),
        "votes": uploaded("votes.csv", (folder / "votes.csv").read_bytes()),
    }

    preview = organiser.post(address("exchange"), {**files, "language": "en"})
    organiser.post(address("take_in"), {"kept": [str(one) for one in preview.context["kept"]], "language": "en"})
    for name in NAMES:
        team.post(address("new_theme"), {"title_en": name, "question_en": f"What about {name.lower()}?"})
    keys = [theme.key for theme in Theme.objects.all()]
    for place, idea in enumerate(stage.ideas.shown()):
        team.post(address("put"), {"idea": str(idea.pk), "theme": keys[place % 4]})
    organiser.post(address("vote_desk"), {"do": "prepare", "themes": keys})
    organiser.post(address("vote_desk"), {"do": "open", "closes_at": ""})
    for number in range(12):
        choices = ["4", "2", "1"][: number % 3 + 1]
        Client().post(address("vote"), {"choice": choices, "once": str(uuid.uuid4()), "step": "send"})
    organiser.post(address("vote_desk"), {"do": "close"})

    page = Client().get(address("result")).content.decode()
    assert not stage.ideas.unplaced().exists()
    assert [theme.key for theme in agenda_of(stage)] == ["trials", "work", "income-for-all"]
    assert "12 papers: 12 valid" in page
