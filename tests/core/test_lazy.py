"""Names of a package that are looked up when somebody asks for them."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

from burgertop import core
from burgertop.core.lazy import looked_up

LAZY = ("recruitment", "seating", "sortition")


def test_a_name_is_found_once_and_stays() -> None:
    known: dict[str, object] = {}
    find, names = looked_up("burgertop.core", {"errors": "CoreError InputError"}, known)

    found = find("InputError")

    assert known == {"InputError": found}
    assert names() == ["CoreError", "InputError"]


def test_a_name_that_is_not_there_is_refused_like_in_any_module() -> None:
    find, _names = looked_up("burgertop.core", {"errors": "CoreError"}, {})

    with pytest.raises(AttributeError, match=r"module 'burgertop\.core' has no attribute 'Error'"):
        find("Error")


@pytest.mark.parametrize("subject", LAZY)
def test_every_name_that_a_subject_offers_can_be_found_and_no_other(subject: str) -> None:
    package = importlib.import_module(f"burgertop.core.{subject}")

    assert [name for name in package.__all__ if not hasattr(package, name)] == []
    assert set(package.__all__) <= set(dir(package))
    assert set(dir(package)) <= set(vars(package)), "a name that is found is not offered"
    assert not hasattr(package, "no_such_name")


def test_a_subject_alone_loads_no_module_of_it() -> None:
    inside = {module.name for module in pkgutil.iter_modules(core.__path__)}
    words = f"import sys; {'; '.join(f'import burgertop.core.{name}' for name in LAZY)}; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.split()

    assert set(LAZY) < inside
    assert [name for name in loaded if name.startswith("burgertop.core.") and name.count(".") > 2] == []
