"""Telling the live pages of a summit what moved: ids and numbers, never words."""

from burgertop.foundation.live.actions import publish
from burgertop.foundation.process.models import Stage

__all__ = [
    "control_topic",
    "desk_topic",
    "doors_topic",
    "hall_topic",
    "home_topic",
    "table_topic",
    "tell_control",
    "tell_desk",
    "tell_doors",
    "tell_hall",
    "tell_home",
    "tell_table",
]


def hall_topic(stage: Stage) -> str:
    """The topic of everybody in the hall: the clock, rounds, ballots, messages to everyone."""
    return f"summit.{stage.pk}.hall"


def desk_topic(stage: Stage) -> str:
    """The topic of the theme desk and the boards: cards, clusters, tables."""
    return f"summit.{stage.pk}.desk"


def control_topic(stage: Stage) -> str:
    """The topic of the control desk: tables that call for help."""
    return f"summit.{stage.pk}.control"


def table_topic(stage: Stage, number: int) -> str:
    """The topic of one table."""
    return f"summit.{stage.pk}.table.{number}"


def doors_topic(stage: Stage) -> str:
    """The topic of those who look after the doors: who came in, which device is silent."""
    return f"summit.{stage.pk}.doors"


def home_topic(stage: Stage, number: int) -> str:
    """The topic of the people at one online table: statements, seats, who writes."""
    return f"summit.{stage.pk}.home.{number}"


def tell_hall(stage: Stage, kind: str, number: int) -> None:
    """Say that the clock, a round, a ballot or a message to everyone moved."""
    publish(hall_topic(stage), {"kind": kind, "number": number}, process_id=stage.process_id)


def tell_control(stage: Stage, kind: str) -> None:
    """Say that a table called, or that somebody goes there."""
    publish(control_topic(stage), {"kind": kind}, process_id=stage.process_id)


def tell_desk(stage: Stage, kind: str) -> None:
    """Say that a card or a cluster moved, or that tables were laid, changed, closed or opened."""
    publish(desk_topic(stage), {"kind": kind}, process_id=stage.process_id)


def tell_table(stage: Stage, number: int, kind: str, *, device: int | None = None) -> None:
    """Say that a table's cards or its device changed; ``device`` is the number of the one that did it and knows."""
    body: dict[str, object] = {"kind": kind} if device is None else {"kind": kind, "device": device}
    publish(table_topic(stage, number), body, process_id=stage.process_id)


def tell_doors(stage: Stage, kind: str) -> None:
    """Say that people came in, or that a door changed."""
    publish(doors_topic(stage), {"kind": kind}, process_id=stage.process_id)


def tell_home(stage: Stage, number: int, kind: str) -> None:
    """Say that something was said, rated or hidden at an online table, or that its people changed."""
    publish(home_topic(stage, number), {"kind": kind}, process_id=stage.process_id)
