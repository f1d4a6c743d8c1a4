"""The demo's process, its words, and the staff of the one-click sign-in."""

from datetime import UTC, datetime, time

from babel.numbers import format_percent

from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import add_news, close_stage, found_process, open_stage
from burgertop.foundation.process.models import News, Process, Stage, StageKind, Template
from burgertop.web.demo.kinds import DemoContent, DemoProcess, Text

__all__ = ["COLON", "STAFF", "at_noon", "begin", "end", "found_demo", "give_staff_roles", "stage_of"]

# Who can be signed in as with one click; their addresses end nowhere.
STAFF: dict[str, Role] = {
    "organiser": Role.ORGANISER,
    "moderator": Role.MODERATOR,
    "theme-team": Role.THEME_TEAM,
    "facilitator": Role.FACILITATOR,
    "reply-desk": Role.REPLY_DESK,
    "addressee": Role.ADDRESSEE,
    "observer": Role.OBSERVER,
    "press": Role.PRESS,
    "data-protection": Role.DATA_PROTECTION,
}
NOON = time(12, tzinfo=UTC)
COLON = {"nl": ":", "fr": "\u00a0:", "de": ":", "en": ":"}
GIFTS = {"nl": "giften", "fr": "dons", "de": "Spenden", "en": "gifts"}


def at_noon(day: object) -> datetime:
    """Return noon (UTC) of a day of the content."""
    return datetime.combine(day, NOON)  # type: ignore[arg-type]  # TOML gives dates


def found_demo(content: DemoContent) -> Process:
    """Found the process ``g1000`` with its texts, its news and its staff; no stage is under way yet."""
    source = content.process
    process = found_process(
        source.slug,
        Template.BELGIAN,
        titles=source.title.by_language(),
        languages=source.languages,
        phone=source.phone,
        answers_due_on=source.days["answers_due_on"],
    )
    _write_texts(process, source)
    for item in source.news:
        add_news(
            process,
            News.Kind.NEWS,
            titles=item.title.by_language(),
            bodies=item.body.by_language(),
            link="",
            now=at_noon(item.on),
        )
    for link in source.links:
        add_news(
            process,
            News.Kind(link.kind),
            titles=link.title.by_language(),
            bodies={},
            link=link.address,
            now=at_noon(source.days["summit_on"]),
        )
    give_staff_roles(process)
    return process


def give_staff_roles(process: Process) -> None:
    """Give every role of the one-click sign-in to its account; the accounts have no password."""
    for name, role in STAFF.items():
        email = f"{name}@demo.example"
        account = Account.objects.filter(email=email).first() or Account.objects.create_user(email)
        give_role(process, account, role)


def _write_texts(process: Process, source: DemoProcess) -> None:
    for name, text in (
        ("subtitle", source.subtitle),
        ("question", source.question),
        ("about", source.about),
        ("mandate", source.asked_by),
        ("promise", source.promise),
        ("phone_hours", source.hours),
    ):
        process.write(name, text.by_language())
    process.write("idea_rules", _joined([rule.text for rule in source.rules]))
    process.write("funding", _funding(source))
    process.write("organiser", source.asked_by.by_language())


def _joined(texts: list[Text]) -> dict[str, str]:
    languages = texts[0].by_language()
    return {language: "\n".join(f"- {text.by_language()[language]}" for text in texts) for language in languages}


def _funding(source: DemoProcess) -> dict[str, str]:
    return {language: _bands(source, language) for language in source.title.by_language()}


def _bands(source: DemoProcess, language: str) -> str:
    """Write who pays as a list: up to 500 euros: 52% (3000 gifts)."""
    lines = []
    for band in source.funding_bands:
        share = format_percent(band.share, locale=language)
        lines.append(
            f"- {band.title.by_language()[language]}{COLON[language]} {share} ({band.donors} {GIFTS[language]})"
        )
    return "\n".join(lines)


def begin(process: Process, kind: StageKind, at: datetime) -> Stage:
    """Set the stage of a kind under way."""
    return open_stage(stage_of(process, kind), now=at)


def end(process: Process, kind: StageKind, at: datetime) -> None:
    """Set the stage of a kind done."""
    close_stage(stage_of(process, kind), now=at)


def stage_of(process: Process, kind: StageKind) -> Stage:
    """Return the stage of a kind, fresh from the database."""
    return Stage.objects.select_related("process").get(process=process, kind=kind)
