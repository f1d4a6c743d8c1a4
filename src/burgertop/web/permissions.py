"""Who may do what with a process as a whole."""

from burgertop.foundation.codes.queries import replaced_among
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Process

__all__ = [
    "may_enter_desk",
    "may_found_process",
    "may_give_roles",
    "may_guard_data",
    "may_see_process",
    "may_send_head",
    "may_set_up",
]


def may_found_process(actor: Actor) -> bool:
    """The operator of the server founds processes."""
    return actor.is_operator


def may_see_process(actor: Actor, process: Process) -> bool:
    """A listed process is public; one that is not yet listed is seen by its staff and by those it let in.

    A pass of another process opens nothing here, and one whose code was replaced opens nothing any more.
    """
    if process.is_listed or actor.is_operator or actor.is_staff_of(process.pk):
        return True
    own = {one.key for one in actor.passes if one.process_id == process.pk}
    return bool(own - replaced_among(own))


def may_enter_desk(actor: Actor, process: Process) -> bool:
    """Everyone who works in the process has a desk; it shows what their role may do."""
    return actor.is_operator or actor.is_staff_of(process.pk)


def may_set_up(actor: Actor, process: Process) -> bool:
    """The organiser sets texts, colors, stages and news."""
    return actor.is_operator or actor.has_role(process.pk, Role.ORGANISER)


def may_give_roles(actor: Actor, process: Process) -> bool:
    """The organiser gives and takes roles."""
    return may_set_up(actor, process)


def may_send_head(actor: Actor, process: Process) -> bool:
    """The organiser and the data protection officer mail the head of the record to witnesses."""
    return may_set_up(actor, process) or actor.has_role(process.pk, Role.DATA_PROTECTION)


def may_guard_data(actor: Actor, process: Process) -> bool:
    """The organiser and the data protection officer see and set how long data stay, and read the access log."""
    return may_send_head(actor, process)
