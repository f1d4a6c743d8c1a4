"""What can be done with a draw: prepare it, compute its lottery, seal it, draw it in public, replace who leaves."""

from burgertop.foundation.draws.actions.drawing import come_back, forget_household, leave, seal, take_chance
from burgertop.foundation.draws.actions.easing import ease_quotas, keep_quotas
from burgertop.foundation.draws.actions.filling import empty_pool, fill_pool
from burgertop.foundation.draws.actions.making import make_lottery
from burgertop.foundation.draws.actions.preparing import (
    add_members,
    found_draw,
    remove_member,
    set_duties,
    set_margins,
    set_quotas,
    set_terms,
)

__all__ = [
    "add_members",
    "come_back",
    "ease_quotas",
    "empty_pool",
    "fill_pool",
    "forget_household",
    "found_draw",
    "keep_quotas",
    "leave",
    "make_lottery",
    "remove_member",
    "seal",
    "set_duties",
    "set_margins",
    "set_quotas",
    "set_terms",
    "take_chance",
]
