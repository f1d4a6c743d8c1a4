"""The rooms of sortition without their front door, so that a check loads no solver."""

import sys
from importlib.util import find_spec, module_from_spec

__all__ = ["leave_solver_out"]

ROOM = "burgertop.core.sortition"


def leave_solver_out() -> None:
    """Let single files of sortition be imported without the package's own list of names.

    That list imports everything, the solvers too. It is read when somebody asks for a name of it.
    """
    if ROOM in sys.modules:
        return
    spec = find_spec(ROOM)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(ROOM)
    loader, room = spec.loader, module_from_spec(spec)

    def front_door(name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        del room.__getattr__
        loader.exec_module(room)
        return getattr(room, name)

    room.__getattr__ = front_door  # type: ignore[method-assign]  # a module's own, not the type's
    sys.modules[ROOM] = room
