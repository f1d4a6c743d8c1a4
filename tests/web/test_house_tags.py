"""The tags of the house write what people read."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from burgertop.foundation.process.models import Process, Stage, StageKind, StageState

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    process = Process.objects.create(slug="top", languages=["nl", "fr"])
    process.write("title", {"nl": "Burgertop & co"})
    process.write("about", {"ar": "مرحبا\n\n- واحد"})
    process.write("question", {"nl": "Waarover?", "en": "About what?"}, original="nl")
    process.write("promise", {"nl": "Wij antwoorden.", "en": "We answer."}, original="nl", is_machine=True)
    return process


def write(source: str, language: str = "en", **context: object) -> str:
    with override(language):
        return Template(source).render(Context(context))


def test_a_text_in_the_language_of_the_page_is_escaped_and_bare(process: Process) -> None:
    assert write('{% said process "title" %}', "nl", process=process) == "Burgertop &amp; co"


def test_a_text_in_another_language_says_which(process: Process) -> None:
    html = write('{% said process "title" %}', "en", process=process)

    assert html == '<span lang="nl" dir="ltr">Burgertop &amp; co</span>'


def test_a_sign_of_french_stays_on_the_line_of_its_word(process: Process) -> None:
    process.write("title", {"fr": "Et moi ? Oui : demain !", "nl": "En ik ?"})

    assert write('{% said process "title" %}', "fr", process=process) == "Et moi\u00a0? Oui\u00a0: demain\u00a0!"
    assert write('{% said process "title" %}', "nl", process=process) == "En ik ?"


def test_a_text_from_right_to_left_says_so(process: Process) -> None:
    html = write('{% said_markdown process "about" %}', "nl", process=process)

    assert html == '<div lang="ar" dir="rtl"><p>مرحبا</p>\n<ul>\n<li>واحد</li>\n</ul></div>'


def test_a_plain_text_has_no_marks(process: Process) -> None:
    assert write('{% said_plain process "title" %}', "en", process=process) == "Burgertop &amp; co"


@pytest.mark.parametrize("tag", ["said", "said_plain", "said_markdown", "said_mark"])
def test_a_text_that_is_missing_is_nothing(process: Process, tag: str) -> None:
    assert write(f'{{% {tag} process "funding" %}}', process=process) == ""
    assert write(f'{{% {tag} process "funding" %}}', process=None) == ""


@pytest.mark.parametrize(
    ("name", "language", "mark"),
    [
        ("question", "nl", ""),
        ("question", "en", '<span class="said-mark">translated from Dutch</span>'),
        ("promise", "en", '<span class="said-mark">machine translation from Dutch</span>'),
        ("about", "en", '<span class="said-mark">in Arabic</span>'),
        ("title", "nl", ""),
    ],
)
def test_a_mark_says_where_a_text_comes_from(process: Process, name: str, language: str, mark: str) -> None:
    assert write(f'{{% said_mark process "{name}" %}}', language, process=process) == mark


@pytest.mark.parametrize(
    ("form", "language", "words"),
    [
        ("moment", "en", "14 November 2026, 15:40"),
        ("day", "de", "14. November 2026"),
        ("day_of_year", "fr", "14 novembre"),
        ("time", "nl", "15:40"),
    ],
)
def test_a_moment_is_told_in_the_time_of_the_place(form: str, language: str, words: str) -> None:
    at = datetime(2026, 11, 14, 14, 40, tzinfo=UTC)

    html = write(f'{{% moment at "{form}" %}}', language, at=at)

    assert html == f'<time datetime="2026-11-14T15:40:00+01:00">{words}</time>'


def test_a_day_has_no_hour() -> None:
    html = write("{% moment on %}", on=date(2027, 11, 1))

    assert html == '<time datetime="2027-11-01">1 November 2027</time>'


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "67% 67,1%"), ("fr", "67\xa0% 67,1\xa0%"), ("de", "67\xa0% 67,1\xa0%"), ("en", "67% 67.1%")],
)
def test_a_share_is_a_percentage(language: str, words: str) -> None:
    assert write("{{ part|share }} {{ part|share:1 }}", language, part=0.671) == words


def test_a_share_of_nothing_is_a_dash() -> None:
    assert write("{{ part|share }}", part=None) == "–"


def test_languages_are_called_by_their_own_name_or_ours() -> None:
    assert write('{{ "fr"|language_name }} {{ "el"|language_name }} {{ "fr"|language_called }}', "nl") == (
        "Français Ελληνικά Frans"
    )
    assert write('{{ "xx-nonsense"|language_called }} {{ ""|language_called }}') == "xx-nonsense an unknown language"


def test_a_page_link_keeps_what_was_asked(rf: RequestFactory) -> None:
    request = rf.get("/", {"q": "bus & tram", "page": "1"})

    assert write("{% query page=2 %}", request=request) == "?q=bus+%26+tram&amp;page=2"
    assert write('{% query q="" page=None %}', request=request) == "?"


def test_every_form_gets_its_own_once() -> None:
    first, second = write("{% once %} {% once %}").split()

    assert first != second


def test_a_code_is_shown_in_fours() -> None:
    assert write('{{ "K7M4 PX9RW"|in_fours }}') == "K7M4 PX9R W"


@pytest.mark.parametrize("kind", list(StageKind))
def test_every_kind_of_stage_has_a_glyph_and_a_paper(kind: StageKind) -> None:
    html = write("{% glyph kind %} {{ kind|tint }}", kind=kind.value)

    assert html.count("<circle") >= 1
    assert html.endswith(f" tint-{list(StageKind).index(kind) + 1}")


def test_pips_tell_their_number_in_words() -> None:
    html = write('{% pips 2 3 label="2 of 3" %}')

    assert 'aria-label="2 of 3"' in html
    assert (html.count('class="pip"'), html.count('class="pip--off"')) == (2, 1)


def test_the_hall_has_a_thousand_seats_and_a_panel_of_thirty_two() -> None:
    html = write('{% include "ui/hall.html" %}')
    ten, panel = html.split("<defs>")[1].split("</defs>")[0], html.split('class="seat--panel">')[1].split("</g>")[0]

    assert ten.count("<circle") * html.count("<use") == 1000
    assert panel.count("<circle") == 32


def test_the_stage_bar_shows_where_the_process_stands(process: Process) -> None:
    for order, (kind, state) in enumerate(
        [
            (StageKind.CONSULTATION, StageState.CLOSED),
            (StageKind.SUMMIT, StageState.OPEN),
            (StageKind.REPORT, StageState.PLANNED),
        ],
        1,
    ):
        stage = Stage.objects.create(process=process, kind=kind, slug=kind, order=order, state=state)
        stage.write("title", {"en": f"The {kind}"})
        stage.write("window", {"en": "some day"})

    html = write(
        "{% stage_bar_of process none as items %}{% for i in items %}{{ i.number }} {{ i.title }}, {{ i.window }}"
        "{% if i.is_current %}, now{% endif %}{% if i.is_done %}, over{% endif %}. {% endfor %}",
        process=process,
    )

    assert html == "1 The consultation, done, over. 2 The summit, some day, now. 3 The report, some day. "


def test_a_stage_without_words_of_its_own_shows_its_dates(process: Process) -> None:
    Stage.objects.create(
        process=process,
        kind=StageKind.LOTTERY,
        slug="lottery",
        order=1,
        state=StageState.OPEN,
        closes_at=datetime(2026, 10, 28, 22, 59, tzinfo=UTC),
    )

    html = write("{% stage_bar_of process none as items %}{{ items.0.title }}: {{ items.0.window }}", process=process)

    assert html == "Lottery: until 28 October"


def test_an_address_that_does_not_exist_is_nothing() -> None:
    assert write('{% address "no:such" %}') == ""


@pytest.mark.parametrize(
    ("value", "words"), [(2.0, "+2"), (-1.25, "\u22121.2"), (0, "0"), (-0.01, "0"), (1.55, "+1.6")]
)
def test_a_change_has_its_sign(value: float, words: str) -> None:
    assert write("{% load features %}{{ value|signed }}", value=value) == words


def test_a_bar_has_the_line_it_cannot_be_below() -> None:
    drawn = write("{% bound_bar 3 1.5 6 %}")
    nothing = write("{% bound_bar 0 0 0 %}")

    assert 'width="150.0"' in drawn
    assert "M75.0 0V20" in drawn
    assert 'width="0"' in nothing
