"""Names of a package that are looked up when somebody asks for them, so that only what is used is loaded."""

from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["looked_up"]


def looked_up(
    package: str, names_in: Mapping[str, str], known: dict[str, object]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make ``__getattr__`` and ``__dir__`` of a package (PEP 562).

    Args:
        package: its ``__name__``.
        names_in: by module of the package, the names it has, with blanks between them.
        known: ``globals()`` of the package, where a name that was found stays.

    Returns:
        Both functions; the first raises AttributeError for other names.

    Cost: a module is imported when the first of its names is asked for.

    >>> find, names = looked_up("burgertop.core", {"errors": "CoreError InputError"}, {})
    >>> find("CoreError").__name__, names()
    ('CoreError', ['CoreError', 'InputError'])
    """
    module_of = {name: module for module, names in names_in.items() for name in names.split()}

    def find(name: str) -> object:
        """Find a name in the module that makes it."""
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        known[name] = getattr(import_module(f"{package}.{module_of[name]}"), name)
        return known[name]

    def names() -> list[str]:
        """List what is there already and what can be found."""
        return sorted({*known, *module_of})

    return find, names
