"""The day for a calendar: lines of 75 octets, signs escaped, moments in UTC."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from burgertop.stages.lottery.calendars import Day, calendar_of

AT = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)
END = datetime(2026, 11, 11, 17, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """Put the lines together again, as a calendar does."""
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_has_its_day_its_words_and_is_not_certain() -> None:
    day = Day("1@town.example", "The town, one day; all", "Call us:\n0800 1", "https://town.example/en/", AT, END)

    assert unfolded(calendar_of(day, now=AT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Burgertop//summit//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:1@town.example",
        "DTSTAMP:20261111T083000Z",
        "DTSTART:20261111T083000Z",
        "DTEND:20261111T170000Z",
        "SUMMARY:The town\\, one day\\; all",
        "DESCRIPTION:Call us:\\n0800 1",
        "URL:https://town.example/en/",
        "STATUS:TENTATIVE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(title: str) -> None:
    text = calendar_of(Day("1@x", title, "", "https://x", AT, None), now=AT)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    said = next(line for line in unfolded(text) if line.startswith("SUMMARY:"))
    plain = said.removeprefix("SUMMARY:").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    assert plain == title
